// A worker's and a supervisor's day, on both engines: what is due, who carries how much, closings, changed eligibility, unmet needs.

import { describe, expect, it } from 'vitest';
import { testApp } from '../support/test-app.ts';
import { exampleOf } from './entries.ts';
import { hire, type Member } from './staff.ts';

const DAY = 86_400_000;
const START = Date.parse('2026-03-02T09:00:00.000Z');

async function agency(engine: 'sqlite' | 'postgres', options: { demo?: boolean } = {}) {
  const time = { now: START };
  const app = await testApp({ engine, clock: () => time.now, ...options });
  const maria = await hire(app, 'case_manager', { agency: 'Harbor House' });
  const boss = await hire(app, 'supervisor', { agency: 'Harbor House' });
  const elsewhere = await hire(app, 'supervisor', { agency: 'Oak Shelter' });
  return { app, time, maria, boss, elsewhere, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() };
}

const named = (name: string) => ({ payload: { kind: 'identity' as const, mode: 'alias' as const, alias: { value: name } } });
const takeIn = async ({ call }: Member, name: string, ...payloads: object[]) =>
  (await call.people.create({ entries: [named(name), ...payloads.map((payload) => ({ payload: payload as never }))] })).id;
const refusal = (call: Promise<unknown>) =>
  call.then(
    () => 'allowed',
    (error: { cause?: { code?: string }; message: string }) => error.cause?.code ?? error.message,
  );

describe.each(['sqlite', 'postgres'] as const)('a caseload on %s', (engine) => {
  it('has a mark that changes once its lists show other people, and tells nothing of them', async () => {
    await using net = await agency(engine);
    const { maria, boss, elsewhere } = net;
    const marks = () => Promise.all([maria, boss, elsewhere].map(({ call }) => call.caseload.mark()));
    const changed = async (act: Promise<unknown>) => {
      const before = await marks();
      await act;
      return (await marks()).map((mark, i) => mark !== before[i]);
    };
    const [ana, ben] = [await takeIn(maria, 'Ana'), await takeIn(maria, 'Ben')];
    expect((await marks()).join()).not.toMatch(new RegExp(`${ana}|${ben}|Ana|Ben`));
    expect(await changed(Promise.resolve())).toEqual([false, false, false]);
    expect(await changed(maria.call.people.add({ person: ana, entries: [named('Anna')] }))).toEqual([false, false, false]);
    expect(await changed(takeIn(maria, 'Cem'))).toEqual([true, false, false]);
    expect(await changed(boss.call.people.assign({ person: ben, worker: boss.id, team: null }))).toEqual([true, true, false]);
    expect(await changed(boss.call.people.erase({ person: ana, why: 'asked_by_person' }))).toEqual([true, true, false]);
  });

  it('is in the order of what is due, with weights; the team’s is counted without opening anyone', async () => {
    await using net = await agency(engine);
    const { maria, boss, elsewhere, time } = net;
    const later = await takeIn(maria, 'Later');
    const soon = await takeIn(
      maria,
      'Soon',
      { kind: 'task', task: 't1', what: 'Call', due: '2026-03-03', state: 'open' },
      { kind: 'intensity', level: 'intensive' },
    );
    const { id: helped } = await maria.call.people.create({ entries: [named('Helped')], helped: true });
    await takeIn(boss, 'Of the boss');
    const mine = await maria.call.caseload.mine();
    expect(mine.weight).toBe(6);
    expect(mine.people.map(({ id, label, weight }) => [id, label, weight])).toEqual([
      [soon, 'Soon', 4],
      [later, 'Later', 2],
      [helped, 'Helped', 0],
    ]);
    expect(mine.people[0]?.due).toEqual([
      { kind: 'task', at: '2026-03-03', about: 't1' },
      { kind: 'contact', at: '2026-03-05', about: 'contact' },
      { kind: 'review', at: '2026-04-01', about: 'review' },
    ]);
    expect(mine.people[2]?.due).toEqual([]);
    time.now += 2 * DAY;
    expect(await boss.call.caseload.team()).toEqual([
      { worker: maria.id, name: expect.any(String), team: null, people: 2, weight: 6, late: 1 },
      { worker: boss.id, name: expect.any(String), team: null, people: 1, weight: 2, late: 0 },
    ]);
    expect(await elsewhere.call.caseload.team()).toEqual([]);
    expect(await refusal(maria.call.caseload.team())).toBe('not_allowed');
    // What was done is due no more.
    await maria.call.people.add({
      person: soon,
      entries: [{ payload: { kind: 'task', task: 't1', what: 'Call', due: '2026-03-03', state: 'done' } }],
    });
    expect((await boss.call.caseload.team())[0]?.late).toBe(0);
  });

  it('is closed by a supervisor only, and not while something must be settled', async () => {
    await using net = await agency(engine);
    const { maria, boss, elsewhere, time } = net;
    const closing = exampleOf('closing', 'They manage.') as { checklist: object };
    const person = await takeIn(maria, 'Blue', { ...closing, checklist: { ...closing.checklist, accessStable: 'not_asked' } });
    const decide = (who: Member, decision: 'approved' | 'returned', id = 'x1') =>
      refusal(who.call.caseload.decide({ person, closing: id, decision }));
    expect(await boss.call.caseload.approvals()).toMatchObject([
      {
        person: { id: person, label: 'Blue' },
        closing: { closing: 'x1' },
        findings: [
          { code: 'access_not_stable', weight: 'must' },
          { code: 'no_support', weight: 'look' },
        ],
      },
    ]);
    expect(await elsewhere.call.caseload.approvals()).toEqual([]);
    expect(await decide(maria, 'approved')).toBe('not_allowed');
    expect(await decide(elsewhere, 'approved')).toBe('not_found');
    expect(
      await refusal(
        maria.call.people.add({ person, entries: [{ payload: { kind: 'closing_decided', closing: 'x1', decision: 'approved' } }] }),
      ),
    ).toBe('unprocessable');
    expect(await decide(boss, 'approved')).toBe('unprocessable');
    expect(await decide(boss, 'returned')).toBe('allowed');
    expect(await decide(boss, 'approved'), 'it was returned').toBe('conflict');
    time.now += DAY;
    await maria.call.people.add({ person, entries: [{ payload: { ...closing, closing: 'x2' } as never }] });
    expect(await decide(boss, 'approved', 'x2')).toBe('allowed');
    expect(await boss.call.caseload.approvals()).toEqual([]);
    const [closed] = (await maria.call.caseload.mine()).people;
    expect(closed).toMatchObject({
      status: 'closed',
      stage: 'following_up',
      weight: 0,
      due: [{ kind: 'follow_up', at: '2026-04-02', about: 'x2:30' }, { about: 'x2:90' }, { about: 'x2:180' }],
    });
    await maria.call.people.add({ person, entries: [{ payload: { kind: 'reopening', reason: 'Lost the flat.' } }] });
    expect((await maria.call.caseload.mine()).people[0]).toMatchObject({ status: 'open', weight: 2 });
  });

  it('counts unmet needs of those who agreed to be counted, and no small number', async () => {
    await using net = await agency(engine);
    const { maria, boss } = net;
    const unmet = { kind: 'unmet', need: 'shelter.family', why: 'full', on: '2026-03-01', counted: true };
    const consent = (more: object = {}) => ({
      ...exampleOf('consent', 'N'),
      purpose: 'counting',
      recipient: maria.agency,
      from: '2026-03-01T00:00:00.000Z',
      ...more,
    });
    for (let i = 0; i < 11; i++) await takeIn(maria, `P${i}`, unmet, unmet, consent());
    await takeIn(maria, 'never asked', unmet);
    await takeIn(maria, 'not to be counted', { ...unmet, counted: false }, consent());
    await takeIn(maria, 'over', unmet, consent({ until: '2026-03-02T00:00:00.000Z' }));
    const changedMind = await takeIn(maria, 'took it back', unmet, consent());
    await maria.call.people.add({ person: changedMind, entries: [{ payload: { kind: 'consent_withdrawn', consent: 'c1' } }] });
    await takeIn(maria, 'another need', { ...unmet, need: 'health.dental' }, consent());
    expect(await boss.call.caseload.unmet()).toEqual([
      { need: 'shelter.family', why: 'full', people: 11 },
      { need: 'health.dental', why: 'full', people: null },
    ]);
  });

  it('tells for whom a rule that services use says something else since a day', async () => {
    await using net = await agency(engine, { demo: true });
    const { app, maria, time } = net;
    const rules = await app.deps.db.selectFrom('service').select('rule').where('rule', 'is not', null).distinct().execute();
    expect(rules.length).toBeGreaterThan(0);
    const fact = (id: string, value: unknown, asOf: string) => ({ kind: 'fact', fact: id, told: { value }, source: 'said', asOf });
    const told = [
      fact('person.age', 40, '2026-03-01'),
      fact('household.size', 3, '2026-03-01'),
      fact('household.children', 2, '2026-03-01'),
    ];
    const person = await takeIn(maria, 'Ana', ...told, fact('household.income', { value: 9000, per: 'month' }, '2026-03-01'));
    await takeIn(maria, 'Same', ...told);
    time.now += 10 * DAY;
    expect(await maria.call.caseload.eligibility({ since: '2026-03-02' })).toEqual([]);
    await maria.call.people.add({
      person,
      entries: [{ payload: fact('household.income', { value: 300, per: 'month' }, '2026-03-12') as never }],
    });
    const changes = await maria.call.caseload.eligibility({ since: '2026-03-02' });
    expect(changes.map((change) => [change.person, change.label])).toEqual([[person, 'Ana']]);
    const { gained, lost } = changes[0]!;
    expect(gained.count).toBeGreaterThan(0);
    expect(lost).toEqual({ services: [], count: 0 });
    const ruled = await app.deps.db.selectFrom('service').select(['id', 'name']).where('rule', 'is not', null).execute();
    expect(gained.services.filter(({ id, name }) => !ruled.some((each) => each.id === id && each.name === name))).toEqual([]);
    expect(gained.services).toHaveLength(Math.min(6, gained.count));
    time.now += 10 * DAY;
    await maria.call.people.add({
      person,
      entries: [{ payload: fact('household.income', { value: 9000, per: 'month' }, '2026-03-22') as never }],
    });
    const back = await maria.call.caseload.eligibility({ since: '2026-03-15' });
    expect(back[0]).toMatchObject({ person, gained: { count: 0 } });
    // What has merely become open again is not lost.
    expect(back[0]!.lost.count).toBeGreaterThan(0);
    expect(back[0]!.lost.count).toBeLessThanOrEqual(gained.count);
  }, 60_000);
});

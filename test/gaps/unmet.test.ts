// Unmet needs of our own people and requests, through every door from a record to a coordinator: only with consent, only of
// quarters that are over, the same answer for ever.

import { describe, expect, it } from 'vitest';
import { findPostgres } from '../support/postgres-server.ts';
import { testApp } from '../support/test-app.ts';
import { exampleOf } from '../casework/entries.ts';
import { hire, type Member } from '../casework/staff.ts';

const DAY = 86_400_000;
const CELL = '872ab2599ffffff';

describe.each(['sqlite', 'postgres'] as const)('unmet needs on %s', (engine) => {
  if (engine === 'postgres' && !findPostgres()) return it.skip('PostgreSQL is not installed');

  it('are counted of those who agreed, once their quarter is over, and never anew', async () => {
    const time = { now: Date.parse('2026-03-20T09:00:00.000Z') };
    await using app = await testApp({ engine, clock: () => time.now });
    const maria = await hire(app, 'case_manager', { agency: 'Harbor House' });
    const coordinator = app.caller('coordinator');
    const unmet = { kind: 'unmet', need: 'shelter.family', why: 'full', on: '2026-03-01', counted: true, cell: CELL };
    const consent = { ...exampleOf('consent', 'N'), purpose: 'counting', recipient: maria.agency, from: '2026-03-01T00:00:00.000Z' };
    const people: string[] = [];
    for (let i = 0; i < 12; i++) people.push(await takeIn(maria, `P${i}`, unmet, consent));
    await takeIn(maria, 'never asked', unmet);
    await takeIn(maria, 'not to be counted', { ...unmet, counted: false }, consent);

    expect(await coordinator.gaps.unmet({ of: 'people' })).toMatchObject({ count: 0, byNeed: [], byCell: [] });
    time.now += 20 * DAY;
    const told = await coordinator.gaps.unmet({ of: 'people' });
    expect(told).toMatchObject({
      ...{ count: 12, complete: true, suppressed: 0 },
      byNeed: [{ need: 'shelter.family', count: 12 }],
      byCell: [{ cell: CELL, count: 12 }],
    });
    expect(await coordinator.gaps.unmet({ of: 'people', from: '2026-Q2' })).toMatchObject({ count: 0, quarters: [] });

    // Who takes their consent back is in no later count; that of a quarter which was told does not become eleven.
    await maria.call.people.add({ person: people[0]!, entries: [{ payload: { kind: 'consent_withdrawn', consent: 'c1' } }] });
    expect(await coordinator.gaps.unmet({ of: 'people' })).toEqual(told);
  });

  it('of requests are counted with no row of one alone, and few of them not at all', async () => {
    const time = { now: Date.parse('2026-03-20T09:00:00.000Z') };
    await using app = await testApp({ engine, clock: () => time.now });
    const intake = await hire(app, 'intake', { agency: 'Harbor House' });
    const coordinator = app.caller('coordinator');
    const note = (need: string) => intake.call.gaps.noteUnmet({ need, why: 'none_there', cell: CELL, agreed: true });
    for (let i = 0; i < 15; i++) await note('food.groceries');
    for (let i = 0; i < 10; i++) await note('health.dental');
    await expect(note('unicorns')).rejects.toThrow('No need is called');
    time.now += 20 * DAY;
    // Ten are few: the others are held back with them, for the sum would tell.
    expect(await coordinator.gaps.unmet({ of: 'requests' })).toMatchObject({ count: 25, complete: true, byNeed: [] });
    for (const need of ['food.groceries', 'health.dental'])
      expect(await coordinator.gaps.unmet({ of: 'requests', need })).toMatchObject({ count: null, complete: false, suppressed: 1 });
  });
});

const takeIn = async ({ call }: Member, name: string, ...payloads: object[]) =>
  (
    await call.people.create({
      entries: [{ kind: 'identity', mode: 'alias', alias: { value: name } }, ...payloads].map((payload) => ({ payload: payload as never })),
    })
  ).id;

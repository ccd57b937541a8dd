// Suggested changes through the API: who may suggest, what a steward sees of it, taking all or a part, what was changed
// meanwhile, declining, limits, and that nobody learns by suggesting where a hidden place is.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RecordEdit } from '#shared/directory/edit.ts';
import { listAudit } from '#server/audit/audit.ts';
import { createAnonymousActor, createLocalActor } from '#server/identity/actor.ts';
import { createAppRouter } from '#server/router.ts';
import { createCallerFactory } from '#server/trpc.ts';
import { SECRET, shelterTown, write } from '../hidden/shelter.ts';
import { findPostgres } from '../support/postgres-server.ts';
import { testApp, type TestApp } from '../support/test-app.ts';

let now = Date.parse('2026-11-22T12:00:00Z');

const update = (object: RecordEdit['object'], id: string, base: Values, set: Values): RecordEdit => ({
  op: 'update',
  object,
  id,
  base,
  set,
});
type Values = Record<string, string | number | boolean | null>;
const rename = (to: string, from = 'Lakeside Pantry') => update('service', 'pantry', { name: from }, { name: to });

describe.each(['sqlite', 'postgres'] as const)('suggestions on %s', (engine) => {
  if (engine === 'postgres' && !findPostgres()) return it.skip('PostgreSQL is not installed');
  let app: TestApp;
  let steward: ReturnType<TestApp['caller']>;
  let intake: ReturnType<TestApp['caller']>;
  let asVisitor: (address: string) => ReturnType<TestApp['caller']>;

  beforeAll(async () => {
    app = await testApp({ engine, clock: () => now });
    steward = app.caller('steward');
    await app.signIn('intake');
    const account = await app.deps.db.selectFrom('account').select(['id', 'name', 'email']).executeTakeFirstOrThrow();
    const create = createCallerFactory(createAppRouter(app.deps));
    intake = create({ actor: { ...createLocalActor('intake'), user: account }, address: '' });
    asVisitor = (address) => create({ actor: createAnonymousActor({ findWithoutAccount: true }), address });
    await write(app.deps.db, shelterTown());
  });
  afterAll(() => app[Symbol.asyncDispose]());

  const send = async (edits: RecordEdit[], options: { comment?: string; page?: string; by?: typeof intake } = {}) => {
    now += 60_000;
    const { by = intake, page = 'pantry-hall', comment = '' } = options;
    const outcome = await by.suggestions.send({ page, edits, comment });
    if (!outcome.sent) throw new Error(JSON.stringify(outcome.issues));
    return outcome.id;
  };
  const look = async (id: string, decided = false) => {
    const { position, suggestions } = await steward.suggestions.list({ decided });
    const found = suggestions.find((suggestion) => suggestion.id === id);
    if (!found) throw new Error(`no suggestion ${id}`);
    return { position, ...found };
  };
  const take = async (id: string, parts: { record: number; fields?: string[] }[], reason = '') => {
    const { position } = await look(id);
    const outcome = await steward.suggestions.accept({ id, position, take: parts, reason });
    if (!outcome.accepted) throw new Error(JSON.stringify(outcome.issues));
    return outcome;
  };
  const getService = (id = 'pantry') => app.deps.db.selectFrom('service').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

  it('waits for a steward, who sees the difference and takes it, and takes it back', async () => {
    const edits = [
      rename('Lakeside Food Pantry'),
      {
        op: 'create' as const,
        object: 'phone' as const,
        id: 'new-1',
        set: { service_id: 'pantry', number: '555-010-0300', type: 'voice' },
      },
    ];
    const id = await send(edits, { comment: 'It says so on the door.' });
    expect((await getService()).name).toBe('Lakeside Pantry');
    expect(await steward.suggestions.count()).toBe(1);
    expect(await look(id)).toMatchObject({
      name: 'Lakeside Pantry',
      by: 'Test intake',
      comment: 'It says so on the door.',
      state: 'open',
      records: [
        {
          object: 'service',
          op: 'update',
          fields: [{ field: 'name', was: 'Lakeside Pantry', now: 'Lakeside Pantry', suggested: 'Lakeside Food Pantry', state: 'open' }],
        },
        { object: 'phone', op: 'create', fields: [{ field: 'number', suggested: '555-010-0300' }, { field: 'type' }] },
      ],
    });
    const { act, records } = await take(id, [{ record: 0 }, { record: 1 }], 'called them');
    expect(records).toBe(2);
    expect((await getService()).name).toBe('Lakeside Food Pantry');
    const [summary] = await steward.history.acts({ limit: 1 });
    expect(summary).toMatchObject({ act, kind: 'edit', actor: 'local:steward', reason: 'Suggested by Test intake: called them' });
    expect(await look(id, true)).toMatchObject({
      state: 'accepted',
      by: 'Test intake',
      decision: { by: 'local:steward', act, reason: 'called them' },
    });
    expect(await intake.suggestions.mine()).toMatchObject([{ id, state: 'accepted' }]);
    await steward.history.undo({ act: act! });
    expect((await getService()).name).toBe('Lakeside Pantry');
    expect(await app.deps.db.selectFrom('phone').select('id').where('service_id', '=', 'pantry').execute()).toEqual([]);
  });

  it('is taken in part, field by field', async () => {
    const before = await getService();
    const id = await send([
      update(
        'service',
        'pantry',
        { description: before.description, email: null },
        { description: 'Bread and milk', email: 'bread@example.org' },
      ),
      update('address', 'a3', { address_1: '12 Quay Street' }, { address_1: '13 Quay Street' }),
    ]);
    await take(id, [{ record: 0, fields: ['email'] }]);
    expect(await getService()).toMatchObject({ description: before.description, email: 'bread@example.org' });
    expect(await look(id, true)).toMatchObject({ state: 'partly', decision: { reason: null } });
  });

  it('shows what someone changed since, and overwrites it only where that was seen', async () => {
    const id = await send([
      update('service', 'pantry', { alert: null, name: 'Lakeside Pantry' }, { alert: 'Closed in May', name: 'Pantry' }),
    ]);
    const seen = await look(id);
    await steward.edit.save({ edits: [update('service', 'pantry', { alert: null }, { alert: 'Open again' })] });
    await expect(steward.suggestions.accept({ id, position: seen.position, take: [{ record: 0 }] })).rejects.toThrow(
      'Look at the difference again',
    );
    expect((await look(id)).records[0]?.fields).toEqual([
      { field: 'alert', was: null, now: 'Open again', suggested: 'Closed in May', state: 'changed' },
      { field: 'name', was: 'Lakeside Pantry', now: 'Lakeside Pantry', suggested: 'Pantry', state: 'open' },
    ]);
    await take(id, [{ record: 0, fields: ['alert'] }]);
    expect(await getService()).toMatchObject({ alert: 'Closed in May', name: 'Lakeside Pantry' });
    // Suggested again, it says what stands there already: taking it changes nothing and closes it.
    const again = await send([update('service', 'pantry', { alert: null }, { alert: 'Closed in May' })]);
    expect((await look(again)).records[0]?.fields[0]?.state).toBe('same');
    expect(await take(again, [{ record: 0 }])).toMatchObject({ act: null, records: 0 });
    expect((await look(again, true)).state).toBe('accepted');
  });

  it('says that a record is gone', async () => {
    const created = await steward.edit.save({
      edits: [{ op: 'create', object: 'phone', id: 'new-1', set: { service_id: 'pantry', number: '1' } }],
    });
    const phone = created.saved ? created.ids['new-1']! : '';
    const id = await send([update('phone', phone, { number: '1' }, { number: '2' })]);
    await steward.edit.save({ edits: [{ op: 'delete', object: 'phone', id: phone }] });
    const { records, position } = await look(id);
    expect(records).toMatchObject([{ isGone: true }]);
    await expect(steward.suggestions.accept({ id, position, take: [{ record: 0 }] })).rejects.toThrow('removed since');
    await steward.suggestions.decline({ id, reason: 'The line is gone.' });
  });

  it('is declined with a reason, which goes back, and decided once', async () => {
    const id = await send([rename('Nonsense')]);
    await expect(steward.suggestions.decline({ id, reason: ' ' })).rejects.toThrow();
    await steward.suggestions.decline({ id, reason: 'They are still called that.' });
    expect((await intake.suggestions.mine())[0]).toMatchObject({ id, state: 'declined', reason: 'They are still called that.' });
    await expect(steward.suggestions.decline({ id, reason: 'again' })).rejects.toThrow('already');
    await expect(steward.suggestions.accept({ id, position: 1e9, take: [{ record: 0 }] })).rejects.toThrow('already');
    const raced = await send([rename('Raced')]);
    const { position } = await look(raced);
    const results = await Promise.allSettled(
      Array.from({ length: 5 }, () => steward.suggestions.accept({ id: raced, position, take: [{ record: 0 }] })),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const { act } = results.flatMap((result) => (result.status === 'fulfilled' && result.value.accepted ? [result.value] : []))[0]!;
    await steward.history.undo({ act: act! });
  });

  it('is made by roles that may read, never by those who may not', async () => {
    for (const role of ['viewer', 'coordinator'] as const) await send([rename(`By a ${role}`)], { by: app.caller(role) });
    await send([rename('By a visitor')], { by: asVisitor('10.0.0.1') });
    const { suggestions } = await steward.suggestions.list();
    expect(suggestions.map(({ by, records }) => [by, records[0]?.fields[0]?.suggested])).toEqual([
      ['local:viewer', 'By a viewer'],
      ['local:coordinator', 'By a coordinator'],
      [null, 'By a visitor'],
    ]);
    for (const { id } of suggestions) await steward.suggestions.decline({ id, reason: 'a test' });
    await expect(app.caller('coordinator').suggestions.list()).rejects.toThrow('Your role does not allow this.');
    await expect(asVisitor('').suggestions.mine()).rejects.toThrow('Sign in first.');
  });

  it('is checked like an edit', async () => {
    const outcome = (edits: RecordEdit[], page = 'pantry-hall') => intake.suggestions.send({ page, edits });
    now += 3_600_000;
    expect(await outcome([update('service', 'pantry', { email: null }, { email: 'nowhere' })])).toMatchObject({
      sent: false,
      issues: [{ field: 'email', code: 'email' }],
    });
    // Of another page, of no page, and of a record that is not there: all alike.
    for (const id of ['kitchen', 'nothing', 'refuge']) {
      expect(await outcome([update('service', id, { name: 'x' }, { name: 'y' })])).toEqual({
        sent: false,
        issues: [{ object: 'service', id, field: 'id', code: 'reference' }],
      });
    }
    expect(await outcome([{ op: 'create', object: 'phone', id: 'new', set: { service_id: 'kitchen', number: '1' } }])).toMatchObject({
      sent: false,
    });
    expect(await outcome([{ op: 'delete', object: 'service', id: 'pantry' }])).toMatchObject({ sent: false });
    await expect(outcome([rename('Lakeside Pantry')])).rejects.toThrow('Nothing would change');
    expect(await steward.suggestions.count()).toBe(0);
  });

  it('is plain text of limited length, and shown as it is', async () => {
    now += 3_600_000;
    const evil = '<img src=x onerror=alert(1)>\u202egnp.\u0000=HYPERLINK("x")';
    const id = await send([rename(evil)], { comment: `${evil}\u2066` });
    const { comment, records } = await look(id);
    expect([comment, records[0]?.fields[0]?.suggested]).toEqual(Array(2).fill('<img src=x onerror=alert(1)>gnp.=HYPERLINK("x")'));
    await steward.suggestions.decline({ id, reason: 'not today' });
    const long = 'x'.repeat(19_000);
    const edits = [
      update('service', 'pantry', { description: 'a', application_process: 'a' }, { description: long, application_process: long }),
    ];
    await expect(send(edits)).rejects.toThrow('more than one suggestion can hold');
  });

  it('comes from a visitor only so often, and only so many wait for one page', async () => {
    const visit = (address: string, i: number) =>
      asVisitor(address).suggestions.send({ page: 'pantry-hall', edits: [rename(`Name ${i}`)] });
    for (let i = 0; i < 5; i++) await visit('10.9.9.9', i);
    await expect(visit('10.9.9.9', 5)).rejects.toThrow('Too many requests');
    for (let i = 0; i < 15; i++) await visit(`10.8.0.${i}`, i);
    await expect(visit('10.7.7.7', 0)).rejects.toThrow('waiting to be looked at');
    expect(
      (
        await asVisitor('10.7.7.8').suggestions.send({
          page: 'kitchen-shed',
          edits: [update('service', 'kitchen', { email: null }, { email: 'a@example.org' })],
        })
      ).sent,
    ).toBe(true);
    const { suggestions } = await steward.suggestions.list({ limit: 50 });
    for (const { id } of suggestions) await steward.suggestions.decline({ id, reason: 'a test' });
  });

  it('of a hidden place knows nothing of where it is, and answers a right guess like a wrong one', async () => {
    now += 3_600_000;
    const form = await intake.suggestions.form({ id: 'refuge-house' });
    expect(form.records.map(({ object }) => object)).not.toContain('address');
    const answer = (edits: RecordEdit[]) => intake.suggestions.send({ page: 'refuge-house', edits });
    const guess = (set: Values, base: Values) => answer([update('location', 'house', base, set)]);
    expect(await guess({ latitude: 1 }, { latitude: SECRET.lat })).toEqual(await guess({ latitude: 1 }, { latitude: 3 }));
    const street = (id: string) => answer([update('address', id, { address_1: '77 Secret Lane' }, { address_1: 'x' })]);
    expect(JSON.stringify(await street('a1')).replaceAll('a1', '?')).toBe(JSON.stringify(await street('zz')).replaceAll('zz', '?'));

    // What someone writes of the street is not told on, and is not taken unseen.
    const id = await send(
      [
        update('service', 'refuge', { email: 'a@example.org' }, { email: 'beds@example.org' }),
        {
          op: 'create',
          object: 'address',
          id: 'new-1',
          set: {
            location_id: 'house',
            address_1: '77 Secret Lane',
            city: 'Whispering Pines',
            state_province: 'MN',
            postal_code: '55199',
            country: 'US',
            address_type: 'physical',
          },
        },
      ],
      { page: 'refuge-house', comment: 'I was at 77 Secret Lane.' },
    );
    const told = await look(id);
    expect(JSON.stringify(told)).not.toMatch(/secret|55199|whispering/i);
    expect(told.records[1]?.fields.every(({ state }) => state === 'withheld')).toBe(true);
    const everything = [{ record: 0 }, { record: 1 }];
    await expect(steward.suggestions.accept({ id, position: told.position, take: everything })).rejects.toThrow('hidden place');
    await take(id, [{ record: 0 }]);
    expect((await look(id, true)).state).toBe('partly');
  });

  it('to hide a place is taken like any other act that hides', async () => {
    const edits = [update('location', 'shed', { hidden: 0 }, { hidden: true })];
    const page = 'kitchen-shed';
    const outcome = await intake.suggestions.send({ page, edits });
    expect(outcome).toMatchObject({ sent: false, issues: [{ field: 'hidden', code: 'reason' }] });
    const id = await send(edits, { page, comment: 'A woman is staying there in hiding.' });
    await take(id, [{ record: 0 }]);
    const row = await app.deps.db.selectFrom('location').select(['hidden', 'cell']).where('id', '=', 'shed').executeTakeFirstOrThrow();
    expect(row.hidden).toBe(1);
    expect((await listAudit(app.deps.db, { recordId: 'shed', limit: 5 }))[0]).toMatchObject({
      action: 'hidden.hide',
      reason: 'Suggested by Test intake',
    });
  });
});

// What guards a record besides the matrix: consent that ends, the broken glass, what happens when a store fails, entries that were
// tampered with, members of one household, and a record that two people write at once.

import { Readable, Writable } from 'node:stream';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { foldRecord } from '#shared/casework/record.ts';
import { auditCommand } from '#server/audit/command.ts';
import { findAuditFault, listAudit } from '#server/audit/audit.ts';
import { GLASS_OPEN_MS } from '#server/casework/break-glass.ts';
import { openPerson } from '#server/casework/gate.ts';
import { testApp, type TestApp } from '../support/test-app.ts';
import { CANARY_ENTRIES, consentTo, findCanaries } from './canaries.ts';
import { hire } from './staff.ts';

const NOW = Date.parse('2026-11-22T09:00:00Z');
const DAY = 86_400_000;

async function house(engine: 'sqlite' | 'postgres') {
  const time = { now: NOW };
  const app = await testApp({ engine, clock: () => time.now });
  const worker = await hire(app, 'case_manager', { agency: 'Harbor House', team: 'families' });
  const colleague = await hire(app, 'intake', { agency: 'Harbor House', team: 'nights' });
  const boss = await hire(app, 'supervisor', { agency: 'Harbor House', team: 'families' });
  const partner = await hire(app, 'case_manager', { agency: 'Other Shore' });
  return Object.assign(app, { time, worker, colleague, boss, partner });
}

const table = (app: TestApp, name: string) => (app.deps.casework.engine === 'postgres' ? sql.id('casework', name) : sql.id(name));
/** What `waypost audit --check --json` says, and its exit code. */
async function checkAudit({ deps }: TestApp) {
  let said = '';
  const stdout = new Writable({ write: (chunk, _encoding, done) => ((said += String(chunk)), done()) });
  const openApp = () => Promise.resolve({ ...deps, [Symbol.asyncDispose]: () => Promise.resolve() });
  const io = { stdin: Readable.from([]), stdout, stderr: stdout, data: '', openApp, openRegistry: () => Promise.resolve(deps.registry) };
  const code = await auditCommand.run(['--check', '--json'], io);
  return { code, said: JSON.parse(said) as unknown };
}

const refused = (call: Promise<unknown>) =>
  call.then(
    () => 'open',
    (error: Error) => error.message,
  );

describe.each(['sqlite', 'postgres'] as const)('on %s', (engine) => {
  it('a consent opens what it names from its first moment to its last, and withdrawn it is closed to the very next request', async () => {
    await using app = await house(engine);
    const { worker, partner, time } = app;
    const { id } = await worker.call.people.create({ entries: CANARY_ENTRIES });
    const seen = async () => findCanaries(JSON.stringify(await partner.call.people.get({ person: id }).catch(() => '')));
    const add = (payload: ReturnType<typeof consentTo>) => worker.call.people.add({ person: id, entries: [{ payload }] });
    await add(consentTo(partner.agency, ['identity', 'health'], { id: 'first', from: NOW + DAY, days: 10 }));
    expect(await seen()).toEqual([]);
    time.now = NOW + DAY - 1;
    expect(await seen()).toEqual([]);
    time.now = NOW + DAY;
    expect(await seen()).toEqual(['identity', 'health']);
    await add(consentTo(partner.agency, ['legal'], { id: 'second', from: time.now, days: 30 }));
    expect(await seen()).toEqual(['identity', 'health', 'legal']);
    await expect(partner.call.people.add({ person: id, entries: [{ payload: { kind: 'note', text: 'x' } }] })).rejects.toThrow(
      /may not write/,
    );
    time.now = NOW + 11 * DAY - 1;
    expect(await seen()).toEqual(['identity', 'health', 'legal']);
    time.now = NOW + 11 * DAY;
    expect(await seen()).toEqual(['legal']);
    // The person tells it to the partner: whoever hears it writes it down.
    await partner.call.people.add({ person: id, entries: [{ payload: { kind: 'consent_withdrawn', consent: 'second' } }] });
    expect(await seen()).toEqual([]);
    // A consent is not made to say something else afterwards.
    const given = (await worker.call.people.get({ person: id })).entries.find((entry) => entry.payload.kind === 'consent')!;
    const again = {
      kind: 'correction',
      of: given.id,
      payload: consentTo(partner.agency, ['legal'], { id: 'first' }) as never,
      reason: 'r',
    } as const;
    await expect(worker.call.people.add({ person: id, entries: [{ payload: again }] })).rejects.toThrow(/not corrected/);
    await expect(add(consentTo(partner.agency, ['legal'], { id: 'second' }))).rejects.toThrow(/there already/);

    const log = await worker.call.people.accessLog({ person: id });
    expect(log.filter((row) => row.agency === partner.agency && row.why === 'consented').length).toBe(5);
  });

  it('a disclosure carries what the person allowed for that purpose and recipient, and is on record', async () => {
    await using app = await house(engine);
    const { worker, partner } = app;
    const consent = { ...consentTo(partner.agency, ['needs', 'substance_use'], { from: NOW }), purpose: 'referral' } as ReturnType<
      typeof consentTo
    >;
    const { id } = await worker.call.people.create({ entries: [...CANARY_ENTRIES, { payload: consent }] });
    const disclose = (purpose: 'referral' | 'counting', recipient: string) =>
      openPerson(app.deps, worker.actor, id, { action: 'referral.send' }, (_trx, person) => person.disclose({ purpose, recipient }));
    expect(findCanaries(JSON.stringify(await disclose('referral', partner.agency)))).toEqual(['needs', 'substance_use']);
    expect(await disclose('counting', partner.agency)).toEqual([]);
    expect(await disclose('referral', 'agy_third')).toEqual([]);
    // For a referral: that opens no record.
    expect(await refused(partner.call.people.get({ person: id }))).toMatch(/no such record/);
    const given = (await worker.call.people.accessLog({ person: id })).filter((row) => row.action === 'person.disclose');
    expect(given.map((row) => [row.why, row.agency])).toEqual([
      ['referral', 'agy_third'],
      ['counting', partner.agency],
      ['referral', partner.agency],
    ]);
  });

  it('the glass is broken with a reason, for an hour, by the own agency, and a supervisor who is somebody else looks at it', async () => {
    await using app = await house(engine);
    const { worker, colleague, boss, partner, time } = app;
    const { id } = await worker.call.people.create({ entries: CANARY_ENTRIES });
    const seen = async () => findCanaries(JSON.stringify(await colleague.call.people.get({ person: id })));
    expect(await seen()).toEqual(['identity', 'contact', 'needs']);
    time.now += 1000;
    await expect(colleague.call.people.breakGlass({ person: id, reason: 'why not' })).rejects.toThrow();
    expect(await refused(partner.call.people.breakGlass({ person: id, reason: 'Somebody is in danger.' }))).toMatch(/no such record/);
    const { until } = await colleague.call.people.breakGlass({ person: id, reason: 'CanarysafetyZq: he stands at the door.' });
    expect(Date.parse(until)).toBe(time.now + GLASS_OPEN_MS);
    expect(await seen()).toHaveLength(12);
    time.now += GLASS_OPEN_MS - 1;
    expect(await seen()).toHaveLength(12);
    time.now += 1;
    expect(await seen()).toEqual(['identity', 'contact', 'needs']);

    const [row] = await boss.call.people.glassQueue();
    expect(row).toMatchObject({ person: id, label: 'CanaryidentityZq Byname', by: colleague.id, acts: 2, review: null });
    expect(row!.reason).toBe('CanarysafetyZq: he stands at the door.');
    const review = { id: row!.id, outcome: 'justified', note: 'Police were called at once.' } as const;
    await expect(colleague.call.people.reviewGlass(review)).rejects.toThrow(/role does not allow/);
    expect(await refused((await hire(app, 'supervisor', { agency: 'Other Shore' })).call.people.reviewGlass(review))).toMatch(
      /no such record/,
    );
    await boss.call.people.reviewGlass(review);
    await expect(boss.call.people.reviewGlass(review)).rejects.toThrow(/looked at this already/);
    expect((await boss.call.people.glassQueue())[0]!.review).toMatchObject({ by: boss.id, outcome: 'justified', note: review.note });
    await boss.call.people.breakGlass({ person: id, reason: 'To see whether I may.' });
    const own = (await boss.call.people.glassQueue()).find((each) => each.by === boss.id)!;
    await expect(boss.call.people.reviewGlass({ ...review, id: own.id })).rejects.toThrow(/Somebody else looks/);
    // What was said of why is with the person; the audit has that it was done.
    const rows = await listAudit(app.deps.casework.db, { recordId: id, limit: 100 });
    expect(rows.filter((each) => each.action === 'person.break_glass')).toHaveLength(2);
    expect(findCanaries(JSON.stringify(rows))).toEqual([]);
  });

  it.each(['audit', 'person_consent', 'break_glass', 'person_link'])(
    'without the table %s nothing is opened and nothing is written',
    async (name) => {
      await using app = await house(engine);
      const { worker } = app;
      const family = {
        kind: 'household',
        members: [{ id: 'm', relation: 'child', personId: 'per_x', mayContact: false, emergency: false, sees: [] }],
      } as const;
      const { id } = await worker.call.people.create({
        entries: [{ payload: { kind: 'note', text: 'n' } }, { payload: { ...family, members: [...family.members] as never } }],
      });
      const count = async () =>
        Number(
          (
            await app.deps.casework.db
              .selectFrom('person_entry')
              .select((eb) => eb.fn.countAll().as('n'))
              .executeTakeFirstOrThrow()
          ).n,
        );
      const before = await count();
      await sql`alter table ${table(app, name)} rename to ${sql.id(`${name}_gone`)}`.execute(app.deps.casework.db);
      const calls: Promise<unknown>[] = [worker.call.people.get({ person: id }), worker.call.people.export({ person: id })];
      if (name !== 'person_link')
        calls.push(worker.call.people.add({ person: id, entries: [{ payload: { kind: 'note', text: 'lost' } }] }));
      for (const call of await Promise.allSettled(calls)) expect(call.status).toBe('rejected');
      expect(await count()).toBe(before);
      await sql`alter table ${table(app, `${name}_gone`)} rename to ${sql.id(name)}`.execute(app.deps.casework.db);
      expect((await worker.call.people.get({ person: id })).entries).toHaveLength(2);
      expect(await findAuditFault(app.deps.casework.db)).toBeNull();
    },
  );

  it('the audit is only ever added to, and an edited, dropped or reordered row is found', async () => {
    await using app = await house(engine);
    const { worker } = app;
    const { id } = await worker.call.people.create({ entries: [] });
    for (let i = 0; i < 5; i++) await worker.call.people.get({ person: id });
    const { db } = app.deps.casework;
    await expect(db.updateTable('audit').set({ actor: 'nobody' }).execute()).rejects.toThrow(/only ever added to/);
    await expect(db.deleteFrom('audit').execute()).rejects.toThrow(/only ever added to/);
    expect(await findAuditFault(db)).toBeNull();
    const drop = engine === 'postgres' ? ['audit_no_change'] : ['audit_no_update', 'audit_no_delete'];
    for (const trigger of drop) {
      const where = engine === 'postgres' ? sql` on ${table(app, 'audit')}` : sql``;
      await sql`drop trigger ${sql.id(trigger)}${where}`.execute(db);
    }
    const rows = await listAudit(db, { limit: 100 });
    expect(await checkAudit(app)).toEqual({ code: 0, said: { whole: true, row: null, casework: { whole: true, row: null } } });
    const third = rows.find((row) => row.seq === 3)!;
    const put = (row: Partial<typeof third>) => db.updateTable('audit').set(row).where('seq', '=', 3).execute();
    await put({ actor: 'somebody else' });
    expect(await findAuditFault(db)).toBe(3);
    expect(await checkAudit(app)).toEqual({ code: 1, said: { whole: false, row: null, casework: { whole: false, row: 3 } } });
    await put({ actor: third.actor });
    expect(await findAuditFault(db)).toBeNull();
    await db.updateTable('audit').set({ seq: -4 }).where('seq', '=', 4).execute();
    await put({ seq: 4 });
    await db.updateTable('audit').set({ seq: 3 }).where('seq', '=', -4).execute();
    expect(await findAuditFault(db)).toBe(3);
    await db.updateTable('audit').set({ seq: -4 }).where('seq', '=', 4).execute();
    await db.updateTable('audit').set({ seq: 4 }).where('seq', '=', 3).execute();
    await db.updateTable('audit').set({ seq: 3 }).where('seq', '=', -4).execute();
    expect(await findAuditFault(db)).toBeNull();
    await db.deleteFrom('audit').where('seq', '=', rows[0]!.seq).execute();
    expect(await findAuditFault(db)).toBe(rows[0]!.seq);
  });

  it('an entry that was moved to another person, class or author, or changed by a bit, does not open', async () => {
    await using app = await house(engine);
    const { worker } = app;
    const make = () => worker.call.people.create({ entries: [{ payload: { kind: 'note', text: 'one' }, class: 'health' }] });
    const [{ id: a }, { id: b }] = [await make(), await make()];
    const { db } = app.deps.casework;
    const triggers = engine === 'postgres' ? 'person_entry_no_change' : 'person_entry_no_update';
    await sql`drop trigger ${sql.id(triggers)}${engine === 'postgres' ? sql` on ${table(app, 'person_entry')}` : sql``}`.execute(db);
    const set = (row: object) => db.updateTable('person_entry').set(row).where('person_id', '=', a).execute();
    const row = await db.selectFrom('person_entry').selectAll().where('person_id', '=', a).executeTakeFirstOrThrow();
    const foreign = await db.selectFrom('person_entry').select('payload').where('person_id', '=', b).executeTakeFirstOrThrow();
    const flipped = Buffer.from(row.payload);
    flipped[20]! ^= 1;
    for (const change of [
      { payload: foreign.payload },
      { class: 'notes' },
      { author: 'usr_x' },
      { at: '2020-01-01T00:00:00.000Z' },
      { payload: flipped },
    ]) {
      await set(change);
      expect([change, await refused(worker.call.people.get({ person: a }))]).not.toEqual([change, 'open']);
      await set({ payload: row.payload, class: row.class, author: row.author, at: row.at });
    }
    expect((await worker.call.people.get({ person: a })).entries).toHaveLength(1);
  });

  it('members of a household learn of each other only where the other one lets them', async () => {
    await using app = await house(engine);
    const { worker } = app;
    const { id: she } = await worker.call.people.create({
      entries: [{ payload: { kind: 'identity', mode: 'alias', alias: { value: 'Wren' } } }],
    });
    const member = (personId: string, sees: 'identity'[] = []) =>
      ({ id: 'm1', relation: 'partner', personId, sees, mayContact: false, emergency: false }) as const;
    const { id: he } = await worker.call.people.create({ entries: [{ payload: { kind: 'household', members: [member(she)] } }] });
    const linkOf = async (id: string) => foldRecord((await worker.call.people.get({ person: id })).entries).household[0]?.personId;
    const say = (sees: 'identity'[]) =>
      worker.call.people.add({ person: she, entries: [{ payload: { kind: 'household', members: [member(he, sees)] } }] });
    expect(await linkOf(he)).toBeUndefined();
    const file = JSON.stringify(await worker.call.people.export({ person: he }));
    expect([file.includes(she), file.includes('Wren')]).toEqual([false, false]);
    await say(['identity']);
    expect(await linkOf(he)).toBe(she);
    await say([]);
    expect(await linkOf(he)).toBeUndefined();
    await say(['identity']);
    // Left out of the household altogether, he knows nothing of it either.
    await worker.call.people.add({ person: she, entries: [{ payload: { kind: 'household', members: [] } }] });
    expect(await linkOf(he)).toBeUndefined();
  });

  it('who leaves a person to a colleague keeps only what any colleague has', async () => {
    await using app = await house(engine);
    const { worker, boss, partner, colleague } = app;
    const { id } = await worker.call.people.create({ entries: CANARY_ENTRIES });
    await expect(boss.call.people.assign({ person: id, worker: partner.id, team: null })).rejects.toThrow(/Nobody of your agency/);
    await boss.call.people.assign({ person: id, worker: colleague.id, team: 'nights' });
    expect(findCanaries(JSON.stringify(await worker.call.people.get({ person: id })))).toEqual(['identity', 'contact', 'needs']);
    expect((await colleague.call.people.get({ person: id })).access.relation).toBe('own');
    await expect(worker.call.people.export({ person: id })).rejects.toThrow(/may see all of a record/);
  });

  it('two who write at once are both kept, and who wrote against an older state is told', async () => {
    await using app = await house(engine);
    const { worker, boss } = app;
    const { id } = await worker.call.people.create({ entries: [] });
    const note = (text: string) => [{ payload: { kind: 'note', text } as const }];
    await Promise.all(
      Array.from({ length: 20 }, (_, i) => (i % 2 ? worker : boss).call.people.add({ person: id, entries: note(`n${i}`) })),
    );
    const { entries, person } = await worker.call.people.get({ person: id });
    expect([entries.length, person.revision]).toEqual([20, 20]);
    expect([...entries].sort((a, b) => (a.at + a.id < b.at + b.id ? -1 : 1)).map((entry) => entry.id)).toEqual(
      entries.map((entry) => entry.id),
    );
    await expect(worker.call.people.add({ person: id, revision: 19, entries: note('late') })).rejects.toThrow(/Someone else changed/);
    expect(await findAuditFault(app.deps.casework.db)).toBeNull();
  });

  it('the file of a person has all of it, who opened it, and a page that reads right to left where they do', async () => {
    await using app = await house(engine);
    const { worker } = app;
    const { id } = await worker.call.people.create({ entries: CANARY_ENTRIES });
    await worker.call.people.add({ person: id, entries: [{ payload: { kind: 'note', text: '<script>alert(1)</script>' } }] });
    const file = await worker.call.people.export({ person: id });
    expect(findCanaries(JSON.stringify(file))).toHaveLength(12);
    expect(file.notices[0]).toMatch(/substance use/);
    expect(file.names[worker.id]).toMatch(/^Test case_manager/);
    expect(file.opened.map((row) => row.action)).toEqual(['person.export', 'person.write', 'person.create']);
    const page = await worker.call.people.exportPage({ person: id, language: 'ar' });
    expect(page).toContain('<html lang="ar" dir="rtl">');
    expect(page).not.toContain('<script>');
    expect(findCanaries(page)).toHaveLength(12);
  });
});

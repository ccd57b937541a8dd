// What an import would do, row by row, before it does it; conflicts and what was decided; what the source no longer has.

import type { Kysely } from 'kysely';
import { expect, it } from 'vitest';
import { writeAct } from '#server/db/acts.ts';
import type { Database } from '#server/db/schema.ts';
import { ConflictDecisions, findDecision } from '#shared/directory/conflict-decisions.ts';
import { decideStaged, forgetStage, getStage, readStaged, type StagedQuery } from '#server/directory/import-staged.ts';
import type { ImportRequest } from '#server/directory/import-run.ts';
import { undoAct } from '#server/directory/undo.ts';
import { eachDatabase } from '../support/databases.ts';
import { codes, counts, dump, importFiles } from './support.ts';

const sites = (rows: readonly string[], header = 'id,name,organization,phone') => ({ 'sites.csv': [header, ...rows].join('\n') });
const BEFORE = sites(['1,One,Helpers,555-010-0001', '2,Two,Helpers,555-010-0002', '3,Three,Others,', '4,Four,Others,']);
const AFTER = sites(['1,Uno,Helpers,555-010-0001', '2,Two,Helpers,555-010-0002', '3,Tres,Others,', '5,Five,Fresh,', '6,,Fresh,']);

async function stage(db: Kysely<Database>, files: Record<string, string>, options: Partial<ImportRequest> = {}) {
  await forgetStage(db, 's');
  const report = await importFiles(db, files, { dryRun: true, stage: 's', ...options });
  return { report, staged: await look(db) };
}

function look(db: Kysely<Database>, filter: StagedQuery['filter'] = {}, page: Partial<StagedQuery['page']> = {}) {
  return readStaged(db, { id: 's', actor: 'test', filter, page: { after: -1, limit: 50, ...page } });
}

/** As the page does it: what was shown, with what was decided. */
async function applyShown(db: Kysely<Database>, files: Record<string, string>, options: Partial<ImportRequest> = {}) {
  const { digest, shared_digest: shared, position, decisions } = await getStage(db, 's', 'test');
  return importFiles(db, files, {
    shown: { digest, shared, position },
    decisions: ConflictDecisions.parse(JSON.parse(decisions)),
    ...options,
  });
}

async function edit(db: Kysely<Database>, name: string, to: Partial<Record<'name' | 'description', string>>) {
  const service = await db.selectFrom('service').selectAll().where('name', '=', name).executeTakeFirstOrThrow();
  await writeAct(db, { kind: 'edit', actor: 'someone', at: '2026-11-22T11:00:00Z' }, async (trx, act) => {
    await trx.updateTable('service').set(to).where('id', '=', service.id).execute();
    await act.record([{ object: 'service', recordId: service.id, op: 'update', before: { ...service } }]);
  });
  return service.id;
}

async function names(db: Kysely<Database>): Promise<string[]> {
  return (await db.selectFrom('service').select('name').orderBy('name').execute()).map(({ name }) => name ?? '');
}

eachDatabase('the difference before an import', (open) => {
  it('tells every row field by field, and keeps nothing else', async () => {
    await using database = await open();
    const { db } = database;
    await importFiles(db, BEFORE);
    const before = await dump(db);
    const { staged, report } = await stage(db, AFTER);
    expect(await dump(db)).toEqual(before);
    expect(staged.counts).toEqual({ created: 1, updated: 2, unchanged: 1, rejected: 1, gone: 1 });
    expect(counts(report)).toMatchObject({ created: 1, updated: 2, unchanged: 1, rejected: 1 });
    const [uno] = staged.rows.filter(({ outcome }) => outcome === 'updated');
    expect(uno).toMatchObject({ place: 'sites.csv:1', object: 'service', name: 'Uno' });
    expect(uno?.changes.map(({ op, object, fields }) => ({ op, object, fields }))).toEqual([
      { op: 'update', object: 'service', fields: [{ field: 'name', before: 'One', after: 'Uno' }] },
    ]);
    const created = staged.rows.find(({ outcome }) => outcome === 'created');
    expect(created?.changes.map(({ op, object }) => `${op} ${object}`)).toEqual(
      expect.arrayContaining(['create service', 'create organization']),
    );
    expect(staged.rows.find(({ outcome }) => outcome === 'rejected')).toMatchObject({
      place: 'sites.csv:5',
      reasons: [{ code: 'name_missing', column: 'name', value: null, message: expect.any(String) }],
    });
    expect(staged.rows.find(({ outcome }) => outcome === 'gone')).toMatchObject({ name: 'Four', place: 'sites.csv:4' });
  });

  it('filters, and pages by the number of the last row', async () => {
    await using database = await open();
    const { db } = database;
    await importFiles(db, BEFORE);
    await stage(db, AFTER);
    const first = await look(db, { outcome: 'updated' }, { limit: 1 });
    const second = await look(db, { outcome: 'updated' }, { limit: 1, after: first.rows[0]!.n });
    expect([first.total, ...[first, second].flatMap(({ rows }) => rows.map(({ name }) => name))]).toEqual([2, 'Uno', 'Tres']);
    expect(await look(db, { text: 'TRES' })).toMatchObject({ total: 1, rows: [{ name: 'Tres' }] });
    expect((await look(db, { text: '%' })).rows).toEqual([]);
    await expect(readStaged(db, { id: 's', actor: 'other', filter: {}, page: { after: -1, limit: 1 } })).rejects.toThrow('no longer kept');
  });

  it('does exactly what was shown, or says that it would be something else by now', async () => {
    await using database = await open();
    const { db } = database;
    await importFiles(db, BEFORE);
    await stage(db, AFTER);
    await expect(applyShown(db, sites(['1,Other,Helpers,']))).rejects.toThrow('would now do something else');
    const id = await edit(db, 'Two', { description: 'Elsewhere' });
    expect(counts(await applyShown(db, AFTER))).toMatchObject({ created: 1, updated: 2 });
    expect(await names(db)).toEqual(['Five', 'Four', 'Tres', 'Two', 'Uno']);
    expect(await db.selectFrom('service').select('description').where('id', '=', id).executeTakeFirst()).toEqual({
      description: 'Elsewhere',
    });

    const next = sites(['1,Eins,Helpers,555-010-0001']);
    await stage(db, next);
    await edit(db, 'Uno', { name: 'By hand' });
    await expect(applyShown(db, next)).rejects.toThrow('would now do something else');
    expect(await names(db)).toContain('By hand');
  });

  it('tells rows of one key together, once', async () => {
    await using database = await open();
    const { staged } = await stage(database.db, sites(['1,One,Helpers,', '1,One,Helpers,555-010-0001', '2,Two,Others,']));
    expect(staged.counts).toEqual({ created: 2 });
    const one = staged.rows.find(({ name }) => name === 'One');
    expect(one?.changes.map(({ object }) => object)).toEqual(expect.arrayContaining(['service', 'phone', 'organization']));
    expect(counts(await applyShown(database.db, sites(['1,One,Helpers,', '1,One,Helpers,555-010-0001', '2,Two,Others,'])))).toMatchObject({
      created: 3,
    });
  });

  it('tells trees too', async () => {
    await using database = await open();
    const { db } = database;
    const tree = (name: string) => ({ 'organizations.csv': `id,name,description\n6d1d6c5e-5f1a-4c39-9d5c-0a8b6a2a4f10,${name},We help` });
    await importFiles(db, tree('Helpers'));
    const { staged } = await stage(db, tree('Helpers and more'));
    expect(staged.rows).toMatchObject([
      {
        outcome: 'updated',
        changes: [{ object: 'organization', fields: [{ field: 'name', before: 'Helpers', after: 'Helpers and more' }] }],
      },
    ]);
    expect(counts(await applyShown(db, tree('Helpers and more')))).toMatchObject({ updated: 1 });
  });

  it('never holds where a hidden place is, not even of one that is not there yet', async () => {
    await using database = await open();
    const { db } = database;
    const files = sites(
      ['1,Haven,Helpers,118 Tanner Street,40.12345,-82.54321,yes', '2,Pantry,Others,5 Main Street,41.5,-83.5,no'],
      'id,name,organization,address,lat,lon,confidential',
    );
    const { staged } = await stage(db, files);
    const haven = staged.rows.find(({ name }) => name === 'Haven');
    expect(haven?.changes.some(({ object, fields }) => object === 'location' && fields.some(({ field }) => field === 'hidden'))).toBe(true);
    const kept = JSON.stringify(await db.selectFrom('staged_row').selectAll().execute());
    expect(kept).not.toMatch(/Tanner|40\.1|82\.54/);
    expect(kept).toMatch(/5 Main Street/);
  });

  it('forgets old previews', async () => {
    await using database = await open();
    const { db } = database;
    for (let i = 0; i < 7; i++) await importFiles(db, BEFORE, { dryRun: true, stage: `s${i}` });
    expect(await db.selectFrom('import_stage').select('id').execute()).toHaveLength(5);
    expect(await db.selectFrom('staged_row').select('stage_id').distinct().execute()).toHaveLength(5);
  });
});

eachDatabase('conflicts of an import', (open) => {
  const ours = async (db: Kysely<Database>) => (await names(db)).filter((name) => name !== 'Two');

  it('shows both values, who edited and when', async () => {
    await using database = await open();
    const { db } = database;
    await importFiles(db, sites(['1,One,Helpers,', '2,Two,Helpers,']));
    await edit(db, 'One', { name: 'By hand' });
    const { staged } = await stage(db, sites(['1,Uno,Helpers,', '2,Two,Helpers,']));
    expect(staged.contested).toEqual([{ object: 'service', field: 'name', count: 1 }]);
    expect(staged.rows.find(({ outcome }) => outcome === 'conflict')?.contests).toMatchObject([
      { object: 'service', field: 'name', ours: 'By hand', theirs: 'Uno', by: 'someone', at: '2026-11-22T11:00:00Z' },
    ]);
  });

  it('keeps ours where that was decided, and does not ask again about the same difference', async () => {
    await using database = await open();
    const { db } = database;
    await importFiles(db, sites(['1,One,Helpers,', '2,Two,Helpers,']));
    const record = await edit(db, 'One', { name: 'By hand' });
    const next = sites(['1,Uno,Helpers,555-010-0001', '2,Two,Helpers,']);
    await stage(db, next);
    await decideStaged(db, { id: 's', actor: 'test' }, { choice: 'ours', of: { record, field: 'name' } });
    const { rows, decisions } = await look(db, { outcome: 'conflict' });
    expect(rows[0]?.contests.map((contest) => findDecision(decisions, contest))).toEqual(['ours']);
    // The rest of the row is taken.
    expect(counts(await applyShown(db, next))).toMatchObject({ updated: 1, conflicts: 0 });
    expect([await ours(db), (await dump(db))['phone']]).toMatchObject([
      ['By hand'],
      [{ number: expect.stringContaining('010') as string }],
    ]);
    // Another field of the row changes: the name is not contested again. A third value is.
    expect(counts(await importFiles(db, sites(['1,Uno,Helpers,555-010-0009', '2,Two,Helpers,'])))).toMatchObject({
      updated: 1,
      conflicts: 0,
    });
    expect(counts(await importFiles(db, sites(['1,Ein,Helpers,555-010-0009', '2,Two,Helpers,'])))).toMatchObject({ conflicts: 1 });
    expect(await ours(db)).toEqual(['By hand']);
  });

  it('takes theirs by field or for the whole import', async () => {
    await using database = await open();
    const { db } = database;
    await importFiles(db, sites(['1,One,Helpers,', '2,Two,Helpers,']));
    await edit(db, 'One', { name: 'By hand' });
    const next = sites(['1,Uno,Helpers,', '2,Two,Helpers,']);
    await stage(db, next);
    await decideStaged(db, { id: 's', actor: 'test' }, { choice: 'ours', of: { all: true } });
    await decideStaged(db, { id: 's', actor: 'test' }, { choice: 'theirs', of: { object: 'service', field: 'name' } });
    expect(counts(await applyShown(db, next))).toMatchObject({ updated: 1, conflicts: 0 });
    expect(await ours(db)).toEqual(['Uno']);
    expect(counts(await importFiles(db, sites(['1,Ein,Helpers,', '2,Two,Helpers,'])))).toMatchObject({ updated: 1, conflicts: 0 });
  });

  it('asks again when the import that decided is undone', async () => {
    await using database = await open();
    const { db } = database;
    await importFiles(db, sites(['1,One,Helpers,', '2,Two,Helpers,']));
    await edit(db, 'One', { name: 'By hand' });
    const next = sites(['1,Uno,Helpers,', '2,Two,Helpers,555-010-0002']);
    const decisions = { all: 'ours' as const, fields: {}, values: {} };
    expect(counts(await importFiles(db, next, { decisions }))).toMatchObject({ conflicts: 0 });
    const { id } = await db.selectFrom('act').select('id').orderBy('id', 'desc').executeTakeFirstOrThrow();
    await undoAct(db, id, { actor: 'test', at: '2026-11-22T12:00:00Z', reason: null });
    expect(counts(await importFiles(db, sites(['1,Uno,Helpers,555-010-0001', '2,Two,Helpers,555-010-0002'])))).toMatchObject({
      conflicts: 1,
    });
  });

  it('decides about what was deleted here', async () => {
    await using database = await open();
    const { db } = database;
    const row = (phone: string) => sites([`1,One,Helpers,${phone}`]);
    const remove = async () => {
      const phone = await db.selectFrom('phone').selectAll().executeTakeFirstOrThrow();
      await writeAct(db, { kind: 'edit', actor: 'someone', at: '2026-11-22T11:00:00Z' }, async (trx, act) => {
        await trx.deleteFrom('phone').execute();
        await act.record([{ object: 'phone', recordId: phone.id, op: 'delete', before: { ...phone } }]);
      });
    };
    await importFiles(db, row('555-010-0001'));
    await remove();
    const kept = await importFiles(db, row('555-010-0002'), { decisions: { all: 'ours', fields: {}, values: {} } });
    expect([counts(kept).conflicts, (await dump(db))['phone']]).toEqual([0, undefined]);
    expect(counts(await importFiles(db, row('555-010-0003'))).conflicts).toBe(0);
    expect((await dump(db))['phone']).toBeUndefined();
  });
});

eachDatabase('what a source no longer has', (open) => {
  it('is proposed for closing, and never deleted', async () => {
    await using database = await open();
    const { db } = database;
    await importFiles(db, BEFORE);
    const report = await importFiles(db, AFTER);
    expect(codes(report)).toMatchObject({ gone_from_source: 1 });
    expect(report.issues.find(({ code }) => code === 'gone_from_source')).toMatchObject({ severity: 'info', value: 'Four' });
    expect(await names(db)).toContain('Four');
  });

  it('is closed where that is wanted, not told again, and open again when it comes back', async () => {
    await using database = await open();
    const { db } = database;
    const status = async () =>
      (await db.selectFrom('service').select('status').where('name', '=', 'Four').executeTakeFirstOrThrow()).status;
    await importFiles(db, BEFORE);
    await importFiles(db, AFTER, { closeGone: true });
    expect(await status()).toBe('inactive');
    expect(codes(await importFiles(db, AFTER))).not.toHaveProperty('gone_from_source');
    expect(counts(await importFiles(db, BEFORE))).toMatchObject({ conflicts: 0 });
    expect(await status()).toBe('active');
  });

  it('is not what could not be read this time', async () => {
    await using database = await open();
    await importFiles(database.db, sites(['1,One,,', '2,Two,,']));
    expect(codes(await importFiles(database.db, sites(['1,,,', '2,Two,,'])))).not.toHaveProperty('gone_from_source');
  });
});

eachDatabase('the mapping of a source', (open) => {
  const files = { 'sites.csv': 'id,name,kind\n1,One,a' };
  const fields = { name: 'name', description: 'kind', status: { constant: 'active' } };
  const mapping = {
    mapping: 'm',
    tables: [{ table: 'sites', key: { column: 'id' }, records: [{ object: 'service' as const, fields }], ignore: [] }],
  };

  it('is kept where someone gave it, and used the next time', async () => {
    await using database = await open();
    const { db } = database;
    await importFiles(db, files, { mapping });
    const report = await importFiles(db, {
      ...files,
      'organizations.csv': 'id,name,description\n6d1d6c5e-5f1a-4c39-9d5c-0a8b6a2a4f10,Helpers,We help',
    });
    expect(codes(report)).toMatchObject({ mapping_saved: 1 });
    expect(counts(report)).toMatchObject({ unchanged: 1, created: 1, rejected: 0 });
    expect((await dump(db))['service']).toMatchObject(
      expect.arrayContaining([expect.objectContaining({ name: 'One', description: 'a' })]) as object,
    );
  });

  it('is not kept where it was only suggested, unless someone says so', async () => {
    await using database = await open();
    await importFiles(database.db, files);
    expect(codes(await importFiles(database.db, files))).not.toHaveProperty('mapping_saved');
    await importFiles(database.db, files, { saveMapping: true });
    expect(codes(await importFiles(database.db, files))).toHaveProperty('mapping_saved');
  });
});

// Importing again: what is equal is left alone, what changed is updated, what was edited here stays.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { writeAct } from '#server/db/acts.ts';
import { runImport } from '#server/directory/import-run.ts';
import { eachDatabase } from '../support/databases.ts';
import { codes, counts, dump, importDeps, importFiles, temporaryFolder } from './support.ts';

const cell = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '1',
    '2',
    'Food & more',
    '40.5',
    '-82.1',
    '0',
    '555-010-0001',
    'Mon 9am-5pm',
    'Confidential',
    '=1+1',
    '"quoted"',
    'a\nb',
  ),
  fc.string({ maxLength: 12 }),
);
const header = fc.uniqueArray(
  fc.constantFrom('id', 'name', 'address', 'city', 'lat', 'lon', 'phone', 'hours', 'type', 'organization', 'updated', 'notes', 'x'),
  { minLength: 1, maxLength: 8 },
);
const table = header.chain((columns) =>
  fc
    .array(fc.array(cell, { minLength: columns.length, maxLength: columns.length + 1 }), { maxLength: 12 })
    .map((rows) => [columns, ...rows]),
);

eachDatabase('importing again', (open, engine) => {
  it('merges rows of one key the same whether they stand side by side or thousands of rows apart', async () => {
    const header = 'id,name,phone,hours,notes,updated';
    const [one, two, three] = [
      'a,Harbour Pantry,,Mon 9am-5pm,first,2026-01-01',
      'a,Harbour Pantry,555-010-0001,,,2026-02-01',
      'a,Harbour Food Pantry,,,third,2026-03-01',
    ];
    const others = Array.from({ length: 4200 }, (_, i) => `b${i},Other ${i},,,,`);
    const orders = [
      [one, two, three, ...others],
      [one, ...others, two, three],
      [one, two, ...others, three],
    ];
    const told: unknown[] = [];
    for (const rows of orders) {
      await using database = await open();
      const { db } = database;
      const text = [header, ...rows].join('\n');
      const first = await importFiles(db, { 'sites.csv': text });
      expect(counts(first)).toMatchObject({ rows: 4203, created: 4203 });
      expect(codes(first)['id_repeated_merged']).toBe(2);
      const service = await db.selectFrom('service').selectAll().where('name', 'like', 'Harbour%').executeTakeFirstOrThrow();
      const phones = await db.selectFrom('phone').select('number').execute();
      const schedules = await db.selectFrom('schedule').select(['byday', 'opens_at', 'closes_at']).execute();
      told.push({ name: service.name, extra: service.extra, phones, schedules });
      expect(counts(await importFiles(db, { 'sites.csv': text }))).toMatchObject({ unchanged: 4203 });
    }
    expect(told[0]).toMatchObject({ name: 'Harbour Food Pantry', phones: [{ number: expect.stringContaining('0001') }] });
    expect(told[1]).toEqual(told[0]);
    expect(told[2]).toEqual(told[0]);
  });

  it('accounts for every row of any table, and changes nothing the second time', async () => {
    await using database = await open();
    let n = 0;
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        const text = rows.map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(',')).join('\n');
        const source = `random ${n++}`;
        const first = await importFiles(database.db, { 'table.csv': text }, { source });
        expect(first.rows).toBe(first.created + first.updated + first.unchanged + first.rejected);
        const before = await dump(database.db);
        const changes = await database.db.selectFrom('feed').select('value').where('name', '=', 'change').executeTakeFirstOrThrow();
        const second = await importFiles(database.db, { 'table.csv': text }, { source });
        expect(counts(second)).toEqual({
          rows: first.rows,
          created: 0,
          updated: 0,
          unchanged: first.rows - first.rejected,
          rejected: first.rejected,
          conflicts: 0,
        });
        expect(await dump(database.db)).toEqual(before);
        expect(await database.db.selectFrom('feed').select('value').where('name', '=', 'change').executeTakeFirstOrThrow()).toEqual(
          changes,
        );
      }),
      { numRuns: engine === 'sqlite' ? 40 : 10 },
    );
  });

  it('updates what changed, by field, with the record as it was beside it', async () => {
    await using database = await open();
    await importFiles(database.db, { 'sites.csv': 'id,name,phone,hours\n1,One,555-010-0001,Mon 9am-5pm\n2,Two,555-010-0002,' });
    const report = await importFiles(database.db, {
      'sites.csv': 'id,name,phone,hours\n1,One and a half,555-010-0001,\n2,Two,555-010-0002,\n3,Three,,',
    });
    expect(counts(report)).toMatchObject({ created: 1, updated: 1, unchanged: 1 });
    const acts = await database.db.selectFrom('change').select(['object', 'op', 'before']).where('act_id', '=', 2).orderBy('seq').execute();
    expect(acts.map(({ object, op }) => `${op} ${object}`).sort()).toEqual(['create source_row', 'delete schedule', 'update service']);
    expect(acts.find(({ op }) => op === 'update')?.before).toContain('"name":"One"');
  });

  it('applies a corrected mapping to rows that did not change', async () => {
    await using database = await open();
    const files = { 'sites.csv': 'id,name,kind\n1,One,a' };
    await importFiles(database.db, files);
    const fields = { name: 'name', description: 'kind', status: { constant: 'active' } };
    const mapping = {
      mapping: 'm',
      tables: [{ table: 'sites', key: { column: 'id' }, records: [{ object: 'service' as const, fields }], ignore: [] }],
    };
    expect(counts(await importFiles(database.db, files, { mapping }))).toMatchObject({ updated: 1 });
    expect((await dump(database.db))['service']).toMatchObject([{ name: 'One', description: 'a' }]);
    const other = { ...mapping, tables: [{ ...mapping.tables[0]!, table: 'other' }] };
    const report = await importFiles(database.db, files, { mapping: other });
    expect([counts(report), codes(report)]).toMatchObject([{ rows: 1, rejected: 1 }, { table_unmapped: 1 }]);
  });

  it('keeps an edit that was made here, and says so', async () => {
    await using database = await open();
    const { db } = database;
    const sites = (phone: string, name = 'One') => ({ 'sites.csv': `id,name,phone\n1,${name},${phone}\n2,Two,555-010-0002` });
    await importFiles(db, sites('555-010-0001'));
    const service = await db.selectFrom('service').selectAll().where('name', '=', 'One').executeTakeFirstOrThrow();
    await writeAct(db, { kind: 'edit', actor: 'someone', at: '2026-11-22T11:00:00Z' }, async (trx, act) => {
      await trx.updateTable('service').set({ name: 'One, by hand', description: 'checked' }).where('id', '=', service.id).execute();
      await act.record([{ object: 'service', recordId: service.id, op: 'update', before: { ...service } }]);
    });
    // Equal input: no conflict. Another field: applied beside the edit. The same field: the edit stays.
    expect(counts(await importFiles(db, sites('555-010-0001')))).toMatchObject({ unchanged: 2, conflicts: 0 });
    expect(counts(await importFiles(db, sites('555-010-0009')))).toMatchObject({ updated: 1, unchanged: 1, conflicts: 0 });
    const report = await importFiles(db, sites('555-010-0009', 'Uno'));
    expect(counts(report)).toMatchObject({ updated: 0, unchanged: 2, conflicts: 1 });
    expect(report.issues).toMatchObject(
      [{}, { code: 'conflict', file: 'sites.csv', row: 1, column: 'name' }].slice(report.issues.length === 1 ? 1 : 0),
    );
    expect(await db.selectFrom('service').select(['name', 'description']).where('id', '=', service.id).executeTakeFirst()).toEqual({
      name: 'One, by hand',
      description: 'checked',
    });
    expect(counts(await importFiles(db, sites('555-010-0009', 'Uno')))).toMatchObject({ conflicts: 1 });
  });

  it('does not bring back what was deleted here', async () => {
    await using database = await open();
    const { db } = database;
    await importFiles(db, { 'sites.csv': 'id,name,phone\n1,One,555-010-0001' });
    const phone = await db.selectFrom('phone').selectAll().executeTakeFirstOrThrow();
    await writeAct(db, { kind: 'edit', actor: 'someone', at: '2026-11-22T11:00:00Z' }, async (trx, act) => {
      await trx.deleteFrom('phone').execute();
      await act.record([{ object: 'phone', recordId: phone.id, op: 'delete', before: { ...phone } }]);
    });
    expect(counts(await importFiles(db, { 'sites.csv': 'id,name,phone\n1,One,555-010-0009' }))).toMatchObject({
      unchanged: 1,
      conflicts: 1,
    });
    expect(await db.selectFrom('phone').select('id').execute()).toEqual([]);
  });

  it('tries everything in a dry run and keeps nothing', async () => {
    await using database = await open();
    expect(counts(await importFiles(database.db, { 'sites.csv': 'id,name\n1,One' }, { dryRun: true }))).toMatchObject({ created: 1 });
    expect(await dump(database.db)).toEqual({});
    expect(await database.db.selectFrom('source').select('id').execute()).toEqual([]);
    expect(counts(await importFiles(database.db, { 'sites.csv': 'id,name\n1,One' }))).toMatchObject({ created: 1 });
  });

  it('stops when asked and keeps nothing', async () => {
    await using database = await open();
    using folder = temporaryFolder();
    const path = folder.write({ 'sites.csv': ['id,name', ...Array.from({ length: 5000 }, (_, i) => `${i},Site ${i}`)].join('\n') });
    const stop = new AbortController();
    const request = { paths: [path], format: 'auto', source: 'test', dryRun: false, actor: 'test' };
    await expect(runImport(importDeps(database.db), request, { signal: stop.signal, onProgress: () => stop.abort() })).rejects.toThrow(
      'stopped',
    );
    expect(await dump(database.db)).toEqual({});
  });

  it('gives rows of two tables with one UUID ids of their own, and keeps what a second source says apart', async () => {
    await using database = await open();
    const table = (name: string) => ({
      'sites.csv': `id,name,address,city\n6d1d6c5e-5f1a-4c39-9d5c-0a8b6a2a4f10,${name},1 Main St,Oakdale`,
    });
    await importFiles(database.db, table('One'), { source: 'a' });
    const report = await importFiles(database.db, table('One too'), { source: 'b' });
    expect([counts(report), codes(report)]).toMatchObject([{ created: 1, rejected: 0 }, { id_taken: 1 }]);
    expect(counts(await importFiles(database.db, table('One too'), { source: 'b' }))).toMatchObject({ unchanged: 1, created: 0 });
    expect(counts(await importFiles(database.db, table('One again'), { source: 'b' }))).toMatchObject({ updated: 1, created: 0 });
    const names = (await database.db.selectFrom('service').select(['id', 'name']).execute()).map(({ id, name }) => [id.slice(0, 8), name]);
    expect(names).toHaveLength(2);
    expect(names).toContainEqual(['6d1d6c5e', 'One']);
  });

  it('gives records of two sources with one UUID ids of their own', async () => {
    await using database = await open();
    const file = { 'organizations.csv': 'id,name,description\n6d1d6c5e-5f1a-4c39-9d5c-0a8b6a2a4f10,Helpers,We help' };
    await importFiles(database.db, file, { source: 'a' });
    const report = await importFiles(database.db, file, { source: 'b' });
    expect([counts(report), codes(report)]).toMatchObject([{ created: 1 }, { id_taken: 1 }]);
    expect((await dump(database.db))['organization']).toHaveLength(2);
    expect(counts(await importFiles(database.db, file, { source: 'b' }))).toMatchObject({ unchanged: 1, created: 0 });
  });
});

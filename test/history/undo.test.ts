// Undo of an act as one act, on both engines: of imports, of edits, of undos, with what was edited since left alone.

import { expect, it } from 'vitest';
import { undoAct } from '#server/directory/undo.ts';
import { eachDatabase } from '../support/databases.ts';
import { counts, importFiles } from '../import/support.ts';
import { BY, edit, everything, lastAct } from './support.ts';

const sites = (rows: string[]) => ({ 'sites.csv': ['id,name,address,city,phone,organization,hours', ...rows].join('\n') });
const TWO = sites(['1,One,1 Main St,Oakdale,555-010-0001,Helpers,Mon 9am-5pm', '2,Two,2 Main St,Oakdale,555-010-0002,Others,Tue 9am-5pm']);

eachDatabase('undo', (open) => {
  it('takes an import out as one act, and an undo of the undo brings all of it back', async () => {
    await using database = await open();
    const { db } = database;
    await importFiles(db, TWO);
    const before = await everything(db);
    const rows = await db.selectFrom('source_row').selectAll().orderBy('id').execute();
    const undone = await undoAct(db, 1, BY);
    expect(undone).toMatchObject({ act: 2, undoes: 1, conflicts: 0 });
    expect(undone.records).toBe(Object.values(before).flat().length);
    expect(await everything(db)).toEqual({});
    expect(await db.selectFrom('source_row').select('id').execute()).toEqual([]);

    expect(await undoAct(db, 2, BY)).toMatchObject({ act: 3, conflicts: 0, records: undone.records });
    expect(await everything(db)).toEqual(before);
    expect(await db.selectFrom('source_row').selectAll().orderBy('id').execute()).toEqual(rows);
    expect(counts(await importFiles(db, TWO))).toMatchObject({ unchanged: 2, created: 0 });

    // And once more, by taking the import out again.
    expect(await undoAct(db, 1, BY)).toMatchObject({ conflicts: 0, records: undone.records });
    expect(await everything(db)).toEqual({});
  });

  it('makes an undone import as if it had never been: the same file is created again', async () => {
    await using database = await open();
    const { db } = database;
    await importFiles(db, TWO);
    await undoAct(db, 1, BY);
    expect(counts(await importFiles(db, TWO))).toMatchObject({ created: 2, conflicts: 0 });
  });

  it('sets back what an import changed, and the next import of the file applies it again', async () => {
    await using database = await open();
    const { db } = database;
    await importFiles(db, TWO);
    const before = await everything(db);
    const changed = sites([
      '1,One,9 Main St,Oakdale,555-010-0001,Helpers,',
      '2,Two and more,2 Main St,Oakdale,555-010-0002,Others,Tue 9am-5pm',
    ]);
    expect(counts(await importFiles(db, changed))).toMatchObject({ updated: 2 });
    const after = await everything(db);
    expect(await undoAct(db, await lastAct(db), BY)).toMatchObject({ conflicts: 0 });
    expect(await everything(db)).toEqual(before);
    expect(counts(await importFiles(db, changed))).toMatchObject({ updated: 2, conflicts: 0 });
    expect(await everything(db)).toEqual(after);
  });

  it('never takes what was edited since: that stays whole, and is told', async () => {
    await using database = await open();
    const { db } = database;
    await importFiles(db, TWO);
    const phone = await db.selectFrom('phone').selectAll().where('number', 'like', '%0001').executeTakeFirstOrThrow();
    await edit(db, { object: 'phone', id: phone.id, set: { number: '555-010-7777' } });
    const report = await undoAct(db, 1, BY);
    expect(report.conflicts).toBe(1);
    expect(report.listed).toEqual([
      {
        object: 'phone',
        id: phone.id,
        kind: 'changed',
        name: '555-010-7777',
        fields: [{ field: 'number', wanted: phone.number, current: '555-010-7777' }],
      },
    ]);
    const left = await everything(db);
    expect(Object.fromEntries(Object.entries(left).map(([object, rows]) => [object, rows.length]))).toEqual({
      organization: 1,
      service: 1,
      location: 1,
      service_at_location: 1,
      address: 1,
      phone: 1,
      schedule: 1,
    });
    // The row that stayed is known, the other one is new.
    expect(counts(await importFiles(db, TWO))).toMatchObject({ created: 1, unchanged: 1 });
    expect(await db.selectFrom('phone').select('number').where('id', '=', phone.id).executeTakeFirst()).toEqual({ number: '555-010-7777' });
  });

  it('keeps what something newer hangs on', async () => {
    await using database = await open();
    const { db } = database;
    await importFiles(db, TWO);
    const service = await db.selectFrom('service').select('id').where('name', '=', 'One').executeTakeFirstOrThrow();
    await edit(db, { object: 'language', id: 'l1', create: { service_id: service.id, code: 'es' } });
    const report = await undoAct(db, 1, BY);
    expect(report.listed).toMatchObject([{ object: 'service', id: service.id, kind: 'in_use', name: 'One' }]);
    expect((await db.selectFrom('service').select('name').execute()).map(({ name }) => name)).toEqual(['One']);
    expect(await db.selectFrom('address').select('address_1').execute()).toEqual([{ address_1: '1 Main St' }]);
  });

  it('sets an edit back field by field, and leaves the field that was edited again', async () => {
    await using database = await open();
    const { db } = database;
    await edit(db, { object: 'service', id: 's', create: { name: 'A', status: 'active' } });
    const act = await edit(db, { object: 'service', id: 's', set: { name: 'B', url: 'https://b.example', description: 'b' } });
    await edit(db, { object: 'service', id: 's', set: { name: 'C' } });
    const report = await undoAct(db, act, BY);
    expect(report).toMatchObject({ records: 1, conflicts: 1 });
    expect(report.listed[0]).toMatchObject({ kind: 'changed', fields: [{ field: 'name', wanted: 'A', current: 'C' }] });
    expect(await db.selectFrom('service').select(['name', 'url', 'description']).execute()).toEqual([
      { name: 'C', url: null, description: null },
    ]);
    await expect(undoAct(db, act, BY)).rejects.toThrow(/has been undone already, by act 4/);
    await undoAct(db, 4, BY);
    expect(await db.selectFrom('service').select(['name', 'url', 'description']).execute()).toEqual([
      { name: 'C', url: 'https://b.example', description: 'b' },
    ]);
  });

  it('brings back what was removed, unless what it belonged to is gone', async () => {
    await using database = await open();
    const { db } = database;
    await edit(db, { object: 'service', id: 's', create: { name: 'A', status: 'active' } });
    await edit(db, { object: 'phone', id: 'p', create: { service_id: 's', number: '1', extension: 7 } });
    const act = await edit(db, { object: 'phone', id: 'p', remove: true });
    expect(await undoAct(db, act, { ...BY, dryRun: true })).toMatchObject({ act: null, records: 1 });
    expect(await db.selectFrom('phone').select('id').execute()).toEqual([]);
    await undoAct(db, act, BY);
    expect(await db.selectFrom('phone').selectAll().execute()).toMatchObject([{ id: 'p', service_id: 's', number: '1', extension: 7 }]);

    const again = await edit(db, { object: 'phone', id: 'p', remove: true });
    await edit(db, { object: 'service', id: 's', remove: true });
    expect(await undoAct(db, again, BY)).toMatchObject({ act: null, records: 0, listed: [{ object: 'phone', id: 'p', kind: 'gone' }] });
  });

  it('leaves a place hidden until someone says otherwise', async () => {
    await using database = await open();
    const { db } = database;
    await edit(db, { object: 'location', id: 'l', create: { name: 'House', location_type: 'physical', hidden: 0 } });
    const act = await edit(db, { object: 'location', id: 'l', set: { hidden: 1, name: 'A house' } });
    expect(await undoAct(db, act, BY)).toMatchObject({ records: 1, listed: [{ kind: 'hidden', id: 'l' }] });
    expect(await db.selectFrom('location').select(['name', 'hidden']).execute()).toEqual([{ name: 'House', hidden: 1 }]);
  });

  it('says what cannot be undone', async () => {
    await using database = await open();
    await expect(undoAct(database.db, 9, BY)).rejects.toThrow('There is no act 9.');
  });
});

// What was edited here is known as such, whatever imports and undos come after it.

import { expect, it } from 'vitest';
import { findLocalEdits } from '#server/directory/import-conflicts.ts';
import { undoAct } from '#server/directory/undo.ts';
import { counts, importFiles } from '../import/support.ts';
import { eachDatabase } from '../support/databases.ts';
import { BY, edit, lastAct } from './support.ts';

const site = (name: string, about: string) => ({ 'sites.csv': `id,name,description,city\n1,${name},${about},Oakdale\n2,Two,b,Oakdale` });

eachDatabase('local edits', (open) => {
  it('outlive an import that changes another field of the same record', async () => {
    await using database = await open();
    const { db } = database;
    await importFiles(db, site('One', 'a'));
    const { id } = await db.selectFrom('service').select('id').where('name', '=', 'One').executeTakeFirstOrThrow();
    await edit(db, { object: 'service', id, set: { name: 'By hand' } });
    const name = async () => (await db.selectFrom('service').select('name').where('id', '=', id).executeTakeFirstOrThrow()).name;
    for (const about of ['b', 'c', 'd']) {
      expect(counts(await importFiles(db, site('One', about)))).toMatchObject({ updated: 1, conflicts: 0 });
      expect(await name()).toBe('By hand');
    }
    expect(counts(await importFiles(db, site('Uno', 'd')))).toMatchObject({ updated: 0, conflicts: 1 });
    expect(await name()).toBe('By hand');
    expect((await findLocalEdits(db, [{ id }])).get(id)).toMatchObject({ base: { name: 'One', description: 'd' }, deleted: false });
  });

  it('end with their undo, and begin again with the undo of that', async () => {
    await using database = await open();
    const { db } = database;
    await importFiles(db, site('One', 'a'));
    const { id } = await db.selectFrom('service').select('id').where('name', '=', 'One').executeTakeFirstOrThrow();
    const act = await edit(db, { object: 'service', id, set: { name: 'By hand' } });
    await undoAct(db, act, BY);
    expect((await findLocalEdits(db, [{ id }])).size).toBe(0);
    await undoAct(db, await lastAct(db), BY);
    expect((await findLocalEdits(db, [{ id }])).get(id)?.base).toMatchObject({ name: 'One' });
    expect(counts(await importFiles(db, site('Uno', 'a')))).toMatchObject({ conflicts: 1 });
  });

  it('are compared with what the last import that stands gave', async () => {
    await using database = await open();
    const { db } = database;
    await importFiles(db, site('One', 'a'));
    const { id } = await db.selectFrom('service').select('id').where('name', '=', 'One').executeTakeFirstOrThrow();
    await importFiles(db, site('Uno', 'b'));
    const second = await lastAct(db);
    await edit(db, { object: 'service', id, set: { name: 'By hand' } });
    expect(await undoAct(db, second, BY)).toMatchObject({ conflicts: 1 });
    expect((await findLocalEdits(db, [{ id }])).get(id)?.base).toMatchObject({ name: 'One', description: 'a' });
    // The first file again: nothing of it is new.
    expect(counts(await importFiles(db, site('One', 'a')))).toMatchObject({ unchanged: 2, conflicts: 0 });
  });
});

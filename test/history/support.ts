// Edits as the product writes them, and the directory as one value to compare.

import type { Kysely } from 'kysely';
import { HSDS_OBJECTS, type HsdsObject } from '#shared/directory/hsds.ts';
import { writeAct } from '#server/db/acts.ts';
import type { Database } from '#server/db/schema.ts';

type Fields = Record<string, string | number | null>;

export const AT = '2026-11-22T11:00:00.000Z';
export const BY = { actor: 'someone', at: AT };

/** One act that updates, creates or removes a record. */
export async function edit(
  db: Kysely<Database>,
  change: { object: HsdsObject; id: string; set?: Fields; remove?: boolean; create?: Fields },
): Promise<number> {
  const { object, id } = change;
  return writeAct(db, { kind: 'edit', ...BY }, async (trx, act) => {
    if (change.create) {
      await trx
        .insertInto(object)
        .values({ id, ...change.create } as never)
        .execute();
      await act.record([{ object, recordId: id, op: 'create', before: null }]);
      return act.id;
    }
    const before = { ...(await trx.selectFrom(object).selectAll().where('id', '=', id).executeTakeFirstOrThrow()) };
    if (change.remove) await trx.deleteFrom(object).where('id', '=', id).execute();
    else
      await trx
        .updateTable(object)
        .set((change.set ?? {}) as never)
        .where('id', '=', id)
        .execute();
    await act.record([{ object, recordId: id, op: change.remove ? 'delete' : 'update', before }]);
    return act.id;
  });
}

/** Every record, with the input row that it came from. */
export async function everything(db: Kysely<Database>): Promise<Record<string, unknown[]>> {
  const all: Record<string, unknown[]> = {};
  for (const object of HSDS_OBJECTS) {
    const rows = await db.selectFrom(object).selectAll().orderBy('id').execute();
    if (rows.length > 0) all[object] = rows.map((row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)));
  }
  return all;
}

export async function lastAct(db: Kysely<Database>): Promise<number> {
  return (await db.selectFrom('act').select('id').orderBy('id', 'desc').limit(1).executeTakeFirstOrThrow()).id;
}

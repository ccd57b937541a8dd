// The mapping that someone gave for a source is used again by its next import. Tables that it does not know are read as
// they would be without it.

import type { Kysely } from 'kysely';
import { findTable, ImportMapping } from '#shared/directory/mapping.ts';
import type { Database } from '../db/schema.ts';

/** Undefined where none was kept, or where it knows none of these tables. */
export async function findSavedMapping(
  db: Kysely<Database>,
  source: string,
  tables: readonly string[],
): Promise<ImportMapping | undefined> {
  const found = await db.selectFrom('source').select('saved_mapping').where('name', '=', source).executeTakeFirst();
  if (!found?.saved_mapping) return undefined;
  // One that was kept by an older version, and is no longer a mapping, is passed over.
  const { data } = ImportMapping.safeParse(JSON.parse(found.saved_mapping));
  return data && tables.some((table) => findTable(data, table)) ? data : undefined;
}

export function completeMapping(saved: ImportMapping, suggested: ImportMapping): ImportMapping {
  return { ...saved, tables: [...saved.tables, ...suggested.tables.filter(({ table }) => !findTable(saved, table))] };
}

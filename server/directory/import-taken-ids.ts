// Ids that the input brings along and that records of another source have already: the input's records get ids of their
// own, wherever they are named, and each is told.

import type { Transaction } from 'kysely';
import type { HsdsObject } from '#shared/directory/hsds.ts';
import type { RowIssue } from '#shared/directory/import-record.ts';
import { createRecordIds, type RecordIdOptions, type RecordIds } from '#shared/directory/record-ids.ts';
import type { Database } from '../db/schema.ts';
import { inPieces } from './bulk-write.ts';

export interface ReplaceableIds extends RecordIds {
  /** From now on a record that came with this id has another one. */
  replace(object: HsdsObject, id: string): void;
  /** The id under which a record is kept that came with this one. */
  replaced(object: HsdsObject, id: string): string;
}

export function createReplaceableIds(options: RecordIdOptions): ReplaceableIds {
  const ids = createRecordIds(options);
  const others = new Map<string, string>();
  const replaced = (object: HsdsObject, id: string): string => others.get(`${object} ${id}`) ?? id;
  return {
    ...ids,
    replaced,
    of: (object, scope, key) => replaced(object, ids.of(object, scope, key)),
    replace: (object, id) => void others.set(`${object} ${id}`, ids.part(ids.base(object, '', id), object, 0)),
  };
}

interface Place {
  file: string;
  row: number;
}

export interface TakenIdsOptions {
  ids: ReplaceableIds;
  /** Reads the input for the UUIDs that its records came with. */
  readGiven(found: (object: HsdsObject, id: string, place: Place) => void): Promise<void>;
  report(place: Place, issue: RowIssue): void;
}

export async function replaceTakenIds(
  trx: Transaction<Database>,
  sourceId: number,
  { ids, readGiven, report }: TakenIdsOptions,
): Promise<void> {
  // Nobody else can have taken any.
  if (!(await trx.selectFrom('source').select('id').where('id', '!=', sourceId).limit(1).executeTakeFirst())) return;
  const given = new Map<HsdsObject, Map<string, Place>>();
  await readGiven((object, id, place) => {
    const places = given.get(object) ?? new Map<string, Place>();
    if (!places.has(id)) given.set(object, places.set(id, place));
  });
  for (const [object, places] of given) {
    for (const piece of inPieces([...places.keys()])) {
      const rows = await trx
        .selectFrom(object)
        .leftJoin('source_row', 'source_row.id', `${object}.source_row`)
        .select(`${object}.id as taken`)
        .where(`${object}.id` as never, 'in', piece as never)
        .where((eb) => eb.or([eb('source_row.source_id', 'is', null), eb('source_row.source_id', '!=', sourceId)]))
        .execute();
      for (const { taken } of rows as { taken: string }[]) {
        ids.replace(object, taken);
        report(places.get(taken) ?? { file: '', row: 0 }, takenIssue(object, taken));
      }
    }
  }
}

function takenIssue(object: HsdsObject, id: string): RowIssue {
  const message = `Another source already has a ${object} with the id ${id}. This one was given an id of its own. If they are the same, merge them on their pages.`;
  return { column: 'id', code: 'id_taken', severity: 'warning', message, value: id };
}

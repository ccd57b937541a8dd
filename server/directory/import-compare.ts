// What an input gives beside what stands in the directory: what differs, and where an edit here and the input contradict.

import type { MappedRecord } from '#shared/directory/import-record.ts';
import type { LocalEdit } from './import-conflicts.ts';
import type { FoundRecord } from './import-writer.ts';
import { columnsOf, listDifferences, storedValue, type StoredRecord } from './record-columns.ts';

/**
 * What the input changes in a stored record. Without local edits that is every difference; with them only what the input
 * changed since the last import, and a field that both changed differently is contested.
 */
export function compareRecord(
  record: MappedRecord,
  stored: FoundRecord,
  { edit, onlyAdd }: { edit: LocalEdit | undefined; onlyAdd: boolean },
): { after: StoredRecord; fields: string[]; contested: string[] } {
  const after: StoredRecord = {};
  for (const column of columnsOf(record.object)) after[column] = storedValue(record, column);
  // What was hidden once stays hidden until someone says otherwise here: a source may only have forgotten to say so.
  const staysHidden = record.object === 'location' && Number(stored.values['hidden'] ?? 0) !== 0;
  const different = listDifferences(record.object, stored.values, after)
    .filter((column) => !onlyAdd || (after[column] ?? null) !== null)
    .filter((column) => !(staysHidden && column === 'hidden'));
  if (!edit) return { after, fields: different, contested: [] };
  const byInput = new Set(listDifferences(record.object, edit.base, after));
  const byHand = new Set(listDifferences(record.object, edit.base, stored.values));
  return {
    after,
    fields: different.filter((column) => byInput.has(column) && !byHand.has(column)),
    contested: different.filter((column) => byInput.has(column) && byHand.has(column)),
  };
}

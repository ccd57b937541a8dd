// An import tells of what it created in one change for many input rows: "these made their records". A change for each
// record would be most of what an import writes, and say no more than the record's own input row.

/** Object of such a change; its record id is the first and the last number of the input rows. */
export const CREATED_ROWS = 'source_row';

export interface CreatedRows {
  first: number;
  last: number;
}

export function formatCreatedRows({ first, last }: CreatedRows): string {
  return `${first}-${last}`;
}

/** The input rows of which a change tells; undefined where it is about one record. */
export function findCreatedRows(change: { object: string; record_id: string }): CreatedRows | undefined {
  if (change.object !== CREATED_ROWS) return undefined;
  const [first = '', last = ''] = change.record_id.split('-');
  return { first: Number(first), last: Number(last) };
}

/** How many input rows these changes tell of. */
export function countCreatedRows(changes: readonly { object: string; record_id: string }[]): number {
  let count = 0;
  for (const change of changes) {
    const rows = findCreatedRows(change);
    if (rows) count += rows.last - rows.first + 1;
  }
  return count;
}

// Where in the input something stands, in words.

import type { WorkbenchApi } from '#client/workbench/types.ts';

interface Place {
  file: string;
  row: number | null;
  column?: string | null;
}

/** "larders.csv, row 12, name". */
export function sayPlace(workbench: Pick<WorkbenchApi, 't' | 'locale'>, { file, row, column = null }: Place): string {
  const number = row === null ? null : new Intl.NumberFormat(workbench.locale).format(row);
  return [file, number && workbench.t('directory.import.issue.row', { row: number }), column].filter(Boolean).join(', ');
}

/** "larders.csv:12". What has no row is a file. */
export function parsePlace(text: string): Place {
  const at = text.lastIndexOf(':');
  const row = Number(text.slice(at + 1));
  return at < 0 || !Number.isInteger(row) ? { file: text, row: null } : { file: text.slice(0, at), row };
}

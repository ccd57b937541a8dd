// Where in the input something stands, and what was noticed there, in words.

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

interface Noticed {
  code: string;
  message: string;
  column: string | null;
  value: string | null;
}

/**
 * What was noticed, in the reader's language. The server says it in English and names a little more than the code, the column
 * and the value tell; a plugin's own codes have its words alone.
 */
export function sayNoticed(workbench: Pick<WorkbenchApi, 't' | 'locale'>, { code, message, column, value }: Noticed): string {
  if (new Intl.Locale(workbench.locale).language === 'en') return message;
  const id = `directory.import.say.${code}`;
  const said = workbench.t(id, { column: column ?? '', value: value ?? '' });
  return said === id ? message : said;
}

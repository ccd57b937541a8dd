// One sheet of a workbook as rows of texts, in the order of the sheet, and the ranges that are merged.

import { readXml, textItems, unescape, type Workbook } from './xlsx-book.ts';
import { formatNumber, type NumberKind } from './xlsx-numbers.ts';
import type { ZipParts } from './zip-parts.ts';

/** Cells by column from 0; what is empty is absent. */
export interface SheetRow {
  /** As the sheet numbers it, from 1. */
  number: number;
  cells: Map<number, string>;
  faults: CellFault[];
}

export interface CellFault {
  column: number;
  code: 'cell_error' | 'date_unreadable' | 'formula_without_value';
  value: string;
}

/** A merged range; rows from 1, columns from 0, both ends included. */
export interface MergedRange {
  top: number;
  left: number;
  bottom: number;
  right: number;
}

/** Columns beyond this are no table's. */
const MOST_COLUMNS = 16_384;

/** Merged ranges of a sheet. They stand behind its rows, so that this reads the sheet once. */
export function findMergedRanges(parts: ZipParts, part: string): MergedRange[] {
  const ranges: MergedRange[] = [];
  const reading = readXml(parts, part, {
    open(name, attributes) {
      if (name !== 'mergeCell') return;
      const match = /^([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})$/i.exec(attributes['ref'] ?? '');
      if (!match) return;
      const [, left = '', top, right = '', bottom] = match;
      ranges.push({ top: Number(top), left: columnOf(left), bottom: Number(bottom), right: columnOf(right) });
    },
  });
  for (const _ of reading);
  return ranges;
}

/** Rows with at least one cell that is not empty. */
export function* readRows(parts: ZipParts, part: string, book: Workbook): Generator<SheetRow> {
  const rows: SheetRow[] = [];
  let row: SheetRow | null = null;
  let cell: { column: number; type: string; format: NumberKind; formula: boolean } | null = null;
  let value = '';
  let inValue = false;
  let number = 0;
  let column = -1;
  let inline = '';
  const inlineText = textItems('is', (text) => (inline = text));
  const finish = (): void => {
    if (!row || !cell) return;
    const told = cell.type === 'inlineStr' ? inline : value;
    if (told === '') {
      if (cell.formula && cell.type !== 'str') row.faults.push({ column: cell.column, code: 'formula_without_value', value: '' });
    } else setCell(row, cell, told, book);
    cell = null;
  };
  const reading = readXml(parts, part, {
    open(name, attributes) {
      if (name === 'row') {
        number = wholeNumber(attributes['r']) ?? number + 1;
        column = -1;
        row = { number, cells: new Map(), faults: [] };
      } else if (name === 'c') {
        column = cellColumn(attributes['r']) ?? column + 1;
        cell = {
          column,
          type: attributes['t'] ?? 'n',
          format: book.formats[Number(attributes['s'] ?? 0)] ?? { kind: 'plain' },
          formula: false,
        };
        value = '';
        inline = '';
      } else if (name === 'v') inValue = true;
      else if (name === 'f' && cell) cell.formula = true;
      else inlineText.open?.(name, attributes);
    },
    text(text) {
      if (inValue) value += text;
      else if (cell) inlineText.text?.(text);
    },
    close(name) {
      if (name === 'v') inValue = false;
      else if (name === 'c') finish();
      else if (name === 'row' && row) {
        if (row.cells.size + row.faults.length > 0) rows.push(row);
        row = null;
      } else inlineText.close?.(name);
    },
  });
  for (const _ of reading) yield* rows.splice(0);
  yield* rows;
}

function setCell(row: SheetRow, cell: { column: number; type: string; format: NumberKind }, told: string, book: Workbook): void {
  const { column, type, format } = cell;
  if (column < 0 || column >= MOST_COLUMNS) return;
  const set = (text: string | undefined): void => {
    if (text !== undefined && text.trim() !== '') row.cells.set(column, text);
  };
  if (type === 's') return set(book.strings[Number(told)]);
  if (type === 'b') return set(told === '1' ? 'true' : 'false');
  if (type === 'e') return void row.faults.push({ column, code: 'cell_error', value: told });
  if (type === 'd') return set(told.replace(/T00:00(:00(\.0+)?)?Z?$/, '').replace('T', ' '));
  const number = type === 'n' ? Number(told) : NaN;
  if (!Number.isFinite(number)) return set(type === 'inlineStr' ? told : unescape(told));
  const text = formatNumber(number, format, book.epoch1904);
  set(text ?? String(number));
  if (text === null) row.faults.push({ column, code: 'date_unreadable', value: told });
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,7}$/.test(text) ? Number(text) : undefined;
}

function cellColumn(reference: string | undefined): number | undefined {
  const letters = /^[A-Za-z]{1,3}(?=\d)/.exec(reference ?? '')?.[0];
  return letters === undefined ? undefined : columnOf(letters);
}

/** `A` → 0, `AA` → 26. */
function columnOf(letters: string): number {
  let column = 0;
  for (const letter of letters.toUpperCase()) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

// A sheet made for people as a table: lines above the header are told and left out, a header of two rows becomes one, and
// a value that is merged over several rows is each row's own.

import type { ReadIssue, ReadRow } from '../../shared/plugin-api/index.ts';
import { nameColumns } from './column-names.ts';
import type { CellFault, MergedRange, SheetRow } from './xlsx-sheet.ts';

/** Rows among which the header is looked for. */
const HEADER_AMONG = 25;
/** A header fills at least this share of the columns of the widest row. */
const HEADER_SHARE = 0.6;
const FAULTS: Record<CellFault['code'], [ReadIssue['severity'], (value: string) => string]> = {
  cell_error: ['warning', (value) => `The formula of this cell gives the error ${value}. It was taken as empty; mend the formula.`],
  date_unreadable: ['warning', (value) => `The cell is formatted as a date, but ${value} is none. It was kept as the number; correct it.`],
  formula_without_value: [
    'warning',
    () => 'The formula of this cell has never been computed, so it is empty. Open the workbook in its program and save it again.',
  ],
};

export class SheetTable {
  #file: string;
  #merged: readonly MergedRange[];
  /** Values of merged ranges that reach into later rows, by row and column. */
  #below = new Map<number, Map<number, string>>();
  #held: SheetRow[] = [];
  #header: { columns: string[]; row: number } | null = null;
  #rows: ReadRow[] = [];
  #issues: ReadIssue[] = [];

  constructor(file: string, merged: readonly MergedRange[]) {
    this.#file = file;
    this.#merged = merged;
  }

  get columns(): string[] {
    return this.#header?.columns ?? [];
  }

  get size(): number {
    return this.#rows.length;
  }

  add(row: SheetRow): void {
    if (this.#header) return this.#addData(row);
    this.#held.push(row);
    if (this.#held.length >= HEADER_AMONG) this.#findHeader();
  }

  /** After the last row. */
  end(): void {
    if (!this.#header) this.#findHeader();
  }

  take(): { rows: ReadRow[]; issues: ReadIssue[] } {
    return { rows: this.#rows.splice(0), issues: this.#issues.splice(0) };
  }

  #findHeader(): void {
    const held = this.#held.splice(0);
    if (held.length === 0) return;
    const filled = held.map((row) => this.#width(row));
    const widest = Math.max(...filled);
    let at = filled.findIndex((count) => count >= Math.max(Math.min(2, widest), widest * HEADER_SHARE));
    const upper = held[at] as SheetRow;
    // Groups of columns in the first row, such as "Address", and the columns' own names below them.
    const groups = this.#merged.filter(({ top, bottom, left, right }) => top === upper.number && bottom === top && right > left);
    const next = held[at + 1];
    const hasTwoRows =
      next !== undefined &&
      next.number === upper.number + 1 &&
      groups.length > 0 &&
      groups.every(({ left, right }) => range(left, right).some((column) => next.cells.has(column))) &&
      [...next.cells.values()].every((text) => !/^[-+.\d]+$/.test(text));
    const above = held[at - 1];
    const isLower = !hasTwoRows && above !== undefined && above.number === upper.number - 1 && this.#groupsOf(above).length > 0;
    const named = hasTwoRows ? this.#joinHeader(upper, next) : isLower ? this.#joinHeader(above, upper) : upper.cells;
    const dropped = held.slice(0, isLower ? at - 1 : at);
    if (hasTwoRows) at++;
    if (dropped.length > 0) {
      const text = dropped.map(({ cells }) => [...cells.values()].join(' | ')).join('\n');
      this.#report(null, {
        code: 'rows_above_header',
        severity: 'info',
        message: `The table begins in row ${upper.number}. What stands above it was left out.`,
        value: text,
      });
    }
    this.#nameColumns(named, held.slice(at + 1), (held[at] as SheetRow).number);
    for (const row of held.slice(at + 1)) this.#addData(row);
  }

  #groupsOf(row: SheetRow): MergedRange[] {
    return this.#merged.filter(
      ({ top, bottom, left, right }) => top === row.number && bottom === top && right > left && row.cells.size > 1 && row.cells.has(left),
    );
  }

  /** Filled cells, those included that reach into the row from above. */
  #width(row: SheetRow): number {
    const reaching = this.#merged.filter(
      ({ top, bottom, left, right }) => left === right && top < row.number && bottom >= row.number && !row.cells.has(left),
    );
    return row.cells.size + reaching.length;
  }

  #joinHeader(upper: SheetRow, lower: SheetRow): Map<number, string> {
    const names = new Map(upper.cells);
    for (const { left, right } of this.#groupsOf(upper))
      for (const column of range(left, right)) names.set(column, upper.cells.get(left) as string);
    for (const [column, name] of lower.cells) names.set(column, [names.get(column), name].filter(Boolean).join(' '));
    return names;
  }

  #nameColumns(named: ReadonlyMap<number, string>, rows: readonly SheetRow[], header: number): void {
    const used = new Set([...named.keys(), ...rows.flatMap(({ cells }) => [...cells.keys()])]);
    const width = Math.max(0, ...used) + 1;
    const { names, faults } = nameColumns(
      Array.from({ length: width }, (_, column) => named.get(column) ?? ''),
      (column) => used.has(column),
    );
    for (const { code, message, value, column } of faults) this.#report(null, { code, severity: 'info', message, value, column });
    this.#header = { columns: names, row: header };
    const down = this.#merged.filter(({ top, bottom }) => top > header && bottom > top);
    if (down.length === 0) return;
    this.#report(null, {
      code: 'cells_merged',
      severity: 'info',
      message: `${down.length} merged ranges reach over several rows. Each row was given the value; look at one of them.`,
      value: null,
    });
  }

  #addData(row: SheetRow): void {
    const header = this.#header as { columns: string[]; row: number };
    const at = row.number - header.row;
    this.#reachDown(row);
    const values: Record<string, unknown> = {};
    const beyond: string[] = [];
    for (const [column, text] of row.cells) {
      const name = header.columns[column];
      if (name === undefined) beyond.push(text);
      else values[name] = text;
    }
    for (const { column, code, value } of row.faults) {
      const [severity, say] = FAULTS[code];
      this.#report(at, { code, severity, message: say(value), value, column: header.columns[column] ?? null });
    }
    if (beyond.length > 0) {
      values['(beyond the header)'] = beyond.join(' | ');
      this.#report(at, {
        code: 'long_row',
        severity: 'warning',
        message: `Row ${row.number} has cells where the header has no column. They were kept under "(beyond the header)".`,
        value: beyond.join(' | '),
      });
    }
    if (row.cells.size > 0) this.#rows.push({ row: at, values });
  }

  /** Merged downwards: the first row's value is every row's. */
  #reachDown(row: SheetRow): void {
    for (const { top, bottom, left } of this.#merged) {
      if (top !== row.number || bottom === top) continue;
      const value = row.cells.get(left);
      if (value === undefined) continue;
      for (let below = top + 1; below <= Math.min(bottom, top + 10_000); below++) {
        const cells = this.#below.get(below) ?? new Map<number, string>();
        this.#below.set(below, cells.set(left, value));
      }
    }
    const given = this.#below.get(row.number);
    if (!given) return;
    this.#below.delete(row.number);
    for (const [column, value] of given) if (!row.cells.has(column)) row.cells.set(column, value);
  }

  #report(
    row: number | null,
    issue: { code: string; severity: ReadIssue['severity']; message: string; value: string | null; column?: string | null },
  ): void {
    this.#issues.push({ file: this.#file, row, column: null, ...issue });
  }
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.min(to - from + 1, 1000) }, (_, i) => from + i);
}

// CSV and TSV tables: the first row names the columns; every other row is kept, whatever its length.

import type { ImportFile, ReadBatch, ReadIssue, ReadRow } from '../../shared/plugin-api/index.ts';
import { nameColumns } from './column-names.ts';
import { DelimitedParser, detectDialect, HEAD, type DelimitedRecord } from './delimited-text.ts';
import { findTableHead, type TableHead } from './table-head.ts';
import { BATCH_ROWS, readText, tableName } from './text.ts';

export async function* readDelimited(file: ImportFile): AsyncIterable<ReadBatch> {
  const reader = new TableReader(file);
  let parser: DelimitedParser | null = null;
  let issues: ReadIssue[] = [];
  for await (const piece of readText(file)) {
    issues.push(...piece.issues);
    if (!parser) {
      if (piece.text === '') continue;
      const head = piece.text.slice(0, HEAD);
      const dialect = detectDialect(head);
      parser = new DelimitedParser(dialect);
      reader.begin(findTableHead(head, dialect));
    }
    const records = parser.push(piece.text);
    for (const record of records) {
      reader.add(record);
      if (reader.isFull) {
        yield reader.take(issues);
        issues = [];
      }
    }
    // A list that was moved to where long-lived things are would keep its records until all of those are looked through.
    records.length = 0;
  }
  for (const record of parser?.end() ?? []) reader.add(record);
  yield reader.take(issues);
}

class TableReader {
  #file: string;
  /** Numbers of the rows that are asked for; absent: all. */
  #wanted: ReadonlySet<number> | undefined;
  #columns: string[] | null = null;
  #rows: ReadRow[] = [];
  #issues: ReadIssue[] = [];
  #row = 0;
  #head: TableHead = { above: 0, unnamed: null };
  #above: string[] = [];

  constructor({ path, rows }: Pick<ImportFile, 'path' | 'rows'>) {
    this.#file = path;
    this.#wanted = rows;
  }

  begin(head: TableHead): void {
    this.#head = head;
  }

  get isFull(): boolean {
    return this.#rows.length >= BATCH_ROWS;
  }

  add(record: DelimitedRecord): void {
    const { cells } = record;
    if (cells.length === 1 && (cells[0] as string).trim() === '') return;
    if (!this.#columns) {
      if (this.#above.length < this.#head.above) return void this.#above.push(cells.join(' ').trim());
      this.#columns = this.#nameColumns(cells, record.line);
      if (record.quoteFault)
        this.#report(
          null,
          'quote',
          `Line ${record.line}: the header has a quote that is not closed or is followed by more text. Check its column names.`,
          null,
        );
      return;
    }
    this.#row++;
    if (this.#wanted?.has(this.#row) === false) return;
    const columns = this.#columns;
    const values: Record<string, unknown> = {};
    for (let i = 0; i < columns.length; i++) {
      const cell = cells[i];
      if (cell !== undefined && cell !== '') values[columns[i] as string] = cell;
    }
    if (record.quoteFault)
      this.#report(
        this.#row,
        'quote',
        `Line ${record.line}: a quote is not closed, or more text follows it. It was taken as text: check this row.`,
        cells.join(',').slice(0, 200),
      );
    if (cells.length < columns.length) {
      this.#report(
        this.#row,
        'short_row',
        `Line ${record.line} has ${cells.length} cells, the header has ${columns.length}. The missing ones were taken as empty.`,
        null,
      );
    }
    const extra = cells.slice(columns.length);
    if (extra.some((cell) => cell !== '')) {
      values['(beyond the header)'] = extra.join(' | ');
      this.#report(
        this.#row,
        'long_row',
        `Line ${record.line} has ${cells.length} cells, the header has ${columns.length}. What stood beyond was kept under "(beyond the header)".`,
        extra.join(' | '),
      );
    }
    this.#rows.push({ row: this.#row, values });
  }

  #nameColumns(cells: string[], line: number): string[] {
    const { unnamed } = this.#head;
    if (this.#above.length > 0) {
      const message = `The table begins in line ${line}. What stands above it was left out.`;
      this.#report(null, 'rows_above_header', message, this.#above.join('\n'));
    }
    if (unnamed) {
      const message = `The header has ${cells.length} names, the rows have ${cells.length + 1} cells: the ${unnamed} column was taken to be the one without a name. Check a row, and name every column in the source.`;
      this.#report(null, 'header_short', message, cells.join(', '));
    }
    const { names, faults } = nameColumns(unnamed === 'first' ? ['', ...cells] : unnamed === 'last' ? [...cells, ''] : cells);
    for (const { code, message, value, column } of faults) this.#report(null, code, message, value, column);
    return names;
  }

  #report(row: number | null, code: string, message: string, value: string | null, column: string | null = null): void {
    this.#issues.push({ file: this.#file, row, column, code, severity: row === null ? 'info' : 'warning', message, value });
  }

  take(issues: ReadIssue[]): ReadBatch {
    const batch = {
      file: this.#file,
      table: tableName(this.#file),
      columns: this.#columns ?? [],
      rows: this.#rows,
      issues: [...issues, ...this.#issues],
    };
    this.#rows = [];
    this.#issues = [];
    return batch;
  }
}

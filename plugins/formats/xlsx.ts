// Excel workbooks: every visible sheet is a table. The package is held in memory packed, because its directory stands at
// its end; its sheets are unpacked and read row by row. Old and locked workbooks are refused in words.

import type { ImportFile, ReadBatch, ReadIssue } from '../../shared/plugin-api/index.ts';
import { SheetTable } from './sheet-table.ts';
import { BATCH_ROWS, tableName } from './text.ts';
import { openWorkbook, type Sheet, type Workbook } from './xlsx-book.ts';
import { findMergedRanges, readRows } from './xlsx-sheet.ts';
import { openZip, UnreadableFile, type ZipParts } from './zip-parts.ts';

const PACKED_LIMIT = 256 * 2 ** 20;
/** First bytes of Microsoft's older container: .xls, and .xlsx with a password. */
const OLD_CONTAINER = [0xd0, 0xcf, 0x11, 0xe0];

export async function* readXlsx(file: ImportFile): AsyncIterable<ReadBatch> {
  try {
    const parts = openZip(await readPacked(file));
    const book = openWorkbook(parts);
    const shown = book.sheets.filter(({ hidden }) => !hidden);
    const issues = book.sheets.filter(({ hidden }) => hidden).map((sheet) => hiddenSheet(file, sheet));
    let isEmpty = true;
    for (const sheet of shown) {
      const named = shown.length > 1;
      const source = { path: named ? `${file.path}/${sheet.name}` : file.path, table: named ? sheet.name : tableName(file.path) };
      for (const read of readSheet(parts, book, { ...source, part: sheet.part })) {
        if (read.columns.length > 0) isEmpty = false;
        yield read;
      }
    }
    if (isEmpty) {
      const message = 'No sheet of this workbook holds a table. Put the names of the columns into the first row, and the records below.';
      issues.push(issue(file.path, { code: 'workbook_empty', severity: 'warning', message }));
    }
    yield batch(file.path, tableName(file.path), { issues });
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    yield batch(file.path, tableName(file.path), {
      issues: [issue(file.path, { code: error.code, severity: 'error', message: error.message })],
    });
  }
}

async function readPacked(file: ImportFile): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of file.bytes) {
    size += piece.length;
    if (size > PACKED_LIMIT)
      throw new UnreadableFile('file_too_large', 'A workbook may have 256 MB at most. Save its sheets as CSV files and import those.');
    pieces.push(piece);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  if (OLD_CONTAINER.every((byte, i) => whole[i] === byte)) {
    throw new UnreadableFile(
      'workbook_unreadable',
      'This is an old workbook (.xls), or one that is locked by a password. Open it in its program and save it as .xlsx without a password.',
    );
  }
  return whole;
}

function* readSheet(
  parts: ZipParts,
  book: Workbook,
  { path, table, part }: { path: string; table: string; part: string },
): Iterable<ReadBatch> {
  const sheet = new SheetTable(path, findMergedRanges(parts, part));
  for (const row of readRows(parts, part, book)) {
    sheet.add(row);
    if (sheet.size >= BATCH_ROWS) yield batch(path, table, { columns: sheet.columns, ...sheet.take() });
  }
  sheet.end();
  yield batch(path, table, { columns: sheet.columns, ...sheet.take() });
}

function batch(file: string, table: string, { columns = [], rows = [], issues = [] }: Partial<ReadBatch>): ReadBatch {
  return { file, table, columns, rows, issues };
}

function issue(file: string, told: Pick<ReadIssue, 'code' | 'severity' | 'message'> & { value?: string }): ReadIssue {
  return { file, row: null, column: null, value: null, ...told };
}

function hiddenSheet(file: ImportFile, { name }: Sheet): ReadIssue {
  const message = `The sheet "${name}" is hidden, so it was not read. Show it in its program and save the workbook if it holds records.`;
  return issue(file.path, { code: 'sheet_hidden', severity: 'warning', message, value: name });
}

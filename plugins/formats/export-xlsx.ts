// Resources as an Excel workbook of one sheet, row by row: however large the directory is, one piece of it is held. Ids, postal
// codes and telephone numbers are text, days are days, and no text of a listing ever becomes a formula.

import { Zip, ZipDeflate } from 'fflate';
import type { ExportFile, ExportSource } from '../../shared/plugin-api/index.ts';
import { FLAT_COLUMNS, listFlatResources } from './flat-resources.ts';
import { HEAD_STYLE, PARTS, SHEET, sheetEnd, sheetHead, toCellXml } from './xlsx-parts.ts';

export async function* exportXlsx(source: ExportSource): AsyncIterable<ExportFile> {
  yield { path: 'resources.xlsx', chunks: workbook(source) };
}

/** The same directory gives the same bytes. */
const MOMENT = new Date(1980, 0, 1);

async function* workbook(source: ExportSource): AsyncIterable<Uint8Array> {
  const packed: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    packed.push(chunk);
  });
  const add = (name: string): ((text: string, last?: boolean) => void) => {
    const part = new ZipDeflate(name, { level: 6 });
    part.mtime = MOMENT;
    zip.add(part);
    return (text, last = false) => part.push(new TextEncoder().encode(text), last);
  };
  for (const [name, text] of Object.entries(PARTS)) add(name)(text, true);
  const write = add(SHEET);
  write(sheetHead(FLAT_COLUMNS));
  let number = 1;
  write(
    toRow(
      number,
      FLAT_COLUMNS.map((column, i) => toCellXml(i, number, { value: column, style: HEAD_STYLE })),
    ),
  );
  for await (const resources of listFlatResources(source)) {
    const rows = resources.map((resource) => {
      number += 1;
      return toRow(
        number,
        FLAT_COLUMNS.map((column, i) => toCellXml(i, number, { value: resource[column] ?? null })),
      );
    });
    write(rows.join(''));
    yield* packed.splice(0);
  }
  write(sheetEnd(FLAT_COLUMNS.length, number), true);
  zip.end();
  yield* packed;
}

function toRow(number: number, cells: readonly string[]): string {
  return `<row r="${number}">${cells.join('')}</row>`;
}

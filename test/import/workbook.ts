// Builds small Excel workbooks, part by part as Excel writes them.

import { strToU8, zipSync, type Zippable } from 'fflate';

export interface SheetOptions {
  name: string;
  /** Rows of the sheet as XML. */
  rows: string;
  merged?: string[];
  hidden?: boolean;
}

export interface WorkbookOptions {
  sheets: SheetOptions[];
  strings?: string[];
  /** Format codes: style 1 is the first of them. */
  formats?: string[];
  date1904?: boolean;
  /** Without packing, so that its XML can be read in the file. */
  stored?: boolean;
  /** Parts to add or to put in place of others. */
  parts?: Record<string, string | Uint8Array>;
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE_RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';

export function workbook({ sheets, strings, formats = [], date1904, stored = false, parts = {} }: WorkbookOptions): Uint8Array {
  const relation = (id: number, type: string, target: string) =>
    `<Relationship Id="rId${id}" Type="${RELATIONS}/${type}" Target="${target}"/>`;
  const files: Record<string, string | Uint8Array> = {
    '[Content_Types].xml': `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
    '_rels/.rels': `${HEAD}<Relationships xmlns="${PACKAGE_RELATIONS}">${relation(1, 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    'xl/workbook.xml': `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><workbookPr${date1904 ? ' date1904="1"' : ''}/><sheets>${sheets
      .map(({ name, hidden }, i) => `<sheet name="${name}" sheetId="${i + 1}" r:id="rId${i + 1}"${hidden ? ' state="hidden"' : ''}/>`)
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${HEAD}<Relationships xmlns="${PACKAGE_RELATIONS}">${sheets
      .map((_, i) => relation(i + 1, 'worksheet', `worksheets/sheet${i + 1}.xml`))
      .join(
        '',
      )}${relation(98, 'styles', 'styles.xml')}${strings ? relation(99, 'sharedStrings', '/xl/sharedStrings.xml') : ''}</Relationships>`,
    'xl/styles.xml': `${HEAD}<styleSheet xmlns="${MAIN}"><numFmts>${formats
      .map((code, i) => `<numFmt numFmtId="${164 + i}" formatCode="${code.replaceAll('"', '&quot;')}"/>`)
      .join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${formats
      .map((_, i) => `<xf numFmtId="${164 + i}"/>`)
      .join('')}</cellXfs></styleSheet>`,
    ...(strings ? { 'xl/sharedStrings.xml': `${HEAD}<sst xmlns="${MAIN}">${strings.join('')}</sst>` } : {}),
    ...Object.fromEntries(
      sheets.map(({ rows, merged = [] }, i) => [
        `xl/worksheets/sheet${i + 1}.xml`,
        `${HEAD}<worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData>${
          merged.length > 0 ? `<mergeCells>${merged.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>` : ''
        }</worksheet>`,
      ]),
    ),
    ...parts,
  };
  const packed = Object.entries(files).map(([name, part]) => [name, typeof part === 'string' ? strToU8(part) : part]);
  return zipSync(Object.fromEntries(packed) as Zippable, { level: stored ? 0 : 1 });
}

/** Rows of texts and numbers as XML; null is an empty cell. */
export function sheetRows(rows: readonly (readonly (string | number | null)[])[], from = 1): string {
  return rows
    .map((cells, i) => {
      const number = from + i;
      const written = cells.map((value, column) => {
        const at = `${String.fromCharCode(65 + column)}${number}`;
        if (value === null) return '';
        if (typeof value === 'number') return `<c r="${at}"><v>${value}</v></c>`;
        return `<c r="${at}" t="inlineStr"><is><t>${value.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</t></is></c>`;
      });
      return `<row r="${number}">${written.join('')}</row>`;
    })
    .join('');
}

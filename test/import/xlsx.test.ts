// Excel workbooks as people make them: titles above the header, merged cells, dates, several sheets, formulas.

import { describe, expect, it } from 'vitest';
import formats from '../../plugins/formats/index.ts';
import { builtInFormat, formatNumber, readFormat } from '../../plugins/formats/xlsx-numbers.ts';
import { eachDatabase } from '../support/databases.ts';
import { codes, counts, dump, importFiles } from './support.ts';
import { sheetRows, workbook, type WorkbookOptions } from './workbook.ts';

async function read(content: Uint8Array, piece = 1000) {
  async function* pieces() {
    for (let at = 0; at < content.length; at += piece) yield content.subarray(at, at + piece);
  }
  const tables: Record<string, { file: string; rows: Record<string, unknown>[]; numbers: number[] }> = {};
  const issues: string[] = [];
  for await (const batch of formats.importers!['xlsx']!({ path: 'book.xlsx', bytes: pieces() })) {
    const table = (tables[batch.table] ??= { file: batch.file, rows: [], numbers: [] });
    table.rows.push(...batch.rows.map(({ values }) => values));
    table.numbers.push(...batch.rows.map(({ row }) => row));
    issues.push(...batch.issues.map(({ code, row, column }) => [code, row, column].filter((part) => part !== null).join(' ')));
  }
  return { tables, issues, rows: Object.values(tables)[0]?.rows ?? [] };
}

const readSheet = (rows: string, options: Partial<WorkbookOptions> & { merged?: string[] } = {}) =>
  read(workbook({ ...options, sheets: [{ name: 'Sheet1', rows, merged: options.merged ?? [] }] }));

describe('a workbook', () => {
  it('is a table, in whatever pieces it comes', async () => {
    const book = workbook({ sheets: [{ name: 'Sheet1', rows: sheetRows([['id', 'name'], [1, 'One & <two>'], [], [0.1 + 0.2, null]]) }] });
    const expected = { rows: [{ id: '1', name: 'One & <two>' }, { id: '0.30000000000000004' }], numbers: [1, 3] };
    for (const piece of [1, 7, 1000]) expect((await read(book, piece)).tables['book']).toMatchObject(expected);
  });

  it('gives a table for each sheet that is shown, and tells of the others', async () => {
    const book = workbook({
      sheets: [
        {
          name: 'Services',
          rows: sheetRows([
            ['id', 'name'],
            [1, 'One'],
          ]),
        },
        { name: 'Lists', rows: sheetRows([['a'], ['b']]), hidden: true },
        { name: 'Empty', rows: '' },
        {
          name: 'Locations',
          rows: sheetRows([
            ['id', 'name'],
            [7, 'Hall'],
          ]),
        },
      ],
    });
    const { tables, issues } = await read(book);
    expect(tables['Services']).toMatchObject({ file: 'book.xlsx/Services', rows: [{ id: '1', name: 'One' }] });
    expect(tables['Locations']).toMatchObject({ file: 'book.xlsx/Locations', rows: [{ id: '7', name: 'Hall' }] });
    expect(tables['Lists']).toBeUndefined();
    expect(issues).toEqual(['sheet_hidden']);
  });

  it('reads every kind of cell', async () => {
    const cell = (column: string, type: string, inner: string, style = 0) => `<c r="${column}2" t="${type}" s="${style}">${inner}</c>`;
    const header = sheetRows([['shared', 'rich', 'truth', 'formula', 'error', 'day', 'time', 'zip', 'share', 'bad day', 'never', 'iso']]);
    const { rows, issues } = await readSheet(
      `${header}<row>${[
        cell('A', 's', '<v>0</v>'),
        cell('B', 's', '<v>1</v>'),
        cell('C', 'b', '<v>1</v>'),
        cell('D', 'str', '<f>A1&amp;"x"</f><v>sum</v>'),
        cell('E', 'e', '<f>1/0</f><v>#DIV/0!</v>'),
        cell('F', 'n', '<v>45353</v>', 1),
        cell('G', 'n', '<v>0.395833333333333</v>', 2),
        cell('H', 'n', '<v>2139</v>', 3),
        cell('I', 'n', '<v>0.575</v>', 4),
        cell('J', 'n', '<v>-4</v>', 1),
        cell('K', 'n', '<f>NOW()</f>'),
        cell('L', 'd', '<v>2024-03-02T00:00:00</v>'),
      ].join('')}</row>`,
      {
        strings: [
          '<si><t xml:space="preserve"> tea_x000D_\n room</t></si>',
          '<si><r><t>bold</t></r><r><t> and not</t></r><rPh sb="0" eb="1"><t>x</t></rPh></si>',
        ],
        formats: ['m/d/yyyy', 'h:mm AM/PM', '00000', '0.0%'],
      },
    );
    expect(rows).toEqual([
      {
        shared: ' tea\n room',
        rich: 'bold and not',
        truth: 'true',
        formula: 'sum',
        day: '2024-03-02',
        time: '09:30',
        zip: '02139',
        share: '57.5%',
        'bad day': '-4',
        iso: '2024-03-02',
      },
    ]);
    expect(issues).toEqual(['cell_error 1 error', 'date_unreadable 1 bad day', 'formula_without_value 1 never']);
  });

  it('finds the header below titles, and joins a header of two rows', async () => {
    const titled = await readSheet(
      sheetRows([['Directory of food pantries'], [], ['Updated in March'], ['id', 'name', 'city'], [1, 'One', 'Oakdale']]),
      {
        merged: ['A1:C1'],
      },
    );
    expect(titled.rows).toEqual([{ id: '1', name: 'One', city: 'Oakdale' }]);
    expect(titled.issues).toEqual(['rows_above_header']);
    const grouped = [
      ['Name', 'Address', null, null, 'Phone'],
      [null, 'Street', 'City', 'ZIP', null],
      ['One', '1 Main St', 'Oakdale', '43201', '555-010-0001'],
    ];
    for (const titles of [[], [['All sites']]]) {
      const at = titles.length;
      const { rows } = await readSheet(sheetRows([...titles, ...grouped]), {
        merged: [`A${at + 1}:A${at + 2}`, `B${at + 1}:D${at + 1}`, `E${at + 1}:E${at + 2}`],
      });
      expect(rows).toEqual([
        { Name: 'One', 'Address Street': '1 Main St', 'Address City': 'Oakdale', 'Address ZIP': '43201', Phone: '555-010-0001' },
      ]);
    }
  });

  it('gives a merged value to every row that it spans', async () => {
    const { rows, issues } = await readSheet(
      sheetRows([
        ['agency', 'name'],
        ['Helpers', 'One'],
        [null, 'Two'],
        [null, 'Three'],
        ['Others', 'Four'],
      ]),
      { merged: ['A2:A4'] },
    );
    expect(rows.map(({ agency }) => agency)).toEqual(['Helpers', 'Helpers', 'Helpers', 'Others']);
    expect(issues).toEqual(['cells_merged']);
  });

  it('keeps what stands beyond the header, and names what has no name', async () => {
    const { rows, issues } = await readSheet(
      sheetRows([
        ['id', 'name', 'name'],
        [1, 'One', 'x', 'more'],
        [2, 'Two'],
      ]),
    );
    expect(rows).toEqual([
      { id: '1', name: 'One', 'name (2)': 'x', 'column 4': 'more' },
      { id: '2', name: 'Two' },
    ]);
    expect(issues).toEqual(['column_repeated name (2)', 'column_unnamed column 4']);
  });

  it.each<[string, Uint8Array, string]>([
    ['an old workbook', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3, 4]), 'workbook_unreadable'],
    ['text', new TextEncoder().encode('id,name\n1,One'), 'package_damaged'],
    ['nothing', new Uint8Array(), 'package_damaged'],
    ['a file that was cut off', workbook({ sheets: [{ name: 'a', rows: sheetRows([['id']]) }] }).subarray(0, 500), 'package_damaged'],
    ['a package of something else', workbook({ sheets: [], parts: { '_rels/.rels': '<a/>', 'xl/workbook.xml': 'x' } }), 'package_damaged'],
    ['broken XML', workbook({ sheets: [{ name: 'a', rows: '<row><c></row>' }] }), 'package_damaged'],
    [
      'a bomb of entities',
      workbook({ sheets: [{ name: 'a', rows: '' }], parts: { 'xl/worksheets/sheet1.xml': '<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>' } }),
      'package_damaged',
    ],
    [
      'a bomb of zeros',
      workbook({ sheets: [{ name: 'a', rows: '' }], parts: { 'xl/worksheets/sheet1.xml': new Uint8Array(60_000_000) } }),
      'package_too_large',
    ],
  ])('refuses %s in words', async (_, content, code) => {
    const { rows, issues } = await read(content);
    expect([rows, issues]).toEqual([[], [code]]);
  });
});

describe('numbers', () => {
  it.each<[number, string, string | null]>([
    [1, 'm/d/yy', '1900-01-01'],
    [59, 'm/d/yy', '1900-02-28'],
    [61, 'yyyy-mm-dd', '1900-03-01'],
    [0, 'm/d/yy', null],
    [45353.5, '[$-409]m/d/yy h:mm AM/PM;@', '2024-03-02 12:00'],
    [45353.9999999, 'd. mmmm yyyy', '2024-03-03'],
    [0.75, 'hh:mm:ss', '18:00'],
    [1.5, '[h]:mm', '36:00'],
    [1.5, 'h:mm', '12:00'],
    [2139, '00000', '02139'],
    [0.5, '0%', '50%'],
    [12.5, '#,##0.00', '12.5'],
    [12.5, '"year" 0.0', '12.5'],
    [3_000_000, 'm/d/yy', null],
  ])('%d as %s', (value, code, expected) => expect(formatNumber(value, readFormat(code), false)).toBe(expected));

  it('counts days from 1904 where the workbook does', () => {
    expect(formatNumber(43891, builtInFormat(14), true)).toBe('2024-03-02');
    expect(formatNumber(0, builtInFormat(14), true)).toBe('1904-01-01');
  });
});

eachDatabase('a workbook of linked sheets', (open) => {
  it('is imported like the tables that it holds, and again without a change', async () => {
    await using database = await open();
    const book = workbook({
      sheets: [
        {
          name: 'Organizations',
          rows: sheetRows([
            ['Organization ID', 'Title'],
            [7, 'Helpers'],
          ]),
        },
        {
          name: 'Services',
          rows: sheetRows([['List of services'], ['Service ID', 'Title', 'Organization ID'], [1, 'Soup', 7], [2, 'Bread', 8]]),
        },
      ],
    });
    const report = await importFiles(database.db, { 'book.xlsx': book });
    expect(counts(report)).toMatchObject({ rows: 3, created: 3, rejected: 0 });
    expect(codes(report)).toMatchObject({ reference_missing: 1, rows_above_header: 1 });
    expect(report.issues.find(({ code }) => code === 'reference_missing')).toMatchObject({
      file: 'book.xlsx/Services',
      row: 2,
      column: 'Organization ID',
    });
    const all = await dump(database.db);
    expect(all['service']).toHaveLength(2);
    expect(all['organization']).toMatchObject([{ name: 'Helpers' }]);
    expect(counts(await importFiles(database.db, { 'book.xlsx': book }))).toMatchObject({ rows: 3, unchanged: 3 });
  });
});

// Files as they really come: separators, quotes, encodings, broken lines, lists that stream.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import formats from '../../plugins/formats/index.ts';
import { DelimitedParser, detectDialect, type DelimitedRecord, type Dialect } from '../../plugins/formats/delimited-text.ts';
import { splitArray } from '../../plugins/formats/json-array.ts';
import { toCell, toLine, toSafeCell } from '../../plugins/formats/csv-text.ts';

async function read(format: string, path: string, content: string | Uint8Array, piece = 7) {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece);
  }
  const rows: Record<string, unknown>[] = [];
  const issues: string[] = [];
  for await (const batch of formats.importers![format]!({ path, bytes: pieces() })) {
    rows.push(...batch.rows.map((row) => row.values));
    issues.push(...batch.issues.map((issue) => issue.code));
  }
  return { rows, issues };
}

function readRecords(text: string, dialect: Dialect, piece: number): DelimitedRecord[] {
  const parser = new DelimitedParser(dialect);
  const records: DelimitedRecord[][] = [];
  for (let at = 0; at < text.length; at += piece) records.push(parser.push(text.slice(at, at + piece)));
  return [...records.flat(), ...parser.end()];
}

describe('delimited text', () => {
  it.each<[string, string, unknown[], string[]]>([
    ['commas', 'a,b\n1,2\n', [{ a: '1', b: '2' }], []],
    ['no newline at the end', 'a,b\r\n1,2', [{ a: '1', b: '2' }], []],
    ['tabs', 'a\tb\n1\t2\n', [{ a: '1', b: '2' }], []],
    ['semicolons', 'a;b\n1,5;2\n', [{ a: '1,5', b: '2' }], []],
    ['line breaks of old Macs', 'a,b\r"1\r",2\r', [{ a: '1\r', b: '2' }], []],
    [
      'line breaks of two kinds',
      'a,b\r\n1,2\n3,4\r\n',
      [
        { a: '1', b: '2' },
        { a: '3', b: '4' },
      ],
      [],
    ],
    ['quotes', 'a,b\n"x, ""y""","two\nlines"\n', [{ a: 'x, "y"', b: 'two\nlines' }], []],
    ['a quote in the middle', 'a,b\n5" pipe,2\n', [{ a: '5" pipe', b: '2' }], []],
    [
      'a quote in a quoted cell',
      'a,b\n"we say "hot", daily",2\n',
      [{ a: 'we say "hot', b: ' daily"', '(beyond the header)': '2' }],
      ['long_row', 'quote'],
    ],
    ['text after a quote', 'a,b\n"x"y,2\n', [{ a: 'xy', b: '2' }], ['quote']],
    [
      'a forgotten quote',
      'a,b\n"x,2\n3,4\n',
      [
        { a: 'x', b: '2' },
        { a: '3', b: '4' },
      ],
      ['quote'],
    ],
    ['short and long rows', 'a,b\n1\n1,2,3\n', [{ a: '1' }, { a: '1', b: '2', '(beyond the header)': '3' }], ['short_row', 'long_row']],
    ['empty lines', 'a,b\n\n1,2\n\n', [{ a: '1', b: '2' }], []],
    [
      'names that repeat or are missing',
      'a,a,\n1,2,3\n',
      [{ a: '1', 'a (2)': '2', 'column 3': '3' }],
      ['column_unnamed', 'column_repeated'],
    ],
    [
      'lines above the header',
      'All sites of the county\n\nas of March,,\nid,name,city\n1,One,Oakdale\n2,Two,\n',
      [
        { id: '1', name: 'One', city: 'Oakdale' },
        { id: '2', name: 'Two' },
      ],
      ['rows_above_header'],
    ],
    ['a separator told to Excel', 'sep=;\r\na;b\r\n1,5;2\r\n', [{ a: '1,5', b: '2' }], ['rows_above_header']],
    [
      'a header that lacks the name of the row numbers',
      'name,city\n1,One,Oakdale\n2,Two,Elm\n',
      [
        { 'column 1': '1', name: 'One', city: 'Oakdale' },
        { 'column 1': '2', name: 'Two', city: 'Elm' },
      ],
      ['column_unnamed', 'header_short'],
    ],
    [
      'a header that lacks the last name',
      'name,city\nOne,Oakdale,x\nTwo,Elm,y\n',
      [
        { name: 'One', city: 'Oakdale', 'column 3': 'x' },
        { name: 'Two', city: 'Elm', 'column 3': 'y' },
      ],
      ['column_unnamed', 'header_short'],
    ],
    [
      'a separator at the end of every row',
      'name,city\nOne,Oakdale,\nTwo,Elm,\n',
      [
        { name: 'One', city: 'Oakdale' },
        { name: 'Two', city: 'Elm' },
      ],
      [],
    ],
    ['a byte order mark', '\ufeffa,b\n1,2\n', [{ a: '1', b: '2' }], ['bom']],
    ['nothing', '', [], []],
  ])('%s', async (_, text, rows, issues) => {
    const result = await read('delimited', 'table.csv', text);
    expect(result.rows).toEqual(rows);
    expect(result.issues.sort()).toEqual([...issues].sort());
  });

  it('reads Windows-1252 and UTF-16, and says so', async () => {
    expect(await read('delimited', 't.csv', Buffer.from('name,b\nCaf\xe9,2\n', 'latin1'))).toEqual({
      rows: [{ name: 'Café', b: '2' }],
      issues: ['encoding'],
    });
    expect(await read('delimited', 't.csv', Buffer.from('\ufeffname,b\nCafé,2\n', 'utf16le'))).toEqual({
      rows: [{ name: 'Café', b: '2' }],
      issues: ['encoding'],
    });
  });

  it('keeps every sign of a file in which some lines are UTF-8 and others are not, however it is cut', async () => {
    const bytes = Buffer.concat([Buffer.from('name,b\nCafé,1\n'), Buffer.from('Mus\xe9e,2\n', 'latin1'), Buffer.from('Crème,3\n')]);
    const rows = [
      { name: 'Café', b: '1' },
      { name: 'Musée', b: '2' },
      { name: 'Crème', b: '3' },
    ];
    for (const piece of [1, 2, 3, 7, 1000]) expect(await read('delimited', 't.csv', bytes, piece)).toEqual({ rows, issues: ['encoding'] });
  });

  it('reads one endless line of UTF-8 piece by piece', async () => {
    const text = 'né'.repeat(200_000);
    const { rows } = await read('delimited', 't.csv', `name\n"${text}"\n`, 4097);
    expect(rows).toEqual([{ name: text }]);
  });

  it('reads UTF-16 without its mark', async () => {
    const little = Buffer.from('name,b\nCafé,2\n', 'utf16le');
    expect((await read('delimited', 't.csv', little)).rows).toEqual([{ name: 'Café', b: '2' }]);
    expect((await read('delimited', 't.csv', Buffer.from(little).swap16())).rows).toEqual([{ name: 'Café', b: '2' }]);
  });

  it.each<[string, Buffer]>([
    ['PDF', Buffer.from('%PDF-1.7\n1 0 obj')],
    ['ZIP', Buffer.from('PK\u0003\u0004abc', 'latin1')],
    ['PNG', Buffer.from('\x89PNG\r\n', 'latin1')],
    ['program', Buffer.from('\x7fELF\x02\x01\x01', 'latin1')],
    ['unknown bytes', Buffer.from(Array.from({ length: 999 }, (_, i) => (i * 7919) % 32))],
  ])('tells %s from text, whatever its name says', async (_, bytes) => {
    for (const [format, path] of [
      ['delimited', 't.csv'],
      ['ndjson', 't.ndjson'],
      ['json', 't.json'],
    ] as const)
      expect(await read(format, path, bytes)).toEqual({
        rows: [],
        issues: format === 'json' ? ['not_text', 'json_unreadable'] : ['not_text'],
      });
  });

  it('reads back whatever is written', () => {
    const table = fc.array(
      fc.array(fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', ' ', ';', 'é') }), { minLength: 2, maxLength: 4 }),
      { minLength: 1, maxLength: 5 },
    );
    fc.assert(
      fc.property(table, fc.integer({ min: 1, max: 9 }), (rows, piece) => {
        const text = rows.map((row) => toLine(row.map(toCell))).join('');
        expect(readRecords(text, { separator: ',', lineBreak: '\n' }, piece).map((record) => record.cells)).toEqual(rows);
      }),
    );
  });

  it('reads every dialect, whoever wrote it and however the pieces are cut', () => {
    const signs = ['a', 'b', ',', '\t', ';', '|', '"', '\n', ' ', 'é'];
    const cell = fc.string({ unit: fc.constantFrom(...signs), maxLength: 6 });
    const dialect = fc.record({
      separator: fc.constantFrom(',', '\t', ';', '|'),
      end: fc.constantFrom('\n', '\r\n', '\r'),
      quoteAll: fc.boolean(),
      endAtLast: fc.boolean(),
    });
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(table, dialect, fc.integer({ min: 1, max: 40 }), (rows, { separator, end, quoteAll, endAtLast }, piece) => {
        const write = (value: string) =>
          quoteAll || [separator, '"', '\n', '\r'].some((sign) => value.includes(sign)) ? `"${value.replaceAll('"', '""')}"` : value;
        const text = rows.map((row) => row.map(write).join(separator)).join(end) + (endAtLast ? end : '');
        const records = readRecords(text, { separator, lineBreak: end === '\r' ? '\r' : '\n' }, piece);
        expect(records.map((record) => record.cells)).toEqual(rows);
        expect(records.some((record) => record.quoteFault)).toBe(false);
        if (end === '\r') return;
        const heights = rows.map((row) => row.join('').split('\n').length);
        expect(records.map((record) => record.line)).toEqual(rows.map((_, i) => 1 + heights.slice(0, i).reduce((a, b) => a + b, 0)));
      }),
      { numRuns: 500 },
    );
  });

  it('loses no line to forgotten quotes, wherever they stand', () => {
    const line = fc.tuple(fc.constantFrom('', '"', 'x"', '"x"y'), fc.nat(9)).map(([quote, n]) => [`${quote}${n}`, `${n}`]);
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 30 }), fc.integer({ min: 1, max: 40 }), (rows, piece) => {
        const records = readRecords(rows.map((row) => `${row.join(',')}\n`).join(''), { separator: ',', lineBreak: '\n' }, piece);
        expect(records.map((record) => record.cells[1])).toEqual(rows.map((row) => row[1]));
        expect(records.map((record) => record.quoteFault)).toEqual(rows.map((row) => row[0]?.startsWith('"')));
        expect(records.map((record) => record.line)).toEqual(rows.map((_, index) => index + 1));
      }),
    );
  });

  it('waits for the end of a long cell, but not for ever', () => {
    const long = 'many words, in many\nlines '.repeat(20_000);
    const dialect = { separator: ',', lineBreak: '\n' } as const;
    expect(readRecords(`a,"${long}"\n1,2\n`, dialect, 65_536)).toEqual([
      { cells: ['a', long], line: 1, quoteFault: false },
      { cells: ['1', '2'], line: 20_002, quoteFault: false },
    ]);
    const forgotten = readRecords(`a,"b\n${'1,2\n'.repeat(600_000)}`, dialect, 65_536);
    expect([forgotten.length, forgotten[0], forgotten.at(-1)]).toEqual([
      600_001,
      { cells: ['a', 'b'], line: 1, quoteFault: true },
      { cells: ['1', '2'], line: 600_001, quoteFault: false },
    ]);
  });

  it('tells the separator and the line break by the first lines', () => {
    const heads = ['a;b;c\n1;2,5;3\n', 'a|b\r\n1|2\r\n', 'a\tb\r1\t2\r', 'just one\ncolumn\n'];
    expect(heads.map(detectDialect)).toEqual([
      { separator: ';', lineBreak: '\n' },
      { separator: '|', lineBreak: '\n' },
      { separator: '\t', lineBreak: '\r' },
      { separator: ',', lineBreak: '\n' },
    ]);
  });

  it('defuses formulas, and only those', () => {
    expect(['=1+1', '+1 555', '-5', '@x', 'plain', '-12.5', -3].map(toSafeCell)).toEqual([
      "'=1+1",
      "'+1 555",
      '-5',
      "'@x",
      'plain',
      '-12.5',
      '-3',
    ]);
  });
});

describe('JSON', () => {
  it('reads records, lists, pages, tables and features', async () => {
    expect((await read('json', 'a.json', '{"id":1}')).rows).toEqual([{ id: 1 }]);
    expect((await read('json', 'a.json', '[{"id":1},{"id":"]{"}]')).rows).toEqual([{ id: 1 }, { id: ']{' }]);
    expect((await read('json', 'a.json', '{"total_items":1,"contents":[{"id":1}]}')).rows).toEqual([{ id: 1 }]);
    expect((await read('json', 'a.json', '{"services.csv":[{"id":1}],"phones.csv":[]}')).rows).toEqual([{ id: 1 }]);
    const feature = { type: 'Feature', id: 7, properties: { name: 'x' }, geometry: { type: 'Point', coordinates: [3, 4] } };
    expect(await read('geojson', 'a.geojson', JSON.stringify({ type: 'FeatureCollection', features: [feature, 5] }))).toEqual({
      rows: [{ id: 7, name: 'x', longitude: 3, latitude: 4 }],
      issues: ['line_unreadable'],
    });
  });

  it('takes the middle of a shape, and says so', async () => {
    const square = {
      type: 'Polygon',
      coordinates: [
        [
          [0, 0],
          [2, 0],
          [2, 4],
          [0, 4],
          [0, 0],
        ],
      ],
    };
    const result = await read(
      'geojson',
      'a.geojson',
      JSON.stringify({ type: 'FeatureCollection', features: [{ type: 'Feature', properties: { name: 'x' }, geometry: square }] }),
    );
    expect(result).toEqual({ rows: [{ name: 'x', longitude: 1, latitude: 2 }], issues: ['geometry_not_point'] });
  });

  it('says what is broken', async () => {
    expect((await read('json', 'a.json', '{"id":')).issues).toEqual(['json_unreadable']);
    expect((await read('json', 'a.json', '[{"id":1},{"id"')).issues).toEqual(['json_unreadable']);
    expect((await read('json', 'a.json', '{"version":"3.0","openapi_url":"x"}')).issues).toEqual(['file_skipped']);
    expect(await read('ndjson', 'a.ndjson', '{"a":1}\nnot json\n[1]\n{"a":2}')).toEqual({
      rows: [{ a: 1 }, { a: 2 }],
      issues: ['line_unreadable', 'line_unreadable'],
    });
  });

  it('refuses what is nested deeper than any record', async () => {
    const deep = `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    expect((await read('json', 'a.json', deep, 10_000)).issues).toEqual(['json_unreadable']);
    expect(await read('json', 'a.json', `[${deep},{"id":1}]`, 10_000)).toEqual({ rows: [{ id: 1 }], issues: ['line_unreadable'] });
    expect(await read('ndjson', 'a.ndjson', `${deep}\n{"id":1}`, 10_000)).toEqual({ rows: [{ id: 1 }], issues: ['line_unreadable'] });
  });

  it('cuts any list in any pieces', () => {
    fc.assert(
      fc.property(
        fc.array(fc.jsonValue(), { maxLength: 6 }),
        fc.integer({ min: 1, max: 11 }),
        fc.constantFrom(0, 2),
        (list, piece, indent) => {
          const text = JSON.stringify(list, null, indent);
          const splitter = splitArray();
          const items: string[] = [];
          for (let at = 0; at < text.length; at += piece) items.push(...splitter.push(text.slice(at, at + piece)));
          expect(items.map((item) => JSON.parse(item) as unknown)).toEqual(JSON.parse(text));
          expect(splitter.isComplete()).toBe(true);
        },
      ),
    );
  });
});

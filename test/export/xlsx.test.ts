// The Excel workbook of an export: what stands in its cells, and that an import reads exactly what was written.

import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { HsdsObject } from '#shared/directory/hsds.ts';
import type { ExportRecord, ExportSource } from '#shared/plugin-api/functions.ts';
import formats from '../../plugins/formats/index.ts';

const NAMES = [
  '=1+1',
  '+1 (555) 010',
  '-cmd|x',
  '@home',
  '007',
  '1e5',
  '  padded ',
  'two\nlines',
  'a\u0001b',
  '_x0041_',
  '<b>&"\'',
  'قهوة 🍲',
];

const SERVICES = NAMES.map((name, i) => ({ id: `00${i}`, name, assured_date: i === 0 ? '2026-02-28' : i === 1 ? '2026-02-30' : null }));

const source = {
  async *records(object: HsdsObject) {
    if (object === 'service') for (const service of SERVICES) yield [service as unknown as ExportRecord];
  },
  where: async () => [],
} as unknown as ExportSource;

async function write(): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const { chunks } of formats.exporters!['xlsx']!(source)) for await (const chunk of chunks) pieces.push(chunk as Uint8Array);
  return Buffer.concat(pieces);
}

async function read(content: Uint8Array): Promise<Record<string, unknown>[]> {
  const rows: Record<string, unknown>[] = [];
  const bytes = async function* () {
    yield content;
  };
  for await (const batch of formats.importers!['xlsx']!({ path: 'resources.xlsx', bytes: bytes() })) {
    expect(batch.issues).toEqual([]);
    rows.push(...batch.rows.map(({ values }) => values));
  }
  return rows;
}

describe('a workbook of the directory', () => {
  it('is read back as it was written: every sign, ids with their zeros, days', async () => {
    const rows = await read(await write());
    expect(rows.map(({ id, name }) => [id, name])).toEqual(SERVICES.map(({ id, name }) => [id, name]));
    expect(rows.map(({ last_verified }) => last_verified).slice(0, 3)).toEqual(['2026-02-28', '2026-02-30', undefined]);
  });

  it('holds no formula, and marks what a spreadsheet would reckon; a day is a day, what is none stays text', async () => {
    const sheet = strFromU8(unzipSync(await write())['xl/worksheets/sheet1.xml'] ?? new Uint8Array());
    expect(sheet).not.toContain('<f');
    const cell = (reference: string) => new RegExp(`<c r="${reference}"( s="\\d")?( t="inlineStr")?>`).exec(sheet)?.slice(1);
    expect(['B2', 'B3', 'B4', 'B5'].map(cell)).toEqual(Array.from({ length: 4 }, () => [' s="2"', ' t="inlineStr"']));
    expect(cell('A2')).toEqual([' s="1"', ' t="inlineStr"']);
    expect(sheet).toMatch(/<c r="X2" s="3"><v>46081<\/v>/);
    expect(cell('X3')).toEqual([' s="1"', ' t="inlineStr"']);
  });

  it('gives the same bytes for the same directory', async () => {
    expect(Buffer.compare(await write(), await write())).toBe(0);
  });
});

// What a function of a plugin is tried with before anyone uses it: nothing, what is wrong, what is hostile, and the same twice.
// It is asked through the same signature wherever it runs.

import { isDeepStrictEqual } from 'node:util';
import type { HsdsObject } from '#shared/directory/hsds.ts';
import type { ExporterFunction, ExportRecord, ExportSource, ImporterFunction, ReadBatch } from '#shared/plugin-api/functions.ts';
import { ViewNodes } from '#shared/plugin-api/view-nodes.ts';
import { PluginFailure } from './cage/failure.ts';
import { ExportPath, Places, WaysAnswer, type FunctionKind, type FunctionOf } from './caged-functions.ts';

/** The code of one plugin, in the cage or in this process. */
export interface PluginCode extends Disposable {
  readonly kinds: readonly string[];
  /** Rejects, or gives a function that does, where there is none of this name. */
  get<K extends FunctionKind>(kind: K, name: string): Promise<FunctionOf<K>>;
}

type Trial<K extends FunctionKind> = (run: FunctionOf<K>) => Promise<string | undefined>;

/** What is wrong with it in words, or nothing; what it throws is said by whoever asked. */
export async function tryFunction(code: PluginCode, kind: string, name: string): Promise<string | undefined> {
  if (!code.kinds.includes(kind)) return `installed plugins bring code for ${code.kinds.join(', ')} alone.`;
  const trial = TRIALS[kind as FunctionKind] as Trial<FunctionKind>;
  return trial(await code.get(kind as FunctionKind, name));
}

export const TRIALS: { [K in FunctionKind]: Trial<K> } = {
  importers: tryImporter,
  exporters: tryExporter,
  async geocoders(find) {
    for (const text of ['', 'Main Street 1', '\u0000\ud83d', 'x'.repeat(500)]) Places.parse(await find({ text, language: 'en', limit: 5 }));
    return undefined;
  },
  async frames(answer) {
    for (const message of [null, 'x'.repeat(10_000), { deep: [[[]]] }]) await answer(message);
    return undefined;
  },
  async ways(measure) {
    const [from, to] = [
      { lon: 0, lat: 0 },
      { lon: 0.01, lat: 0 },
    ];
    WaysAnswer.parse(await measure({ from, to: [to], mode: 'walk' }));
    return undefined;
  },
  async views(show) {
    const nodes = ViewNodes.safeParse(await show({ language: 'en' }));
    if (nodes.success) return undefined;
    return `what it gives cannot be drawn: ${nodes.error.issues[0]?.path.join('.')}: ${nodes.error.issues[0]?.message}`;
  },
  travelTimes: (draw) => tryTwice(draw),
  basemaps: (draw) => tryTwice(draw),
  demos: (make) => tryTwice(make),
  demoPeople: (make) => tryTwice(() => make('2026-01-15')),
  // Tried with their own tests (check-judged.ts).
  judgements: async () => undefined,
  // Each step is tried with what it takes over (check-code.ts).
  migrations: async () => undefined,
};

/** What is no plain data cannot be taken to the other side of the door. */
async function tryTwice(make: () => Promise<unknown>): Promise<string | undefined> {
  const first = structuredClone(await make());
  return isDeepStrictEqual(first, structuredClone(await make())) ? undefined : 'it gives something else the second time.';
}

/** What arrives as a file when people choose the wrong one. */
const FILES: Record<string, Uint8Array> = {
  'an empty file': new Uint8Array(),
  'a file of blanks': Buffer.from(' \r\n'.repeat(2000)),
  'a file that is no text': Uint8Array.from({ length: 4096 }, (_, i) => (i * 131 + (i >> 3)) % 256),
  'text that is not UTF-8': Buffer.from('caf\xe9;ni\xf1o\n'.repeat(50), 'latin1'),
  'a very long line': Buffer.from('x'.repeat(300_000)),
};

async function tryImporter(read: ImporterFunction): Promise<string | undefined> {
  for (const [what, bytes] of Object.entries(FILES)) {
    const [first, second] = [await readAll(read, bytes, 65_536, what), await readAll(read, bytes, 65_536, what)];
    if (first !== second) return `it reads ${what} differently the second time.`;
    if (first !== (await readAll(read, bytes, 1000, what))) return `it reads ${what} differently where it comes in smaller pieces.`;
  }
  return undefined;
}

async function readAll(read: ImporterFunction, bytes: Uint8Array, size: number, what: string): Promise<string> {
  async function* pieces(): AsyncIterable<Uint8Array> {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  const rows: ReadBatch['rows'] = [];
  const issues: unknown[] = [];
  try {
    for await (const batch of read({ path: 'sample', bytes: pieces() })) {
      rows.push(...batch.rows);
      issues.push(...batch.issues);
    }
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    throw error instanceof PluginFailure
      ? new PluginFailure(error.plugin, error.outcome, `${words.replace(/^The plugin "[^"]*" /, '')} It was given ${what}.`)
      : error;
  }
  return JSON.stringify([rows, issues]);
}

/** A listing in which every text is one that a reader of the file might take for something else. */
const HOSTILE = '=1+1"\',;\r\n<b>\u202e&';
const RECORDS: { [O in HsdsObject]?: (Record<string, unknown> & { id: string })[] } = {
  organization: [{ id: 'org', name: HOSTILE }],
  service: [{ id: 'svc', organization_id: 'org', name: HOSTILE, status: 'active', extra: { 'waypost:type': 'meal' } }],
  location: [{ id: 'loc', organization_id: 'org', name: HOSTILE, latitude: 0, longitude: 0 }],
  service_at_location: [{ id: 'sal', service_id: 'svc', location_id: 'loc' }],
  address: [{ id: 'adr', location_id: 'loc', address_1: HOSTILE, city: HOSTILE }],
  phone: [{ id: 'tel', service_id: 'svc', number: HOSTILE }],
  schedule: [{ id: 'sch', service_id: 'svc', freq: 'WEEKLY', byday: HOSTILE, opens_at: HOSTILE, description: HOSTILE }],
};

async function tryExporter(write: ExporterFunction): Promise<string | undefined> {
  for (const [what, records] of [
    ['an empty directory', {}],
    ['a listing', RECORDS],
  ] as const) {
    if (!isDeepStrictEqual(await writeAll(write, records), await writeAll(write, records)))
      return `it writes ${what} differently the second time.`;
  }
  return undefined;
}

async function writeAll(write: ExporterFunction, given: typeof RECORDS): Promise<unknown> {
  const listOf = (object: HsdsObject): ExportRecord[] => (given[object] ?? []) as unknown as ExportRecord[];
  const source: Record<keyof ExportSource, unknown> = {
    async *records(object: HsdsObject) {
      if (listOf(object).length > 0) yield listOf(object);
    },
    where: async (object: HsdsObject, field: string, values: readonly string[]) =>
      listOf(object).filter((record) => values.includes(String((record as unknown as Record<string, unknown>)[field]))),
  };
  const files: [path: string, chunks: (string | Uint8Array)[]][] = [];
  for await (const { path, chunks } of write(source as ExportSource)) {
    const file: (typeof files)[number] = [ExportPath.parse(path), []];
    for await (const chunk of chunks) file[1].push(chunk);
    files.push(file);
  }
  return files;
}

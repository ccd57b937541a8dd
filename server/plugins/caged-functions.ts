// The functions of installed plugins as everybody calls them: the same signatures as those that run in this process. What
// comes out of the cage is held to the signature before anyone sees it.

import { z } from 'zod';
import type {
  ExportFile,
  ExportSource,
  ImportFile,
  Judgement,
  PluginHost,
  PluginMain,
  PluginResponse,
  ReadBatch,
} from '#shared/plugin-api/functions.ts';
import { JUDGED_ANSWERS } from '#shared/intake/judged.ts';
import { HSDS_OBJECTS, type HsdsObject } from '#shared/directory/hsds.ts';
import { Problem } from '#shared/platform/problems.ts';
import type { Cage, CageCall, CagedCode } from './cage/cage.ts';
import { PluginFailure } from './cage/failure.ts';
import type { PluginKeeper } from './storage.ts';

/** Fetches for a plugin, within what it was granted (network.ts). */
export type PluginFetch = (request: unknown) => Promise<PluginResponse>;

/** Reads one of a plugin's own settings; rejects for any other. */
export type SettingOfPlugin = (key: unknown) => Promise<unknown>;

export interface CagedPlugin {
  cage: Cage;
  code: CagedCode;
  fetch: PluginFetch;
  keep: PluginKeeper;
  readSetting: SettingOfPlugin;
}

/** How long one answer is waited for, by the clock: long enough for the network, or for the next piece of a large file. */
const WAIT_MS = 15_000;
const PIECE = 1 << 16;
/** Batches without a row that an importer may give for each piece of its file. */
const EMPTY_BATCHES = 100;

export type FunctionKind = keyof PluginMain;
export type FunctionOf<K extends FunctionKind> = WithoutHost<NonNullable<PluginMain[K]>[string]>;
/** A function as it is called: what the host does for it is added on the way. */
type WithoutHost<F> = F extends (...args: [...infer A, PluginHost]) => infer R ? (...args: A) => R : F;

/** What an installed plugin may bring code for. */
export const CAGED_KINDS = [
  'importers',
  'exporters',
  'geocoders',
  'ways',
  'judgements',
  'views',
  'frames',
  'migrations',
] as const satisfies FunctionKind[];

/** Throws a Problem for a kind of function that installed plugins do not have. */
export function createCagedFunction<K extends FunctionKind>(plugin: CagedPlugin, kind: K, name: string): FunctionOf<K> {
  const make = MAKE[kind as (typeof CAGED_KINDS)[number]];
  if (!make) {
    throw new Problem(
      'not_available',
      `The plugin "${plugin.code.name}": code for ${kind} is not taken from installed plugins, only for ${CAGED_KINDS.join(', ')}.`,
    );
  }
  return make(plugin, name) as FunctionOf<K>;
}

const MAKE: { [K in (typeof CAGED_KINDS)[number]]: (plugin: CagedPlugin, name: string) => FunctionOf<K> } = {
  importers: (plugin, name) => (file) => runImporter(plugin, name, file),
  exporters: (plugin, name) => (source) => runExporter(plugin, name, source),
  geocoders: (plugin, name) => (query) =>
    callOnce(plugin, { kind: 'geocoders', name, args: [query], read: (value) => Places.parse(value) }),
  ways: (plugin, name) => (query) =>
    callOnce(plugin, {
      ...{ kind: 'ways', name, args: [query] },
      read: (value) => assertAsMany(plugin, WaysAnswer.parse(value), query.to.length),
    }),
  judgements: (plugin, name) => (query) =>
    callOnce(
      { ...plugin, code: { withFacts: true, ...plugin.code } },
      {
        ...{ kind: 'judgements', name, args: [query], fields: [...new Set(query.people.flatMap((facts) => Object.keys(facts)))].sort() },
        read: (value) => readJudgements(plugin, value, query.people.length),
      },
    ),
  // Views are held to their nodes by whoever shows them (views.ts).
  views: (plugin, name) => (query) => callOnce(plugin, { kind: 'views', name, args: [query] }),
  frames: (plugin, name) => (message) => callOnce(plugin, { kind: 'frames', name, args: [message], fields: ['message'] }),
  // What was kept is told by no name on the record; it is held to the limits of storage by whoever keeps it (carry-data.ts).
  migrations: (plugin, name) => (data) => callOnce(plugin, { kind: 'migrations', name, args: [data], fields: ['data'] }),
};

const Place = z.object({
  id: z.string().max(500),
  label: z.string().max(500),
  detail: z.string().max(500),
  kind: z.enum(['address', 'street', 'intersection', 'place', 'postal_code', 'area']),
  lon: z.number().min(-180).max(180),
  lat: z.number().min(-90).max(90),
});
export const Places = z.array(Place).max(100);
export const WaysAnswer = z
  .array(z.object({ seconds: z.number().min(0).max(1e6), meters: z.number().min(0).max(1e8) }).nullable())
  .max(1000);

const JudgementsAnswer = z.array(
  z.strictObject({
    answer: z.enum(JUDGED_ANSWERS),
    reason: z.string().max(40).optional(),
    missing: z.array(z.string().max(80)).max(20).optional(),
  }),
);

/** What is wrong with it is not said in its own words: those may be what it was told. */
function readJudgements(plugin: CagedPlugin, value: unknown, wanted: number): Judgement[] {
  const read = JudgementsAnswer.safeParse(value);
  if (!read.success) throw new PluginFailure(plugin.code.name, 'failed', 'gave something that is no list of answers.');
  return assertAsMany(plugin, read.data as Judgement[], wanted);
}

function assertAsMany<T>(plugin: CagedPlugin, given: T[], wanted: number): T[] {
  if (given.length === wanted) return given;
  throw new PluginFailure(plugin.code.name, 'failed', `gave ${given.length} answers where ${wanted} were asked for.`);
}

type OneCall = Pick<CageCall, 'kind' | 'name' | 'args' | 'read'> & { fields?: readonly string[] };

/** The result is what `read` makes of it; without it whatever was given, for whoever holds it to its form. */
async function callOnce<T>(plugin: CagedPlugin, call: OneCall): Promise<T> {
  const [first] = call.args;
  const fields = typeof first === 'object' && first !== null ? Object.keys(first) : [];
  const request: CageCall = { fields, ...call, stream: false, waitMs: WAIT_MS };
  let result: unknown;
  for await (const value of plugin.cage.run(plugin.code, request, (what, value) => answerAny(plugin, what, value))) result = value;
  return result as T;
}

function answerAny(plugin: CagedPlugin, what: string, value: unknown): Promise<unknown> {
  if (what === 'fetch') return plugin.fetch(value);
  if (what === 'storage') return plugin.keep(value);
  if (what === 'setting') return plugin.readSetting(value);
  throw new Error(`There is no "${what}" to ask for here.`);
}

async function* runImporter(plugin: CagedPlugin, name: string, file: ImportFile): AsyncIterable<ReadBatch> {
  const pieces = inPieces(file.bytes);
  const { path, rows } = file;
  const call: CageCall = {
    ...{ kind: 'importers', name, stream: true, waitMs: WAIT_MS },
    args: [{ path, ...(rows && { rows: [...rows] }) }],
    fields: ['path', 'bytes', ...(rows ? ['rows'] : [])],
  };
  // A row takes at least one byte of its file: more of them are made up.
  let [bytes, taken, given, empty] = [0, 0, 0, 0];
  const results = plugin.cage.run(plugin.code, call, async (what, value) => {
    if (what !== 'bytes') return answerAny(plugin, what, value);
    const next = await pieces.next();
    if (next.done) return null;
    bytes += next.value.length;
    taken++;
    return next.value;
  });
  try {
    for await (const value of results) {
      const batch = readBatch(plugin.code.name, path, value);
      given += batch.rows.length;
      if (batch.rows.length === 0) empty++;
      if (given > bytes + 1 || empty > EMPTY_BATCHES * (taken + 1))
        throw new PluginFailure(plugin.code.name, 'failed', `gives more rows than "${path}" can hold.`);
      yield batch;
    }
  } finally {
    await pieces.return(undefined);
  }
}

async function* inPieces(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  for await (const chunk of bytes) for (let at = 0; at < chunk.length; at += PIECE) yield chunk.subarray(at, at + PIECE);
}

const Text = z.string().max(10_000);
const Issue = z.object({
  file: Text.optional(),
  row: z.number().int().nullable(),
  column: Text.nullable(),
  code: z.string().regex(/^[a-z][a-z0-9_]{0,60}$/),
  severity: z.enum(['error', 'warning', 'info']),
  message: Text,
  value: Text.nullable(),
});
const Head = z.object({ table: z.string().min(1).max(200), columns: z.array(Text).max(5000), issues: z.array(Issue).default([]) });

/** Rows are many, so that they are looked at by hand. */
function readBatch(plugin: string, file: string, value: unknown): ReadBatch {
  const head = Head.safeParse(value);
  const rows = (value as { rows?: unknown } | null)?.rows;
  const wrong = head.success ? findBadRow(rows) : head.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)[0];
  if (!head.success || wrong !== undefined) throw new PluginFailure(plugin, 'failed', `gave a batch that cannot be used: ${wrong}`);
  const { table, columns, issues } = head.data;
  return { file, table, columns, rows: rows as ReadBatch['rows'], issues: issues.map((issue) => ({ ...issue, file })) };
}

function findBadRow(rows: unknown): string | undefined {
  if (!Array.isArray(rows)) return 'rows is no list';
  const at = rows.findIndex((row: Partial<Record<'row' | 'values', unknown>> | null) => {
    const values = row?.values;
    return (
      !Number.isSafeInteger(row?.row) || (row?.row as number) < 1 || typeof values !== 'object' || values === null || Array.isArray(values)
    );
  });
  return at < 0 ? undefined : `rows.${at} is not { row: 1, values: { … } }`;
}

/** Of a file of an export: within the export. */
export const ExportPath = z.string().regex(/^(?!\/)(?!.*(\.\.|\\|\0)).{1,200}$/);
const Piece = z.union([z.strictObject({ path: ExportPath }), z.strictObject({ chunk: z.string() }), z.strictObject({ bytes: z.base64() })]);

/** Comes as the path of a file, its text or bytes, the path of the next one … */
async function* runExporter(plugin: CagedPlugin, name: string, source: ExportSource): AsyncIterable<ExportFile> {
  const readings = new Map<unknown, AsyncIterator<unknown>>();
  const call: CageCall = { kind: 'exporters', name, args: [], fields: ['records'], stream: true, waitMs: WAIT_MS };
  const pieces = plugin.cage.run(plugin.code, call, async (what, value) => {
    const asked = value as { object?: unknown; reading?: unknown; field?: unknown; values?: unknown } | null;
    if (what === 'records') {
      let reading = readings.get(asked?.reading);
      if (!reading) readings.set(asked?.reading, (reading = source.records(asObject(asked?.object))[Symbol.asyncIterator]()));
      const next = await reading.next();
      return next.done ? null : next.value;
    }
    if (what !== 'where') return answerAny(plugin, what, value);
    const { field, values } = z.object({ field: z.string(), values: z.array(z.string()) }).parse(asked);
    return source.where(asObject(asked?.object), field, values);
  });
  try {
    let next = await pieces.next();
    while (!next.done) {
      const head = readPiece(plugin, next.value);
      if (!('path' in head)) throw new PluginFailure(plugin.code.name, 'failed', 'gave text before the path of a file.');
      let ended = false;
      const chunks = async function* (): AsyncIterable<string | Uint8Array> {
        for (next = await pieces.next(); !next.done; next = await pieces.next()) {
          const piece = readPiece(plugin, next.value);
          if ('path' in piece) break;
          yield 'chunk' in piece ? piece.chunk : Buffer.from(piece.bytes, 'base64');
        }
        ended = true;
      };
      yield { path: head.path, chunks: chunks() };
      if (!ended) return;
    }
  } finally {
    await pieces.return();
    for (const reading of readings.values()) await reading.return?.();
  }
}

function readPiece(plugin: CagedPlugin, value: unknown): z.infer<typeof Piece> {
  const piece = Piece.safeParse(value);
  if (!piece.success)
    throw new PluginFailure(plugin.code.name, 'failed', 'gave a file that cannot be written: its path must lie within the export.');
  return piece.data;
}

function asObject(value: unknown): HsdsObject {
  if (!(HSDS_OBJECTS as readonly unknown[]).includes(value)) throw new Error(`There is no object "${String(value)}" in HSDS.`);
  return value as HsdsObject;
}

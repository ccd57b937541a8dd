// Reads input files in a thread of its own, so that one processor takes files apart while another maps and writes. Rows
// come back as one JSON text for many of them, which is the quickest way from thread to thread, each with its hash.

import { Worker } from 'node:worker_threads';
import type { CallRecord } from '../plugins/queries.ts';
import type { ImportFile, ReadBatch, ReadIssue, ReadRow } from '#shared/plugin-api/functions.ts';
import { Problem, type ProblemCode } from '#shared/platform/problems.ts';
import { hashText } from './hash-text.ts';

const HASH_DIGITS = 16;

/** A row with what stands for all that it says. */
export interface HashedRow extends ReadRow {
  hash?: string;
}

export interface HashedBatch extends ReadBatch {
  rows: HashedRow[];
}

export function hashRow({ values, hash }: HashedRow): string {
  return hash ?? hashText(JSON.stringify(values)).slice(0, HASH_DIGITS);
}

/** Which importer is to read, by its plugin and its function's name, and what. */
export interface ReadRequest extends Pick<ImportFile, 'path' | 'rows'> {
  plugin: string;
  run: string;
}

/** Reads one file after the other. */
export interface ImportReader {
  read(request: ReadRequest, bytes: AsyncIterable<Uint8Array>): AsyncIterable<HashedBatch>;
  close(): Promise<void>;
}

export interface ReaderWorkerData {
  pluginsFolder: string;
  /** Where installed plugins lie; without it there are the shipped ones alone. */
  dataFolder?: string;
}

/** To the thread. Each reading has a number; what belongs to an earlier one is passed over. */
export type ReaderRequest =
  | ({ type: 'read'; id: number } & ReadRequest)
  | { type: 'bytes'; id: number; bytes: Uint8Array | null }
  | { type: 'taken'; id: number }
  | { type: 'stop'; id: number };

/** From the thread. */
export type ReaderAnswer =
  | { type: 'more'; id: number }
  | { type: 'batch'; id: number; batch: PackedBatch }
  | { type: 'end'; id: number }
  /** A call into an installed plugin, for the record. */
  | { type: 'called'; id?: never; record: CallRecord }
  | { type: 'refused'; id: number; code: ProblemCode; message: string; suggestions: string[] }
  | { type: 'failed'; id: number; message: string; stack: string | undefined };

/** Batches that may wait to be taken, and pieces of the file that may wait to be read: more would only fill memory. */
export const READ_AHEAD = { batches: 48, pieces: 4 };

/** A batch as it travels. */
export interface PackedBatch {
  file: string;
  table: string;
  columns: string[];
  issues: ReadIssue[];
  /** The values of all rows: a JSON list. */
  values: string;
  /** The hashes of all rows, one after the other. */
  hashes: string;
  numbers: Float64Array;
}

/** What stands for NUL in JSON. It may stand for a backslash and these letters too: then nothing is found on a second look. */
const NUL_IN_JSON = '\\u0000';

/** PostgreSQL holds no NUL in a text, and it means nothing in any: it is left out of what was read, and told. */
function dropNul({ values, row }: ReadRow, { file, issues }: Pick<ReadBatch, 'file' | 'issues'>): ReadRow['values'] {
  let dropped = false;
  const clean = (value: unknown): unknown => {
    if (typeof value === 'string') {
      dropped ||= value.includes('\u0000');
      return value.replaceAll('\u0000', '');
    }
    if (Array.isArray(value)) return value.map(clean);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, clean(inner)]));
  };
  const cleaned = clean(values) as ReadRow['values'];
  if (!dropped) return values;
  const message = 'The row holds a character that means nothing (NUL). It was left out; nothing needs to be done.';
  issues.push({ file, row, column: null, code: 'nul_removed', severity: 'info', message, value: null });
  return cleaned;
}

/** As the reading thread gives them, in the thread of the caller. */
export async function* readHere(batches: AsyncIterable<ReadBatch>): AsyncGenerator<HashedBatch> {
  for await (const batch of batches) {
    for (const row of batch.rows) if (JSON.stringify(row.values).includes(NUL_IN_JSON)) row.values = dropNul(row, batch);
    yield batch;
  }
}

export function packBatch(batch: ReadBatch): PackedBatch {
  const { file, table, columns, issues, rows } = batch;
  const texts: string[] = [];
  const hashes: string[] = [];
  for (const row of rows) {
    let text = JSON.stringify(row.values);
    if (text.includes(NUL_IN_JSON)) text = JSON.stringify(dropNul(row, batch));
    texts.push(text);
    hashes.push(hashText(text).slice(0, HASH_DIGITS));
  }
  const numbers = Float64Array.from(rows, ({ row }) => row);
  return { file, table, columns, issues, values: `[${texts.join(',')}]`, hashes: hashes.join(''), numbers };
}

function unpackBatch({ values, hashes, numbers, ...batch }: PackedBatch): HashedBatch {
  const rows = (JSON.parse(values) as Record<string, unknown>[]).map((one, i): HashedRow => ({
    row: numbers[i] as number,
    values: one,
    hash: hashes.slice(i * HASH_DIGITS, (i + 1) * HASH_DIGITS),
  }));
  return { ...batch, rows };
}

/** What a reading waits for. */
interface Reading {
  id: number;
  answers: ReaderAnswer[];
  failure: { error: unknown } | null;
  /** Those who wait for anything to happen. */
  waiting: (() => void)[];
  /** Pieces of the file that the thread asked for and that have not been sent. */
  asked: number;
}

/** The thread's short-lived memory, in MB: a batch is gone once it is sent. */
const YOUNG_MB = 48;

export function openImportReader(data: ReaderWorkerData, onCall?: (record: CallRecord) => void): ImportReader {
  const worker = new Worker(new URL('../import-reader-worker.ts', import.meta.url), {
    workerData: data,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
  });
  const say = (request: ReaderRequest): void => worker.postMessage(request);
  let reading: Reading | null = null;
  let ended: Error | null = null;
  let last = 0;

  const fail = (error: unknown): void => {
    ended ??= error instanceof Error ? error : new Error(String(error));
    if (!reading) return;
    reading.failure ??= { error };
    wake(reading);
  };
  worker.on('message', (answer: ReaderAnswer) => {
    if (answer.type === 'called') return onCall?.(answer.record);
    if (answer.id !== reading?.id) return;
    if (answer.type === 'more') reading.asked++;
    else reading.answers.push(answer);
    wake(reading);
  });
  worker.on('error', fail);
  worker.on('exit', () => fail(new Error('The thread that reads the input has ended.')));

  /** Sends the file as far as it is asked for. */
  async function feed(to: Reading, bytes: AsyncIterator<Uint8Array>): Promise<void> {
    for (;;) {
      while (to.asked === 0 && to === reading) await untilWoken(to);
      if (to !== reading) return;
      to.asked--;
      const next = await bytes.next();
      say({ type: 'bytes', id: to.id, bytes: next.done ? null : next.value });
      if (next.done) return;
    }
  }

  return {
    async *read(request, bytes) {
      if (ended) throw ended;
      const own: Reading = { id: ++last, answers: [], failure: null, waiting: [], asked: 0 };
      reading = own;
      say({ type: 'read', id: own.id, ...request });
      const pieces = bytes[Symbol.asyncIterator]();
      const fed = feed(own, pieces).catch((error: unknown) => {
        own.failure ??= { error };
        wake(own);
      });
      try {
        for (;;) {
          while (own.answers.length === 0 && !own.failure) await untilWoken(own);
          if (own.failure) throw own.failure.error;
          const answer = own.answers.shift() as ReaderAnswer;
          if (answer.type === 'end') return;
          if (answer.type === 'refused') throw new Problem(answer.code, answer.message, answer.suggestions);
          if (answer.type === 'failed') throw Object.assign(new Error(answer.message), { stack: answer.stack });
          if (answer.type !== 'batch') continue;
          say({ type: 'taken', id: own.id });
          yield unpackBatch(answer.batch);
        }
      } finally {
        reading = null;
        say({ type: 'stop', id: own.id });
        wake(own);
        await fed;
        await pieces.return?.();
      }
    },
    async close() {
      await worker.terminate();
    },
  };
}

function untilWoken({ waiting }: Reading): Promise<void> {
  return new Promise((resolve) => waiting.push(resolve));
}

function wake({ waiting }: Reading): void {
  for (const resolve of waiting.splice(0)) resolve();
}

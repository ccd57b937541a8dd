// The thread in which import-reader.ts reads: importers of plugins, and nothing of the directory.

import { parentPort, workerData } from 'node:worker_threads';
import { Problem } from '#shared/platform/problems.ts';
import type { ReadBatch } from '#shared/plugin-api/functions.ts';
import {
  packBatch,
  READ_AHEAD,
  type ReaderAnswer,
  type ReaderRequest,
  type ReaderWorkerData,
  type ReadRequest,
} from './directory/import-reader.ts';
import { giveWay, NICE_OF_THREE } from './give-way.ts';
import { createCage } from './plugins/cage/cage.ts';
import { createRegistry, loadPlugins } from './plugins/load.ts';
import { createPluginStore } from './plugins/store.ts';

giveWay(NICE_OF_THREE.others);

const { pluginsFolder, dataFolder } = workerData as ReaderWorkerData;
const say = (answer: ReaderAnswer): void => parentPort?.postMessage(answer);
// Installed importers run in a cage of this thread, so that their rows do not pass through the one that answers requests.
const cage = createCage({ onCall: (record) => say({ type: 'called', record }) });
const installed = dataFolder === undefined ? undefined : { store: createPluginStore(dataFolder), cage };
const plugins = loadPlugins(pluginsFolder, createRegistry(), { points: ['importers'], ...(installed && { installed }) });

/** Rows that travel together: an importer may give a whole file at once. */
const ROWS_AT_ONCE = 500;

/** Bytes that are taken apart at once: little enough that all of it is soon forgotten. */
const PIECE = 1 << 16;

class Reading {
  readonly id: number;
  #pieces: (Uint8Array | null)[] = [];
  #ahead = 0;
  #stopped = false;
  #wake = (): void => {};

  constructor(id: number) {
    this.id = id;
  }

  take(bytes: Uint8Array | null): void {
    this.#pieces.push(bytes);
    this.#wake();
  }

  taken(): void {
    this.#ahead--;
    this.#wake();
  }

  stop(): void {
    this.#stopped = true;
    this.#wake();
  }

  async run({ plugin, run, path, rows }: ReadRequest): Promise<void> {
    const read = await plugins.getFunction(plugin, 'importers', run);
    for await (const batch of read({ path, bytes: this.#bytes(), ...(rows && { rows }) })) {
      for (const part of inParts(batch)) {
        while (this.#ahead >= READ_AHEAD.batches && !this.#stopped) await this.#untilWoken();
        if (this.#stopped) return;
        say({ type: 'batch', id: this.id, batch: packBatch(part) });
        this.#ahead++;
      }
      // A list that was moved to where long-lived things are would keep its rows until all of those are looked through.
      batch.rows.length = 0;
    }
    say({ type: 'end', id: this.id });
  }

  async *#bytes(): AsyncIterable<Uint8Array> {
    for (let i = 0; i < READ_AHEAD.pieces; i++) say({ type: 'more', id: this.id });
    for (;;) {
      while (this.#pieces.length === 0 && !this.#stopped) await this.#untilWoken();
      const bytes = this.#pieces.shift();
      if (!bytes) return;
      say({ type: 'more', id: this.id });
      for (let at = 0; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE);
    }
  }

  #untilWoken(): Promise<void> {
    return new Promise((resolve) => (this.#wake = resolve));
  }
}

function* inParts(batch: ReadBatch): Iterable<ReadBatch> {
  const { rows } = batch;
  if (rows.length <= ROWS_AT_ONCE) return yield batch;
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE)
    yield { ...batch, issues: at === 0 ? batch.issues : [], rows: rows.slice(at, at + ROWS_AT_ONCE) };
}

let reading: Reading | null = null;

parentPort?.on('message', (request: ReaderRequest) => {
  if (request.type === 'read') {
    const { type: _, id, ...what } = request;
    const own = (reading = new Reading(id));
    own.run(what).catch((error: unknown) => {
      if (error instanceof Problem) say({ type: 'refused', id, code: error.code, message: error.message, suggestions: error.suggestions });
      else if (error instanceof Error) say({ type: 'failed', id, message: error.message, stack: error.stack });
      else say({ type: 'failed', id, message: String(error), stack: undefined });
    });
    return;
  }
  if (request.id !== reading?.id) return;
  if (request.type === 'bytes') reading.take(request.bytes);
  else if (request.type === 'taken') reading.taken();
  else reading.stop();
});

// Reads the whole directory in a thread of its own, batch by batch: reading a large table takes seconds in which the
// main thread would answer nobody.

import { on } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { ClassifierContributions } from '#shared/directory/classify.ts';
import type { ResourceInput } from '#shared/directory/resource.ts';
import type { DatabaseLocation } from '../db/open.ts';

export interface DirectoryWorkerData {
  location: DatabaseLocation;
  /** What the classifier is made of. */
  contributions: ClassifierContributions;
  zone: string;
  country: string;
}

/** Batches that may wait to be taken: more would only fill memory. */
export const READ_AHEAD = 8;

/** All resources that can be found, as `listResourceInputs` gives them. Throws when `signal` aborts. */
export async function* listResourceInputsApart(data: DirectoryWorkerData, signal: AbortSignal): AsyncGenerator<ResourceInput[]> {
  const worker = new Worker(new URL('../directory-worker.ts', import.meta.url), { workerData: data });
  try {
    for await (const [batch] of on(worker, 'message', { close: ['exit'], signal }) as AsyncIterable<[ResourceInput[] | null]>) {
      if (batch === null) return;
      yield batch;
      worker.postMessage('taken');
    }
    throw new Error('The thread that reads the directory ended before all was read.');
  } finally {
    await worker.terminate();
  }
}

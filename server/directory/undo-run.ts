// Undoes an act where it harms nobody: a small one at once, a large one in a thread of its own, so that no request waits.

import { Worker } from 'node:worker_threads';
import { Problem } from '#shared/platform/problems.ts';
import type { ProblemCode } from '#shared/platform/problems.ts';
import type { DatabaseLocation } from '../db/open.ts';
import type { ServerDeps } from '../deps.ts';
import { listActs } from './history.ts';
import { undoAct, type UndoReport, type UndoRequest } from './undo.ts';

export interface UndoWorkerData {
  location: DatabaseLocation;
  act: number;
  request: UndoRequest;
}
export type UndoWorkerMessage =
  | { type: 'done'; report: UndoReport }
  | { type: 'refused'; code: ProblemCode; message: string }
  | { type: 'failed'; message: string; stack: string };

/** Beyond so many records someone else would notice. */
const AT_ONCE = 2000;

export async function runUndo(deps: ServerDeps, act: number, request: UndoRequest): Promise<UndoReport> {
  const [size] = await listActs(deps.db, { before: act + 1, limit: 1 });
  const isLarge = size?.act === act && size.changes + size.createdRows > AT_ONCE;
  if (!isLarge) return undoAct(deps.db, act, request);
  const { signal, note } = deps.background;
  return note(runInThread({ location: deps.database.location, act, request }, signal));
}

/** Settles when the thread has ended. `signal` ends it where it is: its transaction is then taken back by the engine. */
function runInThread(workerData: UndoWorkerData, signal: AbortSignal): Promise<UndoReport> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('../undo-worker.ts', import.meta.url), { workerData });
    let settle = (code: number): void => reject(new Error(`The undo ended without an answer (${code}). Nothing was changed.`));
    const stop = (): void => void worker.terminate();
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    worker.on('message', (message: UndoWorkerMessage) => {
      if (message.type === 'done') settle = () => resolve(message.report);
      else if (message.type === 'refused') settle = () => reject(new Problem(message.code, message.message));
      else settle = () => reject(Object.assign(new Error(message.message), { stack: message.stack }));
    });
    worker.on('error', reject);
    worker.on('exit', (code) => {
      signal.removeEventListener('abort', stop);
      settle(code);
    });
  });
}

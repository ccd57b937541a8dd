// Starts imports in a worker of their own, so that no request waits behind one.

import { Worker } from 'node:worker_threads';
import { Problem, type ProblemCode } from '#shared/platform/problems.ts';
import type { DatabaseLocation } from '../db/open.ts';
import type { ServerDeps } from '../deps.ts';
import type { CallRecord } from '../plugins/queries.ts';
import type { ImportHooks, ImportProgress, ImportReport, IssueCodes } from './import-tally.ts';
import type { ImportRequest } from './import-run.ts';

export type { ImportHooks, ImportProgress, ImportReport, IssueCodes } from './import-tally.ts';
export type { ImportRequest } from './import-run.ts';

/** What the worker is given, and what it says. */
export interface ImportWorkerData {
  location: DatabaseLocation;
  pluginsFolder: string;
  request: ImportRequest;
}
export type ImportWorkerMessage =
  | ({ type: 'progress' } & ImportProgress)
  /** A call into an installed plugin, for the record. */
  | { type: 'called'; record: CallRecord }
  | { type: 'done'; report: ImportReport; codes: IssueCodes }
  | { type: 'refused'; code: ProblemCode; message: string; suggestions: string[] }
  | { type: 'failed'; message: string; stack: string };

/** Rows live shortly and are many: room enough that few of them are copied on. */
const YOUNG_MB = 96;

/** What this process alone can do for a worker. */
interface ForWorker extends Pick<ImportWorkerData, 'location' | 'pluginsFolder'> {
  /** Puts calls into installed plugins on record. */
  note(record: CallRecord): void;
}

/** Where the worker finds the database and the plugins that this process has open. */
export function locateForWorker({ database, plugins, pluginShelf }: Pick<ServerDeps, 'database' | 'plugins' | 'pluginShelf'>): ForWorker {
  return { location: database.location, pluginsFolder: plugins.home, note: pluginShelf.note };
}

/**
 * Resolves with the report; rejects with a Problem where the input is refused, or where `signal` stopped it. Either way the
 * thread has ended by then, and with it its hold on the database.
 */
export function startImport({ note, ...data }: ImportWorkerData & ForWorker, hooks: ImportHooks = {}): Promise<ImportReport> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('../import-worker.ts', import.meta.url), {
      workerData: data,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    });
    let settle = (code: number): void => reject(new Error(`The import ended without an answer (${code}). Nothing of it was kept.`));
    const stop = (): void => worker.postMessage('stop');
    hooks.signal?.addEventListener('abort', stop, { once: true });
    if (hooks.signal?.aborted) stop();
    worker.on('message', (message: ImportWorkerMessage) => {
      if (message.type === 'called') note(message.record);
      else if (message.type === 'progress') {
        const { type: _, ...progress } = message;
        hooks.onProgress?.(progress);
      } else if (message.type === 'done') {
        hooks.onCodes?.(message.codes);
        settle = () => resolve(message.report);
      } else if (message.type === 'refused') settle = () => reject(new Problem(message.code, message.message, message.suggestions));
      else settle = () => reject(Object.assign(new Error(message.message), { stack: message.stack }));
    });
    worker.on('error', reject);
    worker.on('exit', (code) => {
      hooks.signal?.removeEventListener('abort', stop);
      settle(code);
    });
  });
}

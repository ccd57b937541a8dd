// The thread in which an import runs: its own connection, its own plugins, one import, and it ends.

import { parentPort, workerData } from 'node:worker_threads';
import { Problem } from '#shared/platform/problems.ts';
import { openDatabase } from './db/open.ts';
import { findStorageProblem } from './db/storage-problem.ts';
import { openSqliteThread } from './db/sqlite-thread.ts';
import { createCage } from './plugins/cage/cage.ts';
import { createRegistry, loadPlugins } from './plugins/load.ts';
import { createPluginStore } from './plugins/store.ts';
import type { ImportWorkerData, ImportWorkerMessage, IssueCodes } from './directory/import.ts';
import { openImportReader } from './directory/import-reader.ts';
import { runImport } from './directory/import-run.ts';
import { giveWay, NICE_OF_THREE } from './give-way.ts';

// Mapping is the longest part: reading and writing take what it leaves.
giveWay(NICE_OF_THREE.first);

const PROGRESS_EVERY_MS = 200;

const { location, pluginsFolder, request } = workerData as ImportWorkerData;
const say = (message: ImportWorkerMessage): void => parentPort?.postMessage(message);
const stop = new AbortController();
parentPort?.on('message', () => stop.abort());

const thread = location.url ? undefined : openSqliteThread(location.dataFolder, location.key, NICE_OF_THREE.others);
const database = thread ?? (await openDatabase(location));
const { dataFolder } = location;
const reader = openImportReader({ pluginsFolder, dataFolder }, (record) => say({ type: 'called', record }));
const registry = createRegistry();
const cage = createCage();
const plugins = loadPlugins(pluginsFolder, registry, {
  points: ['importers', 'importMappings', 'resourceTypes'],
  // Their code runs where files are read; here it is only asked whether they are there.
  installed: { store: createPluginStore(dataFolder), cage },
});
let told = 0;
let phase = '';
let codes: IssueCodes = {};
try {
  const report = await runImport({ db: database.db, registry, plugins, clock: Date.now, execute: thread?.execute, reader }, request, {
    signal: stop.signal,
    onProgress: (progress) => {
      const now = performance.now();
      if (now - told < PROGRESS_EVERY_MS && progress.phase === phase) return;
      told = now;
      phase = progress.phase;
      say({ type: 'progress', ...progress });
    },
    onCodes: (found) => (codes = found),
  });
  say({ type: 'done', report, codes });
} catch (error) {
  const refused = error instanceof Problem ? error : findStorageProblem(error);
  if (refused) say({ type: 'refused', code: refused.code, message: refused.message, suggestions: refused.suggestions });
  else
    say({
      type: 'failed',
      message: error instanceof Error ? error.message : String(error),
      stack: error instanceof Error ? (error.stack ?? '') : '',
    });
} finally {
  plugins.dispose();
  await reader.close();
  await database.close();
  parentPort?.close();
}

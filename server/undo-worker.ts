// The thread in which a large act is undone: its own connection, one undo, and it ends.

import { parentPort, workerData } from 'node:worker_threads';
import { Problem } from '#shared/platform/problems.ts';
import { openDatabase } from './db/open.ts';
import { findStorageProblem } from './db/storage-problem.ts';
import { undoAct } from './directory/undo.ts';
import type { UndoWorkerData, UndoWorkerMessage } from './directory/undo-run.ts';
import { giveWay } from './give-way.ts';

giveWay();

const { location, act, request } = workerData as UndoWorkerData;
const say = (message: UndoWorkerMessage): void => parentPort?.postMessage(message);

const database = await openDatabase(location);
try {
  say({ type: 'done', report: await undoAct(database.db, act, request) });
} catch (error) {
  const refused = error instanceof Problem ? error : findStorageProblem(error);
  if (refused) say({ type: 'refused', code: refused.code, message: refused.message });
  else if (error instanceof Error) say({ type: 'failed', message: error.message, stack: error.stack ?? '' });
  else say({ type: 'failed', message: String(error), stack: '' });
} finally {
  await database.close();
  parentPort?.close();
}

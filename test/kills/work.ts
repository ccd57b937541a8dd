// A process that is there to be killed: it imports, undoes or migrates, and puts out one sign whenever it gets on, so that
// whoever kills it can choose the moment by how far it is.

import { writeSync } from 'node:fs';
import { migrate } from '#server/db/migrate.ts';
import { openDatabase, type DatabaseLocation } from '#server/db/open.ts';
import { openSqliteThread } from '#server/db/sqlite-thread.ts';
import { undoAct } from '#server/directory/undo.ts';

export type Task = { does: 'import'; file: string; source: string } | { does: 'undo'; act: number } | { does: 'migrate' };
export type Work = { place: DatabaseLocation; task: Task };

const AT = '2026-11-22T10:00:00.000Z';

/** @param onProgress called for each batch of rows, and before each statement */
export async function doWork({ place, task }: Work, onProgress: () => void): Promise<void> {
  if (task.does === 'import') {
    // Loaded only where it is used: the others start the sooner.
    const [{ runImport }, { importDeps }] = await Promise.all([import('#server/directory/import-run.ts'), import('../import/support.ts')]);
    // As the product does it: SQLite is written to in a thread of its own.
    const thread = place.url ? undefined : openSqliteThread(place.dataFolder);
    const opened = thread ?? (await openDatabase(place));
    const request = { paths: [task.file], format: 'auto', source: task.source, dryRun: false, actor: 'test' };
    await runImport({ ...importDeps(opened.db), execute: thread?.execute }, request, { onProgress });
    return opened.close();
  }
  const database = await openDatabase(place);
  const db = database.db.withPlugin({
    transformQuery({ node }) {
      onProgress();
      return node;
    },
    transformResult: ({ result }) => Promise.resolve(result),
  });
  if (task.does === 'undo') await undoAct(db, task.act, { actor: 'test', at: AT });
  else await migrate({ db, engine: database.engine });
  await database.close();
}

const [, , given] = process.argv;
if (import.meta.main && given !== undefined) {
  // Written at once, whatever the thread does next.
  await doWork(JSON.parse(given) as Work, () => void writeSync(1, '.'));
}

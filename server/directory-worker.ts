// The thread in which the whole directory is read for its index: its own connection, one reading, and it ends.

import { parentPort, workerData } from 'node:worker_threads';
import { createClassifier } from '#shared/directory/classify.ts';
import { openDatabase } from './db/open.ts';
import { READ_AHEAD, type DirectoryWorkerData } from './directory/apart.ts';
import { listResourceInputs } from './directory/queries.ts';
import { giveWay } from './give-way.ts';

giveWay();

const { location, contributions, zone, country } = workerData as DirectoryWorkerData;

const database = await openDatabase(location);
let ahead = 0;
let goOn = (): void => {};
parentPort?.on('message', () => {
  ahead--;
  goOn();
});
try {
  for await (const batch of listResourceInputs(database.db, { classifier: createClassifier(contributions), zone, country })) {
    parentPort?.postMessage(batch);
    ahead++;
    while (ahead >= READ_AHEAD) await new Promise<void>((resolve) => (goOn = resolve));
  }
  parentPort?.postMessage(null);
} finally {
  await database.close();
  parentPort?.close();
}

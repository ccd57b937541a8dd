// A drawn map of an extract, as a PMTiles archive, made in a thread whose memory has a limit.

import { Worker } from 'node:worker_threads';
import { Problem } from '#shared/platform/problems.ts';
import type { MapReply, MapWorkerData } from './map-worker.ts';

/** Megabytes of objects that the thread may hold. The extract of a city takes a tenth of it. */
const MEMORY = 3000;

export interface DrawnMap {
  tiles: number;
  bytes: number;
  told: string[];
}

/** Throws a Problem where the file is broken, or too large for this. */
export async function drawMap(data: MapWorkerData): Promise<DrawnMap> {
  const worker = new Worker(new URL('./map-worker.ts', import.meta.url), {
    workerData: data,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY },
  });
  const reply = await new Promise<MapReply>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', (error: NodeJS.ErrnoException) => reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooLarge(data.file) : error));
    worker.once('exit', () => reject(new Error('The thread that draws the map ended.')));
  });
  if ('refused' in reply) throw new Problem('bad_request', reply.refused);
  return reply;
}

function tooLarge(file: string): Problem {
  return new Problem(
    'bad_request',
    `${file} is too large to be drawn here. Cut out the area that is served: osmium extract --bbox WEST,SOUTH,EAST,NORTH IN.osm.pbf -o OUT.osm.pbf`,
  );
}

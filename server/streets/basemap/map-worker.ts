// The thread that draws the map of an extract: one file, and it ends.

import { parentPort, workerData } from 'node:worker_threads';
import { Problem } from '#shared/platform/problems.ts';
import { giveWay } from '../../give-way.ts';
import { cutTiles } from './cut-tiles.ts';
import type { DrawnMap } from './draw-map.ts';
import { MAX_ZOOM } from './drawn.ts';
import { readMapFeatures } from './map-features.ts';
import { PmtilesFile } from './pmtiles-file.ts';

export interface MapWorkerData {
  /** The extract, and the archive that is made of it. */
  file: string;
  archive: string;
  name: string;
  attribution: string;
}

export type MapReply = DrawnMap | { refused: string };

giveWay();

async function draw({ file, archive, name, attribution }: MapWorkerData): Promise<DrawnMap> {
  const { features, bounds, told } = await readMapFeatures(file);
  const layers = [...new Set(features.map(({ layer }) => layer))];
  const tiles = await PmtilesFile.create(archive);
  try {
    let count = 0;
    for (const tile of cutTiles(features, bounds)) {
      await tiles.add(tile);
      count++;
    }
    const bytes = await tiles.finish({ name, attribution, bounds, minZoom: 0, maxZoom: MAX_ZOOM, layers });
    return { tiles: count, bytes, told };
  } catch (error) {
    await tiles.abandon();
    throw error;
  }
}

try {
  parentPort?.postMessage((await draw(workerData as MapWorkerData)) satisfies MapReply);
} catch (error) {
  if (!(error instanceof Problem)) throw error;
  parentPort?.postMessage({ refused: error.message } satisfies MapReply);
}

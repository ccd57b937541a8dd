// An OpenStreetMap extract becomes streets and a drawn map of a data folder. Both take the place of those before when both are whole:
// an extract that is broken, or a process that is ended half way, changes nothing.

import { mkdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Bounds } from '#shared/geo/bounds.ts';
import { drawMap } from './basemap/draw-map.ts';
import { buildStreets } from './build-graph.ts';
import { mapFile, mapsFolder } from './queries.ts';
import { ENDING, makeStreetsFolder, streetsFolder, writeStreetFile } from './street-file.ts';

const ATTRIBUTION = '© OpenStreetMap contributors, ODbL 1.0';
/** What stands on the map. */
const MAP_ATTRIBUTION = '© OpenStreetMap contributors';

export type Stage = 'streets' | 'map';

export interface AddedExtract {
  /** The name under which they are kept: that of the file. */
  streets: string;
  nodes: number;
  edges: number;
  bounds: Bounds;
  attribution: string;
  map: { tiles: number; bytes: number };
  /** What whoever added the file should know. */
  notes: string[];
}

/** Throws a Problem where the file is broken, has no streets, or is too large to be drawn. */
export async function addExtract(
  dataFolder: string,
  file: string,
  onStage: (stage: Stage) => void = () => undefined,
): Promise<AddedExtract> {
  const source = basename(file);
  const name = source.replace(/(\.osm)?\.pbf$/, '');
  onStage('streets');
  const { data, bounds, told } = await buildStreets(file);
  onStage('map');
  await mkdir(mapsFolder(dataFolder), { recursive: true });
  const map = await drawMap({ file, archive: mapFile(dataFolder, name), name, attribution: MAP_ATTRIBUTION });
  const streets = join(await makeStreetsFolder(dataFolder), `${name}${ENDING}`);
  await writeStreetFile(streets, data, { source, bounds, made: new Date().toISOString(), attribution: ATTRIBUTION });
  return {
    streets: name,
    nodes: data.lon.length,
    edges: data.target.length,
    bounds,
    attribution: ATTRIBUTION,
    map: { tiles: map.tiles, bytes: map.bytes },
    notes: [...told, ...map.told],
  };
}

/** Whether there was anything of this name. */
export async function removeExtract(dataFolder: string, name: string): Promise<boolean> {
  if (name !== basename(name)) return false;
  const files = [join(streetsFolder(dataFolder), `${name}${ENDING}`), mapFile(dataFolder, name)];
  const removed = await Promise.all(files.map((file) => rm(file).then(() => true, () => false))); // prettier-ignore
  return removed.includes(true);
}

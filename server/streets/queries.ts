// What other features ask of the streets: the maps that were drawn of extracts.

import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';

const ENDING = '.pmtiles';

/** A drawn map in the data folder that somebody else made; it needs no setting. */
export const GIVEN_MAP = 'basemap.pmtiles';

/** Folder of the drawn maps in a data folder. */
export function mapsFolder(dataFolder: string): string {
  return join(dataFolder, 'basemaps');
}

/** Where the map of an extract of this name is. */
export function mapFile(dataFolder: string, name: string): string {
  return join(mapsFolder(dataFolder), name + ENDING);
}

/** Drawn maps of a data folder, by name. */
export async function listMaps(dataFolder: string): Promise<{ name: string; file: string }[]> {
  const files = await readdir(mapsFolder(dataFolder)).catch(() => []);
  return files
    .filter((file) => file.endsWith(ENDING))
    .sort()
    .map((file) => ({ name: basename(file, ENDING), file: join(mapsFolder(dataFolder), file) }));
}

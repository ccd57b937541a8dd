// `waypost basemap`: the ground under the pins, from files of the operator: streets to travel on, and a drawn map.

import { copyFile, mkdir, open, rename } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { Problem } from '#shared/platform/problems.ts';
import { UsageError, type CliIo, type Command } from '#server/command.ts';
import { drawMap, type DrawnMap } from './basemap/draw-map.ts';
import { buildStreets } from './build-graph.ts';
import { mapFile, mapsFolder } from './queries.ts';
import { ENDING, listStreetFiles, makeStreetsFolder, readStreetFile, writeStreetFile } from './street-file.ts';

const ATTRIBUTION = '© OpenStreetMap contributors, ODbL 1.0';
/** What stands on the map. */
const MAP_ATTRIBUTION = '© OpenStreetMap contributors';

export const basemapCommand: Command = {
  name: 'basemap',
  summary: 'Add streets and a drawn map from files',
  usage: `waypost basemap add FILE.osm.pbf|FILE.pmtiles [--json]
waypost basemap list [--json]

add   An OpenStreetMap extract gives the streets on which travel times are worked out, walking and driving, and the map that is
      drawn of its area. A PMTiles file is a drawn map that somebody else made. A file of the same name replaces the one before;
      a running server draws a new map at once, and takes new streets at its next start.
list  The streets that are there.`,

  async run(args, io) {
    const { values, positionals } = parseArgs({ args, options: { json: { type: 'boolean', default: false } }, allowPositionals: true });
    const [what, file, ...others] = positionals;
    if (what === 'list' && file === undefined) return list(io, values.json);
    if (what !== 'add' || file === undefined || others.length > 0)
      throw new UsageError('Say what to do: basemap add FILE, or basemap list.');
    if (file.endsWith('.pmtiles')) return addTiles(file, io, values.json);
    if (file.endsWith('.pbf')) return addExtract(file, io, values.json);
    throw new UsageError(`${file} is neither an OpenStreetMap extract (.osm.pbf) nor a PMTiles file (.pmtiles).`);
  },
};

async function addExtract(file: string, io: CliIo, json: boolean): Promise<0> {
  const { data, bounds, told } = await buildStreets(file);
  const folder = await makeStreetsFolder(io.data);
  const name = basename(file).replace(/(\.osm)?\.pbf$/, '');
  const source = basename(file);
  await writeStreetFile(join(folder, `${name}${ENDING}`), data, {
    source,
    bounds,
    made: new Date().toISOString(),
    attribution: ATTRIBUTION,
  });
  await mkdir(mapsFolder(io.data), { recursive: true });
  const map = await drawMap({ file, archive: mapFile(io.data, name), name, attribution: MAP_ATTRIBUTION });
  const nodes = data.lon.length;
  const edges = data.target.length;
  const notes = [...told, ...map.told];
  if (json)
    io.stdout.write(
      `${JSON.stringify({ streets: name, nodes, edges, bounds, attribution: ATTRIBUTION, map: { tiles: map.tiles, bytes: map.bytes }, notes })}\n`,
    );
  else
    io.stdout.write(
      `${[`Streets of ${name}: ${nodes.toLocaleString('en')} points, ${edges.toLocaleString('en')} ways between them.`, sayMap(map), ...notes, ATTRIBUTION].join('\n')}\n`,
    );
  return 0;
}

function sayMap({ tiles, bytes }: DrawnMap): string {
  return `Its map: ${tiles.toLocaleString('en')} tiles, ${(bytes / 1e6).toFixed(1)} MB.`;
}

/** The drawn map of a data folder, which needs no setting. */
const TILES = 'basemap.pmtiles';

async function addTiles(file: string, io: CliIo, json: boolean): Promise<0> {
  const handle = await open(file).catch((error: NodeJS.ErrnoException) => {
    throw new Problem('bad_request', error.code === 'ENOENT' ? `There is no file ${file}.` : `${file} cannot be read: ${error.message}`);
  });
  const head = Buffer.alloc(8);
  await handle.read(head, 0, 8, 0).finally(() => handle.close());
  if (head.subarray(0, 7).toString() !== 'PMTiles' || head[7] !== 3)
    throw new Problem('bad_request', `${file} is not a PMTiles file of version 3.`);
  await mkdir(io.data, { recursive: true });
  const target = join(io.data, TILES);
  await copyFile(file, `${target}.part`);
  await rename(`${target}.part`, target);
  io.stdout.write(json ? `${JSON.stringify({ tiles: TILES })}\n` : `The map of ${basename(file)} is drawn from now on.\n`);
  return 0;
}

async function list(io: CliIo, json: boolean): Promise<0> {
  const files = await listStreetFiles(io.data);
  const streets = await Promise.all(
    files.map(async (file) => {
      const { data, about } = await readStreetFile(file);
      return { streets: basename(file, ENDING), nodes: data.lon.length, edges: data.target.length, ...about };
    }),
  );
  const say = ({ streets: name, nodes, source, made }: (typeof streets)[number]): string =>
    `${name}: ${nodes.toLocaleString('en')} points, from ${source}, ${made.slice(0, 10)}`;
  io.stdout.write(
    json ? `${JSON.stringify({ streets })}\n` : `${streets.length === 0 ? 'There are no streets.' : streets.map(say).join('\n')}\n`,
  );
  return 0;
}

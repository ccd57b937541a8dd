// `waypost basemap`: the ground under the pins, from files of the operator: streets to travel on, and a drawn map.

import { copyFile, mkdir, open, rename } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { Problem } from '#shared/platform/problems.ts';
import { UsageError, type CliIo, type Command } from '#server/command.ts';
import { addExtract, removeExtract, type AddedExtract, type Stage } from './add-extract.ts';
import { GIVEN_MAP, listMaps } from './queries.ts';
import { ENDING, listStreetFiles, readStreetFile } from './street-file.ts';

export const basemapCommand: Command = {
  name: 'basemap',
  summary: 'Add streets and a drawn map from files',
  usage: `waypost basemap add FILE.osm.pbf|FILE.pmtiles [--json]
waypost basemap list [--json]
waypost basemap remove NAME [--json]

add     An OpenStreetMap extract gives the streets on which travel times are worked out, walking and driving, and the map that is
        drawn of its area. A PMTiles file is a drawn map that somebody else made. A file of the same name replaces the one before,
        once it is wholly read. A running server takes both over within seconds, while it goes on answering.
list    The streets and drawn maps that there are.
remove  Takes away the streets and the map of that name. Travel times there are estimates again.`,

  async run(args, io) {
    const { values, positionals } = parseArgs({ args, options: { json: { type: 'boolean', default: false } }, allowPositionals: true });
    const [what, name, ...others] = positionals;
    if (what === 'list' && name === undefined) return list(io, values.json);
    if (name === undefined || others.length > 0 || (what !== 'add' && what !== 'remove'))
      throw new UsageError('Say what to do: basemap add FILE, basemap list, or basemap remove NAME.');
    if (what === 'remove') return remove(name, io, values.json);
    if (name.endsWith('.pmtiles')) return addTiles(name, io, values.json);
    if (name.endsWith('.pbf')) return addStreets(name, io, values.json);
    throw new UsageError(`${name} is neither an OpenStreetMap extract (.osm.pbf) nor a PMTiles file (.pmtiles).`);
  },
};

async function addStreets(file: string, io: CliIo, json: boolean): Promise<0> {
  const added = await addExtract(io.data, file, (stage) => io.stderr.write(`${SAY[stage]} …\n`));
  io.stdout.write(json ? `${JSON.stringify(added)}\n` : `${sayAdded(added)}\n`);
  return 0;
}

const SAY: Record<Stage, string> = { streets: 'Reading the streets', map: 'Drawing the map' };

function sayAdded({ streets, nodes, edges, map, notes, attribution }: AddedExtract): string {
  return [
    `Streets of ${streets}: ${nodes.toLocaleString('en')} points, ${edges.toLocaleString('en')} ways between them.`,
    `Its map: ${map.tiles.toLocaleString('en')} tiles, ${(map.bytes / 1e6).toFixed(1)} MB.`,
    ...notes,
    attribution,
  ].join('\n');
}

async function remove(name: string, io: CliIo, json: boolean): Promise<0> {
  if (!(await removeExtract(io.data, name)))
    throw new Problem('not_found', `There are no streets and no map of the name ${name}. What there is: waypost basemap list.`);
  io.stdout.write(json ? `${JSON.stringify({ removed: name })}\n` : `The streets and the map of ${name} are removed.\n`);
  return 0;
}

async function addTiles(file: string, io: CliIo, json: boolean): Promise<0> {
  const handle = await open(file).catch((error: NodeJS.ErrnoException) => {
    throw new Problem('bad_request', error.code === 'ENOENT' ? `There is no file ${file}.` : `${file} cannot be read: ${error.message}`);
  });
  const head = Buffer.alloc(8);
  await handle.read(head, 0, 8, 0).finally(() => handle.close());
  if (head.subarray(0, 7).toString() !== 'PMTiles' || head[7] !== 3)
    throw new Problem('bad_request', `${file} is not a PMTiles file of version 3.`);
  await mkdir(io.data, { recursive: true });
  const target = join(io.data, GIVEN_MAP);
  await copyFile(file, `${target}.part`);
  await rename(`${target}.part`, target);
  io.stdout.write(json ? `${JSON.stringify({ tiles: GIVEN_MAP })}\n` : `The map of ${basename(file)} is drawn from now on.\n`);
  return 0;
}

async function list(io: CliIo, json: boolean): Promise<0> {
  const files = await listStreetFiles(io.data);
  const maps = (await listMaps(io.data)).map(({ name }) => name);
  const streets = await Promise.all(
    files.map(async (file) => {
      const { data, about } = await readStreetFile(file);
      return { streets: basename(file, ENDING), nodes: data.lon.length, edges: data.target.length, ...about };
    }),
  );
  const say = ({ streets: name, nodes, source, made }: (typeof streets)[number]): string =>
    `${name}: ${nodes.toLocaleString('en')} points, from ${source}, ${made.slice(0, 10)}`;
  const lines = [...streets.map(say), ...(maps.length > 0 ? [`Drawn maps: ${maps.join(', ')}`] : [])];
  io.stdout.write(json ? `${JSON.stringify({ streets, maps })}\n` : `${lines.length === 0 ? 'There are no streets.' : lines.join('\n')}\n`);
  return 0;
}

// `waypost demand`: people by cell that gap analysis counts, added from files of anybody, listed and removed.

import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { UsageError, type CliIo, type Command, type ExitCode } from '#server/command.ts';
import { createLocalActor, getActorName } from '#server/identity/actor.ts';
import { readPopulation } from './population/read-population.ts';
import {
  addPopulation,
  getPopulation,
  listPopulations,
  PopulationOrigin,
  removePopulation,
  type StoredPopulation,
} from './population/store.ts';

export const demandCommand: Command = {
  name: 'demand',
  summary: 'Add, list and remove people by area for gap analysis',
  usage: `waypost demand add FILE [--boundaries FILE.geojson] [options]
waypost demand list [--json]
waypost demand remove NAME|ID

FILE is a CSV of H3 cells, a CSV of areas by code with --boundaries, or GeoJSON with the figures in its properties. People of an
area are split among the H3 cells in it by area.
--id COLUMN           The cell, or the code of the area (default: found by its name)
--people COLUMN       How many people (default: found by its name, such as "population")
--groups A,B          Columns of sub-groups of them, such as children,seniors
--boundaries FILE     GeoJSON with the areas' outlines, in degrees (WGS 84)
--boundary-id NAME    Its property with the code (default: the one that has the codes of FILE)
--resolution 5–10     Of the cells into which areas are split (default 8, about 0.7 km²; 9 is about 0.1 km²)
--name NAME           How it is called here (default: the file's name)
--source TEXT         Who published the figures (default: the file's name)
--vintage TEXT        Of when they are, such as 2022 (default: not stated)
--licence TEXT        Under which terms they may be shown
--json                One JSON document on standard output`,

  async run([action, ...args], io) {
    if (action === 'add') return add(args, io);
    if (action === 'list') return list(args, io);
    if (action === 'remove') return remove(args, io);
    throw new UsageError('Say what is to be done: add, list or remove.');
  },
};

async function add(args: string[], io: CliIo): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      id: { type: 'string' },
      people: { type: 'string' },
      groups: { type: 'string' },
      boundaries: { type: 'string' },
      'boundary-id': { type: 'string' },
      resolution: { type: 'string' },
      name: { type: 'string' },
      source: { type: 'string' },
      vintage: { type: 'string' },
      licence: { type: 'string' },
      json: { type: 'boolean' },
    },
  });
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0) throw new UsageError('Name one file.');
  const called = basename(file).replace(/\.\w+$/, '');
  const origin = PopulationOrigin.parse({
    name: values.name ?? called,
    source: values.source ?? basename(file),
    vintage: values.vintage ?? 'not stated',
    licence: values.licence,
  });
  await using app = await io.openApp();
  const population = await readPopulation(
    {
      file,
      id: values.id,
      people: values.people,
      groups: values.groups?.split(',').map((group) => group.trim()),
      boundaries: values.boundaries,
      boundaryId: values['boundary-id'],
      resolution: parseResolution(values.resolution),
    },
    app.background,
  );
  const actor = getActorName(createLocalActor('admin'));
  const stored = await addPopulation(app.db, population, { origin, actor, at: new Date(app.clock()).toISOString() });
  io.stdout.write(values.json ? `${JSON.stringify(toReport(stored))}\n` : sayPopulations([stored]));
  return 0;
}

async function list(args: string[], io: CliIo): Promise<ExitCode> {
  const { values } = parseArgs({ args, options: { json: { type: 'boolean' } } });
  await using app = await io.openApp();
  const stored = await listPopulations(app.db);
  io.stdout.write(values.json ? `${JSON.stringify(stored.map(toReport))}\n` : sayPopulations(stored));
  return 0;
}

async function remove(args: string[], io: CliIo): Promise<ExitCode> {
  const { positionals } = parseArgs({ args, allowPositionals: true, options: {} });
  const [wanted, ...others] = positionals;
  if (wanted === undefined || others.length > 0) throw new UsageError('Name the population that is to be removed.');
  await using app = await io.openApp();
  const { id, name } = await getPopulation(app.db, wanted);
  await removePopulation(app.db, id);
  io.stdout.write(`"${name}" is removed.\n`);
  return 0;
}

function parseResolution(written: string | undefined): number | undefined {
  if (written === undefined) return undefined;
  const resolution = Number(written);
  if (!Number.isInteger(resolution) || resolution < 5 || resolution > 10)
    throw new UsageError(`--resolution is a whole number from 5 to 10, not "${written}".`);
  return resolution;
}

function toReport({ id, name, source, vintage, licence, resolution, people, cells, areas, groups, notes, at }: StoredPopulation) {
  return { id, name, source, vintage, licence, resolution, people, cells, areas, groups, notes, at };
}

function sayPopulations(stored: readonly StoredPopulation[]): string {
  if (stored.length === 0) return 'No population is kept here yet. Add one with: waypost demand add FILE\n';
  const number = (count: number): string => Math.round(count).toLocaleString('en');
  return stored
    .map(({ name, source, vintage, people, cells, resolution, groups, areas, notes }) =>
      [
        `${name}: ${number(people)} people in ${number(cells)} cells of resolution ${resolution}${areas > 0 ? `, from ${number(areas)} areas` : ''} (${source}, ${vintage})`,
        ...groups.slice(1).map((group) => `  ${group.id}: ${number(group.people)}`),
        ...notes.map((note) => `  ${note}`),
        '',
      ].join('\n'),
    )
    .join('');
}

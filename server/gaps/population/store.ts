// People by cell in the database. A population is never changed: a newer one is another one, so that two can be compared.

import { randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { cellBounds } from '#shared/geo/cells.ts';
import type { Bounds } from '#shared/geo/bounds.ts';
import { Problem } from '#shared/platform/problems.ts';
import type { Database } from '#server/db/schema.ts';
import { sumOf, type Population, type PopulationAreas } from './population.ts';

/** What is told of figures so that they can be trusted. */
export const PopulationOrigin = z.strictObject({
  name: z.string().trim().min(1).max(120),
  /** Who published them. */
  source: z.string().trim().min(1).max(300),
  /** Of when they are, as their publisher says it: "2022", "2019–2023". */
  vintage: z.string().trim().min(1).max(60),
  licence: z.string().trim().min(1).max(200).optional(),
});
export type PopulationOrigin = z.infer<typeof PopulationOrigin>;

/** A population without its figures. */
export interface StoredPopulation {
  id: string;
  name: string;
  source: string;
  vintage: string;
  licence: string | null;
  resolution: number;
  people: number;
  cells: number;
  bounds: Bounds;
  /** `name`: as somebody called it; absent: it goes by its column. */
  groups: { id: string; people: number; name?: string }[];
  /** Named areas from which it was made; 0: it came by cell. */
  areas: number;
  notes: string[];
  actor: string;
  at: string;
}

type About = Pick<StoredPopulation, 'people' | 'cells' | 'bounds' | 'groups' | 'areas' | 'notes'>;

/** Keeps it under a new id. Throws a Problem where one has this name already. */
export async function addPopulation(
  db: Kysely<Database>,
  population: Population,
  {
    id = `pop_${randomBytes(12).toString('hex')}`,
    names = {},
    origin,
    actor,
    at,
  }: { id?: string; names?: Readonly<Record<string, string>> | undefined; origin: PopulationOrigin; actor: string; at: string },
): Promise<StoredPopulation> {
  const { cells, groups, areas, resolution, notes } = population;
  if (cells.length === 0) throw new Problem('unprocessable', 'Nobody lives in any of these cells: there is nothing to keep.');
  const about: About = {
    people: sumOf(groups[0]!.people),
    cells: cells.length,
    bounds: boundsOf(cells),
    groups: named(
      groups.map(({ id, people }) => ({ id, people: sumOf(people) })),
      names,
    ),
    areas: areas?.code.length ?? 0,
    notes,
  };
  const row = {
    id,
    name: origin.name,
    source: origin.source,
    vintage: origin.vintage,
    licence: origin.licence ?? null,
    resolution,
    about: JSON.stringify(about),
    actor,
    at,
  };
  await db.transaction().execute(async (trx) => {
    const kept = await trx
      .insertInto('gap_population')
      .values(row)
      .onConflict((conflict) => conflict.column('name').doNothing())
      .executeTakeFirst();
    if (Number(kept.numInsertedOrUpdatedRows ?? 0) === 0)
      throw new Problem(
        'conflict',
        `There is a population called "${origin.name}" already. Give this one another name, or remove that one first.`,
      );
    for (const [name, content] of writeColumns(population))
      await trx.insertInto('gap_column').values({ population_id: row.id, name, content }).execute();
  });
  return { ...row, ...about };
}

/** Its groups are called so from now on; the figures stay as they are. Throws a Problem on a group that it has not. */
export async function nameGroups(db: Kysely<Database>, population: string, names: Readonly<Record<string, string>>): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const { id, people, cells, bounds, groups, areas, notes } = await getPopulation(trx, population);
    const unknown = Object.keys(names).find((name) => !groups.some((group) => group.id === name));
    if (unknown !== undefined) throw new Problem('not_found', `This population has no group "${unknown}".`);
    const about: About = { people, cells, bounds, groups: named(groups, names), areas, notes };
    await trx
      .updateTable('gap_population')
      .set({ about: JSON.stringify(about) })
      .where('id', '=', id)
      .execute();
  });
}

function named(groups: StoredPopulation['groups'], names: Readonly<Record<string, string>>): StoredPopulation['groups'] {
  return groups.map((group) => {
    const name = names[group.id];
    return name === undefined ? group : { ...group, name };
  });
}

/** The newest first. */
export async function listPopulations(db: Kysely<Database>): Promise<StoredPopulation[]> {
  const rows = await db.selectFrom('gap_population').selectAll().orderBy('at', 'desc').orderBy('id').execute();
  return rows.map(({ about, ...row }) => ({ ...row, ...(JSON.parse(about) as About) }));
}

/** By id or name; undefined: the newest. Throws a Problem where there is none. */
export async function getPopulation(db: Kysely<Database>, wanted: string | undefined): Promise<StoredPopulation> {
  const all = await listPopulations(db);
  const found = wanted === undefined ? all[0] : all.find(({ id, name }) => id === wanted || name === wanted);
  if (found) return found;
  if (all.length === 0) {
    const how = 'Add one with "waypost demand add FILE", or on the Gaps screen.';
    throw new Problem('not_available', `No population is kept here yet. ${how}`);
  }
  throw new Problem(
    'not_found',
    `No population here is called "${wanted}".`,
    all.map(({ name }) => name),
  );
}

export async function removePopulation(db: Kysely<Database>, id: string): Promise<void> {
  // SQLite deletes along with it only where that is switched on.
  await db.transaction().execute(async (trx) => {
    await trx.deleteFrom('gap_column').where('population_id', '=', id).execute();
    await trx.deleteFrom('gap_population').where('id', '=', id).execute();
  });
}

export async function readStoredPopulation(db: Kysely<Database>, { id, resolution, groups, notes }: StoredPopulation): Promise<Population> {
  const rows = await db.selectFrom('gap_column').select(['name', 'content']).where('population_id', '=', id).execute();
  const columns = new Map(rows.map(({ name, content }) => [name, content]));
  const read = (name: string): string => {
    const content = columns.get(name);
    if (content === undefined) throw new Problem('not_found', 'This population was removed in the meantime.');
    return content;
  };
  const areas = columns.get('areas');
  return {
    resolution,
    cells: read('cells').split(' '),
    groups: groups.map((group, g) => ({ id: group.id, people: new Float64Array(fromBase64(read(`group ${g}`))) })),
    areas: areas === undefined ? null : readAreas(areas),
    notes,
  };
}

function* writeColumns({ cells, groups, areas }: Population): Generator<[name: string, content: string]> {
  yield ['cells', cells.join(' ')];
  for (const [g, { people }] of groups.entries()) yield [`group ${g}`, toBase64(people)];
  if (!areas) return;
  const { code, name, cell, area, people } = areas;
  yield ['areas', JSON.stringify({ code, name, cell: toBase64(cell), area: toBase64(area), people: toBase64(people) })];
}

function readAreas(content: string): PopulationAreas {
  const { code, name, cell, area, people } = JSON.parse(content) as { code: string[]; name: string[] } & Record<
    'cell' | 'area' | 'people',
    string
  >;
  return {
    code,
    name,
    cell: new Uint32Array(fromBase64(cell)),
    area: new Uint32Array(fromBase64(area)),
    people: new Float64Array(fromBase64(people)),
  };
}

function toBase64({ buffer, byteOffset, byteLength }: Float64Array | Uint32Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('base64');
}

/** A buffer of its own: what Node gives lies anywhere in a larger one. */
function fromBase64(text: string): ArrayBuffer {
  return new Uint8Array(Buffer.from(text, 'base64')).buffer;
}

function boundsOf(cells: readonly string[]): Bounds {
  const box: Bounds = [Infinity, Infinity, -Infinity, -Infinity];
  for (const cell of cells) {
    const [west, south, east, north] = cellBounds(cell);
    box[0] = Math.min(box[0], west);
    box[1] = Math.min(box[1], south);
    box[2] = Math.max(box[2], east);
    box[3] = Math.max(box[3], north);
  }
  return box;
}

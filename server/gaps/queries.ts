// What other features may do with people by cell: the demo brings its own, and takes them out again.

import type { Kysely } from 'kysely';
import type { DemoPopulation } from '#shared/plugin-api/functions.ts';
import { cellResolution } from '#shared/geo/cells.ts';
import type { Database } from '#server/db/schema.ts';
import { ALL } from './population/population.ts';
import { addPopulation, removePopulation } from './population/store.ts';

const DEMO = 'pop_demo-';

/** Does nothing where the demo's people are here already, or where others have their name. */
export async function addDemoPopulation(
  db: Kysely<Database>,
  { name, source, vintage, cells }: DemoPopulation,
  { demo, actor, at }: { demo: string; actor: string; at: string },
): Promise<void> {
  const [first] = cells;
  if (!first || (await db.selectFrom('gap_population').select('id').where('name', '=', name).executeTakeFirst())) return;
  const sorted = [...cells].sort((a, b) => (a.cell < b.cell ? -1 : 1));
  const groups = Object.keys(first.groups).map((id) => ({ id, people: Float64Array.from(sorted, (one) => one.groups[id] ?? 0) }));
  const population = {
    resolution: cellResolution(first.cell),
    cells: sorted.map(({ cell }) => cell),
    groups: [{ id: ALL, people: Float64Array.from(sorted, ({ people }) => people) }, ...groups],
    areas: null,
    notes: [],
  };
  await addPopulation(db, population, { id: DEMO + demo, origin: { name, source, vintage }, actor, at });
}

export async function removeDemoPopulations(db: Kysely<Database>): Promise<void> {
  const rows = await db.selectFrom('gap_population').select('id').where('id', 'like', `${DEMO}%`).execute();
  for (const { id } of rows) await removePopulation(db, id);
}

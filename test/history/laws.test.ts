// Two laws, over any sequence of imports, edits, undos and restores: the history tells what stood there at every moment,
// and undoing everything gives the beginning.

import fc from 'fast-check';
import type { Kysely } from 'kysely';
import { expect, it } from 'vitest';
import { HSDS_OBJECTS, type HsdsObject } from '#shared/directory/hsds.ts';
import { Problem } from '#shared/platform/problems.ts';
import { getFeedPosition } from '#server/db/feed.ts';
import type { Database } from '#server/db/schema.ts';
import { readStatesAt, type RecordKey } from '#server/directory/history-state.ts';
import { restore } from '#server/directory/restore.ts';
import { undoAct } from '#server/directory/undo.ts';
import { importFiles } from '../import/support.ts';
import { eachDatabase } from '../support/databases.ts';
import { BY, edit, everything } from './support.ts';

type Step =
  | { do: 'import'; names: string[]; phone: string }
  | { do: 'update'; pick: number; value: string }
  | { do: 'add'; pick: number }
  | { do: 'remove'; pick: number }
  | { do: 'undo'; pick: number }
  | { do: 'restore'; pick: number; moment: number };

const LONG = process.env['WAYPOST_LONG'] === '1';

const pick = fc.nat(20);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('import' as const),
    names: fc.array(fc.constantFrom('One', 'Two', 'Three'), { minLength: 1, maxLength: 3 }),
    phone: fc.constantFrom('', '555-010-0001', '555-010-0002'),
  }),
  fc.record({ do: fc.constant('update' as const), pick, value: fc.constantFrom('a', 'b', 'ü "c"') }),
  fc.record({ do: fc.constant('add' as const), pick }),
  fc.record({ do: fc.constant('remove' as const), pick }),
  { arbitrary: fc.record({ do: fc.constant('undo' as const), pick }), weight: 3 },
  fc.record({ do: fc.constant('restore' as const), pick, moment: fc.nat(8) }),
);

/** The one of a list that a number picks; undefined where there is none. */
function pickOf<T>(list: readonly T[], number: number): T | undefined {
  return list[number % Math.max(1, list.length)];
}

async function listKeys(db: Kysely<Database>, objects: readonly HsdsObject[]): Promise<RecordKey[]> {
  const keys: RecordKey[] = [];
  for (const object of objects)
    for (const { id } of await db.selectFrom(object).select('id').orderBy('id').execute()) keys.push({ object, id });
  return keys;
}

/** What a step refuses is nothing done. */
async function orRefused(work: Promise<unknown>): Promise<void> {
  await work.catch((error: unknown) => {
    if (!(error instanceof Problem)) throw error;
  });
}

async function run(db: Kysely<Database>, one: Step, context: { n: number; moments: number[] }): Promise<void> {
  if (one.do === 'import') {
    const rows = one.names.map((name, i) => `${i},${name},${one.phone},${i} Main St,Oakdale`);
    await importFiles(db, { 'sites.csv': ['id,name,phone,address,city', ...rows].join('\n') });
    return;
  }
  if (one.do === 'undo') {
    const acts = await db.selectFrom('act').select('id').orderBy('id').execute();
    const act = pickOf(acts, one.pick);
    if (act) await orRefused(undoAct(db, act.id, { ...BY, unhide: true }));
    return;
  }
  if (one.do === 'restore') {
    const key = pickOf(await listKeys(db, ['service', 'service_at_location', 'location', 'phone']), one.pick);
    const seq = pickOf(context.moments, one.moment);
    if (key && seq !== undefined) await orRefused(restore(db, { id: key.id, seq, unhide: true }, BY));
    return;
  }
  if (one.do === 'add') {
    const service = pickOf(await listKeys(db, ['service']), one.pick);
    if (service)
      await edit(db, { object: 'phone', id: `added ${context.n}`, create: { service_id: service.id, number: String(context.n) } });
    return;
  }
  const key = pickOf(await listKeys(db, ['service', 'phone', 'address', 'location']), one.pick);
  if (!key) return;
  if (one.do === 'remove') await edit(db, { ...key, remove: true });
  else {
    const column = { service: 'name', phone: 'number', address: 'city', location: 'description' }[key.object as string] as string;
    await edit(db, { ...key, set: { [column]: one.value, ...(key.object === 'location' ? { hidden: 1 } : {}) } });
  }
}

eachDatabase('laws of history', (open, engine) => {
  it('tells what stood there at every moment, and gives the beginning back', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 9 }), async (steps) => {
        await using database = await open();
        const { db } = database;
        const seen: { seq: number; all: Record<string, unknown[]> }[] = [{ seq: 0, all: {} }];
        const keys = new Map<string, RecordKey>();
        for (const [n, one] of steps.entries()) {
          await run(db, one, { n, moments: seen.map(({ seq }) => seq) });
          for (const key of await listKeys(db, HSDS_OBJECTS)) keys.set(`${key.object} ${key.id}`, key);
          seen.push({ seq: await getFeedPosition(db), all: await everything(db) });
          // The SQLite driver answers at once: without this nothing else of the test would ever run.
          await new Promise(setImmediate);
        }
        for (const { seq, all } of seen) expect(await stateAt(db, [...keys.values()], seq)).toEqual(all);

        const acts = await db.selectFrom('act').select('id').orderBy('id', 'desc').execute();
        for (const { id } of acts) await orRefused(undoAct(db, id, { ...BY, unhide: true }));
        expect(await everything(db)).toEqual({});
        expect(await db.selectFrom('source_row').select('id').execute()).toEqual([]);
      }),
      { numRuns: LONG ? 60 : engine === 'sqlite' ? 12 : 4 },
    );
  });
});

async function stateAt(db: Kysely<Database>, keys: readonly RecordKey[], seq: number): Promise<Record<string, unknown[]>> {
  const states = await readStatesAt(db, keys, seq);
  const all: Record<string, unknown[]> = {};
  for (const object of HSDS_OBJECTS) {
    const mine = keys.filter((key) => key.object === object).sort((a, b) => (a.id < b.id ? -1 : 1));
    const rows = mine.map((key) => states.get(`${key.object} ${key.id}`) ?? null).filter((row) => row !== null);
    if (rows.length > 0) all[object] = rows.map((row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)));
  }
  return all;
}

// The position of a hidden place takes part in nothing: whoever asks from 200 points, with every limit, learns no more
// than its cell; and every answer is the same wherever inside that cell it stands.

import fc from 'fast-check';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PLACES_AROUND } from '#server/directory/hidden-cells.ts';
import { exportDirectory } from '#server/directory/export.ts';
import { worldX, worldY } from '#shared/geo/tile-math.ts';
import { cellCenter, cellRing, coarseCell } from '#shared/geo/cells.ts';
import { haversine } from '#shared/geo/distance.ts';
import type { LonLat } from '#shared/geo/travel.ts';
import { findPostgres } from '../support/postgres-server.ts';
import { testApp, type TestApp } from '../support/test-app.ts';
import { SECRET, shelterTown, write, type Records } from './shelter.ts';

const LONG = process.env['WAYPOST_LONG'] === '1';
const CELL = coarseCell(SECRET);
const CENTER = cellCenter(CELL);
/** Where it may stand: at its own place and close to each corner of its cell. */
const CORNERS = cellRing(CELL)
  .slice(0, 6)
  .map(([lon, lat]): LonLat => ({ lon: CENTER.lon + (lon - CENTER.lon) * 0.93, lat: CENTER.lat + (lat - CENTER.lat) * 0.93 }));

/** Open places in the same cell, so that no coarser one is told. */
function doors(): Records {
  const at = (i: number) => ({ longitude: CENTER.lon + (i - 6) / 2000, latitude: CENTER.lat + ((i * 5) % 11) / 4000 });
  const numbers = Array.from({ length: PLACES_AROUND + 2 }, (_, i) => i);
  return {
    service: numbers.map((i) => ({
      id: `door${i}`,
      name: `Door ${i}`,
      status: 'active',
      extra: JSON.stringify({ 'waypost:need': 'safety.shelter' }),
    })),
    location: numbers.map((i) => ({ id: `place${i}`, name: `Place ${i}`, location_type: 'physical', hidden: 0, ...at(i) })),
    service_at_location: numbers.map((i) => ({ id: `link${i}`, service_id: `door${i}`, location_id: `place${i}` })),
  };
}

describe.each(['sqlite', 'postgres'] as const)('a hidden position on %s', (engine) => {
  if (engine === 'postgres' && !findPostgres()) return it.skip('PostgreSQL is not installed');
  let app: TestApp;

  beforeAll(async () => {
    app = await testApp({ engine });
    await app.deps.directory.ready;
    await change(shelterTown());
    await change(doors());
  });
  afterAll(() => app[Symbol.asyncDispose]());

  async function change(records: Records): Promise<void> {
    const before = app.deps.directory.current();
    const changed = new Promise<void>((resolve) => {
      const subscription = app.deps.directory.onDidChange((index) => {
        if (index === before) return;
        subscription.dispose();
        resolve();
      });
    });
    await write(app.deps.db, records);
    await app.deps.feed.poll();
    await changed;
  }

  /** Moves the shelter, with all that is written of it. */
  const move = (to: LonLat) => change({ location: [shelterTown(to).location![0]!], service_area: shelterTown(to).service_area! });
  const caller = () => app.caller('viewer');

  /** The answer as anyone sees it, without what only says that something was written. */
  async function everyAnswer(from: readonly LonLat[]): Promise<unknown> {
    const { version } = app.deps.directory.current();
    const finds = [];
    for (const near of from) {
      for (const travel of [
        { mode: 'walk' as const, minutes: 20 },
        { mode: 'drive' as const, meters: 2500 },
        { mode: 'any' as const, minutes: 45 },
      ]) {
        const facts = { 'household.place': { lon: near.lon, lat: near.lat } };
        finds.push(await caller().find.match({ near, travel, needs: [{ term: 'safety' }], facts, limit: 100 }));
        finds.push(await caller().find.slice({ near, travel }));
      }
    }
    const tiles = await Promise.all(
      [4, 9, 12, 14, 16].map(async (z) => {
        const [x, y] = [Math.floor(worldX(SECRET.lon) * 2 ** z), Math.floor(worldY(SECRET.lat) * 2 ** z)];
        const response = await fetch(`${app.url}/tiles/resources/${version}/${z}/${x}/${y}.mvt`, { headers: { cookie } });
        return [response.status, Buffer.from(await response.arrayBuffer()).toString('base64')];
      }),
    );
    const { changes: _, ...page } = await caller().directory.resource({ id: 'refuge-house' });
    const { updatedAt: __, ...status } = await caller().directory.status();
    const all = [
      finds,
      tiles,
      page,
      status,
      await caller().directory.browse({ bounds: [SECRET.lon - 0.01, SECRET.lat - 0.01, SECRET.lon + 0.01, SECRET.lat + 0.01] }),
      await caller().directory.chosen({ bounds: [SECRET.lon - 0.03, SECRET.lat - 0.03, SECRET.lon + 0.03, SECRET.lat + 0.03] }),
      await caller().directory.browse({ near: SECRET, limit: 200, problems: true, filters: { needs: ['safety'] } }),
      await caller().directory.search({ text: 'refuge', limit: 50, near: SECRET }),
      await caller().places.search({ text: 'lakeside', language: 'en', limit: 20 }),
      await caller().places.reverse(SECRET),
      await exports(),
    ];
    return JSON.parse(JSON.stringify(all).replaceAll(version, 'version'));
  }

  let cookie = '';
  beforeAll(async () => {
    cookie = (await app.signIn('viewer')).cookie;
  });

  async function exports(): Promise<string> {
    const out = mkdtempSync(join(tmpdir(), 'waypost-hidden-'));
    for (const format of ['hsds', 'geojson', 'csv']) await exportDirectory(app.deps, { format, out: join(out, format) });
    const text = readdirSync(out, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => `${entry.name}\n${readFileSync(join(entry.parentPath, entry.name), 'utf8')}`)
      .sort()
      .join('\n');
    rmSync(out, { recursive: true });
    return text;
  }

  const inCell = fc
    .tuple(fc.double({ min: -0.02, max: 0.02, noNaN: true }), fc.double({ min: -0.02, max: 0.02, noNaN: true }))
    .map(([x, y]): LonLat => ({ lon: CENTER.lon + x, lat: CENTER.lat + y }))
    .filter((position) => coarseCell(position) === CELL);

  it('changes no answer, wherever inside its cell it stands', async () => {
    const from = [SECRET, CENTER, { lon: CENTER.lon + 0.03, lat: CENTER.lat - 0.02 }, { lon: -93.3, lat: 45.1 }];
    await move(CENTER);
    const expected = await everyAnswer(from);
    expect(JSON.stringify(expected)).toContain(CELL);
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.constantFrom(...CORNERS), inCell), async (position) => {
        await move(position);
        expect(await everyAnswer(from)).toEqual(expected);
      }),
      { numRuns: LONG ? 40 : engine === 'sqlite' ? 8 : 3 },
    );
    // The same answers do change where it leaves the cell: the test would see it.
    await move({ lon: CENTER.lon + 0.2, lat: CENTER.lat });
    expect(await everyAnswer(from)).not.toEqual(expected);
  }, 240_000);

  it('is not found by asking from 200 points, with any limit; an open place is', async () => {
    const points = Array.from({ length: 200 }, (_, i): LonLat => {
      const [angle, radius] = [i * 2.399963, 0.004 + (i / 200) * 0.09];
      return { lon: CENTER.lon + (radius * Math.cos(angle)) / 0.7, lat: CENTER.lat + radius * Math.sin(angle) };
    });
    const estimates: LonLat[] = [];
    for (const position of [SECRET, CORNERS[0]!, CORNERS[3]!]) {
      await move(position);
      const { told, limits } = await attack('refuge-house', points);
      expect(told.filter((way) => way !== null)).toEqual([]);
      estimates.push(locate(points, limits));
    }
    for (const estimate of estimates) expect(estimate).toEqual(estimates[0]);
    const errors = [SECRET, CORNERS[0]!, CORNERS[3]!].map((at, i) => haversine(at.lon, at.lat, estimates[i]!.lon, estimates[i]!.lat));
    expect(Math.max(...errors)).toBeGreaterThan(1000);

    const open = await attack('link3', points);
    const found = locate(points, open.limits);
    const at = doors().location![3] as unknown as { longitude: number; latitude: number };
    expect(haversine(at.longitude, at.latitude, found.lon, found.lat)).toBeLessThan(150);
  }, 240_000);

  /** From each point: the way that is told, and the least limit within which the place is still in the answer. */
  async function attack(id: string, points: readonly LonLat[]): Promise<{ told: (number | null)[]; limits: number[] }> {
    const told: (number | null)[] = [];
    const limits: number[] = [];
    const ask = (near: LonLat, meters: number) =>
      caller().find.match({ near, travel: { mode: 'drive', meters }, needs: [{ term: 'safety' }], limit: 100 });
    for (const near of points) {
      const match = (await ask(near, 60_000)).matches.find(({ resource }) => resource.id === id);
      told.push(match!.meters);
      let [low, high] = [0, 60_000];
      while (high - low > 20) {
        const middle = (low + high) / 2;
        if ((await ask(near, middle)).matches.some(({ resource }) => resource.id === id)) high = middle;
        else low = middle;
      }
      limits.push(high);
    }
    return { told, limits };
  }
});

/** The position from which the distances fit the limits best, whatever the detour and whatever is taken off. */
function locate(points: readonly LonLat[], limits: readonly number[]): LonLat {
  let best = { at: CENTER, error: Infinity };
  for (let step = 0.02; step > 0.00002; step /= 2) {
    const from = best.at;
    for (let x = -4; x <= 4; x++) {
      for (let y = -4; y <= 4; y++) {
        const at = { lon: from.lon + x * step, lat: from.lat + y * step };
        const error = misfit(
          points.map(({ lon, lat }) => haversine(lon, lat, at.lon, at.lat)),
          limits,
        );
        if (error < best.error) best = { at, error };
      }
    }
  }
  return best.at;
}

/** What a straight line through (distance, limit) leaves over; limits of nothing say nothing. */
function misfit(distances: readonly number[], limits: readonly number[]): number {
  const used = distances.map((distance, i) => [distance, limits[i]!] as const).filter(([, limit]) => limit > 40);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(used.map(([distance]) => distance)), mean(used.map(([, limit]) => limit))];
  const slope = mean(used.map(([d, l]) => (d - x) * (l - y))) / mean(used.map(([d]) => (d - x) ** 2));
  return mean(used.map(([d, l]) => (l - y - slope * (d - x)) ** 2));
}

// The thread for travel times: the same answers as without it, one thread for all questions, and an end with the server.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTravelTimes, type StreetRegion, type TravelPoints } from '#shared/geo/travel.ts';
import { Emitter } from '#shared/platform/event.ts';
import { createBackground, type OwnBackground } from '#server/background.ts';
import type { TravelThread } from '#server/deps.ts';
import { createTravelThread } from '#server/streets/travel-thread.ts';
import { DEGREE, gridTown } from '../geo/builders.ts';

const regions = [{ data: gridTown(12) }];
const travel = createTravelTimes(regions);
const at = (east: number, north: number) => ({ lon: east / DEGREE, lat: north / DEGREE });
const points = (places: { lon: number; lat: number }[]): TravelPoints => ({
  lon: places.map(({ lon }) => lon),
  lat: places.map(({ lat }) => lat),
});
const cells = points([at(0, 0), at(330, 20), at(1100, 900), at(90_000, 0)]);
const sites = points([at(550, 550), at(1000, 0)]);

let background: OwnBackground;
let thread: TravelThread;
let loads = 0;
let streets: readonly StreetRegion[] = regions;
const changed = new Emitter<number>();
beforeAll(() => {
  background = createBackground();
  thread = createTravelThread({
    background,
    streets: { regions: () => (loads++, Promise.resolve(streets)), onDidChange: changed.event },
  });
});
afterAll(() => background.close());

test('answers as travel times do, however many ask at once', async () => {
  const asked = await Promise.all([
    thread.pairs(cells, 'walk', sites, { seconds: 900 }),
    thread.nearest(cells, 'drive', sites, {}),
    thread.reach(at(500, 500), 'walk', 300),
    // The same points again, which the thread has by now.
    thread.pairs(cells, 'drive', sites, {}),
  ]);
  expect(asked).toEqual([
    travel.pairs(cells, 'walk', sites, { seconds: 900 }),
    travel.nearest(cells, 'drive', sites, {}),
    travel.reach(at(500, 500), 'walk', 300),
    travel.pairs(cells, 'drive', sites, {}),
  ]);
  expect(loads).toBe(1);
});

test('new streets are taken over while others go on being asked, and no answer is lost', async () => {
  const south = createTravelTimes([{ data: gridTown(4) }]);
  const far = at(900, 900);
  const before = travel.reach(far, 'walk', 300);
  expect(await thread.reach(far, 'walk', 300)).toEqual(before);
  streets = [{ data: gridTown(4) }];
  changed.fire(1);
  const after = south.reach(far, 'walk', 300);
  expect(after).not.toEqual(before);
  for (let asked = 0; ; asked++) {
    const [answer, pairs] = await Promise.all([thread.reach(far, 'walk', 300), thread.pairs(cells, 'walk', sites, {})]);
    expect(pairs.firstPair).toHaveLength(5);
    if (JSON.stringify(answer) === JSON.stringify(after)) break;
    expect(answer).toEqual(before);
    expect(asked).toBeLessThan(10_000);
  }
  // The same streets again: no other thread.
  changed.fire(2);
  expect(await thread.reach(far, 'walk', 300)).toEqual(after);
});

test('what was not begun when whoever asked went away is not begun', async () => {
  const gone = new AbortController();
  const long = thread.pairs(cells, 'walk', sites, {});
  const asked = Array.from({ length: 5 }, () => thread.pairs(cells, 'drive', sites, { signal: gone.signal }));
  const after = thread.reach(at(500, 500), 'walk', 120);
  gone.abort(new Error('gone'));
  for (const one of asked) await expect(one).rejects.toThrow('gone');
  expect((await long).firstPair).toHaveLength(5);
  expect((await after).rings.length).toBeGreaterThan(0);
  await expect(thread.pairs(cells, 'walk', sites, { signal: gone.signal })).rejects.toThrow('gone');
});

test('whoever waits while the server closes is told', async () => {
  const closing = createBackground();
  const other = createTravelThread({
    background: closing,
    streets: { regions: () => Promise.resolve(regions), onDidChange: changed.event },
  });
  await other.reach(at(0, 0), 'walk', 60);
  const waits = Promise.allSettled(Array.from({ length: 20 }, () => other.reach(at(500, 500), 'drive', 3600)));
  await closing.close();
  const ends = await waits;
  expect(ends.some((end) => end.status === 'rejected' && /ended/.test(String(end.reason)))).toBe(true);
  await expect(other.reach(at(0, 0), 'walk', 60)).rejects.toThrow('closing');
});

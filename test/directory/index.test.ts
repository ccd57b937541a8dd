// The directory index against brute force: nearest, boxes, changes and slices give what a plain loop over the resources gives.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BitSet, DirectoryIndex } from '../../shared/directory/index.ts';
import type { ResourceInput } from '../../shared/directory/resource.ts';
import type { Timetable } from '../../shared/directory/timetable.ts';
import { haversine } from '../../shared/geo/distance.ts';
import { resource, syntheticResources } from './resources.ts';

// Edges of the world come up as often as everything between.
const lon = fc.oneof(fc.double({ min: -180, max: 180, noNaN: true }), fc.constantFrom(-180, 180, 179.9999, -179.9999, 0));
const lat = fc.oneof(fc.double({ min: -90, max: 90, noNaN: true }), fc.constantFrom(-90, 90, 89.9999, -89.9999, 0));
const position = fc.record({ lon, lat });
/** Ten-millionths of a degree, as the index keeps them. */
const kept = (degrees: number) => Math.round(degrees * 1e7) / 1e7 || 0;

const NEEDS = ['food', 'shelter', 'health', 'rare'];
const resourceArbitrary = (id: string): fc.Arbitrary<ResourceInput> =>
  fc
    .record({
      at: fc.option(position, { freq: 8 }),
      hidden: fc.boolean(),
      needs: fc.subarray(NEEDS),
      languages: fc.subarray(['en', 'es', 'ar']),
      type: fc.constantFrom('pantry', 'shelter', null),
      rule: fc.constantFrom('a/one', 'a/two', null),
      name: fc.oneof(fc.string({ maxLength: 300 }), fc.string({ unit: 'grapheme', maxLength: 40 })),
      verified: fc.constantFrom('2026-01-31', null),
      capacity: fc.constantFrom({ available: 3, maximum: null, updated: '2026-11-22T10:00:00Z' }, null),
      timetable: fc.constantFrom<Timetable | null>(
        { zone: 'UTC', lines: [{ freq: 'WEEKLY' as const, byday: ['MO'], opens: 540, closes: 600 }] },
        null,
      ),
    })
    .map(({ at, hidden, name, ...rest }) =>
      resource({
        id,
        ...rest,
        service: { id: `s-${id}`, name },
        hidden,
        cell: hidden ? '872834701ffffff' : null,
        lon: at && !hidden ? kept(at.lon) : null,
        lat: at && !hidden ? kept(at.lat) : null,
        address: hidden ? null : `${id} Street`,
      }),
    );

const directory = fc
  .integer({ min: 0, max: 150 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, i) => resourceArbitrary(i % 3 === 0 ? `r${i}` : crypto.randomUUID()))));

function nearestByHand(
  resources: readonly ResourceInput[],
  from: { lon: number; lat: number },
  count: number,
  maxMeters: number,
): { id: string; meters: number }[] {
  return resources
    .filter((one) => one.lon !== null && one.lat !== null)
    .map((one) => ({ id: one.id, meters: haversine(from.lon, from.lat, one.lon!, one.lat!) }))
    .filter((one) => one.meters <= maxMeters)
    .sort((a, b) => a.meters - b.meters)
    .slice(0, count);
}

function contentOf(index: DirectoryIndex): ResourceInput[] {
  return [...index.rowsAll().toArray()].map((row) => index.resource(row)).sort((a, b) => (a.id < b.id ? -1 : 1));
}

const byId = (resources: readonly ResourceInput[]) => [...resources].sort((a, b) => (a.id < b.id ? -1 : 1));

describe('nearest', () => {
  it('gives the distances that a loop over all resources gives, over the antimeridian and the poles too', () => {
    fc.assert(
      fc.property(
        directory,
        position,
        fc.integer({ min: 1, max: 20 }),
        fc.option(fc.double({ min: 1, max: 2e7, noNaN: true })),
        (resources, from, count, reach) => {
          const index = DirectoryIndex.build(resources);
          const maxMeters = reach ?? Infinity;
          const found = index.nearest(from.lon, from.lat, { count, maxMeters });
          const expected = nearestByHand(resources, from, count, maxMeters);
          // At the very limit of reach, and among equals, rounding may choose another one; never another distance.
          const inside = expected.filter((one) => one.meters < maxMeters * (1 - 1e-9));
          expect(found.rows.length).toBeGreaterThanOrEqual(inside.length);
          expect(found.rows.length).toBeLessThanOrEqual(nearestByHand(resources, from, count, maxMeters * (1 + 1e-9) + 0.01).length);
          found.meters.forEach((meters, i) => {
            if (i < inside.length) expect(Math.abs(meters - inside[i]!.meters)).toBeLessThan(0.05 + meters * 1e-7);
          });
        },
      ),
      { numRuns: 200 },
    );
  });

  it('gives the same with a filter as bits, as a test, and by hand', () => {
    fc.assert(
      fc.property(directory, position, fc.constantFrom(...NEEDS), fc.integer({ min: 1, max: 400 }), (resources, from, need, count) => {
        const index = DirectoryIndex.build(resources);
        const byBits = index.nearest(from.lon, from.lat, { count, filter: index.rowsWithNeed(need) });
        const byTest = index.nearest(from.lon, from.lat, { count, filter: (row) => index.needsOf(row).includes(need) });
        expect(byBits).toEqual(byTest);
        const expected = nearestByHand(
          resources.filter((one) => one.needs.includes(need)),
          from,
          count,
          Infinity,
        );
        expect([...byBits.meters].map((meters) => Math.round(meters))).toEqual(expected.map((one) => Math.round(one.meters)));
      }),
      { numRuns: 200 },
    );
  });
});

describe('circles', () => {
  it('hold what lies in them, with its distance, at the poles and over the antimeridian too', () => {
    fc.assert(
      fc.property(
        directory,
        position,
        fc.constantFrom(10, 20_000, 126_000, 128_000, 2_000_000, 30_000_000),
        (resources, from, maxMeters) => {
          const index = DirectoryIndex.build(resources);
          const { rows, meters } = index.withinMeters(from.lon, from.lat, maxMeters);
          const nearest = index.nearest(from.lon, from.lat, { maxMeters });
          const order = [...nearest.rows.keys()].sort((a, b) => nearest.rows[a]! - nearest.rows[b]!);
          expect([...rows]).toEqual(order.map((i) => nearest.rows[i]!));
          for (const [i, at] of order.entries()) expect(Math.abs(meters[i]! - nearest.meters[at]!)).toBeLessThan(1e-5);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('follow changes and hold only the rows that are asked for', () => {
    const built = DirectoryIndex.build(syntheticResources(3000));
    const [gone, ...moved] = [...built.nearest(-95, 40, { count: 40 }).rows].map((row) => built.resource(row));
    const index = built.apply({ removed: [gone!.id], upserts: moved.map((one) => ({ ...one, summary: 'changed' })) });
    for (const filter of [null, index.rowsWithNeed(moved[0]!.needs[0]!)]) {
      const { rows } = index.withinMeters(-95, 40, 2_000_000, filter);
      const nearest = index.nearest(-95, 40, { maxMeters: 2_000_000, ...(filter ? { filter } : {}) });
      expect(rows.length).toBeGreaterThan(10);
      expect([...rows].sort((a, b) => a - b)).toEqual([...nearest.rows].sort((a, b) => a - b));
    }
  });
});

describe('boxes', () => {
  it('hold what lies in them, over the antimeridian too', () => {
    fc.assert(
      fc.property(directory, position, position, (resources, a, b) => {
        const index = DirectoryIndex.build(resources);
        const [west, east, south, north] = [a.lon, b.lon, Math.min(a.lat, b.lat), Math.max(a.lat, b.lat)];
        const inside = ({ lon: x, lat: y }: ResourceInput) =>
          x !== null && y !== null && y >= south && y <= north && (west <= east ? x >= west && x <= east : x >= west || x <= east);
        const found = new Set(index.within([west, south, east, north]).map((row) => index.id(row)));
        expect(found).toEqual(new Set(resources.filter(inside).map((one) => one.id)));
      }),
      { numRuns: 200 },
    );
  });

  it('bound all positions', () => {
    expect(DirectoryIndex.build([]).bounds()).toBeNull();
    const index = DirectoryIndex.build([
      resource({ id: 'a', lon: -3, lat: 5 }),
      resource({ id: 'b', lon: 9, lat: -1 }),
      resource({ id: 'c' }),
    ]);
    expect(index.bounds()).toEqual([-3, -1, 9, 5]);
  });
});

describe('content', () => {
  it('is read back as it was given', () => {
    fc.assert(
      fc.property(directory, (resources) => {
        const index = DirectoryIndex.build(resources);
        expect(contentOf(index)).toEqual(byId(resources));
        for (const one of resources) expect(index.id(index.findRow(one.id)!)).toBe(one.id);
        expect(index.findRow('nobody')).toBeUndefined();
      }),
      { numRuns: 100 },
    );
  });

  it('holds sets by need, language, type', () => {
    fc.assert(
      fc.property(directory, (resources) => {
        const index = DirectoryIndex.build(resources);
        const ids = (rows: BitSet) => new Set([...rows.toArray()].map((row) => index.id(row)));
        for (const need of NEEDS)
          expect(ids(index.rowsWithNeed(need))).toEqual(new Set(resources.filter((one) => one.needs.includes(need)).map((one) => one.id)));
        expect(ids(index.rowsWithLanguage('es'))).toEqual(
          new Set(resources.filter((one) => one.languages.includes('es')).map((one) => one.id)),
        );
        expect(ids(index.rowsOfType('pantry'))).toEqual(new Set(resources.filter((one) => one.type === 'pantry').map((one) => one.id)));
        expect(ids(index.rowsHidden())).toEqual(new Set(resources.filter((one) => one.hidden).map((one) => one.id)));
        expect(index.rowsWithAnyNeed(['food', 'rare']).size).toBe(
          resources.filter((one) => one.needs.includes('food') || one.needs.includes('rare')).length,
        );
      }),
      { numRuns: 50 },
    );
  });

  it('has room for more distinct values than two bytes count', () => {
    const index = DirectoryIndex.build(Array.from({ length: 70_000 }, (_, i) => resource({ id: `r${i}`, rule: `agency/rule-${i}` })));
    expect(index.rule(index.findRow('r69999')!)).toBe('agency/rule-69999');
    expect(index.rule(index.findRow('r3')!)).toBe('agency/rule-3');
  });
});

describe('changes', () => {
  const change = fc.record({
    upserts: fc
      .array(fc.nat(120), { maxLength: 20 })
      .chain((ids) => fc.tuple(...[...new Set(ids)].map((id) => resourceArbitrary(`r${id}`)))),
    removed: fc.array(
      fc.nat(120).map((id) => `r${id}`),
      { maxLength: 10 },
    ),
  });

  it('give an index that equals one built anew, folded or not', async () => {
    await fc.assert(
      fc.asyncProperty(directory, fc.array(change, { maxLength: 6 }), position, async (start, changes, from) => {
        let index = DirectoryIndex.build(start, '0');
        const truth = new Map(start.map((one) => [one.id, one]));
        for (const [i, { upserts, removed }] of changes.entries()) {
          index = index.apply({ upserts, removed: removed.filter((id) => !upserts.some((one) => one.id === id)) }, String(i + 1));
          for (const id of removed) truth.delete(id);
          for (const one of upserts) truth.set(one.id, one);
        }
        const expected = [...truth.values()];
        const folded = await index.fold(async () => {});
        for (const one of [index, folded]) {
          expect(contentOf(one)).toEqual(byId(expected));
          expect(one.size).toBe(expected.length);
          expect([...one.nearest(from.lon, from.lat, { count: 7 }).meters].map(Math.round)).toEqual(
            nearestByHand(expected, from, 7, Infinity).map((near) => Math.round(near.meters)),
          );
          expect(one.rowsWithNeed('food').size).toBe(expected.filter((given) => given.needs.includes('food')).length);
          expect(one.version).toBe(String(changes.length));
        }
      }),
      { numRuns: 100 },
    );
  });

  it('leave the versions before as they were, whichever of them is changed', () => {
    const base = DirectoryIndex.build([resource({ id: 'a', lon: 1, lat: 1 }), resource({ id: 'b', lon: 2, lat: 2 })], '1');
    const left = base.apply({ upserts: [resource({ id: 'c', lon: 3, lat: 3 })], removed: ['a'] }, '2');
    const right = base.apply({ upserts: [resource({ id: 'd', lon: 4, lat: 4 })], removed: [] }, '3');
    const ids = (index: DirectoryIndex) => contentOf(index).map((one) => one.id);
    expect(ids(base)).toEqual(['a', 'b']);
    expect(ids(left)).toEqual(['b', 'c']);
    expect(ids(right)).toEqual(['a', 'b', 'd']);
  });

  it('ask to be folded when they are many', () => {
    const base = DirectoryIndex.build(syntheticResources(1000));
    expect(base.needsFolding).toBe(false);
    expect(base.apply({ upserts: [...syntheticResources(600, 2)], removed: [] }).needsFolding).toBe(true);
  });
});

describe('slices', () => {
  it('become the same index again through JSON', () => {
    fc.assert(
      fc.property(directory, position, (resources, from) => {
        const index = DirectoryIndex.build(resources, '7');
        const rows = index
          .rowsAll()
          .toArray()
          .filter((row) => row % 2 === 0);
        const { slice, rows: order } = index.toSlice(rows);
        const copy = DirectoryIndex.fromSlice(JSON.parse(JSON.stringify(slice)));
        expect(copy.version).toBe('7');
        expect([...order].sort((a, b) => a - b)).toEqual([...rows]);
        order.forEach((row, i) => expect(copy.resource(i)).toEqual(index.resource(row)));
        const chosen = new Set(rows);
        const expected = index.nearest(from.lon, from.lat, { count: 5, filter: (row) => chosen.has(row) });
        expect([...copy.nearest(from.lon, from.lat, { count: 5 }).meters]).toEqual([...expected.meters]);
      }),
      { numRuns: 100 },
    );
  });

  it('of 20,000 services weigh less than 3 MB on the wire', async () => {
    const { gzipSync } = await import('node:zlib');
    const index = DirectoryIndex.build(syntheticResources(20_000));
    expect(gzipSync(JSON.stringify(index.toSlice(index.rowsAll().toArray()).slice)).length).toBeLessThan(3_000_000);
  });
});

describe('hidden resources', () => {
  it('have no position and no address in any structure, even where the caller hands them in', () => {
    const canary = resource({
      id: 'h',
      hidden: true,
      cell: '872834701ffffff',
      lon: -93.1234567,
      lat: 44.7654321,
      address: '77 Canary Lane',
    });
    const index = DirectoryIndex.build([canary, resource({ id: 'a', lon: -93, lat: 44 })]);
    const later = index.apply({ upserts: [{ ...canary, id: 'h2' }], removed: [] });
    for (const one of [index, later]) {
      const row = one.findRow('h')!;
      expect([one.lon(row), one.lat(row), one.address(row)]).toEqual([NaN, NaN, null]);
      expect(one.bounds()).toEqual([-93, 44, -93, 44]);
      expect(one.nearest(-93.1234567, 44.7654321).rows.length).toBe(1);
      expect(one.within([-180, -90, 180, 90]).length).toBe(1);
      const slice = JSON.stringify(one.toSlice(one.rowsAll().toArray()).slice);
      for (const secret of ['1234567', '7654321', 'Canary']) expect(slice).not.toContain(secret);
      expect(one.cell(row)).toBe('872834701ffffff');
    }
  });
});

describe('bit sets', () => {
  const sets = fc
    .integer({ min: 1, max: 5000 })
    .chain((length) =>
      fc.tuple(
        fc.constant(length),
        fc.uniqueArray(fc.nat(length - 1), { maxLength: 60 }),
        fc.uniqueArray(fc.nat(length - 1), { maxLength: 60 }),
      ),
    );

  it('do what sets of numbers do', () => {
    fc.assert(
      fc.property(sets, fc.nat(5000), fc.nat(5000), ([length, a, b], from, to) => {
        const [one, other] = [BitSet.of(length, a), BitSet.of(length, b)];
        const sorted = (members: number[]) => [...members].sort((x, y) => x - y);
        expect([...one.toArray()]).toEqual(sorted(a));
        expect(one.size).toBe(a.length);
        expect([...one.and(other).toArray()]).toEqual(sorted(a.filter((x) => b.includes(x))));
        expect([...one.or(other).toArray()]).toEqual(sorted([...new Set([...a, ...b])]));
        expect([...one.andNot(other).toArray()]).toEqual(sorted(a.filter((x) => !b.includes(x))));
        const [low, high] = [Math.min(from, to, length), Math.min(Math.max(from, to), length)];
        expect(one.anyIn(low, high)).toBe(a.some((x) => x >= low && x < high));
        expect(BitSet.full(length).size).toBe(length);
        expect([...one.clone(length + 7).toArray()]).toEqual(sorted(a));
        expect([...one.clone(low).toArray()]).toEqual(sorted(a.filter((x) => x < low)));
      }),
      { numRuns: 200 },
    );
  });
});

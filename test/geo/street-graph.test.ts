import { describe, expect, it, test } from 'vitest';
import fc from 'fast-check';
import { StreetGraph } from '#shared/geo/street-graph.ts';
import { createTravelTimes } from '#shared/geo/travel.ts';
import { ringsContain, ringsToPolygons } from '#shared/geo/contour.ts';
import { DEGREE, graphOf, gridTown, plainDijkstra, type Way } from './builders.ts';

const at = (east: number, north: number) => ({ lon: east / DEGREE, lat: north / DEGREE });
const everywhere = {};

/** Seconds on foot beside the street, for so many metres. */
const beside = (meters: number) => meters / (4.8 / 3.6);

describe('street graph', () => {
  const town = createTravelTimes([{ data: gridTown(5) }]);

  test.each([
    ['along one street', at(10, 0), at(60, 0), 50, 50],
    ['round a corner', at(10, 0), at(100, 50), 140, 140],
    ['from a place beside the street', at(50, 20), at(250, 0), 220, 200 + beside(20)],
    ['to where one stands', at(50, 20), at(50, 20), 0, 0],
    ['across the whole town', at(0, 0), at(400, 400), 800, 800],
  ])('walks %s', (_, from, to, meters, seconds) => {
    const travel = town.toPoints(from, 'walk', { lon: [to.lon], lat: [to.lat] }, everywhere);
    expect(travel.meters[0]).toBeCloseTo(meters, 0);
    expect(travel.seconds[0]).toBeCloseTo(seconds, 0);
    expect(travel.estimated[0]).toBe(0);
  });

  it('keeps to one-way streets by car, and not on foot', () => {
    const data = graphOf(
      [at(0, 0), at(100, 0), at(100, 100), at(0, 100)],
      [
        { from: 0, to: 1, meters: 100, oneWay: true },
        { from: 1, to: 0, meters: 100, oneWay: true, drive: Infinity },
        { from: 1, to: 2, meters: 100 },
        { from: 2, to: 3, meters: 100 },
        { from: 3, to: 0, meters: 100 },
      ],
    );
    const streets = createTravelTimes([{ data }]);
    const way = (from: { lon: number; lat: number }, to: { lon: number; lat: number }, mode: 'walk' | 'drive') =>
      Math.round(streets.toPoints(from, mode, { lon: [to.lon], lat: [to.lat] }, everywhere).meters[0] as number);
    expect(way(at(20, 0), at(80, 0), 'drive')).toBe(60);
    expect(way(at(80, 0), at(20, 0), 'drive')).toBe(20 + 300 + 20);
    expect(way(at(80, 0), at(20, 0), 'walk')).toBe(60);
  });

  it('snaps only to streets that the mode may use', () => {
    const data = gridTown(3, (way) => (way.from === 0 && way.to === 1 ? { ...way, drive: Infinity } : way));
    const graph = new StreetGraph(data);
    expect(graph.snap(at(50, 5), 'walk')?.meters).toBeCloseTo(5, 1);
    expect(graph.snap(at(50, 5), 'drive')?.meters).toBeGreaterThan(40);
    expect(graph.snap({ lon: NaN, lat: 0 }, 'walk')).toBeNull();
    expect(graph.snap(at(5000, 0), 'walk')).toBeNull();
  });

  it('stops at the limit, in seconds and in metres', () => {
    const points = { lon: [100, 250, 399].map((x) => x / DEGREE), lat: [0, 0, 0] };
    expect([...town.toPoints(at(0, 0), 'walk', points, { seconds: 260 }).seconds].map(Math.round)).toEqual([100, 250, Infinity]);
    expect([...town.toPoints(at(0, 0), 'walk', points, { meters: 120 }).meters].map(Math.round)).toEqual([100, Infinity, Infinity]);
  });

  it('estimates beyond the streets, and says so', () => {
    const travel = town.toPoints(at(0, 0), 'walk', { lon: [2000 / DEGREE, NaN], lat: [0, 0] }, everywhere);
    expect(travel.meters[0]).toBeCloseTo(2600, 0);
    expect([...travel.estimated]).toEqual([1, 1]);
    expect(travel.seconds[1]).toBe(Infinity);
    expect(town.path(at(0, 0), at(2000, 0), 'walk')).toBeNull();
  });

  it('gives the way itself, from door to door', () => {
    const path = town.path(at(50, 10), at(100, 50), 'walk')?.map(([lon, lat]) => [Math.round(lon * DEGREE), Math.round(lat * DEGREE)]);
    expect(path).toEqual([
      [50, 10],
      [50, 0],
      [100, 0],
      [100, 50],
    ]);
  });

  it('refuses arrays that do not fit together', () => {
    const data = gridTown(2);
    expect(() => new StreetGraph({ ...data, meters: data.meters.slice(1) })).toThrow('fit together');
    expect(() => new StreetGraph({ ...data, target: data.target.map(() => 99) })).toThrow('node 99');
    expect(() => new StreetGraph({ ...data, walkSeconds: data.walkSeconds.map(() => -1) })).toThrow('negative');
  });

  it('refuses to read a search that a later one has overwritten', () => {
    const graph = new StreetGraph(gridTown(3));
    const start = graph.snap(at(0, 0), 'walk');
    if (!start) throw new Error('The crossing lies on a street');
    const tree = graph.search(start, 'walk');
    graph.search(start, 'walk');
    expect(() => tree.secondsTo(0)).toThrow('over');
  });
});

describe('laws of the street graph', () => {
  const randomTown = fc
    .record({
      size: fc.integer({ min: 2, max: 7 }),
      costs: fc.array(fc.integer({ min: 100, max: 900 }), { minLength: 90, maxLength: 90 }),
      missing: fc.array(fc.boolean(), { minLength: 90, maxLength: 90 }),
      oneWays: fc.array(fc.boolean(), { minLength: 90, maxLength: 90 }),
    })
    .map(({ size, costs, missing, oneWays }) => {
      let i = 0;
      return gridTown(size, (way): Way | null => {
        const k = i++;
        if (missing[k] && missing[(k * 7) % 90]) return null;
        return { ...way, walk: costs[k] as number, oneWay: (oneWays[k] && oneWays[(k * 3) % 90]) as boolean };
      });
    });
  const place = fc.record({ east: fc.double({ min: 0, max: 600, noNaN: true }), north: fc.double({ min: 0, max: 600, noNaN: true }) });

  it('agrees with a textbook Dijkstra', () => {
    fc.assert(
      fc.property(randomTown, fc.nat(), (data, seed) => {
        if (data.target.length === 0) return;
        const graph = new StreetGraph(data);
        const from = graph.source[seed % graph.edges] as number;
        const start = graph.snap({ lon: data.lon[from] as number, lat: data.lat[from] as number }, 'walk');
        if (!start) throw new Error('A node with a street lies on it');
        const tree = graph.search(start, 'walk');
        const oracle = plainDijkstra(data, from, data.walkSeconds);
        for (let n = 0; n < graph.nodes; n++) {
          const there = graph.snap({ lon: data.lon[n]!, lat: data.lat[n]! }, 'walk');
          // What is on no street lies beside another one, and is no node of the search.
          if (there && there.meters < 1e-6) expect(tree.way(there).seconds).toBeCloseTo(oracle[n] as number, 2);
        }
      }),
    );
  });

  it('keeps the triangle inequality', () => {
    fc.assert(
      fc.property(randomTown, place, place, place, (data, ...places) => {
        if (data.target.length === 0) return;
        const graph = new StreetGraph(data);
        const [a, b, c] = places.map((p) => graph.snap(at(p.east, p.north), 'walk'));
        if (!a || !b || !c) return;
        const [ab, ac] = graph.toSnaps(a, 'walk', [b, c]).seconds as unknown as [number, number];
        const [bc] = graph.toSnaps(b, 'walk', [c]).seconds as unknown as [number];
        expect(ac).toBeLessThanOrEqual(ab + bc + 0.01);
      }),
    );
  });

  it('is symmetric where every street is two-way', () => {
    fc.assert(
      fc.property(randomTown, place, place, (data, ...places) => {
        const twoWay = gridTown(Math.sqrt(data.lon.length), (way) => ({ ...way, walk: (data.walkSeconds[way.from] ?? 100) + 1 }));
        const graph = new StreetGraph(twoWay);
        const [a, b] = places.map((p) => graph.snap(at(p.east, p.north), 'walk'));
        if (!a || !b) return;
        expect(graph.toSnaps(a, 'walk', [b]).seconds[0]).toBeCloseTo(graph.toSnaps(b, 'walk', [a]).seconds[0] as number, 1);
      }),
    );
  });

  it('is no longer with a limit than without, and complete below it', () => {
    fc.assert(
      fc.property(
        randomTown,
        place,
        fc.array(place, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 50, max: 3000 }),
        (data, from, to, seconds) => {
          if (data.target.length === 0) return;
          const streets = createTravelTimes([{ data }]);
          const points = { lon: to.map((p) => p.east / DEGREE), lat: to.map((p) => p.north / DEGREE) };
          const all = streets.toPoints(at(from.east, from.north), 'walk', points, {}).seconds;
          const limited = streets.toPoints(at(from.east, from.north), 'walk', points, { seconds }).seconds;
          for (const [i, s] of all.entries()) expect(limited[i]).toBe(s <= seconds ? s : Infinity);
        },
      ),
    );
  });
});

describe('reach', () => {
  const streets = createTravelTimes([{ data: gridTown(31) }]);
  const from = at(1500, 1500);

  it('holds what is reached in time and nothing far beyond', () => {
    const { rings, estimated } = streets.reach(from, 'walk', 600);
    expect(estimated).toBe(false);
    expect(rings).toHaveLength(1);
    expect(rings[0]?.[0]).toEqual(rings[0]?.at(-1));
    for (let n = 0; n < 31 * 31; n++) {
      const there = at((n % 31) * 100, Math.floor(n / 31) * 100);
      const seconds = streets.toPoints(from, 'walk', { lon: [there.lon], lat: [there.lat] }, everywhere).seconds[0] as number;
      if (seconds < 595) expect(ringsContain(rings, there.lon, there.lat), `${n} at ${seconds} s`).toBe(true);
      if (seconds > 800) expect(ringsContain(rings, there.lon, there.lat), `${n} at ${seconds} s`).toBe(false);
    }
  });

  it('grows with the time', () => {
    const box = (seconds: number) => {
      const lons = streets
        .reach(from, 'walk', seconds)
        .rings.flat()
        .map(([lon]) => lon);
      return Math.max(...lons) - Math.min(...lons);
    };
    expect(box(300)).toBeLessThan(box(600));
    expect(box(600)).toBeLessThan(box(1200));
  });

  it('leaves a large hole open and closes a small one', () => {
    const withHole = (from: number, to: number) =>
      createTravelTimes([
        {
          data: gridTown(31, (way) => {
            const inside = (n: number) => n % 31 > from && n % 31 < to && Math.floor(n / 31) > from && Math.floor(n / 31) < to;
            return inside(way.from) || inside(way.to) ? null : way;
          }),
        },
      ]);
    const { rings } = withHole(8, 22).reach(at(500, 500), 'walk', 6000);
    expect(rings).toHaveLength(2);
    expect(ringsToPolygons(rings).map((polygon) => polygon.length)).toEqual([2]);
    expect(withHole(14, 16).reach(at(500, 500), 'walk', 6000).rings).toHaveLength(1);
  });

  it('is a circle, called an estimate, where there are no streets', () => {
    expect(createTravelTimes().reach(from, 'walk', 600)).toMatchObject({ estimated: true });
    expect(createTravelTimes().reach(from, 'walk', 600).rings).toHaveLength(1);
  });
});

import { createHash } from 'node:crypto';
import type { Feature, LineString, Polygon, Position } from 'geojson';
import { describe, expect, it, test } from 'vitest';
import { ringsContain } from '#shared/geo/contour.ts';
import { haversine } from '#shared/geo/distance.ts';
import { StreetGraph } from '#shared/geo/street-graph.ts';
import type { TravelMode } from '#shared/geo/travel.ts';
import { portAlderBasemap } from '../../plugins/demo-town/basemap.ts';
import { portAlderAddresses } from '../../plugins/demo-town/geocoder.ts';
import { PEOPLE, population, portAlderPeople } from '../../plugins/demo-town/population.ts';
import { portAlderStreets } from '../../plugins/demo-town/street-graph.ts';
import { Random, smoothNoise } from '../../plugins/demo-town/town/random.ts';
import { COUNTY_BOUNDS, fromLonLat, toLonLat } from '../../plugins/demo-town/town/projection.ts';

const layers = await portAlderBasemap();
const graph = await portAlderStreets();
const featuresOf = (layer: string, ...kinds: string[]): Feature[] =>
  (layers[layer]?.features ?? []).filter(({ properties }) => kinds.length === 0 || kinds.includes(properties?.['kind'] as string));
const ringsOf = (feature: Feature) => (feature.geometry as Polygon).coordinates as [number, number][][];
const land = featuresOf('earth').flatMap(ringsOf);
const river = featuresOf('water', 'river', 'ocean').filter(({ geometry }) => geometry.type === 'Polygon');

/** Points every 25 m along a line of [lon, lat], its ends left out. */
function pointsAlong(line: Position[]): [number, number][] {
  return line.slice(1).flatMap(([lon = 0, lat = 0], i) => {
    const [fromLon = 0, fromLat = 0] = line[i] as Position;
    const steps = Math.ceil(haversine(fromLon, fromLat, lon, lat) / 25);
    return Array.from({ length: steps }, (_, k): [number, number] => {
      const share = (k + 0.5) / steps;
      return [fromLon + (lon - fromLon) * share, fromLat + (lat - fromLat) * share];
    });
  });
}

describe('chance', () => {
  it('is the same for the same seed, and even', () => {
    const numbers = Array.from(
      { length: 5 },
      (
        (random) => () =>
          random.next()
      )(new Random('Port Alder')),
    );
    expect(numbers).toEqual(
      Array.from(
        { length: 5 },
        (
          (random) => () =>
            random.next()
        )(new Random('Port Alder')),
      ),
    );
    const many = new Random(7);
    const mean = Array.from({ length: 20_000 }, () => many.next()).reduce((a, b) => a + b) / 20_000;
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.01);
    expect(new Random(1).shuffle([1, 2, 3, 4]).toSorted()).toEqual([1, 2, 3, 4]);
  });

  it('makes smooth noise between -1 and 1', () => {
    for (let i = 0; i < 500; i++) {
      const [x, y] = [i * 0.173, i * -0.311];
      expect(Math.abs(smoothNoise(x, y, 3))).toBeLessThanOrEqual(1);
      expect(Math.abs(smoothNoise(x, y, 3) - smoothNoise(x + 0.001, y, 3))).toBeLessThan(0.01);
    }
  });
});

describe('the map of the demo town', () => {
  it('is the same on every machine', () => {
    const hash = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
    expect({
      map: hash(layers),
      streets: hash(Object.values(graph).map((column) => Array.from(column as Float64Array))),
    }).toMatchInlineSnapshot(`
      {
        "map": "5534e234e947c716",
        "streets": "3b9d75e3af6820f6",
      }
    `);
  });

  it('has the layers of the Protomaps schema, each feature with its kind, all within the county', () => {
    expect(Object.keys(layers).toSorted()).toEqual(['boundaries', 'buildings', 'earth', 'landuse', 'places', 'pois', 'roads', 'water']);
    const [west, south, east, north] = COUNTY_BOUNDS;
    for (const { properties, geometry } of Object.values(layers).flatMap(({ features }) => features)) {
      expect(properties?.['kind']).toBeTypeOf('string');
      const flat =
        JSON.stringify((geometry as Polygon).coordinates)
          .match(/-?\d+\.?\d*/g)
          ?.map(Number) ?? [];
      const isWithin = flat.every((degrees, i) =>
        i % 2 === 0 ? degrees >= west && degrees <= east : degrees >= south && degrees <= north,
      );
      expect(isWithin).toBe(true);
    }
  });

  test.each([
    ['roads', ['highway', 'major_road', 'minor_road', 'path', 'rail'], 600],
    ['landuse', ['residential', 'commercial', 'park', 'wood', 'industrial', 'hospital', 'university', 'cemetery', 'school'], 900],
    ['buildings', ['building'], 8_000],
    ['places', ['locality', 'neighbourhood'], 15],
    ['pois', ['station', 'bus_stop', 'townhall', 'library', 'hospital'], 40],
    ['water', ['ocean', 'river', 'stream'], 4],
  ])('%s has %j', (layer, kinds, atLeast) => {
    expect(featuresOf(layer).length).toBeGreaterThanOrEqual(atLeast);
    for (const kind of kinds) expect(featuresOf(layer, kind).length, kind).toBeGreaterThan(0);
  });

  it('stays small enough to be cut into tiles at start', () => {
    expect(JSON.stringify(layers).length).toBeLessThan(4.6e6);
  });

  it('leads streets over water only on bridges, and never into the sea', () => {
    const wet: string[] = [];
    for (const { geometry, properties } of featuresOf('roads')) {
      if (properties?.['is_bridge'] || properties?.['kind'] === 'rail') continue;
      for (const [lon, lat] of pointsAlong((geometry as LineString).coordinates)) {
        const inWater = !ringsContain(land, lon, lat) || river.some((water) => ringsContain(ringsOf(water), lon, lat));
        if (inWater) wet.push(`${properties?.['name'] ?? 'a path'} at ${lon}, ${lat}`);
      }
    }
    // Banks are drawn on squares of 16 m: the last metres of a bridge may count as street.
    expect(wet.length, wet.slice(0, 5).join('; ')).toBeLessThan(12);
  });

  it('has bridges over the river, for cars and on foot', () => {
    const bridges = featuresOf('roads').filter(({ properties }) => properties?.['is_bridge']);
    const names = new Set(bridges.map(({ properties }) => properties?.['name'] as string));
    expect([...names]).toEqual(expect.arrayContaining(['Mill Street', 'Station Road', 'Orchard Road', 'Chandler Street', 'Weir Bridge']));
  });

  it('names its streets, no name for two quarters apart', () => {
    const named = featuresOf('roads', 'minor_road', 'major_road').filter(({ properties }) => properties?.['name']);
    expect(new Set(named.map(({ properties }) => properties?.['name'])).size).toBeGreaterThan(400);
  });

  it('goes there and back between metres and degrees', () => {
    const [lon, lat] = toLonLat([1234.5, -678.9]);
    const [x, y] = fromLonLat({ lon, lat });
    expect(x).toBeCloseTo(1234.5, 0);
    expect(y).toBeCloseTo(-678.9, 0);
  });
});

describe('the street graph of the demo town', () => {
  it('is the streets of the map', () => {
    const walked = graph.meters.reduce((sum, meters) => sum + meters, 0) / 2;
    const drawn = featuresOf('roads', 'highway', 'major_road', 'minor_road', 'path')
      .flatMap(({ geometry }) => (geometry as LineString).coordinates.map((to, i, line) => [line[i - 1] ?? to, to] as const))
      .reduce((sum, [a, b]) => sum + haversine(a[0] ?? 0, a[1] ?? 0, b[0] ?? 0, b[1] ?? 0), 0);
    expect(Math.abs(walked / drawn - 1)).toBeLessThan(0.005);
    expect(graph.target.length / 2).toBeGreaterThan(1_500);
  });

  it('hangs together: from the middle of the town every node is reached on foot or by car', () => {
    const streets = new StreetGraph(graph);
    const reached = (mode: TravelMode): Set<number> => {
      const tree = streets.search(streets.snap({ lon: -128, lat: 44 }, mode)!, mode);
      const isReached = (node: number): boolean => {
        const place = streets.snap({ lon: graph.lon[node]!, lat: graph.lat[node]! }, mode);
        return place !== null && place.meters < 0.01 && tree.way(place).seconds < Infinity;
      };
      return new Set(Array.from(graph.lon.keys()).filter(isReached));
    };
    const [walked, driven] = [reached('walk'), reached('drive')];
    const either = Array.from(graph.lon.keys()).filter((node) => walked.has(node) || driven.has(node));
    expect(walked.size / graph.lon.length).toBeGreaterThan(0.95);
    expect(either.length / graph.lon.length).toBeGreaterThan(0.99);
  });

  it('knows one-way streets, and roads without a pavement', () => {
    const oneWay = graph.driveSeconds.filter((seconds, e) => seconds === Infinity && graph.walkSeconds[e] !== Infinity);
    expect(oneWay.length).toBeGreaterThan(50);
    expect(graph.walkSeconds.filter((seconds) => seconds === Infinity).length).toBeGreaterThan(0);
  });
});

describe('addresses of the demo town', () => {
  it.each([
    ['118 Tanner Street', '118 Tanner Street'],
    ['118 tanner st', '118 Tanner Street'],
    ['240 union ave, Port Alder', '240 Union Avenue'],
    ['31 Mill', '31 Mill Street'],
  ])('%s is %s', async (text, label) => {
    expect((await portAlderAddresses({ text, language: 'en', limit: 3 }))[0]?.label).toBe(label);
  });

  it.each(['Mill Street', '9999 Mill Street', '5 Nowhere Boulevard', ''])('%j is no address', async (text) => {
    expect(await portAlderAddresses({ text, language: 'en', limit: 3 })).toEqual([]);
  });
});

describe('the population of the demo town', () => {
  it('is counted by cell, to the last one', () => {
    const cells = population();
    expect(cells.reduce((sum, { people }) => sum + people, 0)).toBe(PEOPLE);
    expect(cells.length).toBeGreaterThan(250);
    for (const { people, children, seniors, households, withoutCar } of cells) {
      expect(children + seniors).toBeLessThanOrEqual(people);
      expect(withoutCar).toBeLessThanOrEqual(households);
    }
  });

  it('comes with the demo, in sub-groups of people', () => {
    const { cells } = portAlderPeople();
    expect(cells).toHaveLength(population().length);
    for (const { cell, people, groups } of cells) {
      expect(cell).toMatch(/^89[0-9a-f]{13}$/);
      expect(Object.keys(groups)).toEqual(['children', 'seniors', 'no car']);
      expect(Math.max(...Object.values(groups))).toBeLessThanOrEqual(people);
    }
  });
});

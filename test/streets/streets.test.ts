// From an OpenStreetMap extract to travel times: who may go where, forbidden turns, what is broken or in pieces, and the way to the disk and back.

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stopsCars, stopsWalkers, streetSpeeds, turnRule } from '#shared/geo/street-profile.ts';
import { createTravelTimes, type LonLat, type TravelMode, type TravelTimes } from '#shared/geo/travel.ts';
import { buildStreets } from '#server/streets/build-graph.ts';
import { listStreetFiles, makeStreetsFolder, readStreetFile, writeStreetFile } from '#server/streets/street-file.ts';
import { dataPath } from '../support/data.ts';
import { toBlob, toOsmPbf, type OsmSource } from './osm-writer.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waypost-streets-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function written(name: string, bytes: Uint8Array | string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, bytes);
  return file;
}

/** Tens of thousandths of a degree from a corner of Porto: about 85 m to the east and 111 m to the north each. */
const at = (x: number, y: number): LonLat => ({ lon: -8.6 + x * 1e-3, lat: 41.15 + y * 1e-3 });
const place = (x: number, y: number): readonly [number, number] => [at(x, y).lon, at(x, y).lat];

/**
 * 4 ← 5        Main Street 1 – 2 – 3, from which cars may not turn left into 2 – 4; 3 → 5 → 4 is one way.
 * |   ↑
 * 1 – 2 – 3    (4 lies above 2, 5 above 3)
 */
const TOWN: OsmSource = {
  nodes: { 1: place(0, 0), 2: place(2, 0), 3: place(4, 0), 4: place(2, 2), 5: place(4, 2), 900: place(9, 9) },
  ways: [
    { id: 10, refs: [1, 2], tags: { highway: 'primary', name: 'Main Street' } },
    { id: 11, refs: [2, 4], tags: { highway: 'residential' } },
    { id: 12, refs: [3, 5, 4], tags: { highway: 'residential', oneway: 'yes' } },
    { id: 13, refs: [2, 3], tags: { highway: 'primary' } },
    { id: 14, refs: [5, 900, 901], tags: { highway: 'motorway' } },
    { id: 15, refs: [1, 900], tags: { building: 'yes' } },
  ],
  relations: [
    {
      id: 1,
      members: [
        ['from', 1, 10],
        ['via', 0, 2],
        ['to', 1, 11],
      ],
      tags: { type: 'restriction', restriction: 'no_left_turn' },
    },
  ],
  bounds: [-8.61, 41.14, -8.58, 41.17],
};

async function travelIn(source: OsmSource): Promise<{ travel: TravelTimes; told: string[] }> {
  const { data, bounds, told } = await buildStreets(await written('town.osm.pbf', toOsmPbf(source)));
  return { travel: createTravelTimes([{ data, bounds }]), told };
}

function meters(travel: TravelTimes, mode: TravelMode, from: LonLat, to: LonLat): number {
  const way = travel.toPoints(from, mode, { lon: [to.lon], lat: [to.lat] }, {});
  expect(way.estimated[0]).toBe(0);
  return way.meters[0]!;
}

/** Metres of one step to the east and to the north. */
const [E, N] = [83.7, 111.2];

test('walkers turn as they like, cars obey turns and one-way streets', async () => {
  const { travel, told } = await travelIn(TOWN);
  const near = (value: number, expected: number): void => expect(Math.abs(value - expected)).toBeLessThan(0.01 * expected);
  near(meters(travel, 'walk', at(0.5, 0), at(2, 1.5)), 1.5 * E + 1.5 * N);
  near(meters(travel, 'drive', at(0.5, 0), at(2, 1.5)), 3.5 * E + 2 * N + 2 * E + 0.5 * N);
  near(meters(travel, 'drive', at(3, 0), at(2, 1.5)), E + 1.5 * N);
  near(meters(travel, 'walk', at(2, 1.5), at(4, 1)), 0.5 * N + 2 * E + N);
  near(meters(travel, 'drive', at(2, 1.5), at(4, 1)), 1.5 * N + 2 * E + N);
  // Out of the street with the forbidden turn, and into it: a copy of the junction must be no dead end.
  near(meters(travel, 'drive', at(1, 0), at(3, 0)), 2 * E);
  near(meters(travel, 'drive', at(2, 1.5), at(1, 0)), 1.5 * N + E);
  expect(told).toEqual([
    '1 pieces of streets lead out of the file and were left out.',
    // The motorway that leads out of the file: nobody comes back from its end.
    'By car: 1 small pieces without a way to the others were left out (0.9 km of streets).',
  ]);
});

test('"only straight on" forbids the same turn; other turns and exceptions forbid nothing', async () => {
  const only = {
    ...TOWN,
    relations: [
      {
        id: 1,
        members: [
          ['from', 1, 10],
          ['via', 0, 2],
          ['to', 1, 13],
        ] as const,
        tags: { type: 'restriction', restriction: 'only_straight_on' },
      },
    ],
  };
  const free = {
    ...TOWN,
    relations: [{ ...TOWN.relations![0]!, tags: { type: 'restriction', restriction: 'no_left_turn', except: 'motorcar;bus' } }],
  };
  const [from, to] = [at(0.5, 0), at(2, 1.5)];
  expect(meters((await travelIn(only)).travel, 'drive', from, to)).toBeCloseTo(meters((await travelIn(TOWN)).travel, 'drive', from, to), 1);
  expect(meters((await travelIn(free)).travel, 'drive', from, to)).toBeLessThan(300);
});

describe('rules over several streets', () => {
  const members = (...list: (readonly [role: string, type: 0 | 1, id: number])[]) => list;
  const withRule = (restriction: string, list: ReturnType<typeof members>): OsmSource => ({
    ...TOWN,
    nodes: { ...TOWN.nodes },
    ways: [...TOWN.ways],
    relations: [{ id: 1, members: list, tags: { type: 'restriction', restriction } }],
  });
  const [start, end] = [at(1, 0), at(4, 1)];

  test('who came over the first may not take the last; who came another way may', async () => {
    const { travel, told } = await travelIn(withRule('no_left_turn', members(['from', 1, 10], ['via', 1, 13], ['to', 1, 12])));
    // Along and round where nothing else is left, to the junction, and round again: then one comes from another street.
    expect(meters(travel, 'drive', start, end)).toBeCloseTo(7 * E + N, -1);
    expect(meters(travel, 'drive', at(3, 0), end)).toBeCloseTo(E + N, -1);
    expect(meters(travel, 'drive', start, at(3, 0))).toBeCloseTo(2 * E, -1);
    expect(meters(travel, 'walk', start, end)).toBeCloseTo(3 * E + N, -1);
    expect(told.filter((line) => line.includes('restriction'))).toEqual([]);
  });

  test('"only" leaves no other way on behind them', async () => {
    const source = withRule('only_straight_on', members(['from', 1, 10], ['via', 1, 13], ['to', 1, 12]));
    source.nodes[6] = place(6, 0);
    source.ways.push({ id: 16, refs: [3, 6], tags: { highway: 'residential' } });
    const { travel } = await travelIn(source);
    expect(meters(travel, 'drive', at(3, 0), at(5, 0))).toBeCloseTo(2 * E, -1);
    // Up the side street, round at its end, and down again: then one comes from another street.
    expect(meters(travel, 'drive', start, at(5, 0))).toBeCloseTo(4 * E + 4 * N, -1);
  });

  test('two streets between, in the wrong order in the list', async () => {
    const source = withRule('no_u_turn', members(['to', 1, 11], ['via', 1, 12], ['from', 1, 10], ['via', 1, 13]));
    // Down from 4 only, and another street to 4 from the west.
    source.ways = source.ways.map((way) => (way.id === 11 ? { ...way, tags: { highway: 'residential', oneway: '-1' } } : way));
    source.ways.push({ id: 17, refs: [4, 1], tags: { highway: 'service' } });
    const { travel } = await travelIn(source);
    expect(meters(travel, 'drive', at(1.8, 0), at(2, 1))).toBeCloseTo(1.8 * E + Math.hypot(2 * E, 2 * N) + N, -1);
    expect(meters(travel, 'drive', at(3.5, 0), at(2, 1))).toBeCloseTo(2.5 * E + 3 * N, -1);
  });

  test('streets that do not meet, and rules without an end, are told', async () => {
    const apart = withRule('no_u_turn', members(['from', 1, 10], ['via', 1, 12], ['to', 1, 11]));
    const endless = { id: 2, members: members(['from', 1, 10], ['via', 0, 2]), tags: { type: 'restriction', restriction: 'no_exit' } };
    const { told } = await travelIn({ ...apart, relations: [...apart.relations!, endless] });
    expect(told).toContain('2 turn restrictions are incomplete and were left out.');
  });
});

test('a ferry takes as long as it says, a gate of a private yard stops walkers too', async () => {
  const ferry = (tags: Record<string, string>): OsmSource => ({
    ...TOWN,
    nodes: { ...TOWN.nodes, 7: place(4, -10) },
    ways: [...TOWN.ways, { id: 20, refs: [3, 7], tags: { route: 'ferry', ...tags } }],
  });
  const secondsBy = async (source: OsmSource): Promise<number> => {
    const { travel } = await travelIn(source);
    const [from, to] = [at(4, 0), at(4, -10)];
    return travel.toPoints(from, 'walk', { lon: [to.lon], lat: [to.lat] }, {}).seconds[0]!;
  };
  expect(await secondsBy(ferry({ duration: '00:20' }))).toBeCloseTo(1200, -1);
  expect(await secondsBy(ferry({}))).toBeCloseTo((10 * N * 3.6) / 6, -1);
  const yard = { ...TOWN, nodeTags: { 5: { barrier: 'gate', access: 'private' } } };
  expect(meters((await travelIn(yard)).travel, 'walk', at(4, 0.5), at(2, 1.5))).toBeCloseTo(0.5 * N + 2 * E + 1.5 * N, -1);
});

test('nodes one by one are read as dense ones are; a bollard stops cars only', async () => {
  const { travel } = await travelIn({ ...TOWN, plainNodes: true, features: ['OsmSchema-V0.6'] });
  expect(meters(travel, 'walk', at(0.5, 0), at(2, 1.5))).toBeGreaterThan(200);
  const barred = await travelIn({ ...TOWN, nodeTags: { 5: { barrier: 'bollard' } } });
  // Behind the bollard Main Street ends: there one may turn round, and comes back from the other side.
  expect(meters(barred.travel, 'drive', at(0.5, 0), at(2, 1.5))).toBeCloseTo(5.5 * E + 1.5 * N, -1);
  expect(meters(barred.travel, 'walk', at(4, 0.5), at(4, 1.5))).toBeCloseTo(N, -1);
});

test('an extract without a bounding box says so, and has that of its streets', async () => {
  const { bounds: _, ...without } = TOWN;
  const { bounds, told } = await buildStreets(await written('unbounded.osm.pbf', toOsmPbf(without)));
  expect(told[0]).toContain('The file says nothing of its extent');
  expect(bounds.map((side) => Number(side.toFixed(4)))).toEqual([-8.6, 41.15, -8.591, 41.159]);
});

test('pieces: small ones are left out and told, large ones are told', async () => {
  const line = (first: number, count: number, y: number) => ({
    nodes: Object.fromEntries(Array.from({ length: count }, (_, i) => [first + i, place(i / 100, y)])) as OsmSource['nodes'],
    way: { id: first, refs: Array.from({ length: count }, (_, i) => first + i), tags: { highway: 'residential' } },
  });
  const [large, other, small] = [line(1, 600, 0), line(1000, 500, 3), line(2000, 2, 6)];
  const source = {
    nodes: { ...large.nodes, ...other.nodes, ...small.nodes },
    ways: [large.way, other.way, small.way],
    bounds: TOWN.bounds!,
  };
  const { data, told } = await buildStreets(await written('pieces.osm.pbf', toOsmPbf(source)));
  expect(told).toEqual(
    ['On foot', 'By car'].flatMap((how) => [
      expect.stringMatching(new RegExp(`^${how}: 1 small pieces .* were left out \\(0\\.0 km of streets\\)\\.$`)) as unknown as string,
      `${how}: the streets are in 2 large pieces, and there is no way from one to another.`,
    ]),
  );
  const travel = createTravelTimes([{ data }]);
  expect(travel.toPoints(at(1, 0.1), 'walk', { lon: [at(1, 2.9).lon], lat: [at(1, 2.9).lat] }, {}).seconds[0]).toBe(Infinity);
});

const whole = toOsmPbf(TOWN);
test.each<[string, Uint8Array | string, RegExp]>([
  ['cut off', whole.subarray(0, -20), /it ends within the block at byte \d+: it was not copied or downloaded wholly/],
  ['cut off in the head of a block', whole.subarray(0, 2), /it does not begin as one/],
  ['another file', 'id,population\na,3\n', /it does not begin as one/],
  ['nothing', '', /it is empty/],
  ['noise in a block', Buffer.concat([whole.subarray(0, whole.length - 40), Buffer.alloc(40, 7)]), /is not a whole OpenStreetMap extract/],
  ['data without a header', toBlob('OSMData', new Uint8Array()), /its header is missing/],
  [
    'a feature nobody knows',
    toOsmPbf({ ...TOWN, features: ['HistoricalInformation'] }),
    /asks of its readers what this one does not know: HistoricalInformation/,
  ],
  ['no streets', toOsmPbf({ ...TOWN, ways: [] }), /has no streets/],
  ['streets without nodes', toOsmPbf({ ...TOWN, nodes: {} }), /names streets, but not where they lie/],
])('%s is refused in words', async (name, bytes, message) => {
  await expect(buildStreets(await written(`${name}.osm.pbf`, bytes))).rejects.toThrow(message);
});

test('what is written to the disk comes back as it was, and a file that is cut off is told', async () => {
  const { data, bounds } = await buildStreets(await written('kept.osm.pbf', whole));
  const streets = await makeStreetsFolder(folder);
  const file = join(streets, 'kept.streets');
  const about = { source: 'kept.osm.pbf', made: '2026-11-22T00:00:00.000Z', attribution: '© someone', bounds };
  await writeStreetFile(file, data, about);
  expect(await listStreetFiles(folder)).toEqual([file]);
  expect(await readStreetFile(file)).toEqual({ data, bounds, about });
  await writeFile(file, (await readFile(file)).subarray(0, -8));
  await expect(readStreetFile(file)).rejects.toThrow('is cut off. Add its extract again.');
  await writeFile(file, 'something else');
  await expect(readStreetFile(file)).rejects.toThrow('holds no street graph');
});

describe('streets by their tags', () => {
  const [W, S] = [5, 2.5];
  test.each<[Record<string, string>, [walk: number, back: number, drive: number, back: number] | undefined]>([
    [{ highway: 'residential' }, [W, W, 25, 25]],
    [{ highway: 'residential', oneway: 'yes' }, [W, W, 25, 0]],
    [{ highway: 'residential', oneway: '-1' }, [W, W, 0, 25]],
    [{ highway: 'primary', junction: 'roundabout' }, [W, W, 65, 0]],
    [{ highway: 'tertiary', junction: 'roundabout', oneway: 'no' }, [W, W, 40, 40]],
    [{ highway: 'residential', oneway: 'yes', 'oneway:foot': 'yes' }, [W, 0, 25, 0]],
    [{ highway: 'motorway' }, [0, 0, 90, 0]],
    [{ highway: 'motorway', maxspeed: '120' }, [0, 0, 96, 0]],
    [{ highway: 'secondary', maxspeed: '30 mph' }, [W, W, 30 * 1.609344 * 0.8, 30 * 1.609344 * 0.8]],
    [{ highway: 'secondary', maxspeed: '50;40' }, [W, W, 32, 32]],
    [{ highway: 'secondary', maxspeed: 'PT:urban' }, [W, W, 40, 40]],
    [{ highway: 'secondary', maxspeed: 'FR:zone30' }, [W, W, 24, 24]],
    [{ highway: 'secondary', maxspeed: 'PT:rural' }, [W, W, 55, 55]],
    [{ highway: 'trunk', motorroad: 'yes' }, [0, 0, 85, 85]],
    [{ highway: 'trunk', foot: 'no' }, [0, 0, 85, 85]],
    [{ highway: 'secondary', 'access:conditional': 'no @ (22:00-06:00)' }, [W, W, 55, 55]],
    [{ highway: 'steps' }, [S, S, 0, 0]],
    [{ highway: 'footway', access: 'private' }, undefined],
    [{ highway: 'service', access: 'private' }, undefined],
    [{ highway: 'service', access: 'private', foot: 'yes' }, [W, W, 0, 0]],
    [{ highway: 'residential', access: 'destination' }, [W, W, 10, 10]],
    [{ highway: 'residential', motor_vehicle: 'no' }, [W, W, 0, 0]],
    [{ highway: 'residential', vehicle: 'no', motorcar: 'yes' }, [W, W, 25, 25]],
    [{ highway: 'residential', foot: 'no' }, [0, 0, 25, 25]],
    [{ highway: 'residential', oneway: 'reversible' }, [W, W, 0, 0]],
    [{ highway: 'cycleway' }, undefined],
    [{ highway: 'cycleway', foot: 'designated' }, [W, W, 0, 0]],
    [{ highway: 'proposed' }, undefined],
    [{ waterway: 'river' }, undefined],
    [{ route: 'ferry' }, [6, 6, 0, 0]],
    [{ route: 'ferry', motor_vehicle: 'yes', oneway: 'yes' }, [6, 0, 6, 0]],
    [{ route: 'ferry', foot: 'no', motorcar: 'designated' }, [0, 0, 6, 6]],
    [{ route: 'ferry', access: 'private' }, undefined],
    [{ route: 'bus' }, undefined],
  ])('%j', (tags, expected) => {
    const speeds = streetSpeeds(new Map(Object.entries(tags)));
    expect(speeds && [speeds.walk.forward, speeds.walk.backward, speeds.drive.forward, speeds.drive.backward]).toEqual(expected);
  });

  test.each<[Record<string, string>, cars: boolean, walkers: boolean]>([
    [{ barrier: 'bollard' }, true, false],
    [{ barrier: 'bollard', motor_vehicle: 'yes' }, false, false],
    [{ barrier: 'gate' }, false, false],
    [{ barrier: 'gate', access: 'private' }, true, true],
    [{ barrier: 'gate', access: 'private', foot: 'yes' }, true, false],
    [{ barrier: 'gate', vehicle: 'no', 'access:conditional': 'yes @ (08:00-18:00)' }, true, false],
    [{ barrier: 'kissing_gate' }, true, false],
    [{ highway: 'crossing', access: 'no' }, false, false],
  ])('%j stops cars: %s, walkers: %s', (written, cars, walkers) => {
    const tags = new Map(Object.entries(written));
    expect([stopsCars(tags), stopsWalkers(tags)]).toEqual([cars, walkers]);
  });

  test.each<[Record<string, string>, string | undefined]>([
    [{ type: 'restriction', restriction: 'no_left_turn' }, 'no'],
    [{ type: 'restriction', restriction: 'only_right_turn' }, 'only'],
    [{ type: 'restriction', restriction: 'no_u_turn' }, 'no'],
    [{ type: 'restriction', 'restriction:motorcar': 'no_entry' }, 'no'],
    [{ type: 'restriction', 'restriction:conditional': 'no_left_turn @ (Mo-Fr 07:00-10:00)' }, undefined],
    [{ type: 'restriction', 'restriction:hgv': 'no_left_turn' }, undefined],
    [{ type: 'route', restriction: 'no_left_turn' }, undefined],
  ])('%j is the rule %s', (tags, expected) => expect(turnRule(new Map(Object.entries(tags)))).toBe(expected));
});

const POA = dataPath('osm', 'porto-alegre', 'poa.osm.pbf');
test.skipIf(!POA)(
  'Porto Alegre, whose file has no bounding box: walkers and cars get across, and never faster than the straight line allows',
  async () => {
    const { data, bounds, told } = await buildStreets(POA!);
    expect(told[0]).toContain('The file says nothing of its extent');
    const travel = createTravelTimes([{ data, bounds }]);
    const [from, to] = [
      { lon: -51.2177, lat: -30.0346 },
      { lon: -51.1785, lat: -30.0561 },
    ];
    for (const mode of ['walk', 'drive'] as const) {
      const way = meters(travel, mode, from, to);
      expect(way).toBeGreaterThan(4460);
      expect(way).toBeLessThan(4460 * 1.6);
    }
  },
);

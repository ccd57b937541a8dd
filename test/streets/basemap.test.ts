// From an OpenStreetMap extract to a drawn map: what is drawn and from which zoom, land and sea, areas of several ways, and an
// archive that others read.

import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { PMTiles } from 'pmtiles';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Bounds } from '#shared/geo/bounds.ts';
import { ringArea } from '#shared/geo/contour.ts';
import { worldX, worldY } from '#shared/geo/tile-math.ts';
import { divideByCoast, type Polygon } from '#server/streets/basemap/coast.ts';
import { drawMap } from '#server/streets/basemap/draw-map.ts';
import { readMapFeatures } from '#server/streets/basemap/map-features.ts';
import { PmtilesFile } from '#server/streets/basemap/pmtiles-file.ts';
import { joinWays, pointInside, type Position } from '#server/streets/basemap/rings.ts';
import { HARBOUR, harbourTown } from './harbour-town.ts';
import { toOsmPbf, type OsmSource } from './osm-writer.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waypost-basemap-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Thousandths of a degree from a corner: about 85 m to the east and 111 m to the north each. */
const place = (x: number, y: number): readonly [number, number] => [-8.6 + x * 1e-3, 41.15 + y * 1e-3];

const TOWN_BOX: Bounds = [-8.6, 41.15, -8.58, 41.17];

/** A square park with a pond in it, of two ways each; a street, a house, a town, and a coast in the west. */
const TOWN: OsmSource = {
  nodes: {
    ...{ 1: place(2, 2), 2: place(12, 2), 3: place(12, 12), 4: place(2, 12) },
    ...{ 5: place(5, 5), 6: place(9, 5), 7: place(9, 9), 8: place(5, 9) },
    ...{ 10: place(0, 1), 11: place(19, 1) },
    ...{ 20: place(15, 15), 21: place(15.2, 15), 22: place(15.2, 15.2), 23: place(15, 15.2) },
    30: place(10, 15),
    ...{ 40: place(1, 25), 41: place(1.2, 10), 42: place(1, -5) },
  },
  nodeTags: { 30: { place: 'town', name: 'Vila', 'name:es': 'Villa', population: '12 400' } },
  ways: [
    { id: 1, refs: [1, 2, 3], tags: {} },
    { id: 2, refs: [1, 4, 3], tags: {} },
    { id: 3, refs: [5, 6, 7, 8, 5], tags: { natural: 'water', name: 'Pond' } },
    { id: 4, refs: [10, 11], tags: { highway: 'residential', name: 'Rua Um' } },
    { id: 5, refs: [20, 21, 22, 23, 20], tags: { building: 'yes' } },
    { id: 6, refs: [40, 41, 42], tags: { natural: 'coastline' } },
  ],
  relations: [
    {
      id: 1,
      members: [
        ['outer', 1, 1],
        ['outer', 1, 2],
        ['inner', 1, 3],
      ],
      tags: { type: 'multipolygon', leisure: 'park', name: 'Jardim' },
    },
    { id: 2, members: [['outer', 1, 99]], tags: { type: 'multipolygon', natural: 'wood' } },
  ],
  bounds: TOWN_BOX,
};

async function written(name: string, source: OsmSource): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, toOsmPbf(source));
  return file;
}

/** The archive as others read it. */
async function openArchive(path: string): Promise<{ tiles: PMTiles } & AsyncDisposable> {
  const handle = await open(path);
  const tiles = new PMTiles({
    getKey: () => path,
    async getBytes(offset, length) {
      const bytes = new Uint8Array(length);
      const { bytesRead } = await handle.read(bytes, 0, length, offset);
      return { data: bytes.buffer.slice(0, bytesRead) };
    },
  });
  return { tiles, [Symbol.asyncDispose]: () => handle.close() };
}

/** All features of a zoom within a box. */
async function readZoom(tiles: PMTiles, z: number, [west, south, east, north]: Bounds) {
  const at = (share: number): number => Math.floor(share * 2 ** z);
  const found: Record<string, unknown>[] = [];
  for (let x = at(worldX(west)); x <= at(worldX(east)); x++) {
    for (let y = at(worldY(north)); y <= at(worldY(south)); y++) {
      const tile = await tiles.getZxy(z, x, y);
      if (!tile) continue;
      for (const [layer, read] of Object.entries(new VectorTile(new PbfReader(new Uint8Array(tile.data))).layers)) {
        for (let i = 0; i < read.length; i++) found.push({ layer, type: read.feature(i).type, ...read.feature(i).properties });
      }
    }
  }
  return found;
}

describe('the map of an extract', () => {
  test('is an archive with the layers that the style draws, more of them the nearer one comes', async () => {
    const archive = join(folder, 'town.pmtiles');
    const map = await drawMap({
      file: await written('town.osm.pbf', TOWN),
      archive,
      name: 'Vila',
      attribution: '© OpenStreetMap contributors',
    });
    expect(map.told).toEqual(['1 areas are cut off in the file and are not drawn.']);
    await using opened = await openArchive(archive);
    const { tiles } = opened;
    expect(await tiles.getMetadata()).toMatchObject({ name: 'Vila', attribution: '© OpenStreetMap contributors' });
    expect(await tiles.getHeader()).toMatchObject({ minZoom: 0, maxZoom: 14, minLon: -8.6, maxLat: 41.17, tileType: 1 });
    const [near, middle, far] = [
      await readZoom(tiles, 14, TOWN_BOX),
      await readZoom(tiles, 11, TOWN_BOX),
      await readZoom(tiles, 7, TOWN_BOX),
    ];
    expect(near).toEqual(
      expect.arrayContaining([
        { layer: 'earth', type: 3, kind: 'extract' },
        { layer: 'earth', type: 2, kind: 'coastline' },
        { layer: 'water', type: 3, kind: 'ocean' },
        { layer: 'water', type: 3, kind: 'water' },
        { layer: 'water', type: 1, kind: 'water', name: 'Pond' },
        { layer: 'landuse', type: 3, kind: 'park' },
        { layer: 'pois', type: 1, kind: 'park', name: 'Jardim' },
        { layer: 'roads', type: 2, kind: 'minor_road', kind_detail: 'residential', name: 'Rua Um' },
        { layer: 'buildings', type: 3, kind: 'building' },
        { layer: 'places', type: 1, kind: 'town', population_rank: 5, name: 'Vila', 'name:es': 'Villa' },
      ]),
    );
    const layersOf = (features: typeof near): unknown[] => [...new Set(features.map(({ layer }) => layer))].sort();
    expect(layersOf(middle)).toEqual(['earth', 'landuse', 'places', 'roads', 'water']);
    expect(layersOf(far)).toEqual(['earth', 'water']);
    expect(new TextDecoder().decode((await readFile(archive)).subarray(0, 7))).toBe('PMTiles');
  });

  test('a coast that ends within the extract is told, and all of it is land', async () => {
    const { features, told } = await readMapFeatures(
      await written('cut.osm.pbf', { ...TOWN, ways: [{ id: 6, refs: [40, 41], tags: { natural: 'coastline' } }], relations: [] }),
    );
    expect(told).toEqual(['The line of the coast is cut off within the file: everything is drawn as land.']);
    expect(features.filter(({ layer }) => layer === 'water')).toEqual([]);
  });

  test('streets alone: that there is no water in the file is told', async () => {
    const { told } = await readMapFeatures(
      await written('dry.osm.pbf', { ...TOWN, ways: TOWN.ways.filter(({ tags }) => tags['highway']), relations: [] }),
    );
    expect(told).toEqual(['The file has no water and no coast: all of its area is drawn as land.']);
  });
});

describe('a town by the sea', () => {
  const near: Awaited<ReturnType<typeof readZoom>> = [];
  const middle: typeof near = [];
  beforeAll(async () => {
    const archive = join(folder, 'harbour.pmtiles');
    const map = await drawMap({ file: await written('harbour.osm.pbf', harbourTown()), archive, name: 'Porto Farol', attribution: '' });
    expect(map.told).toEqual([]);
    await using opened = await openArchive(archive);
    near.push(...(await readZoom(opened.tiles, 14, HARBOUR)));
    middle.push(...(await readZoom(opened.tiles, 11, HARBOUR)));
  });

  test.each<[string, Record<string, unknown>]>([
    ['the sea', { layer: 'water', type: 3, kind: 'ocean' }],
    ['the coast', { layer: 'earth', type: 2, kind: 'coastline' }],
    ['a river of two ways', { layer: 'water', type: 3, kind: 'river' }],
    ['its name along it', { layer: 'water', type: 2, kind: 'river', name: 'Rio Farol' }],
    ['a park of two ways', { layer: 'landuse', type: 3, kind: 'park' }],
    ['a pond in it', { layer: 'water', type: 1, kind: 'water', name: 'Lago' }],
    ['a house with a yard', { layer: 'buildings', type: 3, kind: 'building' }],
    ['a hospital', { layer: 'pois', type: 1, kind: 'hospital', name: 'Hospital do Farol' }],
    ['a border of municipalities', { layer: 'boundaries', type: 2, kind: 'locality', kind_detail: 7 }],
    ['a border of a county, which is one of municipalities too', { layer: 'boundaries', type: 2, kind: 'county', kind_detail: 6 }],
    ['a street in Arabic, open one way', { layer: 'roads', type: 2, kind: 'minor_road', kind_detail: 'residential', oneway: 'yes', name: 'شارع الميناء' }], // prettier-ignore
    ['a street without a direction', { layer: 'roads', type: 2, kind: 'major_road', kind_detail: 'primary', name: 'רחוב הים' }],
    [
      'a motorway with its number',
      { layer: 'roads', type: 2, kind: 'highway', kind_detail: 'motorway', oneway: 'yes', shield_text: 'A 7' },
    ],
    ['its ramp', { layer: 'roads', type: 2, kind: 'highway', kind_detail: 'motorway_link', oneway: 'yes' }],
  ])('has %s', (_, expected) => expect(near).toContainEqual(expected));

  test('from far away there are no ramps and no houses', () => {
    expect(middle.filter(({ kind_detail: detail, layer }) => detail === 'motorway_link' || layer === 'buildings')).toEqual([]);
    expect(middle).toContainEqual(expect.objectContaining({ kind_detail: 'motorway' }));
  });

  test('holes are holes, and a street that is open against its drawing is turned round', async () => {
    const { features } = await readMapFeatures(join(folder, 'harbour.osm.pbf'));
    const shapesOf = (is: (feature: (typeof features)[number]) => boolean) => features.filter(is).map(({ shape }) => shape);
    const holesOf = (layer: string, kind: string): number =>
      shapesOf((one) => one.layer === layer && one.properties['kind'] === kind).reduce(
        (sum, { type, coordinates }) => sum + (type === 'Polygon' ? coordinates.length - 1 : 0),
        0,
      );
    expect([holesOf('water', 'river'), holesOf('landuse', 'park'), holesOf('buildings', 'building')]).toEqual([1, 1, 1]);
    const against = shapesOf(({ properties }) => properties['name'] === 'Đường Bến Cảng');
    expect(against.map(({ type, coordinates }) => type === 'LineString' && coordinates[0]![1] > coordinates.at(-1)![1])).toEqual([true]);
  });
});

test('an archive with very many tiles has its directory in leaves, and the same tile once', async () => {
  const path = join(folder, 'many.pmtiles');
  const archive = await PmtilesFile.create(path);
  const [columns, rows] = [150, 140];
  const same = new TextEncoder().encode('the sea');
  for (let x = 0; x < columns; x++) {
    for (let y = 0; y < rows; y++)
      await archive.add({ z: 12, x: 1000 + x, y: 1000 + y, bytes: x === 7 ? same : Uint8Array.of(x, y, (x * y) % 251) });
  }
  await archive.finish({ name: 'many', attribution: '', bounds: [-10, -10, 10, 10], minZoom: 12, maxZoom: 12, layers: [] });
  await using opened = await openArchive(path);
  const { tiles } = opened;
  const header = await tiles.getHeader();
  expect(header).toMatchObject({ numAddressedTiles: columns * rows, numTileContents: (columns - 1) * rows + 1 });
  expect(header.leafDirectoryLength).toBeGreaterThan(0);
  for (const [x, y] of [
    [0, 0],
    [149, 139],
    [63, 101],
  ] as const)
    expect([...new Uint8Array((await tiles.getZxy(12, 1000 + x, 1000 + y))!.data)]).toEqual([x, y, (x * y) % 251]);
  expect(new Uint8Array((await tiles.getZxy(12, 1007, 1090))!.data)).toEqual(same);
  expect(await tiles.getZxy(12, 5, 5)).toBeUndefined();
});

describe('land and sea', () => {
  const box: Bounds = [0, 0, 10, 10];
  const area = (polygons: readonly Polygon[]): number =>
    polygons.reduce((sum, rings) => sum + rings.reduce((all, ring, i) => all + (i === 0 ? 1 : -1) * Math.abs(ringArea(ring)), 0), 0);
  const island: Position[] = [
    [4, 4],
    [6, 4],
    [6, 6],
    [4, 6],
    [4, 4],
  ];

  test.each<[string, Position[][], land: number]>([
    ['no coast: all is land', [], 100],
    [
      'a coast from north to south, land in the east',
      [
        [
          [3, 12],
          [3, -2],
        ],
      ],
      70,
    ],
    [
      'the other way round, land in the west',
      [
        [
          [3, -2],
          [3, 12],
        ],
      ],
      30,
    ],
    [
      'a cape that leaves the box twice',
      [
        [
          [-1, 2],
          [5, 2],
          [5, 8],
          [-1, 8],
        ],
      ],
      30,
    ],
    [
      'a bay',
      [
        [
          [-1, 8],
          [5, 8],
          [5, 2],
          [-1, 2],
        ],
      ],
      70,
    ],
    [
      'two coasts: a river mouth',
      [
        [
          [4, 11],
          [4, -1],
        ],
        [
          [2, -1],
          [2, 11],
        ],
      ],
      80,
    ],
    ['an island, and sea all around', [island], 4],
    ['a lagoon in the land', [[...island].reverse()], 96],
    [
      'a coast and an island off it',
      [
        [
          [3, -2],
          [3, 12],
        ],
        island,
      ],
      34,
    ],
    [
      'an island across the border',
      [
        [
          [8, 4],
          [12, 4],
          [12, 6],
          [8, 6],
          [8, 4],
        ],
      ],
      4,
    ],
    [
      'a coast through two corners of the box',
      [
        [
          [-1, -1],
          [11, 11],
        ],
      ],
      50,
    ],
  ])('%s', (_, lines, land) => {
    const ground = divideByCoast(lines, box)!;
    expect(area(ground.land)).toBeCloseTo(land, 6);
    expect(area(ground.sea)).toBeCloseTo(100 - land, 6);
  });

  test('a line that ends in the middle divides nothing', () =>
    expect(
      divideByCoast(
        [
          [
            [3, -1],
            [3, 5],
          ],
        ],
        box,
      ),
    ).toBeNull());
});

test('ways are joined to rings whatever their direction, and what is missing is left open', () => {
  expect(
    joinWays([
      [1, 2, 3],
      [5, 4, 3],
      [5, 1],
      [7, 8],
    ]),
  ).toEqual({ rings: [[1, 2, 3, 4, 5, 1]], open: [[7, 8]] });
  expect(
    joinWays(
      [
        [1, 2],
        [3, 2],
      ],
      true,
    ).open,
  ).toEqual([
    [1, 2],
    [3, 2],
  ]);
});

test('the name of a horseshoe stands in it', () => {
  const [x, y] = pointInside([
    [
      [0, 0],
      [10, 0],
      [10, 10],
      [8, 10],
      [8, 2],
      [2, 2],
      [2, 10],
      [0, 10],
      [0, 0],
    ],
  ]);
  expect((x > 0 && x < 2) || (x > 8 && x < 10)).toBe(true);
  expect(y).toBe(5);
});

// People by cell from files of anybody: nobody is lost or doubled by splitting areas, and what cannot be right is named by
// file, row and column.

import fc from 'fast-check';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { cellAt, cellCenter, cellResolution, cellRing } from '#shared/geo/cells.ts';
import { splitByCells } from '#shared/geo/polygon-cells.ts';
import { readPopulation, type PopulationFiles } from '#server/gaps/population/read-population.ts';
import { sumOf } from '#server/gaps/population/population.ts';

const box = (west: number, south: number, width: number, height = width): number[][] => [
  [west, south],
  [west + width, south],
  [west + width, south + height],
  [west, south + height],
  [west, south],
];
const polygon = (...rings: number[][][]) => ({ type: 'Polygon', coordinates: rings });
const collection = (features: [properties: object, geometry: unknown][], more: object = {}) =>
  JSON.stringify({
    type: 'FeatureCollection',
    ...more,
    features: features.map(([properties, geometry]) => ({ type: 'Feature', properties, geometry })),
  });

const WEST = box(-93.2, 44.9, 0.05);
const EAST = box(-93.15, 44.9, 0.05);
const CELL = '89262c94483ffff';
const OTHER = '89262c94487ffff';

const FILES: Record<string, string> = {
  'cells.csv': `cell,population,children\n${CELL},100,20\n${OTHER},50,5\n`,
  'tracts.csv': 'tract,population,seniors\n001,1000,100\n002,500,200\n',
  'tracts.geojson': collection([
    [{ GEOID: '001', NAME: 'West side' }, polygon(WEST)],
    [
      { GEOID: '002', NAME: 'East side' },
      { type: 'MultiPolygon', coordinates: [[EAST]] },
    ],
    [{ GEOID: '009' }, polygon(box(-93, 44.9, 0.05))],
  ]),
  'people.geojson': collection([[{ name: 'West side', people: 70 }, polygon(WEST)]]),
  'zeros.csv': 'tract,population\n1,1000\n',
  'unknown.csv': 'tract,population\n001,10\n077,1000\n078,0\n',
  'twice.csv': `cell,population\n${CELL},100\n${CELL},50\n`,
  'mixed.csv': `cell,population\n${CELL},100\n${cellAt(cellCenter(CELL), 8)},50\n`,
  'words.csv': `cell,population\n${CELL},many\n${OTHER},-4\n,3\n`,
  'noncells.csv': `cell,population\n${CELL},1\nTract 9,2\n`,
  'nohex.csv': 'code,population\n17,1\n',
  'nothing.csv': `cell,population\n`,
  'households.csv': `cell,population,children\n${CELL},10,20\n`,
  'meters.geojson': collection([[{ population: 5 }, polygon(box(478_000, 4_980_000, 100))]]),
  'crs.geojson': collection([[{ population: 5 }, polygon(WEST)]], {
    crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::3857' } },
  }),
  'turned.geojson': collection([[{ population: 5 }, polygon(WEST.map(([lon, lat]) => [lat!, lon!]))]]),
  'points.geojson': collection([[{ population: 5 }, { type: 'Point', coordinates: [-93, 44] }]]),
  'nowhere.geojson': collection([[{ population: 5 }, null]]),
  'flat.geojson': collection([[{ population: 5 }, polygon([[-93, 44], [-93, 44.1], [-93, 44.2], [-93, 44]])]]), // prettier-ignore
  'doubled.geojson': collection([
    [{ GEOID: '001' }, polygon(WEST)],
    [{ GEOID: '001' }, polygon(EAST)],
  ]),
  'broken.geojson': '{"type":"FeatureCollection",',
  'topo.json': '{"type":"Topology","objects":{}}',
  'tracts.shp': 'x',
};

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waypost-demand-'));
  for (const [name, content] of Object.entries(FILES)) await writeFile(join(folder, name), content);
});
afterAll(() => rm(folder, { recursive: true }));

const read = ({ file, boundaries, ...rest }: PopulationFiles) =>
  readPopulation(
    { ...rest, file: join(folder, file), boundaries: boundaries === undefined ? undefined : join(folder, boundaries) },
    { pause: () => Promise.resolve() },
  );

describe('what is read', () => {
  it('takes cells as they are', async () => {
    const { cells, groups, resolution, areas, notes } = await read({ file: 'cells.csv', groups: ['children'] });
    expect({ cells, resolution, areas, notes }).toEqual({ cells: [CELL, OTHER], resolution: 9, areas: null, notes: [] });
    expect(groups.map(({ id, people }) => [id, [...people]])).toEqual([
      ['all', [100, 50]],
      ['children', [20, 5]],
    ]);
  });

  it('joins cells into coarser ones, and never splits them', async () => {
    const coarse = await read({ file: 'cells.csv', resolution: 7 });
    expect(coarse.cells.map(cellResolution)).toEqual([7]);
    expect([...coarse.groups[0]!.people]).toEqual([150]);
    const fine = await read({ file: 'cells.csv', resolution: 10 });
    expect(fine.resolution).toBe(9);
    expect(fine.notes.join()).toContain('are kept so');
  });

  it('splits areas by their outlines, every group alike, and keeps their names', async () => {
    const { cells, groups, areas, notes } = await read({
      file: 'tracts.csv',
      boundaries: 'tracts.geojson',
      groups: ['seniors'],
      resolution: 9,
    });
    expect(cells.length).toBeGreaterThan(100);
    expect(groups.map(({ people }) => Number(sumOf(people).toFixed(6)))).toEqual([1500, 300]);
    expect(areas).toMatchObject({ code: ['001', '002'], name: ['West side', 'East side'] });
    const byArea = [0, 0];
    for (const [k, a] of areas!.area.entries()) byArea[a]! += areas!.people[k]!;
    expect(byArea.map((people) => Number(people.toFixed(6)))).toEqual([1000, 500]);
    const middle = [...areas!.cell].filter((_, k) => areas!.area[k] === 0).map((c) => cellCenter(cells[c]!).lon);
    expect(Math.max(...middle)).toBeLessThan(-93.147);
    expect(notes.join()).toContain('1 areas of the boundaries have no row in the table and are left out, such as 009.');
  });

  it('finds figures among the properties of GeoJSON', async () => {
    const { groups, areas } = await read({ file: 'people.geojson' });
    expect(sumOf(groups[0]!.people)).toBeCloseTo(70, 9);
    expect(areas!.name).toEqual(['West side']);
  });

  it('says where a sub-group is more than all', async () => {
    expect((await read({ file: 'households.csv', groups: ['children'] })).notes.join()).toContain(
      '"children" is more than "population" in 1 rows (row 1)',
    );
  });
});

test.each<[PopulationFiles, string[]]>([
  [
    { file: 'zeros.csv', boundaries: 'tracts.geojson' },
    ['zeros.csv, row 1, column tract: "1" is unknown, "001" is not: the table has lost zeros'],
  ],
  [{ file: 'unknown.csv', boundaries: 'tracts.geojson' }, ['row 2, column tract: no area of', 'has the code "077" (property GEOID)']],
  [{ file: 'twice.csv' }, [`row 2, column cell: "${CELL}" stands in row 1 already`]],
  [{ file: 'mixed.csv' }, ['row 2, column cell:', 'of resolution 8, row 1 of 9']],
  [
    { file: 'words.csv' },
    ['row 1, column population: "many" is no number', 'row 2, column population: "-4" is below zero', 'row 3, column cell: there is no id'],
  ],
  [{ file: 'noncells.csv' }, ['row 2, column cell: "Tract 9" is no H3 cell']],
  [{ file: 'nohex.csv' }, ['row 1, column code: "17" is no H3 cell. Codes of areas need a file of their boundaries']],
  [{ file: 'nothing.csv' }, ['has a header and no rows']],
  [{ file: 'cells.csv', people: 'inhabitants' }, ['has no column "inhabitants". It has: cell, population, children.']],
  [{ file: 'meters.geojson' }, ['feature 1, property geometry: 478000, 4980000 are no degrees; they seem to be metres of a projection']],
  [{ file: 'crs.geojson' }, ['is in urn:ogc:def:crs:EPSG::3857, not in degrees']],
  [{ file: 'turned.geojson' }, ['latitude seems to stand before longitude']],
  [{ file: 'points.geojson' }, ['feature 1, property geometry: a Point has no area']],
  [{ file: 'nowhere.geojson' }, ['feature 1, property geometry: there is no outline']],
  [{ file: 'flat.geojson' }, ['has no area']],
  [
    { file: 'tracts.csv', boundaries: 'doubled.geojson' },
    ['doubled.geojson, feature 2, property GEOID: "001" stands in feature 1 already'],
  ],
  [{ file: 'tracts.csv', boundaries: 'cells.csv' }, ['is no GeoJSON']],
  [{ file: 'broken.geojson' }, ['is not JSON']],
  [{ file: 'topo.json' }, ['is no GeoJSON FeatureCollection']],
  [{ file: 'tracts.shp' }, ['is of a kind that is not read here. Export it as CSV, or as GeoJSON']],
  [{ file: 'gone.csv' }, ['There is no file']],
])('%j is refused in words', async (files, said) => {
  const message = await read(files).then(
    () => 'was read',
    (error: Error) => error.message,
  );
  for (const part of said) expect(message).toContain(part);
});

describe('splitting by cells', () => {
  const position = fc.record({ lon: fc.double({ min: -179, max: 178, noNaN: true }), lat: fc.double({ min: -70, max: 70, noNaN: true }) });

  it('gives the whole cell to a polygon that is the cell', () => {
    fc.assert(
      fc.property(position, (at) => {
        const cell = cellAt(at, 8);
        const [share] = [...splitByCells([[cellRing(cell)]], 8)].filter(([id]) => id === cell).map(([, part]) => part);
        expect(share).toBeGreaterThan(1 - 1e-6);
      }),
      { numRuns: 20 },
    );
  });

  it('loses nothing, and a hole has nobody', () => {
    fc.assert(
      fc.property(position, fc.double({ min: 0.01, max: 0.04, noNaN: true }), ({ lon, lat }, size) => {
        const whole = splitByCells([[box(lon, lat, size)]], 8);
        const hole = splitByCells([[box(lon, lat, size), box(lon + size / 4, lat + size / 4, size / 2)]], 8);
        const rest = splitByCells([[box(lon + size / 4, lat + size / 4, size / 2)]], 8);
        const sum = (shares: Map<string, number>) => [...shares.values()].reduce((a, b) => a + b, 0);
        expect(sum(whole)).toBeCloseTo(1, 9);
        expect(sum(hole)).toBeCloseTo(1, 9);
        // The hole is a quarter of it, but for what latitude makes of that.
        const part = 0.25 / (1 + 1e-4 * size);
        for (const [cell, share] of whole) {
          expect(share).toBeCloseTo((1 - part) * (hole.get(cell) ?? 0) + part * (rest.get(cell) ?? 0), 3);
        }
      }),
      { numRuns: 20 },
    );
  });
});

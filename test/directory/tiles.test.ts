// Tiles of resources: whatever the zoom, every resource is in exactly one tile, as a pin or in one cluster's count.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { parseTile, tileBounds, worldX, worldY } from '#shared/geo/tile-math.ts';
import { RESOURCE_MAX_ZOOM, resourceTile } from '#server/directory/tiles.ts';
import { DirectoryIndex } from '../../shared/directory/index.ts';
import { resource } from './resources.ts';

interface Found {
  count: number;
  ids: string[];
}

function read(bytes: Uint8Array | null): Found {
  const found: Found = { count: 0, ids: [] };
  const layer = bytes && new VectorTile(new PbfReader(bytes)).layers['resources'];
  for (let i = 0; layer && i < layer.length; i++) {
    const { id, count } = layer.feature(i).properties;
    found.count += typeof count === 'number' ? count : 1;
    if (typeof id === 'string') found.ids.push(id);
  }
  return found;
}

/** Every tile that can hold one of the positions, and those around it. */
function tilesAround(points: readonly { lon: number; lat: number }[], z: number): { z: number; x: number; y: number }[] {
  const size = 2 ** z;
  const names = new Set<string>();
  for (const { lon, lat } of points) {
    const [x, y] = [Math.floor(worldX(lon) * size), Math.floor(worldY(lat) * size)];
    for (const dx of [-1, 0, 1]) for (const dy of [-1, 0, 1]) names.add(`${x + dx} ${y + dy}`);
  }
  return [...names]
    .map((name) => name.split(' ').map(Number) as [number, number])
    .flatMap(([x, y]) => (x >= 0 && y >= 0 && x < size && y < size ? [{ z, x, y }] : []));
}

const points = fc.array(
  fc.record({ lon: fc.double({ min: -93.3, max: -93.1, noNaN: true }), lat: fc.double({ min: 44.9, max: 45.05, noNaN: true }) }),
  { minLength: 1, maxLength: 150 },
);

describe('resource tiles', () => {
  it('hold each resource once at every zoom, over the borders of tiles', () => {
    fc.assert(
      fc.property(points, fc.integer({ min: 0, max: RESOURCE_MAX_ZOOM }), (places, z) => {
        const index = DirectoryIndex.build(
          places.map((at, i) => resource({ id: `r${i}`, type: i % 3 === 0 ? 'pantry' : 'clinic', ...at })),
        );
        const found = tilesAround(places, z).map((tile) => read(resourceTile(index, tile)));
        expect(found.reduce((sum, one) => sum + one.count, 0)).toBe(places.length);
        const ids = found.flatMap((one) => one.ids);
        expect(new Set(ids).size).toBe(ids.length);
      }),
      { numRuns: 150 },
    );
  });

  it('show single pins with kind and name, and clusters with their kinds', () => {
    const near = Array.from({ length: 9 }, (_, i) =>
      resource({ id: `r${i}`, type: i < 6 ? 'pantry' : 'clinic', lon: -93 + i * 1e-5, lat: 45 }),
    );
    const index = DirectoryIndex.build([
      ...near,
      resource({ id: 'far', type: 'shelter', lon: 10, lat: 50, service: { id: 's', name: 'Far away' } }),
    ]);
    const layer = new VectorTile(new PbfReader(resourceTile(index, { z: 0, x: 0, y: 0 })!)).layers['resources']!;
    const all = Array.from({ length: layer.length }, (_, i) => layer.feature(i).properties);
    expect(all).toContainEqual({ count: 9, type: 'pantry', type1: 'pantry', count1: 6, type2: 'clinic', count2: 3 });
    expect(all).toContainEqual({ id: 'far', name: 'Far away', type: 'shelter' });
  });

  it('are nothing where there is nothing, and hold nothing hidden', () => {
    const index = DirectoryIndex.build([resource({ id: 'h', hidden: true, cell: '872834701ffffff', lon: -93, lat: 45 })]);
    for (let z = 0; z <= RESOURCE_MAX_ZOOM; z++) {
      const size = 2 ** z;
      expect(resourceTile(index, { z, x: Math.floor(worldX(-93) * size), y: Math.floor(worldY(45) * size) })).toBeNull();
    }
  });
});

describe('tile addresses', () => {
  it.each([
    ['0', '0', '0', { z: 0, x: 0, y: 0 }],
    ['3', '7', '7', { z: 3, x: 7, y: 7 }],
    ['3', '8', '0', null],
    ['17', '0', '0', null],
    ['1', '-1', '0', null],
    ['1', 'x', '0', null],
    ['1', '0', '0.5', null],
  ])('%s/%s/%s', (z, x, y, expected) => expect(parseTile({ z, x, y }, 16)).toEqual(expected));

  it('cover the world', () => {
    expect(tileBounds({ z: 0, x: 0, y: 0 })).toEqual([-180, -90, 180, 90]);
    expect(tileBounds({ z: 1, x: 1, y: 0 }).map(Math.round)).toEqual([0, 0, 180, 90]);
  });
});

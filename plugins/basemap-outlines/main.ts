// Countries of the world (Natural Earth, 1:50 million) and states of the USA (US Census Bureau, 1:10 million) as a basemap.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Feature, FeatureCollection, Geometry, MultiPolygon, Polygon, Position } from 'geojson';
import { feature, mesh } from 'topojson-client';
import type { GeometryCollection, GeometryObject, Topology } from 'topojson-specification';
import { definePlugin, type BasemapLayers } from '../../shared/plugin-api/index.ts';

type Named = GeometryCollection<{ name: string }>;
type World = Topology<{ countries: Named; land: GeometryObject }>;
type States = Topology<{ states: Named; nation: GeometryObject }>;

export default definePlugin({ basemaps: { outlines } });

async function outlines(): Promise<BasemapLayers> {
  const world = read<World>('world-atlas/countries-50m.json');
  const america = read<States>('us-atlas/states-10m.json');
  const { countries, land } = world.objects;
  const { states } = america.objects;
  return {
    earth: collection([unrolled(asFeature(feature(world, land), { kind: 'earth' }))]),
    boundaries: collection([
      line(
        mesh(world, countries, (a, b) => a !== b),
        { kind: 'country', kind_detail: 2, min_zoom: 0 },
      ),
      line(
        mesh(america, states, (a, b) => a !== b),
        { kind: 'region', kind_detail: 4, min_zoom: 3 },
      ),
    ]),
    places: collection([
      ...labels(feature(world, countries).features, { kind: 'country', min_zoom: 1 }),
      ...labels(feature(america, states).features, { kind: 'region', min_zoom: 4 }),
    ]),
  };
}

function read<T>(file: string): T {
  return JSON.parse(readFileSync(fileURLToPath(import.meta.resolve(file)), 'utf8')) as T;
}

function collection(features: Feature[]): FeatureCollection {
  return { type: 'FeatureCollection', features };
}

function asFeature(given: Feature | FeatureCollection, properties: Record<string, string>): Feature {
  const geometry = given.type === 'Feature' ? given.geometry : given.features[0]!.geometry;
  return { type: 'Feature', properties, geometry };
}

/** Where land crosses the meridian of 180°, its outline goes on beyond it: else it would run back around the whole world. */
function unrolled(given: Feature): Feature {
  if (given.geometry?.type !== 'MultiPolygon') return given;
  const coordinates = given.geometry.coordinates.map((polygon) => polygon.map(unrollRing));
  return { ...given, geometry: { type: 'MultiPolygon', coordinates } };
}

/** A ring around a pole has no such form and stays. */
function unrollRing(ring: Position[]): Position[] {
  let turns = 0;
  let before = ring[0]?.[0] ?? 0;
  const unrolled = ring.map(([lon = 0, lat = 0]): Position => {
    if (lon - before > 180) turns -= 1;
    else if (before - lon > 180) turns += 1;
    before = lon;
    return [lon + 360 * turns, lat];
  });
  return turns === 0 ? unrolled : ring;
}

function line(geometry: Geometry, properties: Record<string, string | number>): Feature {
  return { type: 'Feature', properties, geometry };
}

/** A point inside the largest part of each area, with its name; larger areas first. */
function labels(areas: Feature<Geometry, { name: string }>[], properties: Record<string, string | number>): Feature[] {
  return areas
    .flatMap(({ geometry, properties: { name } }) => {
      if (geometry?.type !== 'Polygon' && geometry?.type !== 'MultiPolygon') return [];
      const { center, area } = largestPart(geometry);
      return [{ name, center, area }];
    })
    .sort((a, b) => b.area - a.area)
    .map(({ name, center }, rank) => ({
      type: 'Feature' as const,
      properties: { ...properties, name, population_rank: Math.max(0, 15 - Math.floor(rank / 12)) },
      geometry: { type: 'Point' as const, coordinates: center },
    }));
}

function largestPart(geometry: Polygon | MultiPolygon): { center: Position; area: number } {
  const rings = geometry.type === 'Polygon' ? [geometry.coordinates[0]!] : geometry.coordinates.map((polygon) => polygon[0]!);
  return rings.map(centroid).reduce((best, part) => (part.area > best.area ? part : best));
}

/** Centroid and area of a ring, in degrees: enough to place a name. */
function centroid(ring: Position[]): { center: Position; area: number } {
  let [area, x, y] = [0, 0, 0];
  for (let i = 0; i + 1 < ring.length; i++) {
    const [ax, ay] = ring[i] as [number, number];
    const [bx, by] = ring[i + 1] as [number, number];
    const cross = ax * by - bx * ay;
    area += cross / 2;
    x += ((ax + bx) * cross) / 6;
    y += ((ay + by) * cross) / 6;
  }
  return area === 0 ? { center: ring[0]!, area: 0 } : { center: [x / area, y / area], area: Math.abs(area) };
}

// Reach, areas, start and way of a search as features, and the box that shows all of it.

import type { Feature } from 'geojson';
import type { LonLat } from '#shared/geo/travel.ts';
import { circleAround, reachShapes } from './reach-shape.ts';
import type { AreaInput, MapBounds, MapSearch, StandingSite } from './types.ts';

/** Radius that covers a coarse cell (H3 resolution 7) wherever in it the site may be. */
const AREA_METERS = 1600;

export function toReachFeatures({ reach, estimated }: Pick<MapSearch, 'reach' | 'estimated'>): Feature[] {
  const shapes = reachShapes(reach);
  if (!shapes) return [];
  return [
    { type: 'Feature', geometry: shapes.outside, properties: { part: 'outside' } },
    { type: 'Feature', geometry: shapes.inside, properties: { part: 'inside', estimated } },
  ];
}

/** One circle a cell, however many private sites are in it: neither their number nor their place shows. */
export function toAreaFeatures(areas: readonly AreaInput[], centerOf: (cell: string) => LonLat): Feature[] {
  const byCell = new Map<string, AreaInput[]>();
  for (const area of areas) byCell.set(area.cell, [...(byCell.get(area.cell) ?? []), area]);
  return [...byCell].flatMap(([cell, there]) => {
    const { lon, lat } = centerOf(cell);
    const label = there.length === 1 ? (there[0]?.label ?? '') : '';
    const properties = { id: there[0]?.id ?? '', label, lon, lat };
    return [
      { type: 'Feature', geometry: circleAround(lon, lat, AREA_METERS), properties },
      { type: 'Feature', geometry: { type: 'Point', coordinates: [lon, lat] }, properties },
    ] satisfies Feature[];
  });
}

export function toStartFeatures(start: MapSearch['start'], label: string): Feature[] {
  return start
    ? [{ type: 'Feature', geometry: { type: 'Point', coordinates: [start.lon, start.lat] }, properties: { label: start.label ?? label } }]
    : [];
}

export function toWayFeatures(points: readonly (readonly [number, number])[] | null): Feature[] {
  if (!points || points.length < 2) return [];
  return [{ type: 'Feature', geometry: { type: 'LineString', coordinates: points.map(([lon, lat]) => [lon, lat]) }, properties: {} }];
}

export function toSiteFeatures(sites: readonly StandingSite[]): Feature[] {
  return sites.map(({ id, lon, lat, type, label }) => ({
    type: 'Feature',
    geometry: { type: 'Point', coordinates: [lon, lat] },
    properties: { id, type: type ?? '', label },
  }));
}

/** The box around start and reach; without a reach around the pins. null where there is nothing. */
export function searchBounds(search: MapSearch): MapBounds | null {
  const places: (readonly [number, number])[] = search.reach.flat();
  if (places.length === 0) places.push(...search.pins.map((pin) => [pin.lon, pin.lat] as const));
  if (search.start) places.push([search.start.lon, search.start.lat]);
  return boundsAroundPlaces(places);
}

export function boundsAroundPlaces(places: readonly (readonly [number, number])[]): MapBounds | null {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lon, lat] of places) {
    if (!Number.isFinite(lon) || !Number.isFinite(lat)) continue;
    west = Math.min(west, lon);
    east = Math.max(east, lon);
    south = Math.min(south, lat);
    north = Math.max(north, lat);
  }
  return west === Infinity ? null : [west, south, east, north];
}

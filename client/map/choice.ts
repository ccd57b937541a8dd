// What a drawn feature stands for: one resource that can be chosen, or a cluster of several, and the spot where it stands.

import type { Feature } from 'geojson';
import type { LonLat } from '#shared/geo/travel.ts';

/** A resource that can be chosen at a spot. */
export interface Choice extends LonLat {
  id: string;
  label: string;
  type: string | null;
}

/** Degrees within which two pins stand on one spot. */
const SAME_SPOT = 1e-4;

export type AnyFeature = Pick<Feature, 'geometry' | 'properties'>;

export function isCluster(feature: AnyFeature): boolean {
  return feature.properties?.['point_count'] !== undefined || feature.properties?.['count'] !== undefined;
}

export function toSpot(feature: AnyFeature): LonLat {
  if (feature.geometry.type === 'Point') {
    const [lon = NaN, lat = NaN] = feature.geometry.coordinates;
    return { lon, lat };
  }
  return { lon: Number(feature.properties?.['lon']), lat: Number(feature.properties?.['lat']) };
}

export function isNear(a: LonLat, b: LonLat): boolean {
  return Math.abs(a.lon - b.lon) < SAME_SPOT && Math.abs(a.lat - b.lat) < SAME_SPOT;
}

export function toChoice(feature: AnyFeature): Choice {
  const properties = feature.properties ?? {};
  const type = properties['type'];
  return {
    ...toSpot(feature),
    id: String(properties['id']),
    label: String(properties['label'] ?? properties['name'] ?? ''),
    type: type ? String(type) : null,
  };
}

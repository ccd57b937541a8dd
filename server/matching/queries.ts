// What matching needs beside the index: the rules that are contributed, and the extents of the areas that services publish.

import type { Kysely } from 'kysely';
import type { Area } from '#shared/eligibility/areas.ts';
import type { Database } from '#server/db/schema.ts';
import { readHiddenPlaces } from '#server/directory/queries.ts';

export { compileContributedRules, contributedTo } from './contributed.ts';
export { withJudgedFacts } from './judge.ts';

/**
 * Areas whose extent is written as GeoJSON, by their public id where they have one, and by the name that the index knows.
 * One that is drawn around a hidden place so closely that it tells where that is has no extent.
 */
export async function listAreas(db: Kysely<Database>): Promise<Area[]> {
  const columns = ['id', 'name', 'extent', 'uri', 'service_id', 'service_at_location_id'] as const;
  const rows = await db.selectFrom('service_area').select(columns).where('extent', 'is not', null).execute();
  const hidden = await readHiddenPlaces(db);
  const areas = new Map<string, Area>();
  for (const row of rows) {
    const rings = toRings(hidden.withhold('service_area', row)?.extent ?? null);
    const id = row.uri || row.name || row.id;
    const key = JSON.stringify([id, row.name]);
    if (rings && !areas.has(key)) areas.set(key, { id, ...(row.name ? { name: row.name } : {}), rings });
  }
  return [...areas.values()];
}

type Ring = readonly (readonly [number, number])[];

/** Rings of a GeoJSON polygon, feature or collection; undefined where the text is none of these. */
function toRings(extent: string | null): Ring[] | undefined {
  if (!extent?.trimStart().startsWith('{')) return undefined;
  try {
    const rings = collectRings(JSON.parse(extent));
    return rings.length > 0 ? rings : undefined;
  } catch {
    return undefined;
  }
}

interface GeoJsonLike {
  type?: string;
  geometry?: GeoJsonLike | null;
  features?: GeoJsonLike[];
  geometries?: GeoJsonLike[];
  coordinates?: unknown;
}

function collectRings(json: GeoJsonLike | null | undefined): Ring[] {
  switch (json?.type) {
    case 'Polygon':
      return json.coordinates as Ring[];
    case 'MultiPolygon':
      return (json.coordinates as Ring[][]).flat();
    case 'Feature':
      return collectRings(json.geometry);
    case 'FeatureCollection':
      return (json.features ?? []).flatMap(collectRings);
    case 'GeometryCollection':
      return (json.geometries ?? []).flatMap(collectRings);
    default:
      return [];
  }
}

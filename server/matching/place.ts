// The position of a place that a request names in words: the best that the geocoder knows.

import type { LonLat } from '#shared/geo/travel.ts';
import { Problem } from '#shared/platform/problems.ts';
import type { ServerDeps } from '#server/deps.ts';
import { getGeocoder } from '#server/directory/queries.ts';

/** Throws a Problem where nothing of this name is known. */
export async function getPosition(deps: ServerDeps, text: string, language: string): Promise<LonLat> {
  const [best] = await getGeocoder(deps).search({ text, language, limit: 1 });
  if (best) return { lon: best.lon, lat: best.lat };
  throw new Problem(
    'bad_request',
    `The place "${text}" is not known here. Give an address, a town or a postal code that the directory has, or { "lon", "lat" }.`,
  );
}

// The position of a place that a request names in words: what the geocoder of the directory finds first.

import { getGeocoder } from '#server/directory/queries.ts';
import type { ServerDeps } from '#server/deps.ts';
import type { PlaceFinder } from './finder.ts';

const SUGGESTIONS = 3;

export function createPlaceFinder(deps: ServerDeps): PlaceFinder {
  const geocoder = getGeocoder(deps);
  return async (text, language) => {
    const [found] = await geocoder.search({ text, language, limit: 1 });
    if (found) return { found, suggestions: [] };
    const parts = text.split(/[\s,]+/).filter((part) => part.length > 2);
    const near = await Promise.all(parts.map((part) => geocoder.search({ text: part, language, limit: SUGGESTIONS })));
    return { suggestions: [...new Set(near.flat().map((place) => place.label))].slice(0, SUGGESTIONS) };
  };
}

// What the map shows now, for the server: what is near goes first, and a list may hold what is in sight alone.

import { map } from '#client/map/controller.svelte.ts';
import { middleOf, wrapLongitude, type Bounds } from '#shared/geo/bounds.ts';
import type { LonLat } from '#shared/geo/travel.ts';

/** The middle of the map; null while there is no map. */
export function placeLookedAt(): LonLat | null {
  const bounds = boundsLookedAt();
  return bounds && middleOf(bounds);
}

/** What is in sight; of a map that shows the world more than once, all of it. */
export function boundsLookedAt(): Bounds | null {
  const { bounds } = map.controller;
  if (bounds === null) return null;
  const [west, south, east, north] = bounds;
  const [bottom, top] = [Math.max(-90, south), Math.min(90, north)];
  return east - west >= 360 ? [-180, bottom, 180, top] : [wrapLongitude(west), bottom, wrapLongitude(east), top];
}

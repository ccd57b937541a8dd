// Whether a place lies in an area. Areas are named by id or name; an id with slashes lies in its beginnings
// ("us/ca/oakland" in "us/ca"). Where neither names nor extents tell, it stays open.

import { foldText } from '../platform/suggest.ts';
import type { Possibility } from '../intake/possibility.ts';
import { agree, FAILED, greatest, MET, OPEN, type Outcome } from './compare.ts';

export interface Area {
  id: string;
  name?: string;
  /** Larger areas that it lies in, by id. */
  within?: readonly string[];
  /** Rings of [lon, lat] in degrees, outer ones and holes alike (even-odd); absent: not known. */
  rings?: readonly (readonly (readonly [number, number])[])[];
}

export interface AreaLookup {
  /** Whether a place, known as exactly as it is, lies in any of the areas. */
  within(place: Possibility, areas: readonly string[]): Outcome;
}

/** A look-up over areas whose extents or larger areas are known; without any, names and ids decide. */
export function createAreas(areas: Iterable<Area> = []): AreaLookup {
  const byName = new Map<string, Area>();
  for (const area of areas) {
    byName.set(toKey(area.id), area);
    if (area.name !== undefined && !byName.has(toKey(area.name))) byName.set(toKey(area.name), area);
  }

  const liesIn = (place: string, area: string, depth = 0): boolean => {
    const [inner, outer] = [toKey(place), toKey(area)];
    if (inner === outer || inner.startsWith(`${outer}/`)) return true;
    const [known, wanted] = [byName.get(inner), byName.get(outer)];
    if (known && known === wanted) return true;
    return depth < 10 && (known?.within ?? []).some((larger) => liesIn(larger, area, depth + 1));
  };
  const holdsPoint = (area: string, lon: number, lat: number): Outcome => {
    const rings = byName.get(toKey(area))?.rings;
    return rings ? (isInside(lon, lat, rings) ? MET : FAILED) : OPEN;
  };

  return {
    within(place, wanted) {
      if (place.kind === 'point') return wanted.map((area) => holdsPoint(area, place.lon, place.lat)).reduce(greatest, FAILED);
      if (place.kind !== 'words') return OPEN;
      return agree(place.values, (value) => (wanted.some((area) => liesIn(String(value), area)) ? MET : FAILED));
    },
  };
}

/** Folded part by part, so that the slashes stay. */
function toKey(area: string): string {
  return area.split('/').map(foldText).join('/');
}

function isInside(lon: number, lat: number, rings: NonNullable<Area['rings']>): boolean {
  let inside = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [x1, y1] = ring[i]!;
      const [x2, y2] = ring[j]!;
      if (y1 > lat !== y2 > lat && lon < ((x2 - x1) * (lat - y1)) / (y2 - y1) + x1) inside = !inside;
    }
  }
  return inside;
}

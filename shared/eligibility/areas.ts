// Whether a place lies in an area. Areas are named by id or name. An id is a path ("us/ca/oakland" lies in "us/ca"); ids of one
// tree that part ways share no ground. Outlines decide for points, and for areas that are wholly apart. A name that merely
// differs tells nothing: it may be another name of the same place, or a part of it, so it stays open and never becomes a no.

import { foldText } from '../platform/suggest.ts';
import type { Possibility } from '../intake/possibility.ts';
import { agree, FAILED, greatest, MET, OPEN, type Outcome } from './compare.ts';
import { areApart, isInside, type Rings } from './outlines.ts';

export interface Area {
  id: string;
  name?: string;
  /** Larger areas that it lies in, by id. */
  within?: readonly string[];
  /** Rings of [lon, lat] in degrees, outer ones and holes alike (even-odd); absent: not known. */
  rings?: Rings;
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

  const find = (key: string): Area | undefined => byName.get(key);
  const liesIn = (inner: string, outer: string, depth = 0): boolean => {
    if (inner === outer || inner.startsWith(`${outer}/`)) return true;
    const [known, wanted] = [find(inner), find(outer)];
    if (known && known === wanted) return true;
    // Known by another name: the id says more.
    if (known && toKey(known.id) !== inner && depth < MOST_STEPS && liesIn(toKey(known.id), outer, depth + 1)) return true;
    if (wanted && toKey(wanted.id) !== outer && depth < MOST_STEPS && liesIn(inner, toKey(wanted.id), depth + 1)) return true;
    return depth < MOST_STEPS && (known?.within ?? []).some((larger) => liesIn(toKey(larger), outer, depth + 1));
  };

  const apart = new Map<string, boolean>();
  /** Known to share no ground. */
  const isApart = (inner: string, outer: string): boolean => {
    const key = `${inner}|${outer}`;
    let known = apart.get(key);
    if (known === undefined) {
      const [a, b] = [find(inner), find(outer)];
      known = partWays(a ? toKey(a.id) : inner, b ? toKey(b.id) : outer) || (a?.rings && b?.rings ? areApart(a.rings, b.rings) : false);
      apart.set(key, known);
    }
    return known;
  };
  const relate = (place: string, area: string): Outcome => (liesIn(place, area) ? MET : isApart(place, area) ? FAILED : OPEN);
  const holdsPoint = (area: string, lon: number, lat: number): Outcome => {
    const rings = find(area)?.rings;
    return rings ? (isInside(lon, lat, rings) ? MET : FAILED) : OPEN;
  };

  return {
    within(place, wanted) {
      const areas = wanted.map(toKey);
      if (place.kind === 'point') return areas.map((area) => holdsPoint(area, place.lon, place.lat)).reduce(greatest, FAILED);
      if (place.kind !== 'words') return OPEN;
      return agree(place.values, (value) => areas.map((area) => relate(toKey(String(value)), area)).reduce(greatest, FAILED));
    },
  };
}

const MOST_STEPS = 10;

/** Two ids of one tree, neither of which lies in the other. */
function partWays(one: string, other: string): boolean {
  const [a, b] = [one.split('/'), other.split('/')];
  if (a.length < 2 || b.length < 2 || a[0] !== b[0]) return false;
  return a.some((part, i) => i < b.length && part !== b[i]);
}

/** Folded part by part, so that the slashes stay. */
function toKey(area: string): string {
  return area.split('/').map(foldText).join('/');
}

// How long a way takes: on a street graph where there is one, else an estimate that says so.

import { boundsContain, type Bounds } from './bounds.ts';
import { haversine } from './distance.ts';
import { createTravel, estimateInto, estimateReach, estimateToPoints } from './estimate.ts';
import { reachRings } from './reach.ts';
import { StreetGraph, type StreetGraphData } from './street-graph.ts';
import type { Snap } from './street-snap.ts';

export type TravelMode = 'walk' | 'drive';

export interface LonLat {
  lon: number;
  lat: number;
}

/** Travel from one place to many; index i of each array belongs to point i. */
export interface Travel {
  /** Metres along the way; Infinity: not reachable within the limit. */
  meters: Float32Array;
  /** Seconds; Infinity as above. */
  seconds: Float32Array;
  /** 1 where the figure is an estimate from the straight line. */
  estimated: Uint8Array;
}

export interface TravelLimit {
  seconds?: number;
  meters?: number;
}

/** Positions in degrees. `straight`: metres as the crow flies, where they have been worked out already. */
export interface TravelPoints {
  readonly lon: ArrayLike<number>;
  readonly lat: ArrayLike<number>;
  readonly straight?: Float64Array;
}

export interface TravelTimes {
  /** Ways from `from` to each point. NaN positions give Infinity. */
  toPoints(from: LonLat, mode: TravelMode, points: TravelPoints, limit: TravelLimit): Travel;
  /** {@link TravelTimes.toPoints} from many places to the same points, which are put on their streets once. */
  between(from: TravelPoints, mode: TravelMode, points: TravelPoints, limit: TravelLimit): Iterable<Travel>;
  /** The area that can be reached within `seconds`, as rings of [lon, lat]; and whether it is an estimate. */
  reach(from: LonLat, mode: TravelMode, seconds: number): { rings: [number, number][][]; estimated: boolean };
  /** The way itself as [lon, lat] points, for drawing; null where only an estimate exists. */
  path(from: LonLat, to: LonLat, mode: TravelMode): [number, number][] | null;
}

/** A street graph and the box within which its streets are complete; the graph's own box where none is given. */
export interface StreetRegion {
  data: StreetGraphData;
  bounds?: Bounds;
}

/** Travel on the given graphs; where none holds both ends, or a place is off its streets, by estimate. Without graphs: all by estimate. */
export function createTravelTimes(regions: readonly StreetRegion[] = []): TravelTimes {
  const streets = regions.map(({ data, bounds }) => {
    const graph = new StreetGraph(data);
    return { graph, bounds: bounds ?? graph.bounds };
  });
  const streetsAt = (from: LonLat) => streets.find(({ bounds }) => boundsContain(bounds, from.lon, from.lat));

  /** The graph around a place, and the place on its streets; null where there is none. */
  function placeOnStreets(from: LonLat, mode: TravelMode): { graph: StreetGraph; bounds: Bounds; start: Snap } | null {
    const around = streetsAt(from);
    const start = around?.graph.snap(from, mode);
    return around && start ? { ...around, start } : null;
  }

  function travelTo(from: LonLat, mode: TravelMode, target: Target, limit: TravelLimit): Travel {
    const { points } = target;
    const place = placeOnStreets(from, mode);
    if (!place) return estimateToPoints(from, mode, points, limit);
    const count = points.lon.length;
    const travel = createTravel(count);
    const snapAt = target.snapsOn(place.graph);
    const snaps: Snap[] = [];
    const indexOf: number[] = [];
    for (let i = 0; i < count; i++) {
      const lon = points.lon[i] as number;
      const lat = points.lat[i] as number;
      const straight = points.straight?.[i] ?? haversine(from.lon, from.lat, lon, lat);
      if (boundsContain(place.bounds, lon, lat)) {
        if (straight > farthestWithin(place.graph, mode, limit)) continue;
        const snap = snapAt(i);
        if (snap) {
          snaps.push(snap);
          indexOf.push(i);
          continue;
        }
      }
      estimateInto(travel, i, straight, mode, limit);
    }
    copyInto(travel, indexOf, place.graph.toSnaps(place.start, mode, snaps, limit));
    return travel;
  }

  return {
    toPoints: (from, mode, points, limit) => travelTo(from, mode, createTarget(points, mode), limit),
    *between(from, mode, points, limit) {
      const target = createTarget(points, mode);
      for (let i = 0; i < from.lon.length; i++)
        yield travelTo({ lon: from.lon[i] as number, lat: from.lat[i] as number }, mode, target, limit);
    },
    reach(from, mode, seconds) {
      const place = placeOnStreets(from, mode);
      if (!place) return { rings: estimateReach(from, mode, seconds), estimated: true };
      const tree = place.graph.search(place.start, mode, { seconds });
      return { rings: reachRings(place.graph, tree, seconds), estimated: false };
    },
    path(from, to, mode) {
      const place = placeOnStreets(from, mode);
      const end = place && boundsContain(place.bounds, to.lon, to.lat) ? place.graph.snap(to, mode) : null;
      return place && end ? place.graph.path(place.start, end, mode) : null;
    },
  };
}

/** Points, and where they lie on the streets of a graph: looked for once, when it is asked. */
interface Target {
  points: TravelPoints;
  snapsOn(graph: StreetGraph): (i: number) => Snap | null;
}

function createTarget(points: TravelPoints, mode: TravelMode): Target {
  const found = new Map<StreetGraph, (Snap | null)[]>();
  return {
    points,
    snapsOn(graph) {
      const snaps = found.get(graph) ?? [];
      found.set(graph, snaps);
      return (i) => (snaps[i] ??= graph.snap({ lon: points.lon[i] as number, lat: points.lat[i] as number }, mode));
    },
  };
}

/** Metres as the crow flies beyond which a point cannot be reached within the limit; a tenth more, for what rounding takes. */
function farthestWithin(graph: StreetGraph, mode: TravelMode, limit: TravelLimit): number {
  return 1.1 * Math.min(limit.meters ?? Infinity, (limit.seconds ?? Infinity) * graph.fastest(mode));
}

function copyInto(travel: Travel, indexOf: readonly number[], part: Travel): void {
  for (const [k, i] of indexOf.entries()) {
    travel.meters[i] = part.meters[k] as number;
    travel.seconds[i] = part.seconds[k] as number;
  }
}

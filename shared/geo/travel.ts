// How long a way takes: on a street graph where there is one, else an estimate that says so.

import { boundsContain, type Bounds } from './bounds.ts';
import { haversine } from './distance.ts';
import { createTravel, estimateInto, estimateReach, estimateToPoints } from './estimate.ts';
import { reachRings } from './reach.ts';
import { StreetGraph, type StreetGraphData } from './street-graph.ts';
import type { Snap } from './street-snap.ts';
import { createPlacedPoints, nearestPoints, pairPoints, type Streets } from './travel-matrix.ts';

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

/** Ways between many places and many others that are within a limit: compressed rows, one of each place to leave from. */
export interface TravelMatrix {
  /** Pairs of place i are `firstPair[i] .. firstPair[i + 1]`, by rising `to`. */
  firstPair: Uint32Array;
  /** Index of the other place. */
  to: Uint32Array;
  seconds: Float32Array;
  meters: Float32Array;
  /** 1 where the figure is an estimate from the straight line. */
  estimated: Uint8Array;
}

/** The nearest of some places to each of many. */
export interface NearestTravel extends Travel {
  /** Index of the nearest; -1 where none can be reached. */
  nearest: Int32Array;
}

export interface TravelTimes {
  /** Makes what the first question of each mode would otherwise wait for. */
  prepare(pause?: () => Promise<void>): Promise<void>;
  /** Ways from `from` to each point. NaN positions give Infinity. */
  toPoints(from: LonLat, mode: TravelMode, points: TravelPoints, limit: TravelLimit): Travel;
  /**
   * All ways from many places to many others. Works through the fewer of both, against the direction of travel if need be.
   * Where a place lies on its streets is kept with the object of points: hand in the same one for the same places.
   */
  pairs(from: TravelPoints, mode: TravelMode, to: TravelPoints, limit: TravelLimit): TravelMatrix;
  /** For each place the nearest of the others, in one search. */
  nearest(from: TravelPoints, mode: TravelMode, to: TravelPoints, limit: TravelLimit): NearestTravel;
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
  const streets = regions.map(({ data, bounds }): Streets => {
    const graph = new StreetGraph(data);
    return { graph, bounds: bounds ?? graph.bounds };
  });
  const placed = createPlacedPoints(streets);

  /** The graph around a place, and the place on its streets; null where there is none. */
  function placeOnStreets(from: LonLat, mode: TravelMode): (Streets & { start: Snap }) | null {
    const around = streets.find(({ bounds }) => boundsContain(bounds, from.lon, from.lat));
    const start = around?.graph.snap(from, mode);
    return around && start ? { ...around, start } : null;
  }

  return {
    async prepare(pause) {
      for (const { graph } of streets) {
        for (const mode of ['walk', 'drive'] as const) {
          await pause?.();
          graph.prepare(mode);
        }
      }
    },
    toPoints(from, mode, points, limit) {
      const place = placeOnStreets(from, mode);
      if (!place) return estimateToPoints(from, mode, points, limit);
      const count = points.lon.length;
      const travel = createTravel(count);
      const snaps: Snap[] = [];
      const indexOf: number[] = [];
      for (let i = 0; i < count; i++) {
        const lon = points.lon[i] as number;
        const lat = points.lat[i] as number;
        const straight = points.straight?.[i] ?? haversine(from.lon, from.lat, lon, lat);
        if (boundsContain(place.bounds, lon, lat)) {
          if (straight > farthestWithin(place.graph, mode, limit)) continue;
          const snap = place.graph.snap({ lon, lat }, mode);
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
    },
    pairs: (from, mode, to, limit) => pairPoints(placed, { from, mode, to, limit }),
    nearest: (from, mode, to, limit) => nearestPoints(placed, { from, mode, to, limit }),
    reach(from, mode, seconds) {
      const place = placeOnStreets(from, mode);
      if (!place) return { rings: estimateReach(from, mode, seconds), estimated: true };
      const tree = place.graph.search(place.start, mode, { limit: { seconds } });
      return { rings: reachRings(place.graph, tree, seconds), estimated: false };
    },
    path(from, to, mode) {
      const place = placeOnStreets(from, mode);
      const end = place && boundsContain(place.bounds, to.lon, to.lat) ? place.graph.snap(to, mode) : null;
      return place && end ? place.graph.path(place.start, end, mode) : null;
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

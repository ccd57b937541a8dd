// How long a way takes: on a street graph where there is one, else an estimate that says so.

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

export interface TravelTimes {
  /** Ways from `from` to each point. NaN positions give Infinity. */
  toPoints(from: LonLat, mode: TravelMode, points: { lon: ArrayLike<number>; lat: ArrayLike<number> }, limit: TravelLimit): Travel;
  /** The area that can be reached within `seconds`, as rings of [lon, lat]; and whether it is an estimate. */
  reach(from: LonLat, mode: TravelMode, seconds: number): { rings: [number, number][][]; estimated: boolean };
  /** The way itself as [lon, lat] points, for drawing; null where only an estimate exists. */
  path(from: LonLat, to: LonLat, mode: TravelMode): [number, number][] | null;
}

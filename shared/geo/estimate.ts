// Travel where no street graph is known: the straight line, made longer by a usual detour, at a published usual speed.
// Everything that comes from here is labelled as an estimate.

import { createFlatProjection, haversine } from './distance.ts';
import type { LonLat, Travel, TravelLimit, TravelMode, TravelPoints } from './travel.ts';

/**
 * Walking 4.8 km/h (1.33 m/s): adults at a comfortable pace walk 1.27 to 1.43 m/s below 70 years of age
 * (Bohannon and Williams Andrews, "Normal walking speed", Physiotherapy 97, 2011).
 * Detour 1.3: between the 1.2 of everyday journeys (Levinson and El-Geneidy, "The minimum circuity frontier and the journey
 * to work", Regional Science and Urban Economics 39, 2009) and the 1.42 of ways to hospitals by road in the whole United States
 * (Boscoe, Henry and Zdeb, "A nationwide comparison of driving distance versus straight-line distance", Professional Geographer 64, 2012).
 * Driving 30 km/h: an assumption of ours for a town, door to door, with its signals, turns and parking.
 */
export const ESTIMATE = {
  walk: { metersPerSecond: 4.8 / 3.6, detour: 1.3 },
  drive: { metersPerSecond: 30 / 3.6, detour: 1.3 },
} as const satisfies Record<TravelMode, { metersPerSecond: number; detour: number }>;

/** Seconds a metre takes between a place and the street before it: on foot, whatever the mode. */
export const ACCESS_PACE = 1 / ESTIMATE.walk.metersPerSecond;

/** Estimated way in metres for a straight line of `straight` metres. */
function estimateMeters(mode: TravelMode, straight: number): number {
  return straight * ESTIMATE[mode].detour;
}

/** Estimated seconds for a straight line of `straight` metres. */
export function estimateSeconds(mode: TravelMode, straight: number): number {
  return estimateMeters(mode, straight) / ESTIMATE[mode].metersPerSecond;
}

/** Estimates point `i` into `travel`; Infinity beyond the limit or without a position. */
export function estimateInto(travel: Travel, i: number, straight: number, mode: TravelMode, limit: TravelLimit): void {
  const meters = estimateMeters(mode, straight);
  const seconds = estimateSeconds(mode, straight);
  const within = seconds <= (limit.seconds ?? Infinity) && meters <= (limit.meters ?? Infinity);
  travel.meters[i] = within ? meters : Infinity;
  travel.seconds[i] = within ? seconds : Infinity;
  travel.estimated[i] = 1;
}

/** {@link TravelTimes.toPoints} by estimate alone. */
export function estimateToPoints(from: LonLat, mode: TravelMode, points: TravelPoints, limit: TravelLimit = {}): Travel {
  if (points.straight) return estimateFrom(points.straight, mode, limit);
  const travel = createTravel(points.lon.length);
  for (let i = 0; i < points.lon.length; i++) {
    estimateInto(travel, i, haversine(from.lon, from.lat, points.lon[i] as number, points.lat[i] as number), mode, limit);
  }
  return travel;
}

/** {@link estimateInto} for many straight lines at once. */
function estimateFrom(straight: Float64Array, mode: TravelMode, limit: TravelLimit): Travel {
  const { detour, metersPerSecond } = ESTIMATE[mode];
  const { seconds: maxSeconds = Infinity, meters: maxMeters = Infinity } = limit;
  const count = straight.length;
  const meters = new Float32Array(count);
  const seconds = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const way = straight[i]! * detour;
    const time = way / metersPerSecond;
    const within = time <= maxSeconds && way <= maxMeters;
    meters[i] = within ? way : Infinity;
    seconds[i] = within ? time : Infinity;
  }
  return { meters, seconds, estimated: new Uint8Array(count).fill(1) };
}

/** The circle that can be reached by estimate: one closed ring of 73 [lon, lat]. */
export function estimateReach(from: LonLat, mode: TravelMode, seconds: number): [number, number][][] {
  const flat = createFlatProjection(from);
  const radius = (seconds * ESTIMATE[mode].metersPerSecond) / ESTIMATE[mode].detour;
  const ring: [number, number][] = [];
  for (let i = 0; i <= 72; i++) {
    const angle = ((i % 72) * Math.PI) / 36;
    ring.push([flat.lon(radius * Math.cos(angle)), flat.lat(radius * Math.sin(angle))]);
  }
  return [ring];
}

/** Travel to `count` points, none of them reached yet. */
export function createTravel(count: number): Travel {
  return {
    meters: new Float32Array(count).fill(Infinity),
    seconds: new Float32Array(count).fill(Infinity),
    estimated: new Uint8Array(count),
  };
}

/** Nobody gets further than this in a second, by the straight line: for drawing a box around all that may be reached, metres. */
const FASTEST: Record<TravelMode, number> = { walk: 2.5, drive: 40 };

/** Metres as the crow flies that nobody gets beyond within `seconds`, on whatever streets. */
export function farthestStraight(mode: TravelMode, seconds: number): number {
  return FASTEST[mode] * seconds;
}

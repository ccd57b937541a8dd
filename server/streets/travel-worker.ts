// The thread of travel-thread.ts: the same travel times as elsewhere, over the same graphs; columns from files lie in shared memory.

import { parentPort, workerData } from 'node:worker_threads';
import {
  createTravelTimes,
  type LonLat,
  type StreetRegion,
  type TravelLimit,
  type TravelMode,
  type TravelPoints,
} from '#shared/geo/travel.ts';
import { giveWay } from '../give-way.ts';

/** Points are named by the number under which they were sent. */
export type Ask =
  | { what: 'reach'; from: LonLat; mode: TravelMode; seconds: number }
  | { what: 'pairs' | 'nearest'; from: number; mode: TravelMode; to: number; limit: TravelLimit };

export type TravelRequest =
  { call: number; ask: Ask } | { keep: { number: number; lon: Float64Array; lat: Float64Array } } | { forget: number };
export type TravelReply = { call: number; answer: unknown } | { call: number; error: string };

giveWay();

const travel = createTravelTimes(workerData as StreetRegion[]);
await travel.prepare();
const kept = new Map<number, TravelPoints>();

function pointsOf(number: number): TravelPoints {
  const points = kept.get(number);
  if (!points) throw new Error(`There are no points ${number}.`);
  return points;
}

function answer(ask: Ask): { answer: object; transfer: ArrayBuffer[] } {
  if (ask.what === 'reach') return { answer: travel.reach(ask.from, ask.mode, ask.seconds), transfer: [] };
  const found = travel[ask.what](pointsOf(ask.from), ask.mode, pointsOf(ask.to), ask.limit);
  return { answer: found, transfer: Object.values(found).map((column: Float32Array<ArrayBuffer>) => column.buffer) };
}

parentPort?.on('message', (request: TravelRequest) => {
  if ('keep' in request) {
    const { number, lon, lat } = request.keep;
    kept.set(number, { lon, lat });
  } else if ('forget' in request) {
    kept.delete(request.forget);
  } else {
    const { call } = request;
    try {
      const { answer: found, transfer } = answer(request.ask);
      parentPort?.postMessage({ call, answer: found } satisfies TravelReply, transfer);
    } catch (error) {
      parentPort?.postMessage({ call, error: error instanceof Error ? error.message : String(error) } satisfies TravelReply);
    }
  }
});

// Find in the API. Nothing that is asked here is stored or logged: places and facts are the person's.

import { z } from 'zod';
import { haversine } from '#shared/geo/distance.ts';
import { ESTIMATE } from '#shared/geo/estimate.ts';
import type { TravelMode } from '#shared/geo/travel.ts';
import { Facts } from '#shared/intake/facts.ts';
import { toTravelLimit, travelToRows } from '#shared/matching/reach.ts';
import { FindRequest } from '#shared/matching/request.ts';
import { Problem } from '#shared/platform/problems.ts';
import type { ServerDeps } from '#server/deps.ts';
import { procedure, router } from '#server/trpc.ts';
import { createFinder } from './finder.ts';
import { replaceEstimates } from './contributed-ways.ts';
import { createSlice, type FindSlice, type SliceRequest } from './slice.ts';

const Position = z.strictObject({ lon: z.number().min(-180).max(180), lat: z.number().min(-90).max(90) });

/** As many as one answer can show. */
const MOST_ROWS = 10_000;

export const findRouter = (deps: ServerDeps) => {
  const finder = createFinder(deps);
  return router({
    /** The resources within reach and the way to each, for matching in the browser. No fact of the person is sent for it. */
    slice: procedure('find')
      .input(z.strictObject({ near: Position, travel: FindRequest.shape.travel }))
      .query(async ({ input }): Promise<FindSlice> => {
        const [travelTimes, areas] = await Promise.all([deps.travelTimes(), finder.areas(), deps.directory.ready]);
        const index = deps.directory.current();
        const travel = travelToRows(index, travelTimes, input);
        await replaceEstimates(deps, index, travel, input);
        return { ...createSlice(index, travel, input, areas), reach: await reachOf(deps, input) };
      }),

    match: procedure('find')
      .input(FindRequest)
      .query(({ ctx, input }) => finder.find(input, ctx.actor.agency?.id ?? null)),

    /**
     * What functions of plugins say of judged facts. Only the facts that they rest on are sent for it; nothing else waits for it.
     * `day`: where the person is.
     */
    judge: procedure('find')
      .input(z.strictObject({ judge: z.array(z.string().max(80)).min(1).max(20), facts: Facts, day: z.iso.date() }))
      .query(({ ctx, input }) => finder.judge(input, ctx.actor.agency?.id ?? null)),

    /** What the index knows of resources beyond a browser's slice, in the slice's shape; those that are gone are left out. */
    rows: procedure('find')
      .input(z.strictObject({ ids: z.array(z.string().max(500)).max(MOST_ROWS) }))
      .query(async ({ input: { ids } }) => {
        await deps.directory.ready;
        const index = deps.directory.current();
        return index.toSlice(ids.flatMap((id) => index.findRow(id) ?? [])).slice;
      }),

    /** The way to a resource, for drawing. Only an estimate: two points and the straight line. */
    path: procedure('find')
      .input(z.strictObject({ from: Position, to: Position, mode: z.enum(['walk', 'drive']) }))
      .query(async ({ input: { from, to, mode } }) => {
        if (haversine(from.lon, from.lat, to.lon, to.lat) > 300_000)
          throw new Problem('bad_request', 'The two places are more than 300 km apart.');
        const travelTimes = await deps.travelTimes();
        const { meters, seconds, estimated } = travelTimes.toPoints(from, mode, { lon: [to.lon], lat: [to.lat] }, {});
        const points = travelTimes.path(from, to, mode) ?? [
          [from.lon, from.lat],
          [to.lon, to.lat],
        ];
        return {
          points,
          meters: Number.isFinite(meters[0]) ? Math.round(meters[0]!) : null,
          seconds: Number.isFinite(seconds[0]) ? Math.round(seconds[0]!) : null,
          estimated: estimated[0] === 1,
        };
      }),
  });
};

async function reachOf({ travelThread }: ServerDeps, { near, travel }: SliceRequest): Promise<FindSlice['reach']> {
  const mode: TravelMode = travel.mode === 'walk' ? 'walk' : 'drive';
  const { seconds = Infinity, meters = Infinity } = toTravelLimit(travel);
  return travelThread.reach(near, mode, Math.min(seconds, meters / ESTIMATE[mode].metersPerSecond));
}

// What can be reached from a place, as an area to draw. The place may be a person's: it is not stored and not logged.

import { z } from 'zod';
import type { ServerDeps } from '#server/deps.ts';
import { procedure, router } from '#server/trpc.ts';

const Reach = z.strictObject({
  near: z.strictObject({ lon: z.number().min(-180).max(180), lat: z.number().min(-90).max(90) }),
  mode: z.enum(['walk', 'drive']),
  minutes: z.number().min(1).max(120),
});

export const travelRouter = (deps: ServerDeps) =>
  router({
    /** Rings of [lon, lat] around what can be reached in time; `estimated`: a circle, since no streets are known there. */
    reach: procedure('find')
      .input(Reach)
      .query(({ input: { near, mode, minutes } }) => deps.travelThread.reach(near, mode, minutes * 60)),
  });

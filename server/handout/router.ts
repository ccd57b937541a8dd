// The expiring link. What is stored is what is printed, without the place where the person is, and never who it is for.

import { z } from 'zod';
import { HandoutContent, withoutStart } from '#shared/handout/content.ts';
import { Problem } from '#shared/platform/problems.ts';
import type { ServerDeps } from '../deps.ts';
import { procedure, router } from '../trpc.ts';
import { findHandout, insertHandout } from './queries.ts';

const DAY = 86_400_000;

export const handoutRouter = ({ db, settings, clock }: ServerDeps) =>
  router({
    create: procedure('handout.create')
      .input(z.strictObject({ content: HandoutContent }))
      .mutation(async ({ input }) => {
        const now = new Date(clock());
        const expiresAt = new Date(now.getTime() + (await settings.get<number>('handout.linkDays')) * DAY);
        const { token } = await insertHandout(db, withoutStart(input.content), { now, expiresAt });
        return { token, url: `/h/${token}`, expiresAt: expiresAt.toISOString() };
      }),

    /** Whoever has the token may read it: that is what the link is for. */
    get: procedure('public')
      .input(z.strictObject({ token: z.string().regex(/^[A-Za-z0-9_-]{20,64}$/) }))
      .query(async ({ input }) => {
        const found = await findHandout(db, input.token, new Date(clock()));
        if (!found) throw new Problem('expired');
        return found;
      }),
  });

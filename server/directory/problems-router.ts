// Problems of the directory in the API: read by whoever reads the directory, decided by those who keep it.

import { z } from 'zod';
import type { ServerDeps } from '#server/deps.ts';
import { procedure, router } from '#server/trpc.ts';
import { mergeListings, previewMerge } from './merge.ts';
import { fixProblems } from './problem-fixes.ts';
import { listProblems } from './problem-list.ts';
import { ignoreProblems, unignoreProblems } from './problems.ts';

const Id = z.string().min(1).max(200);
const Code = z.string().min(1).max(100);
const Reason = z.string().trim().min(1).max(500);
const MOST = 200;
const Keys = z
  .array(z.strictObject({ code: Code, id: Id, other: Id.nullable() }))
  .min(1)
  .max(MOST);
const Pair = z.strictObject({ keep: Id, other: Id });

export function problemsRouter(deps: ServerDeps) {
  const { db, clock } = deps;

  return router({
    /** Kinds with how many there are of each, and one page of problems. */
    list: procedure('directory.read')
      .input(
        z
          .strictObject({
            code: Code.optional(),
            ignored: z.boolean().default(false),
            offset: z.number().int().min(0).default(0),
            limit: z.number().int().min(1).max(MOST).default(50),
          })
          .prefault({}),
      )
      .query(({ input }) => listProblems(deps, input)),

    /** Does the quick fix of a kind for the resources that are named, as one act. */
    fix: procedure('directory.edit')
      .input(z.strictObject({ code: Code, ids: z.array(Id).min(1).max(MOST), reason: Reason.optional() }))
      .mutation(({ ctx, input }) => fixProblems(deps, { ...input, reason: input.reason ?? null, actor: ctx.actor })),

    ignore: procedure('directory.edit')
      .input(z.strictObject({ problems: Keys, reason: Reason }))
      .mutation(({ ctx, input }) => ignoreProblems(db, input.problems, { reason: input.reason, actor: ctx.actor, at: clock() })),

    unignore: procedure('directory.edit')
      .input(z.strictObject({ problems: Keys }))
      .mutation(({ input }) => unignoreProblems(db, input.problems)),

    /** Two listings side by side. Its `digest` goes with the merge. */
    mergePreview: procedure('directory.edit')
      .input(Pair)
      .query(({ input }) => previewMerge(db, input)),

    merge: procedure('directory.edit')
      .input(
        Pair.extend({
          digest: z.string().max(64),
          fields: z.record(z.string().max(100), z.enum(['keep', 'other'])).default({}),
          parts: z.record(z.string().max(100), z.enum(['keep', 'other', 'both'])).default({}),
          reason: Reason.optional(),
        }),
      )
      .mutation(({ ctx, input }) => mergeListings(db, { ...input, reason: input.reason ?? null }, { actor: ctx.actor, at: clock() })),
  });
}

// Hidden places in the API. Where one is is told by `exact` and `form` alone, to named roles, with a reason, on record.

import { z } from 'zod';
import type { ServerDeps } from '#server/deps.ts';
import { procedure, router } from '#server/trpc.ts';
import { createTypeFields } from './edit-check.ts';
import { hidePlace, listHiddenPlaces, readExactForm, readPlace, showPlace } from './hidden-acts.ts';

const PlaceWithReason = z.strictObject({
  /** Of a location, or of a resource at one. */
  id: z.string().min(1).max(200),
  reason: z.string().trim().min(3, { error: 'say why in a few words: it goes on record' }).max(500),
});

export const hiddenRouter = (deps: ServerDeps) =>
  router({
    list: procedure('directory.edit').query(() => listHiddenPlaces(deps.db)),

    hide: procedure('directory.edit')
      .input(PlaceWithReason)
      .mutation(({ ctx, input }) => hidePlace(deps, { actor: ctx.actor, ...input })),

    show: procedure('hidden.read')
      .input(PlaceWithReason)
      .mutation(({ ctx, input }) => showPlace(deps, { actor: ctx.actor, ...input })),

    /** A mutation, since it writes who read it. */
    exact: procedure('hidden.read')
      .input(PlaceWithReason)
      .mutation(({ ctx, input }) => readPlace(deps, { actor: ctx.actor, ...input })),

    /** The edit form of a page with the addresses of its hidden places; saving it keeps them hidden. */
    form: procedure('hidden.read')
      .input(PlaceWithReason)
      .mutation(({ ctx, input }) => readExactForm(deps, { actor: ctx.actor, ...input }, createTypeFields(deps.registry))),
  });

// Suggested changes in the API: made by whoever may read the directory, decided by those who keep it.

import { z } from 'zod';
import { SuggestionRequest } from '#shared/directory/suggestion.ts';
import type { ServerDeps } from '../deps.ts';
import { createRateLimiter } from '../rate-limit.ts';
import { procedure, router } from '../trpc.ts';
import { createTypeFields } from './edit-check.ts';
import { readEditForm } from './edit-form.ts';
import { acceptSuggestion, countSuggestions, declineSuggestion, listSuggestions } from './suggest-review.ts';
import { listOwnSuggestions, suggestEdits } from './suggest.ts';

const Id = z.string().min(1).max(200);
const Whole = z.number().int().min(0);
const MOST = 50;
/** A worker who goes through a list; and a visitor, of whom only the address is known. */
const SIGNED_IN = { burst: 20, perSecond: 1 / 30 };
const VISITOR = { burst: 5, perSecond: 1 / 120 };

export function suggestionsRouter(deps: ServerDeps) {
  const { db, clock, registry } = deps;
  const typeFields = createTypeFields(registry);
  const fieldsOfVisitors = createTypeFields(registry, { visitor: true });
  const perAccount = createRateLimiter(SIGNED_IN, clock);
  const perAddress = createRateLimiter(VISITOR, clock);

  return router({
    /** What the form of a page is filled with. */
    form: procedure('directory.suggest')
      .input(z.strictObject({ id: Id }))
      .query(({ ctx: { actor }, input }) => readEditForm(db, input.id, actor.role === 'anonymous' ? fieldsOfVisitors : typeFields)),

    send: procedure('directory.suggest')
      .input(SuggestionRequest)
      .mutation(({ ctx: { actor, address }, input }) => {
        if (actor.user) perAccount.take(actor.user.id);
        else perAddress.take(address);
        return suggestEdits(db, input, { actor, at: clock(), typeFields: actor.role === 'anonymous' ? fieldsOfVisitors : typeFields });
      }),

    /** One's own, with what became of each. */
    mine: procedure('signed_in').query(({ ctx }) => listOwnSuggestions(db, ctx.actor)),

    /** How many wait. */
    count: procedure('directory.edit').query(() => countSuggestions(db, true)),

    list: procedure('directory.edit')
      .input(
        z
          .strictObject({
            decided: z.boolean().default(false),
            offset: Whole.default(0),
            limit: z.number().int().min(1).max(MOST).default(20),
          })
          .prefault({}),
      )
      .query(({ input }) => listSuggestions(db, input)),

    /** `position` is that of the list: what was changed since is not overwritten unseen. */
    accept: procedure('directory.edit')
      .input(
        z.strictObject({
          id: Id,
          position: Whole,
          take: z.array(z.strictObject({ record: Whole, fields: z.array(z.string().max(100)).max(100).optional() })).max(60),
          reason: z.string().trim().max(300).default(''),
        }),
      )
      .mutation(({ ctx, input }) => acceptSuggestion(db, { ...input, actor: ctx.actor, at: clock() }, typeFields)),

    decline: procedure('directory.edit')
      .input(z.strictObject({ id: Id, reason: z.string().trim().min(1).max(500) }))
      .mutation(({ ctx, input }) => declineSuggestion(db, { ...input, actor: ctx.actor, at: clock() })),
  });
}

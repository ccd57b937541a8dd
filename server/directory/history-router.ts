// History and edits in the API: for those who keep the directory.

import { z } from 'zod';
import { EditRequest } from '#shared/directory/edit.ts';
import { getFeedPosition } from '../db/feed.ts';
import type { ServerDeps } from '../deps.ts';
import { getActorName } from '../identity/actor.ts';
import { procedure, router } from '../trpc.ts';
import { BulkRequest } from '#shared/directory/edit-bulk.ts';
import { applyBulkEdit, previewBulkEdit } from './edit-bulk.ts';
import { createTypeFields } from './edit-check.ts';
import { readEditForm } from './edit-form.ts';
import { applyEdits } from './edit.ts';
import { listActs, readTimeline } from './history.ts';
import { previewRestore, restore } from './restore.ts';
import { runUndo } from './undo-run.ts';

const Id = z.string().min(1).max(200);
const Reason = z.string().trim().max(500).optional();
const Whole = z.number().int().min(0);
const ACTS_AT_ONCE = 100;

export function historyRouter(deps: ServerDeps) {
  const { db, clock } = deps;
  const now = () => new Date(clock()).toISOString();

  return router({
    /** What happened to a record and all that belongs to it, the newest first, field by field. */
    of: procedure('directory.edit')
      .input(z.strictObject({ id: Id, before: Whole.optional() }))
      .query(({ input }) => readTimeline(db, input.id, { before: input.before })),

    /** What anyone did to the directory, the newest first. */
    acts: procedure('directory.edit')
      .input(z.strictObject({ before: Whole.optional(), limit: z.number().int().min(1).max(ACTS_AT_ONCE).default(50) }).prefault({}))
      .query(({ input }) => listActs(db, input)),

    /** What an undo would do, and what it would leave. */
    undoPreview: procedure('directory.edit')
      .input(z.strictObject({ act: Whole }))
      .query(({ ctx, input }) => runUndo(deps, input.act, { actor: getActorName(ctx.actor), at: now(), dryRun: true })),

    undo: procedure('directory.edit')
      .input(z.strictObject({ act: Whole, reason: Reason }))
      .mutation(({ ctx, input }) => runUndo(deps, input.act, { actor: getActorName(ctx.actor), at: now(), reason: input.reason ?? null })),

    /** What would change; `position` goes with the restore, so that nothing is overwritten that was not seen. */
    restorePreview: procedure('directory.edit')
      .input(z.strictObject({ id: Id, seq: Whole }))
      .query(async ({ input }) => ({ position: await getFeedPosition(db), ...(await previewRestore(db, input)) })),

    restore: procedure('directory.edit')
      .input(z.strictObject({ id: Id, seq: Whole, position: Whole.optional(), reason: Reason }))
      .mutation(({ ctx, input: { position, reason, ...request } }) =>
        restore(db, request, { actor: getActorName(ctx.actor), at: now(), position, reason: reason ?? null }),
      ),
  });
}

export function editRouter(deps: ServerDeps) {
  const { db, clock, registry } = deps;
  const typeFields = createTypeFields(registry);

  return router({
    /** What the form of a page is filled with. */
    form: procedure('directory.edit')
      .input(z.strictObject({ id: Id }))
      .query(({ input }) => readEditForm(db, input.id, typeFields)),

    /** Keeps all of it or nothing: then it tells what is wrong, or what someone else changed meanwhile. */
    save: procedure('directory.edit')
      .input(EditRequest)
      .mutation(({ ctx, input }) => applyEdits(db, input, { actor: ctx.actor, at: clock(), typeFields })),

    /** What a bulk edit would change. Its `digest` goes with the edit, so that only what was seen is done. */
    bulkPreview: procedure('directory.edit')
      .input(BulkRequest)
      .mutation(({ input }) => previewBulkEdit(deps, input)),

    bulk: procedure('directory.edit')
      .input(BulkRequest.extend({ digest: z.string().max(64), reason: Reason }))
      .mutation(({ ctx, input: { digest, reason, ...request } }) =>
        applyBulkEdit(deps, request, { digest, reason: reason ?? null, actor: ctx.actor, at: clock() }),
      ),
  });
}

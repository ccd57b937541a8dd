// What the browser may ask of a caseload: a worker of their own people, a supervisor of the agency's.

import { z } from 'zod';
import { Id, Line } from '#shared/casework/text.ts';
import type { ServerDeps } from '../deps.ts';
import { procedure, router } from '../trpc.ts';
import { listOwnCalendar } from './calendar.ts';
import { listEligibilityChanges } from './caseload-changes.ts';
import { markCaseload } from './caseload-mark.ts';
import { decideClosing, listApprovals, listMyCaseload, listTeamLoad } from './caseload.ts';
import { countUnmetNeeds } from './unmet.ts';

export const caseloadRouter = (deps: ServerDeps) =>
  router({
    mine: procedure('people.intake').query(({ ctx }) => listMyCaseload(deps, ctx.actor)),
    /** Another one once the lists of the actor show other people. */
    mark: procedure('people.intake').query(({ ctx }) => markCaseload(deps, ctx.actor)),
    eligibility: procedure('people.case')
      .input(z.strictObject({ since: z.iso.date() }))
      .query(({ ctx, input }) => listEligibilityChanges(deps, ctx.actor, input.since)),
    calendar: procedure('people.intake')
      .input(z.strictObject({ places: z.boolean() }))
      .mutation(({ ctx, input }) => listOwnCalendar(deps, ctx.actor, input)),
    team: procedure('people.supervise').query(({ ctx }) => listTeamLoad(deps, ctx.actor)),
    approvals: procedure('people.supervise').query(({ ctx }) => listApprovals(deps, ctx.actor)),
    decide: procedure('people.supervise')
      .input(
        z.strictObject({
          person: z.string().regex(/^per_[A-Za-z0-9_-]{20}$/, 'the id of a person'),
          closing: Id,
          decision: z.enum(['approved', 'returned']),
          said: Line.optional(),
        }),
      )
      .mutation(({ ctx, input }) => decideClosing(deps, ctx.actor, input)),
    unmet: procedure('people.supervise').query(({ ctx }) => countUnmetNeeds(deps, ctx.actor)),
  });

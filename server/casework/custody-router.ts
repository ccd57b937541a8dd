// Of the people router: into whose hands somebody goes, how long a record is kept, and what a supervisor is told without asking.

import { z } from 'zod';
import type { ServerDeps } from '../deps.ts';
import { procedure } from '../trpc.ts';
import { listAlerts } from './alerts.ts';
import { answerOffer, getCustody, listOffers, offerPerson } from './custody.ts';
import { holdPerson, liftHold, listRetained } from './holds.ts';
import { listLooks } from './looks.ts';

/** Of the right shape and nothing more: whether there is such a person is for the gate to say. */
export const PersonId = z.string().regex(/^per_[A-Za-z0-9_-]{20}$/, 'the id of a person');
export const OnePerson = z.strictObject({ person: PersonId });

const OfferId = z.string().regex(/^off_[A-Za-z0-9_-]{20}$/, 'the id of an offer');
const RecordId = z.string().min(1).max(80);
const Note = z.string().trim().min(1).max(2000);

export const custodyProcedures = (deps: ServerDeps) => ({
  alerts: procedure('people.intake').query(({ ctx }) => listAlerts(deps, ctx.actor)),
  custody: procedure('people.intake')
    .input(OnePerson)
    .query(({ ctx, input }) => getCustody(deps, ctx.actor, input.person)),
  offer: procedure('people.intake')
    .input(
      OnePerson.extend({
        to: z.union([z.strictObject({ worker: RecordId }), z.strictObject({ agency: RecordId })]),
        note: Note.optional(),
      }),
    )
    .mutation(({ ctx, input }) => offerPerson(deps, ctx.actor, input)),
  offers: procedure('people.intake').query(({ ctx }) => listOffers(deps, ctx.actor)),
  answerOffer: procedure('people.intake')
    .input(z.strictObject({ offer: OfferId, answer: z.enum(['accepted', 'declined', 'withdrawn']) }))
    .mutation(({ ctx, input }) => answerOffer(deps, ctx.actor, input)),
  hold: procedure('people.supervise')
    .input(OnePerson.extend({ reason: Note }))
    .mutation(({ ctx, input }) => holdPerson(deps, ctx.actor, input)),
  liftHold: procedure('people.supervise')
    .input(OnePerson)
    .mutation(({ ctx, input }) => liftHold(deps, ctx.actor, input.person)),
  retained: procedure('people.supervise').query(({ ctx }) => listRetained(deps, ctx.actor)),
  looks: procedure('people.supervise').query(({ ctx }) => listLooks(deps, ctx.actor)),
});

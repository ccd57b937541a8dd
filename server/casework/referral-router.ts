// What the browser may do with referrals and rooms. Which side a call is of follows from the caller's agency, never from what it says.

import { z } from 'zod';
import { Outcome, ReferralEvent, ReferralReason } from '#shared/casework/referral.ts';
import { Instant, Label, Prose } from '#shared/casework/text.ts';
import { FieldClass } from '#shared/intake/field-class.ts';
import type { ServerDeps } from '../deps.ts';
import { listAgencies } from '../identity/accounts.ts';
import { procedure, router } from '../trpc.ts';
import { actAsReceiver, getReceived, listInbox } from './referral-inbox.ts';
import { NOT_ASKED_FOR } from './referral-summary.ts';
import { actAsSender, getSent, listReferrals, renewLink, sendReferral, startReferral } from './referrals.ts';
import { answerRoom, askRoom, listRooms, RoomParty } from './rooms.ts';
import { listUnits, releaseHold, setUnit } from './units.ts';

const id = (prefix: string) => z.string().regex(new RegExp(`^${prefix}_[A-Za-z0-9_-]{20}$`), 'an id that this server gave');
const OneReferral = z.strictObject({ referral: id('ref') });
const RecordId = z.string().min(1).max(200);
const AgencyId = z.string().min(1).max(80);
const Act = OneReferral.extend({
  revision: z.number().int().positive(),
  event: ReferralEvent.refine((event) => !NOT_ASKED_FOR.includes(event), 'this follows from something else'),
  asPerson: z.boolean().optional(),
  reason: ReferralReason.optional(),
  outcome: Outcome.optional(),
  appointmentAt: Instant.optional(),
  note: Prose.optional(),
});

export const referralRouter = (deps: ServerDeps) =>
  router({
    /** Agencies here to which something can be referred, with the organizations of the directory for which they answer. */
    recipients: procedure('people.intake').query(async ({ ctx }) => {
      const agencies = (await listAgencies(deps.db)).filter((agency) => agency.id !== ctx.actor.agency?.id);
      return Promise.all(
        agencies.map(async (agency) => ({
          ...agency,
          organizations: await deps.settings.get<string[]>('referrals.organizations', { agencyId: agency.id }),
        })),
      );
    }),
    start: procedure('people.case')
      .input(
        z.strictObject({
          person: id('per'),
          service: z.strictObject({ serviceId: RecordId.optional(), name: Label }),
          need: RecordId.optional(),
          to: z.union([
            z.strictObject({ agency: AgencyId }),
            z.strictObject({ partner: z.string().regex(/^[A-Za-z0-9_.-]{1,80}$/), name: Label }),
          ]),
          classes: z.array(FieldClass).max(FieldClass.options.length),
          message: Prose.max(2000).optional(),
          question: id('room').optional(),
        }),
      )
      .mutation(({ ctx, input }) => startReferral(deps, ctx.actor, input)),
    send: procedure('people.case')
      .input(OneReferral.extend({ revision: z.number().int().positive() }))
      .mutation(({ ctx, input }) => sendReferral(deps, ctx.actor, input)),
    act: procedure('people.case')
      .input(Act)
      .mutation(({ ctx, input }) => actAsSender(deps, ctx.actor, input)),
    get: procedure('people.case')
      .input(OneReferral)
      .query(({ ctx, input }) => getSent(deps, ctx.actor, input.referral)),
    ofPerson: procedure('people.case')
      .input(z.strictObject({ person: id('per') }))
      .query(({ ctx, input }) => listReferrals(deps, ctx.actor, input.person)),
    link: procedure('people.case')
      .input(OneReferral)
      .mutation(({ ctx, input }) => renewLink(deps, ctx.actor, input.referral)),

    inbox: procedure('referrals.receive').query(({ ctx }) => listInbox(deps, ctx.actor)),
    /** A mutation: the first time tells the sender that it was seen. */
    open: procedure('referrals.receive')
      .input(OneReferral)
      .mutation(({ ctx, input }) => getReceived(deps, ctx.actor, input.referral)),
    answer: procedure('referrals.receive')
      .input(Act.extend({ unit: id('unit').optional() }))
      .mutation(({ ctx, input }) => actAsReceiver(deps, ctx.actor, input)),

    askRoom: procedure('people.intake')
      .input(z.strictObject({ to: AgencyId, service: z.strictObject({ id: RecordId, name: Label }), party: RoomParty }))
      .mutation(({ ctx, input }) => askRoom(deps, ctx.actor, input)),
    rooms: procedure('people.intake').query(({ ctx }) => listRooms(deps, ctx.actor)),
    answerRoom: procedure('referrals.receive')
      .input(
        z.strictObject({
          question: id('room'),
          answer: z.enum(['yes', 'no', 'call']),
          hold: z.strictObject({ unit: id('unit'), hours: z.number().int().min(1).max(72) }).optional(),
        }),
      )
      .mutation(({ ctx, input }) => answerRoom(deps, ctx.actor, input)),
    units: procedure('referrals.receive').query(({ ctx }) => listUnits(deps, ctx.actor)),
    setUnit: procedure('referrals.receive')
      .input(z.strictObject({ id: id('unit').optional(), service: RecordId, name: Label, places: z.number().int().min(0).max(2000) }))
      .mutation(({ ctx, input }) => setUnit(deps, ctx.actor, input)),
    releasePlace: procedure('referrals.receive')
      .input(z.strictObject({ hold: id('hold') }))
      .mutation(({ ctx, input }) => releaseHold(deps, ctx.actor, input.hold)),
  });

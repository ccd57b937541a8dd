// The kinds of entries of which a person's record is made. An entry is only ever added: what changes is a later entry, what was
// wrong is a correction beside the original. Each has one field class, and whoever may not see the class never gets the entry.

import { z } from 'zod';
import { FactValue } from '../intake/facts.ts';
import { classOfFact, FIELD_CLASSES, FieldClass } from '../intake/field-class.ts';
import { Purpose } from './consent.ts';
import { BARRIERS, Plan, Progress } from './plan.ts';
import { Outcome, ReferralEvent, ReferralReason, ReferralState } from './referral.ts';
import { Day, Id, Instant, Label, LanguageTag, Line, Prose, Reason } from './text.ts';
import { told } from './told.ts';

/** Who the person is. A field that is absent stays as it was. `label` is what staff call someone who gives no name. */
const IdentityEntry = z.strictObject({
  kind: z.literal('identity'),
  mode: z.enum(['anonymous', 'alias', 'named']).optional(),
  label: Label.optional(),
  alias: told(Label).optional(),
  givenName: told(Label).optional(),
  familyName: told(Label).optional(),
  nameUsed: told(Label).optional(),
  pronouns: told(Label).optional(),
  birthDate: told(Day).optional(),
});

export const CONTACT_WAYS = ['phone', 'text', 'email', 'post', 'visit', 'through_someone'] as const;

/** One way to reach the person. `hours` are weekly, in the person's own time: days 1 (Monday) to 7, from and to as HH:MM. */
export const ContactMethod = z.strictObject({
  id: Id,
  way: z.enum(CONTACT_WAYS),
  value: Label,
  whose: Line.optional().describe('Where it is not their own: whose'),
  safe: z.enum(['yes', 'no', 'ask_first']),
  mayLeaveMessage: z.boolean().default(false),
  maySayWho: z.boolean().default(false).describe('Whether a message may say which agency calls'),
  hours: z
    .array(
      z.strictObject({
        days: z.array(z.number().int().min(1).max(7)).min(1),
        from: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
        to: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/),
      }),
    )
    .max(20)
    .default([])
    .describe('None: at any time'),
});
export type ContactMethod = z.infer<typeof ContactMethod>;

/** Language and safe contact. Lists are whole; what is absent stays as it was. */
const ContactEntry = z.strictObject({
  kind: z.literal('contact'),
  language: told(LanguageTag).optional(),
  interpreter: told(z.boolean()).optional(),
  methods: z.array(ContactMethod).max(20).optional(),
  never: z
    .array(z.strictObject({ way: z.enum([...CONTACT_WAYS, 'any', 'say_agency']), note: Line.optional() }))
    .max(20)
    .optional()
    .describe('What must never be done'),
  customs: Line.optional().describe('What to know of culture, faith, manners'),
});

/** How it began: who brought the person here, and that they were told what this is. What is absent stays as it was. */
const EngagementEntry = z.strictObject({
  kind: z.literal('engagement'),
  source: z.enum(['self', 'outreach', 'partner', 'phone', 'walk_in']).optional(),
  urgent: z.boolean().optional(),
  roleExplained: z.boolean().optional().describe("That the worker's part and the person's rights were explained"),
  notice: z
    .union([z.literal('declined'), z.strictObject({ version: Label, language: LanguageTag })])
    .optional()
    .describe('The privacy notice that was given'),
  keepsRecord: told(z.boolean()).optional().describe('Whether the person agreed that a record is kept'),
});

const WordsEntry = z.strictObject({
  kind: z.literal('words'),
  about: z.enum(['needs', 'concerns', 'goals']),
  text: Prose.min(1).describe("In the person's own words"),
  language: LanguageTag.optional(),
});

export const NEED_STATES = ['open', 'met', 'dropped'] as const;

/** Coded needs of one class, whole. `rank` is the person's own order over all classes: 1 comes first. */
const NeedsEntry = z.strictObject({
  kind: z.literal('needs'),
  needs: z
    .array(
      z.strictObject({
        need: Id,
        rank: z.number().int().positive(),
        state: z.enum(NEED_STATES).default('open'),
        urgent: z.boolean().default(false),
        barrier: z.enum(BARRIERS).optional().describe('What stands in the way that is not the person'),
      }),
    )
    .max(100),
});

export const RELATIONS = ['partner', 'former_partner', 'child', 'parent', 'sibling', 'relative', 'friend', 'carer', 'other'] as const;

/** Someone who lives with the person or matters to them. Nobody learns from here whether they have a record of their own. */
export const Member = z.strictObject({
  id: Id,
  name: told(Label).optional(),
  relation: z.enum(RELATIONS),
  age: told(z.number().int().min(0).max(130)).optional(),
  livesWith: told(z.boolean()).optional(),
  support: z.enum(['support', 'risk', 'both', 'unclear']).optional(),
  mayContact: z.boolean().default(false),
  emergency: z.boolean().default(false),
  /** Another person's record, where this one's owner knows of it; the link alone shows nothing of it. */
  personId: Id.optional(),
  /** What that person may see of this record. */
  sees: z.array(FieldClass).default([]),
  notes: Line.optional(),
});
export type Member = z.infer<typeof Member>;

const HouseholdEntry = z.strictObject({ kind: z.literal('household'), members: z.array(Member).max(50) });

export const FACT_SOURCES = ['said', 'observed', 'document', 'agency'] as const;

const FactEntry = z.strictObject({
  kind: z.literal('fact'),
  fact: z
    .string()
    .max(80)
    .regex(/^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$/),
  told: told(FactValue),
  source: z.enum(FACT_SOURCES),
  asOf: Day,
  document: Id.optional(),
  verified: z.strictObject({ on: Day, how: Line }).optional(),
});

/** What assessments look at; each is a field class too. */
export const ASSESSMENT_DOMAINS = [
  'health',
  'money',
  'housing',
  'supports',
  'legal',
  'immigration',
  'substance_use',
  'safety',
] as const satisfies readonly FieldClass[];
export const AssessmentDomain = z.enum(ASSESSMENT_DOMAINS);
export type AssessmentDomain = z.infer<typeof AssessmentDomain>;

export const NEED_LEVELS = ['none', 'watch', 'help', 'urgent'] as const;

/** One domain of an assessment. Strengths are always said, or that none are seen yet. */
const AssessmentEntry = z.strictObject({
  kind: z.literal('assessment'),
  form: Id,
  version: z.number().int().positive(),
  /** The same for all domains that were talked about together. */
  sitting: Id,
  on: Day,
  domain: AssessmentDomain,
  need: z.enum(NEED_LEVELS),
  strengths: z.union([z.literal('none_yet'), z.strictObject({ text: Prose.min(1) })]),
  barriers: Prose.optional(),
  resources: Prose.optional(),
  notes: Prose.optional(),
  source: z.enum(FACT_SOURCES),
  /** Answers to the form's questions that are no facts, by question. */
  answers: z.record(Id, told(z.union([z.string().max(2000), z.number(), z.boolean(), z.array(z.string().max(200)).max(50)]))).default({}),
});

const PlanEntry = z.strictObject({
  kind: z.literal('plan'),
  plan: Plan,
  reason: Reason,
  agreed: z
    .strictObject({ on: Day, language: LanguageTag, how: z.enum(['signed', 'spoken', 'on_screen']) })
    .optional()
    .describe('That the person agreed to this version'),
});

const ProgressEntry = z.strictObject({ kind: z.literal('progress'), ...Progress.shape });

const NoteEntry = z.strictObject({ kind: z.literal('note'), text: Prose.min(1) });

const ContactMadeEntry = z.strictObject({
  kind: z.literal('contact_made'),
  when: Instant,
  way: z.enum(CONTACT_WAYS),
  with: z.enum(['person', 'provider', 'household', 'other']),
  outcome: z.enum(['reached', 'missed', 'no_answer', 'left_message']),
  serviceId: Id.optional(),
  text: Prose.optional(),
});

/** Told again under the same `appointment` whenever something of it changes. */
const AppointmentEntry = z.strictObject({
  kind: z.literal('appointment'),
  appointment: Id,
  what: Label,
  when: Instant,
  minutes: z.number().int().min(5).max(1440).default(60),
  where: z.strictObject({ serviceId: Id.optional(), name: Label }).optional(),
  transport: z.boolean().default(false),
  interpreter: z.boolean().default(false),
  state: z.enum(['planned', 'kept', 'missed', 'moved', 'cancelled']),
  barrier: z.enum(BARRIERS).optional().describe('Of one that was missed: what came between'),
});

const TaskEntry = z.strictObject({
  kind: z.literal('task'),
  task: Id,
  what: Label,
  due: Day.optional(),
  state: z.enum(['open', 'done', 'dropped']),
});

/** How the person consented, and in which words. The rows that are asked at each disclosure are written beside this entry. */
const ConsentEntry = z.strictObject({
  kind: z.literal('consent'),
  consent: Id,
  purpose: Purpose,
  recipient: z.string().min(1).max(200),
  recipientName: Label,
  classes: z.array(z.enum(FIELD_CLASSES)),
  from: Instant,
  until: Instant,
  language: LanguageTag,
  method: z.enum(['written', 'spoken', 'on_screen']),
  /** Whose consent it is, where not the person's own alone. */
  guardian: z.strictObject({ name: Label, assent: told(z.boolean()) }).optional(),
  statement: Prose.describe('What the person was told, word for word'),
});

const ConsentWithdrawnEntry = z.strictObject({ kind: z.literal('consent_withdrawn'), consent: Id, said: Line.optional() });

/** What happened in a referral, beside the referral's own row. */
const ReferralSaidEntry = z.strictObject({
  kind: z.literal('referral_said'),
  referral: Id,
  event: ReferralEvent,
  state: ReferralState,
  service: z.strictObject({ serviceId: Id.optional(), name: Label }),
  to: Label.describe('The receiving agency'),
  need: Id.optional(),
  by: z.enum(['sender', 'receiver', 'person', 'clock']),
  reason: ReferralReason.optional(),
  outcome: Outcome.optional(),
  appointmentAt: Instant.optional(),
  note: Prose.optional(),
});

/** How closely the work goes: sets the rhythm of contacts and reviews, and what the person weighs in a caseload. */
export const INTENSITIES = ['intensive', 'regular', 'light', 'phasing_out'] as const;
const IntensityEntry = z.strictObject({ kind: z.literal('intensity'), level: z.enum(INTENSITIES), reason: Line.optional() });

const ReviewEntry = z.strictObject({
  kind: z.literal('review'),
  on: Day,
  changed: Prose.describe('What changed, as both see it'),
  next: Day.optional(),
});

export const CLOSING_REASONS = [
  'goals_reached',
  'help_not_needed',
  'moved_away',
  'contact_lost',
  'persons_wish',
  'transferred',
  'died',
  'other',
] as const;

const Checked = told(z.boolean());

/** A closing that is asked for; a supervisor decides it. */
const ClosingEntry = z.strictObject({
  kind: z.literal('closing'),
  closing: Id,
  reason: z.enum(CLOSING_REASONS),
  summary: Prose,
  checklist: z.strictObject({
    accessStable: Checked.describe('What they need can be reached without us'),
    supportInPlace: Checked.describe('Someone is there for them'),
    knowsWayBack: Checked.describe('They know what to do and whom to call'),
  }),
  goals: z.record(Id, z.enum(['reached', 'partly', 'not', 'no_longer_wanted'])).default({}),
  openReferrals: Reason.optional().describe('Why it is closed although a referral is open'),
  followUpDays: z.array(z.number().int().min(1).max(730)).max(10).default([30, 90, 180]),
});

const ClosingDecidedEntry = z.strictObject({
  kind: z.literal('closing_decided'),
  closing: Id,
  decision: z.enum(['approved', 'returned']),
  said: Line.optional(),
});

export const FOLLOW_UP_OUTCOMES = ['well', 'needs_help', 'not_reached', 'declined'] as const;
/** One talk after closing. That somebody needs more is said here; opening again is an entry of its own. */
const FollowUpEntry = z.strictObject({
  kind: z.literal('follow_up'),
  days: z.number().int().positive().describe('Which of the follow-ups after closing'),
  outcome: z.enum(FOLLOW_UP_OUTCOMES),
  helped: Outcome.optional().describe('Whether the help lasted, as they see it'),
  text: Prose.optional(),
});

const ReopeningEntry = z.strictObject({ kind: z.literal('reopening'), reason: Reason });

export const UNMET_REASONS = ['none_there', 'not_eligible', 'full', 'too_far', 'hours', 'language', 'cost', 'declined', 'other'] as const;

/** A need for which nothing usable was found. `counted` only where the person consents: gaps are found from these. */
const UnmetEntry = z.strictObject({
  kind: z.literal('unmet'),
  need: Id,
  why: z.enum(UNMET_REASONS),
  on: Day,
  counted: z.boolean().default(false),
  /** Coarse area (H3 resolution 7), never a place. */
  cell: z
    .string()
    .regex(/^87[0-9a-f]{13}$/)
    .optional(),
  text: Prose.optional(),
});

const Correctable = z.discriminatedUnion('kind', [
  IdentityEntry,
  ContactEntry,
  EngagementEntry,
  WordsEntry,
  NeedsEntry,
  HouseholdEntry,
  FactEntry,
  AssessmentEntry,
  PlanEntry,
  ProgressEntry,
  NoteEntry,
  ContactMadeEntry,
  AppointmentEntry,
  TaskEntry,
  ConsentEntry,
  ConsentWithdrawnEntry,
  ReferralSaidEntry,
  IntensityEntry,
  ReviewEntry,
  ClosingEntry,
  ClosingDecidedEntry,
  FollowUpEntry,
  ReopeningEntry,
  UnmetEntry,
]);
type Correctable = z.infer<typeof Correctable>;

/** What an earlier entry should have said; null: it should not be there. Of several corrections of one entry the last holds. */
const CorrectionEntry = z.strictObject({
  kind: z.literal('correction'),
  of: Id,
  payload: Correctable.nullable(),
  reason: Reason,
});

export const EntryPayload = z.discriminatedUnion('kind', [...Correctable.options, CorrectionEntry]);
export type EntryPayload = z.infer<typeof EntryPayload>;
export type EntryKind = EntryPayload['kind'];
export type PayloadOf<K extends EntryKind> = Extract<EntryPayload, { kind: K }>;
export type CorrectablePayload = Correctable;

export const ENTRY_KINDS: readonly EntryKind[] = EntryPayload.options.map((option) => option.shape.kind.value);

/** An entry as it was added. `author` is an account, `agency` theirs; `at` is the server's own time. */
export interface RecordEntry {
  id: string;
  personId: string;
  class: FieldClass;
  at: string;
  author: string;
  agency: string;
  payload: EntryPayload;
}

/** Kinds whose author says the class: what is told in them may be of any. Every other kind has one. */
const OWN_CLASS: Readonly<Record<Exclude<EntryKind, 'fact' | 'assessment' | 'correction'>, readonly FieldClass[]>> = {
  identity: ['identity'],
  contact: ['contact'],
  engagement: ['needs'],
  words: ['needs', ...FIELD_CLASSES],
  needs: ['needs', ...FIELD_CLASSES],
  household: ['supports', 'safety'],
  plan: ['needs', 'safety'],
  progress: ['needs', 'safety'],
  note: ['notes', ...FIELD_CLASSES],
  contact_made: ['notes', ...FIELD_CLASSES],
  appointment: ['needs', ...FIELD_CLASSES],
  task: ['needs', ...FIELD_CLASSES],
  consent: ['needs', 'safety'],
  consent_withdrawn: ['needs', 'safety'],
  referral_said: ['needs', ...FIELD_CLASSES],
  intensity: ['needs'],
  review: ['needs'],
  closing: ['needs'],
  closing_decided: ['needs'],
  follow_up: ['needs'],
  reopening: ['needs'],
  unmet: ['needs', ...FIELD_CLASSES],
};

/**
 * The classes that an entry may have; the first is what it has where its author says none. A fact's class is that of its
 * definition, an assessment's its domain, and a correction's that of `corrected`, the entry which it corrects: none where that is
 * not known, or where the corrected payload is of another kind.
 */
export function allowedClasses(
  payload: EntryPayload,
  { findFact, corrected }: { findFact: (id: string) => Parameters<typeof classOfFact>[0]; corrected?: RecordEntry | undefined },
): readonly FieldClass[] {
  if (payload.kind === 'fact') return [classOfFact(findFact(payload.fact))];
  if (payload.kind === 'assessment') return [payload.domain];
  if (payload.kind !== 'correction') return OWN_CLASS[payload.kind];
  if (corrected?.id !== payload.of || corrected.payload.kind === 'correction') return [];
  if (payload.payload === null) return [corrected.class];
  if (payload.payload.kind !== corrected.payload.kind) return [];
  return allowedClasses(payload.payload, { findFact }).includes(corrected.class) ? [corrected.class] : [];
}

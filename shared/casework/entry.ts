// The kinds of entries of which a person's record is made. An entry is only ever added: what changes is a later entry, what was
// wrong is a correction beside the original. Each has one field class, and whoever may not see the class never gets the entry.

import { z } from 'zod';
import { classOfFact, FIELD_CLASSES, type FieldClass } from '../intake/field-class.ts';
import { AssessmentEntry } from './entry-assessment.ts';
import { ClosingDecidedEntry, ClosingEntry, FollowUpEntry, ReopeningEntry } from './entry-closing.ts';
import { ContactEntry, EngagementEntry, FactEntry, HouseholdEntry, IdentityEntry, NeedsEntry, WordsEntry } from './entry-person.ts';
import { ConsentEntry, ConsentWithdrawnEntry, ReferralSaidEntry } from './entry-sharing.ts';
import {
  AppointmentEntry,
  ContactMadeEntry,
  IntensityEntry,
  NoteEntry,
  PlanEntry,
  ProgressEntry,
  ReviewEntry,
  TaskEntry,
  UnmetEntry,
} from './entry-work.ts';
import { Id, Reason } from './text.ts';

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

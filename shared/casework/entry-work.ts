// Entries of the work with a person: plan and progress, notes and contacts, appointments and tasks, reviews, what was not found.

import { z } from 'zod';
import { BARRIERS, Plan, Progress } from './plan.ts';
import { CONTACT_WAYS } from './entry-person.ts';
import { Day, Id, Instant, Label, LanguageTag, Line, Prose, Reason } from './text.ts';

export const PlanEntry = z.strictObject({
  kind: z.literal('plan'),
  plan: Plan,
  reason: Reason,
  agreed: z
    .strictObject({ on: Day, language: LanguageTag, how: z.enum(['signed', 'spoken', 'on_screen']) })
    .optional()
    .describe('That the person agreed to this version'),
});

export const ProgressEntry = z.strictObject({ kind: z.literal('progress'), ...Progress.shape });

export const NoteEntry = z.strictObject({ kind: z.literal('note'), text: Prose.min(1) });

export const ContactMadeEntry = z.strictObject({
  kind: z.literal('contact_made'),
  when: Instant,
  way: z.enum(CONTACT_WAYS),
  with: z.enum(['person', 'provider', 'household', 'other']),
  outcome: z.enum(['reached', 'missed', 'no_answer', 'left_message']),
  serviceId: Id.optional(),
  text: Prose.optional(),
});

/** Told again under the same `appointment` whenever something of it changes. */
export const AppointmentEntry = z.strictObject({
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

export const TaskEntry = z.strictObject({
  kind: z.literal('task'),
  task: Id,
  what: Label,
  due: Day.optional(),
  state: z.enum(['open', 'done', 'dropped']),
});

/** How closely the work goes: sets the rhythm of contacts and reviews, and what the person weighs in a caseload. */
export const INTENSITIES = ['intensive', 'regular', 'light', 'phasing_out'] as const;
export const IntensityEntry = z.strictObject({ kind: z.literal('intensity'), level: z.enum(INTENSITIES), reason: Line.optional() });

export const ReviewEntry = z.strictObject({
  kind: z.literal('review'),
  on: Day,
  changed: Prose.describe('What changed, as both see it'),
  next: Day.optional(),
});

export const UNMET_REASONS = ['none_there', 'not_eligible', 'full', 'too_far', 'hours', 'language', 'cost', 'declined', 'other'] as const;

/** A need for which nothing usable was found. `counted` only where the person consents: gaps are found from these. */
export const UnmetEntry = z.strictObject({
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

// Entries of who somebody is and what is known of them: name, safe contact, their own words, needs, household, facts.

import { z } from 'zod';
import { FactValue } from '../intake/facts.ts';
import { FieldClass } from '../intake/field-class.ts';
import { BARRIERS } from './plan.ts';
import { Day, Id, Label, LanguageTag, Line, Prose } from './text.ts';
import { told } from './told.ts';

/** Who the person is. A field that is absent stays as it was. `label` is what staff call someone who gives no name. */
export const IdentityEntry = z.strictObject({
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
export const ContactEntry = z.strictObject({
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
export const EngagementEntry = z.strictObject({
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

export const WordsEntry = z.strictObject({
  kind: z.literal('words'),
  about: z.enum(['needs', 'concerns', 'goals']),
  text: Prose.min(1).describe("In the person's own words"),
  language: LanguageTag.optional(),
});

export const NEED_STATES = ['open', 'met', 'dropped'] as const;

/** Coded needs of one class, whole. `rank` is the person's own order over all classes: 1 comes first. */
export const NeedsEntry = z.strictObject({
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

export const HouseholdEntry = z.strictObject({ kind: z.literal('household'), members: z.array(Member).max(50) });

export const FACT_SOURCES = ['said', 'observed', 'document', 'agency'] as const;

export const FactEntry = z.strictObject({
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

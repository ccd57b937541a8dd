// Entries of what was talked about in an assessment, domain by domain.

import { z } from 'zod';
import type { FieldClass } from '../intake/field-class.ts';
import { FACT_SOURCES } from './entry-person.ts';
import { Day, Id, Prose } from './text.ts';
import { told } from './told.ts';

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
export const AssessmentEntry = z.strictObject({
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

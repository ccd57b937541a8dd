// Judged facts: a yes or no that code works out from other facts, for the odd condition that no comparison says ("lives on a street
// of the parish that was not there before 1950"). The rule that names it stays data: it asks for the fact like for any other.
// What the function says is told as it says it: yes, no, or not known, and then which facts it still wants.

import { z } from 'zod';
import { Localized } from '../platform/localized.ts';

const FactName = z
  .string()
  .max(80)
  .regex(/^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$/, 'the id of a fact');
const ReasonId = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'lower-case letters, digits and "_"');

export const JUDGED_ANSWERS = ['yes', 'no', 'unknown'] as const;

const JudgedTest = z.strictObject({
  name: z.string().describe('What it shows'),
  on: z.iso.date().optional().describe('Day of the decision; default: the day of the check'),
  given: z.record(z.string(), z.json()).describe('Facts as JSON, by id; what is absent is unknown'),
  expect: z.enum(JUDGED_ANSWERS).describe('What the function has to say'),
  reason: ReasonId.optional().describe('The reason that it has to give'),
  ask: z.array(FactName).optional().describe('Facts that it has to miss'),
});

export const JudgedBy = z
  .strictObject({
    run: z.string().describe("Name of a function among `judgements` of the plugin's main (see JudgementFunction)"),
    reads: z
      .array(FactName)
      .min(1)
      .max(20)
      .describe('Facts that the function is given, and nothing else; the manifest asks for each of them under permissions.reads'),
    reasons: z
      .record(ReasonId, Localized)
      .default({})
      .describe('What it may say, in words: a function names one of these, so that nothing that it was told can stand in its answer'),
    tests: z.array(JudgedTest).min(2).describe('Cases that must come out as they say, among them a yes and a no'),
  })
  .refine(({ tests }) => tests.some(({ expect }) => expect === 'yes') && tests.some(({ expect }) => expect === 'no'), {
    message: 'the tests need a yes and a no',
    path: ['tests'],
  })
  .describe('The function of the plugin that works the fact out; such a fact is never asked');
export type JudgedBy = z.infer<typeof JudgedBy>;

/** What was said of a judged fact of one person. */
export interface Judged {
  /** `not_said`: the function could not be asked, or gave what cannot be used. */
  answer: (typeof JUDGED_ANSWERS)[number] | 'not_said';
  /** Who says so: the plugin. */
  by: Localized;
  reason?: Localized | undefined;
  /** Facts that it still wants. */
  missing?: string[] | undefined;
}

/** By fact. */
export type Judgements = Readonly<Record<string, Judged>>;

/**
 * What a function answered, held to what its fact declares: its own reasons, and facts that it reads.
 * Throws an Error that goes on after the function's name, without a word of what it answered.
 */
export function holdToJudged(
  { answer, reason, missing = [] }: { answer: (typeof JUDGED_ANSWERS)[number]; reason?: string; missing?: readonly string[] },
  by: Localized,
  { reads, reasons }: JudgedBy,
): Judged {
  if (reason !== undefined && !Object.hasOwn(reasons, reason)) throw new Error('gave a reason that its fact does not declare');
  if (missing.some((fact) => !reads.includes(fact))) throw new Error('asked for a fact that it does not read');
  const words = reason === undefined ? {} : { reason: reasons[reason]! };
  return { answer, by, ...words, ...(answer === 'unknown' && missing.length > 0 && { missing: [...missing] }) };
}

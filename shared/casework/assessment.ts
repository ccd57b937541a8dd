// An assessment form: what is talked about in each domain. Questions that are facts are asked once, wherever they are needed;
// the others belong to the form. What is answered is one entry for each domain and one for each fact.

import { z } from 'zod';
import { Localized } from '../platform/localized.ts';
import type { FieldClass } from '../intake/field-class.ts';
import { AssessmentDomain } from './entry-assessment.ts';
import type { PayloadOf } from './entry.ts';
import { valueOf, type Told } from './told.ts';

const QuestionId = z.string().regex(/^[a-z][a-z0-9_-]{0,59}$/, 'lower-case letters, digits, "-" and "_"');

const FormQuestion = z.union([
  z.strictObject({
    id: QuestionId,
    fact: z.string().describe('A fact: asked in the words of its intake question, and kept as a fact'),
  }),
  z.strictObject({
    id: QuestionId,
    ask: Localized.describe('The question, as it is said to the person'),
    why: Localized.optional().describe('Why it is asked, in one sentence'),
    type: z.enum(['yes_no', 'number', 'text', 'choice', 'choices']),
    options: z
      .array(z.strictObject({ value: QuestionId, label: Localized, score: z.number().optional() }))
      .optional()
      .describe('Of a choice; scores of a form are added up where all its scored questions are answered'),
  }),
]);
export type FormQuestion = z.infer<typeof FormQuestion>;

/** A version is for ever: whoever changes a question raises the version, and what was answered before stays readable. */
export const AssessmentForm = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z][a-z0-9_.-]{0,59}$/)
      .describe('Stable identifier'),
    version: z.number().int().positive().describe('Counts up with every change'),
    label: Localized,
    description: Localized.optional(),
    domains: z
      .array(
        z.strictObject({
          domain: AssessmentDomain.describe('What the part is about'),
          label: Localized,
          strengths: Localized.optional().describe('How strengths are asked for; they always come first'),
          questions: z.array(FormQuestion).describe('Facts, and questions of the form alone'),
        }),
      )
      .min(1)
      .describe('Parts of the form, in the order in which they are asked'),
  })
  .superRefine((form, context) => {
    const questions = form.domains.flatMap((domain) => domain.questions);
    for (const [what, ids] of [
      ['domain', form.domains.map((domain) => domain.domain as string)],
      ['question', questions.map((question) => question.id)],
      ['fact', questions.flatMap((question) => ('fact' in question ? [question.fact] : []))],
    ] as const) {
      const twice = ids.find((id, i) => ids.indexOf(id) !== i);
      if (twice !== undefined)
        context.addIssue({ code: 'custom', message: `the ${what} "${twice}" stands there twice: each is asked once` });
    }
    for (const question of questions) {
      if ('fact' in question || (question.type === 'choice' || question.type === 'choices') === (question.options !== undefined)) continue;
      context.addIssue({ code: 'custom', message: `"${question.id}": options belong to a choice, and a choice needs them` });
    }
  })
  .describe('A form for assessments');
export type AssessmentForm = z.infer<typeof AssessmentForm>;

type Assessment = PayloadOf<'assessment'>;

/** Something in an assessment that its form does not know or does not allow. */
export interface AssessmentFault {
  code: 'other_form' | 'no_such_domain' | 'no_such_question' | 'wrong_answer';
  question?: string;
}

/** What is wrong with an assessment of one domain by its form; nothing where all is well. Any question may stay unanswered. */
export function checkAssessment(form: AssessmentForm, assessment: Assessment): AssessmentFault[] {
  if (assessment.form !== form.id || assessment.version !== form.version) return [{ code: 'other_form' }];
  const domain = form.domains.find((each) => each.domain === assessment.domain);
  if (!domain) return [{ code: 'no_such_domain' }];
  return Object.entries(assessment.answers).flatMap(([id, told]): AssessmentFault[] => {
    const question = domain.questions.find((each) => each.id === id);
    if (!question || 'fact' in question) return [{ code: 'no_such_question', question: id }];
    return fits(question, told) ? [] : [{ code: 'wrong_answer', question: id }];
  });
}

function fits(question: Exclude<FormQuestion, { fact: string }>, told: Told<string | number | boolean | string[]>): boolean {
  const value = valueOf(told);
  if (value === undefined) return true;
  const offered = (answer: unknown) => question.options!.some((option) => option.value === answer);
  switch (question.type) {
    case 'yes_no':
      return typeof value === 'boolean';
    case 'number':
      return typeof value === 'number';
    case 'text':
      return typeof value === 'string';
    case 'choice':
      return offered(value);
    case 'choices':
      return Array.isArray(value) && value.every(offered);
  }
}

/**
 * The score of a domain: the sum over its scored questions, or undefined where there is none or one is not answered. A score that
 * left out what was declined would look better or worse than the person is.
 */
export function scoreOf(form: AssessmentForm, assessment: Assessment): number | undefined {
  const questions = form.domains.find((each) => each.domain === assessment.domain)?.questions ?? [];
  let sum: number | undefined;
  for (const question of questions) {
    if ('fact' in question || !question.options?.some((option) => option.score !== undefined)) continue;
    const value = valueOf(assessment.answers[question.id]);
    if (value === undefined) return undefined;
    const chosen = question.options.filter((option) => (Array.isArray(value) ? value.includes(option.value) : option.value === value));
    sum = chosen.reduce((total, option) => total + (option.score ?? 0), sum ?? 0);
  }
  return sum;
}

/** The facts that a form still has to ask for in a domain: those of which nothing is known. Declined is an answer. */
export function listOpenFacts(
  form: AssessmentForm,
  domain: FieldClass,
  known: Readonly<Record<string, { told: Told<unknown> } | undefined>>,
): string[] {
  const questions = form.domains.find((each) => each.domain === domain)?.questions ?? [];
  const facts = questions.flatMap((question) => ('fact' in question ? [question.fact] : []));
  return facts.filter((id) => {
    const told = known[id]?.told;
    return told === undefined || told === 'not_asked' || told === 'unknown';
  });
}

/** What differs between two assessments of one domain, newest second: for the side-by-side of a review. */
export function compareAssessments(before: Assessment, after: Assessment): string[] {
  const fields = ['need', 'strengths', 'barriers', 'resources'] as const;
  const changed: string[] = fields.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));
  const questions = new Set([...Object.keys(before.answers), ...Object.keys(after.answers)]);
  for (const id of questions) {
    if (JSON.stringify(before.answers[id]) !== JSON.stringify(after.answers[id])) changed.push(`answers.${id}`);
  }
  return changed;
}

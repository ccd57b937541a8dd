// A plan to begin with, for a situation that comes again and again: goals and steps as people in it have found them useful. It is a
// proposal and nothing more. What is taken from it is the person's own plan from then on, and changed like any other.

import { z } from 'zod';
import { localize, Localized } from '../platform/localized.ts';
import { HORIZONS, PlanStep, type PlanGoal } from './plan.ts';
import { Id } from './text.ts';

const InDays = z.number().int().min(0).max(730).describe('By when, in days from the day on which it is taken');

export const PlanTemplate = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z][a-z0-9_.-]{0,59}$/)
      .describe('Stable identifier'),
    label: Localized,
    description: Localized.optional().describe('For whom it is, in one sentence'),
    needs: z.array(Id).min(1).describe('Offered first to whom one of these needs is open'),
    class: z.enum(['needs', 'safety']).default('needs').describe('`safety`: that there is such a plan may be told to nobody else'),
    goals: z
      .array(
        z.strictObject({
          text: Localized,
          horizon: z.enum(HORIZONS).describe('At once, within months, later'),
          needs: z.array(Id).default([]).describe('Needs that it is for'),
          measure: Localized.optional().describe('How both will know that it is reached'),
          inDays: InDays.optional(),
          steps: z
            .array(
              z.strictObject({
                text: Localized,
                kind: PlanStep.shape.kind.describe('What sort of step it is'),
                who: PlanStep.shape.who,
                need: Id.optional().describe('Need to search help for'),
                inDays: InDays.optional(),
              }),
            )
            .min(1)
            .describe('What is to be done, one after the other'),
        }),
      )
      .min(1)
      .describe('What the person wants to come to'),
  })
  .describe('A plan to begin with');
export type PlanTemplate = z.infer<typeof PlanTemplate>;

interface Taking {
  /** BCP 47: in which words it is taken. */
  language: string;
  /** YYYY-MM-DD */
  today: string;
  newId: (prefix: 'goal' | 'step') => string;
}

const DAY_MS = 86_400_000;

/** The goals of a template as the goals of somebody's plan, with days and ids of their own. */
export function takeGoals(template: PlanTemplate, { language, today, newId }: Taking): PlanGoal[] {
  const by = (inDays: number | undefined) =>
    inDays === undefined ? {} : { by: new Date(Date.parse(`${today}T00:00:00Z`) + inDays * DAY_MS).toISOString().slice(0, 10) };
  return template.goals.map(({ text, horizon, needs, measure, inDays, steps }) => ({
    id: newId('goal'),
    text: localize(text, language),
    horizon,
    needs: [...needs],
    ...(measure !== undefined && { measure: localize(measure, language) }),
    ...by(inDays),
    steps: steps.map((step) => ({
      id: newId('step'),
      kind: step.kind,
      text: localize(step.text, language),
      who: step.who,
      ...(step.need !== undefined && { need: step.need }),
      ...by(step.inDays),
    })),
  }));
}

/** Templates in the order in which they are offered: those for open needs of the person first, in the person's order of needs. */
export function orderTemplates<T extends Pick<PlanTemplate, 'needs'>>(templates: readonly T[], openNeeds: readonly string[]): T[] {
  const rank = ({ needs }: T) => {
    const first = openNeeds.findIndex((need) => needs.includes(need));
    return first === -1 ? openNeeds.length : first;
  };
  return templates.toSorted((a, b) => rank(a) - rank(b));
}

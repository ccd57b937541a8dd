// A service plan: goals and steps, as the person agreed to them. A version is never changed; what is done since then is progress,
// told over the newest version. What is late or blocked is computed, here and nowhere else.

import { z } from 'zod';
import { Day, Id, Instant, Label, Line } from './text.ts';

export const HORIZONS = ['immediate', 'short', 'long'] as const;

/** A match that was chosen on the map, with its reasons as they were on that day. */
export const PinnedMatch = z.strictObject({
  serviceId: Id,
  locationId: Id.optional(),
  name: Label,
  verdict: z.enum(['eligible', 'likely', 'unknown', 'not_stated', 'ineligible']),
  reasons: z.array(Line).max(30),
  at: Instant,
});
export type PinnedMatch = z.infer<typeof PinnedMatch>;

export const BARRIERS = [
  'transport',
  'child_care',
  'documents',
  'language',
  'cost',
  'waiting_list',
  'refused',
  'health',
  'safety',
  'other',
] as const;

export const PlanStep = z.strictObject({
  id: Id,
  kind: z.enum(['service', 'referral', 'task', 'appointment', 'application', 'natural_support']),
  text: Label,
  who: z.enum(['alone', 'together', 'worker', 'agency']).describe('Who does it: the person alone, both together, the worker, an agency'),
  need: Id.optional(),
  by: Day.optional(),
  pinned: PinnedMatch.optional(),
  referralId: Id.optional(),
});
export type PlanStep = z.infer<typeof PlanStep>;

export const PlanGoal = z.strictObject({
  id: Id,
  text: Label.describe("In the person's own words where there are any"),
  horizon: z.enum(HORIZONS),
  needs: z.array(Id).max(50).default([]),
  measure: Line.optional().describe('How both will know that it is reached'),
  baseline: Line.optional(),
  target: Line.optional(),
  by: Day.optional(),
  steps: z.array(PlanStep).max(100).default([]),
});
export type PlanGoal = z.infer<typeof PlanGoal>;

export const Plan = z.strictObject({ goals: z.array(PlanGoal).max(50) }).superRefine((plan, context) => {
  const seen = new Set<string>();
  for (const id of plan.goals.flatMap((goal) => [goal.id, ...goal.steps.map((step) => step.id)])) {
    if (seen.has(id)) context.addIssue({ code: 'custom', message: `two goals or steps have the id ${id}` });
    seen.add(id);
  }
});
export type Plan = z.infer<typeof Plan>;

export const STEP_STATES = ['open', 'done', 'dropped'] as const;
export const GOAL_STATES = ['open', 'reached', 'partly', 'dropped'] as const;

/** What became of a goal or a step since the plan was agreed; what is absent stays as it was. */
export const Progress = z.strictObject({
  of: Id.describe('A goal or a step of the plan'),
  state: z.enum([...new Set([...STEP_STATES, ...GOAL_STATES])]).optional(),
  current: Line.optional().describe('Where the measure of a goal stands'),
  blocked: z
    .union([z.literal(false), z.strictObject({ by: z.enum(BARRIERS), since: Day, said: Line.optional() })])
    .optional()
    .describe('What holds it up; false: nothing any more'),
});
export type Progress = z.infer<typeof Progress>;

/** A goal or step with its progress on a day. `late`: it is open and its day has passed. */
export interface Standing {
  id: string;
  state: (typeof STEP_STATES)[number] | (typeof GOAL_STATES)[number];
  current?: string | undefined;
  blocked?: { by: (typeof BARRIERS)[number]; since: string; said?: string | undefined } | undefined;
  by?: string | undefined;
}

/** Where each goal and step of a plan stands after `progress`, oldest first. Progress of what the plan no longer has is left out. */
export function standingOf(plan: Plan, progress: readonly Progress[]): Standing[] {
  const standings = new Map<string, Standing>();
  for (const goal of plan.goals) {
    standings.set(goal.id, { id: goal.id, state: 'open', by: goal.by });
    for (const step of goal.steps) standings.set(step.id, { id: step.id, state: 'open', by: step.by });
  }
  for (const { of, state, current, blocked } of progress) {
    const standing = standings.get(of);
    if (!standing) continue;
    if (state !== undefined) standing.state = state;
    if (current !== undefined) standing.current = current;
    if (blocked !== undefined) standing.blocked = blocked === false ? undefined : blocked;
  }
  return [...standings.values()];
}

/** Whether a goal or a step is late on `day` (YYYY-MM-DD). Its own day is not late yet. */
export function isLate(standing: Standing, day: string): boolean {
  return standing.state === 'open' && standing.by !== undefined && standing.by < day;
}

export interface PlanDifference {
  kind: 'added' | 'removed' | 'changed';
  what: 'goal' | 'step';
  id: string;
  text: string;
  /** Of what changed: the fields that differ. */
  fields: string[];
}

/** What became different from one version to another, goals and steps by their ids, in the order of the newer version. */
export function comparePlans(before: Plan, after: Plan): PlanDifference[] {
  const [older, newer] = [partsOf(before), partsOf(after)];
  const differences: PlanDifference[] = [];
  for (const [id, part] of newer) {
    const was = older.get(id);
    if (!was) differences.push({ kind: 'added', what: part.what, id, text: part.text, fields: [] });
    else {
      const fields = changedFields(was.values, part.values);
      if (fields.length > 0) differences.push({ kind: 'changed', what: part.what, id, text: part.text, fields });
    }
  }
  for (const [id, part] of older) {
    if (!newer.has(id)) differences.push({ kind: 'removed', what: part.what, id, text: part.text, fields: [] });
  }
  return differences;
}

interface Part {
  what: 'goal' | 'step';
  text: string;
  values: Record<string, unknown>;
}

function partsOf(plan: Plan): Map<string, Part> {
  const parts = new Map<string, Part>();
  for (const { steps, ...goal } of plan.goals) {
    parts.set(goal.id, { what: 'goal', text: goal.text, values: goal });
    for (const step of steps) parts.set(step.id, { what: 'step', text: step.text, values: { ...step, goal: goal.id } });
  }
  return parts;
}

function changedFields(before: Record<string, unknown>, after: Record<string, unknown>): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
}

// A plan while it is changed: values that are only replaced, so that leaving the form leaves nothing behind.

import type { Plan, PlanGoal, PlanStep } from '#shared/casework/plan.ts';
import { newId } from './say.ts';

export const EMPTY_PLAN: Plan = { goals: [] };

export function newGoal(text = ''): PlanGoal {
  return { id: newId('goal'), text, horizon: 'short', needs: [], steps: [] };
}

export function newStep(text = '', fields: Partial<PlanStep> = {}): PlanStep {
  return { id: newId('step'), kind: 'task', text, who: 'together', ...fields };
}

export function changeGoal(plan: Plan, id: string, fields: Partial<PlanGoal>): Plan {
  return { goals: plan.goals.map((goal) => (goal.id === id ? clean({ ...goal, ...fields }) : goal)) };
}

export function changeStep(plan: Plan, id: string, fields: Partial<PlanStep>): Plan {
  const change = (step: PlanStep) => (step.id === id ? clean({ ...step, ...fields }) : step);
  return { goals: plan.goals.map((goal) => ({ ...goal, steps: goal.steps.map(change) })) };
}

export function addStep(plan: Plan, goal: string, step: PlanStep): Plan {
  return { goals: plan.goals.map((each) => (each.id === goal ? { ...each, steps: [...each.steps, step] } : each)) };
}

/** Goals of a template behind those that are there; the empty one with which a new plan begins gives way. */
export function takeGoalsInto(plan: Plan, goals: readonly PlanGoal[]): Plan {
  const begun = plan.goals.filter(({ text, steps }) => text.trim() !== '' || steps.length > 0);
  return { goals: [...begun, ...goals] };
}

export function removePart(plan: Plan, id: string): Plan {
  const goals = plan.goals.filter((goal) => goal.id !== id);
  return { goals: goals.map((goal) => ({ ...goal, steps: goal.steps.filter((step) => step.id !== id) })) };
}

/** The plan as it is kept: what was begun and has no words is left out. */
export function finished(plan: Plan): Plan {
  const goals = plan.goals.filter(({ text }) => text.trim() !== '');
  return { goals: goals.map((goal) => ({ ...goal, steps: goal.steps.filter(({ text }) => text.trim() !== '') })) };
}

/** Without fields that were emptied: what is absent is not set. */
function clean<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([name, field]) => name === 'text' || (field !== undefined && field !== ''))) as T;
}

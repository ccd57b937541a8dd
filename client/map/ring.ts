// The ring of a cluster: how many of its pins have which verdict, in steps coarse enough that few drawings serve all clusters.

import type { Verdict } from '#shared/eligibility/rule.ts';
import type { MapToken } from './palette.ts';

/** Clockwise from the top; also the order of the counts that a cluster carries. */
export const RING_ORDER = ['eligible', 'likely', 'unknown', 'not_stated', 'ineligible'] as const satisfies readonly Verdict[];

export const RING_COLOURS: Readonly<Record<Verdict, MapToken>> = {
  eligible: '--v-yes-solid',
  likely: '--v-likely-solid',
  unknown: '--v-ask-solid',
  not_stated: '--v-none-solid',
  ineligible: '--v-no-solid',
};

/** Parts of a full ring. */
export const RING_STEPS = 16;

/**
 * Shares of a ring in whole steps that add up to RING_STEPS. Whoever is there at all gets at least one step,
 * taken from the largest. All zero for an empty cluster.
 */
export function ringSteps(counts: readonly number[]): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total <= 0) return counts.map(() => 0);
  const exact = counts.map((count) => (count / total) * RING_STEPS);
  const steps = exact.map((share, i) => ((counts[i] ?? 0) > 0 ? Math.max(1, Math.floor(share)) : 0));
  let left = RING_STEPS - steps.reduce((sum, step) => sum + step, 0);
  const byRemainder = exact.map((share, i) => ({ i, rest: share - (steps[i] ?? 0) })).sort((a, b) => b.rest - a.rest || a.i - b.i);
  for (let k = 0; left > 0; k = (k + 1) % byRemainder.length) {
    const i = byRemainder[k]?.i ?? 0;
    if ((counts[i] ?? 0) === 0) continue;
    steps[i] = (steps[i] ?? 0) + 1;
    left -= 1;
  }
  while (left < 0) {
    const largest = steps.indexOf(Math.max(...steps));
    steps[largest] = (steps[largest] ?? 0) - 1;
    left += 1;
  }
  return steps;
}

export interface Arc {
  verdict: Verdict;
  /** Radians, clockwise, 0 at the top. */
  from: number;
  to: number;
}

/** The arcs of a ring with a gap between neighbours; one alone closes the circle. */
export function ringArcs(steps: readonly number[], gap: number): Arc[] {
  const present = RING_ORDER.map((verdict, i) => ({ verdict, steps: steps[i] ?? 0 })).filter((part) => part.steps > 0);
  const half = present.length > 1 ? gap / 2 : 0;
  let at = 0;
  return present.map((part) => {
    const from = at;
    at += (part.steps / RING_STEPS) * 2 * Math.PI;
    return { verdict: part.verdict, from: from + half, to: at - half };
  });
}

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

export interface RingPart {
  /** A colour token, or a colour. */
  colour: string;
  /** Of RING_STEPS. */
  steps: number;
}

export interface Arc {
  colour: string;
  /** Radians, clockwise, 0 at the top. */
  from: number;
  to: number;
}

/** The parts of a cluster's ring by verdict, from its counts in RING_ORDER. */
export function verdictRing(counts: readonly number[]): RingPart[] {
  return ringSteps(counts).map((steps, i) => ({ colour: RING_COLOURS[RING_ORDER[i] ?? 'not_stated'], steps }));
}

/** The parts of a cluster's ring by type: the most frequent ones with their share in steps, the rest in grey. */
export function typeRing(types: readonly RingPart[]): RingPart[] {
  const present = types.filter((part) => part.steps > 0);
  const rest = Math.max(0, RING_STEPS - present.reduce((sum, part) => sum + part.steps, 0));
  const steps = ringSteps([...present.map((part) => part.steps), rest]);
  return [...present.map((part, i) => ({ ...part, steps: steps[i] ?? 0 })), { colour: '--line-control', steps: steps.at(-1) ?? 0 }];
}

/** The arcs of a ring with a gap between neighbours; one alone closes the circle. */
export function ringArcs(parts: readonly RingPart[], gap: number): Arc[] {
  const present = parts.filter((part) => part.steps > 0);
  const half = present.length > 1 ? gap / 2 : 0;
  let at = 0;
  return present.map((part) => {
    const from = at;
    at += (part.steps / RING_STEPS) * 2 * Math.PI;
    return { colour: part.colour, from: from + half, to: at - half };
  });
}

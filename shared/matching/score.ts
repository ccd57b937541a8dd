// The one score by which matches are ordered, and its parts. Each part is a number from 0 to 1 that the answer carries:
//
//   total = 100 × need × soon × chance × (0.65 + 0.15 language + 0.15 capacity + 0.05 freshness)
//
// A part that is switched off counts as 1. Ineligible resources have chance 0 and stand behind all others.

import { VERDICTS, type Verdict } from '../eligibility/rule.ts';
import type { SCORE_PARTS } from './request.ts';

export type ScorePart = (typeof SCORE_PARTS)[number];
export type ScoreParts = Record<ScorePart, number>;

/**
 * The chance that a resource can be used, by verdict: judgements of ours, not measured. Where nothing is stated most doors
 * are open, so it stands above a rule of which something is still unknown.
 */
const CHANCE: Readonly<Record<Verdict, number>> = { eligible: 1, likely: 0.8, unknown: 0.5, not_stated: 0.6, ineligible: 0 };
export const CHANCE_BY_CODE: Float64Array = Float64Array.from(VERDICTS, (verdict) => CHANCE[verdict]);

/** After this long `soon` is one half, milliseconds. */
export const HALF_SOON = 45 * 60_000;
/** Effort: a quarter of the way counts on top of the waiting, so that of two that open at nine the nearer one leads. */
export const EFFORT = 0.25;

/** How soon they can be there while it is open. @param wait milliseconds until then; @param way milliseconds of travel */
export function soonPart(wait: number, way: number): number {
  return 1 / (1 + (wait + EFFORT * way) / HALF_SOON);
}

/** 1 where one of the person's languages is spoken, ½ where nothing is stated. */
export function languagePart(spoken: readonly string[], wanted: readonly string[]): number {
  if (wanted.length === 0) return 1;
  if (spoken.length === 0) return 0.5;
  return wanted.some((w) => spoken.some((s) => toBase(s) === toBase(w))) ? 1 : 0;
}

/** Figures older than this say nothing, milliseconds. */
const CAPACITY_HOLDS = 36 * 3_600_000;

/**
 * 1 where there is room, 0 where there is none, ½ where it is not known or the figure is old.
 * @param updated when it was told, NaN: not known; like `at` milliseconds since 1970
 */
export function capacityPart(available: number | undefined, updated: number, at: number): number {
  if (available === undefined || !(at - updated <= CAPACITY_HOLDS)) return 0.5;
  return available > 0 ? 1 : 0;
}

/** 1 in the first quarter of a year after verification, falling to 0 in two years; ½ where it is not known. Days since 1970; 0: never. */
export function freshnessPart(verifiedDay: number, today: number): number {
  if (verifiedDay === 0) return 0.5;
  return Math.min(1, Math.max(0, 1 - (today - verifiedDay - 90) / 640));
}

export function totalScore(parts: ScoreParts): number {
  return 100 * parts.need * parts.soon * parts.chance * restFactor(parts.language, parts.capacity, parts.freshness);
}

/** What language, capacity and freshness come to at most. */
export const MOST_REST = 1;

/** They take off a little over a third at most. */
export function restFactor(language: number, capacity: number, freshness: number): number {
  return 0.65 + 0.15 * language + 0.15 * capacity + 0.05 * freshness;
}

function toBase(language: string): string {
  return language.toLowerCase().split('-')[0]!;
}

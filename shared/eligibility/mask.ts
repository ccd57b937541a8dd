// What a node of a rule comes to, as bits. Two kinds of doubt are kept apart: facts that are not known, and conditions
// that staff decide. Each bit is one way of resolving the doubts, so that `all` is AND and `any` is OR of the masks:
//
//   bit   facts        staff
//    0    against      against     set: eligible whatever comes
//    1    against      in favour
//    2    in favour    against
//    3    in favour    in favour   clear: ineligible whatever comes
//
// Three such groups of four bits stand side by side: the person is in the service's area, is not, or it is not known.
// One pass therefore serves all services that share a rule, whatever areas they publish.

import { FAILED, MET, type Outcome } from './compare.ts';
import { VERDICTS, type Verdict } from './rule.ts';

export const MASK = {
  met: 0xfff,
  failed: 0x000,
  open: 0xccc,
  staff: 0xaaa,
  serviceArea: 0xc0f,
  /** No conditions come to this (what staff favour they cannot rule out): there is no rule. */
  notStated: 0x222,
} as const;

/** How the parts of a group are joined. */
export const OP = { all: 1, any: 2, none: 3, atLeast: 4 } as const;
export type Op = (typeof OP)[keyof typeof OP];

/** Position of a group of bits by whether the person is in the service's area. */
export const AREA = { inside: 0, outside: 1, unknown: 2 } as const;
export type AreaState = (typeof AREA)[keyof typeof AREA];
export const AREA_STATES = 3;

export function toMask(outcome: Outcome): number {
  return outcome === MET ? MASK.met : outcome === FAILED ? MASK.failed : MASK.open;
}

/** Not: what counted for the person counts against, so the bits of each group are turned round. */
export function negateMask(mask: number): number {
  const turned = ((mask & 0x111) << 3) | ((mask & 0x222) << 1) | ((mask & 0x444) >> 1) | ((mask & 0x888) >> 3);
  return ~turned & 0xfff;
}

/** At least `n` of the masks, bit by bit. */
export function atLeastMask(n: number, masks: readonly number[]): number {
  if (n > masks.length) return MASK.failed;
  // reached[k]: the bits that at least k of the masks so far have.
  const reached = new Array<number>(n + 1).fill(0);
  reached[0] = -1;
  for (const mask of masks) for (let k = n; k > 0; k--) reached[k]! |= reached[k - 1]! & mask;
  return reached[n]!;
}

/** The value of a group from those of its parts; `n` is how many of `atLeast`. */
export function joinMasks(op: Op, n: number, masks: readonly number[]): number {
  if (op === OP.all) return masks.reduce((a, b) => a & b, MASK.met);
  if (op === OP.atLeast) return atLeastMask(n, masks);
  const any = masks.reduce((a, b) => a | b, MASK.failed);
  return op === OP.any ? any : negateMask(any);
}

/** The four bits of one group. */
export function maskIn(area: AreaState, mask: number): number {
  return (mask >> (area * 4)) & 0xf;
}

export function isMet(bits: number): boolean {
  return (bits & 1) !== 0;
}

/** Met once staff agree: whatever is not known of the facts does not matter. */
export function isMetByFacts(bits: number): boolean {
  return (bits & 2) !== 0;
}

export function isFailed(bits: number): boolean {
  return (bits & 8) === 0;
}

/** Verdict of four bits, as its place in VERDICTS. Likely: no fact matters any more, only what staff decide. */
export const VERDICT_OF_BITS: Uint8Array = Uint8Array.from({ length: 16 }, (_, bits) => {
  if (bits === (MASK.notStated & 0xf)) return verdictCode('not_stated');
  if (isMet(bits)) return verdictCode('eligible');
  if (isFailed(bits)) return verdictCode('ineligible');
  return (bits & 2) !== 0 && (bits & 4) === 0 ? verdictCode('likely') : verdictCode('unknown');
});

export function verdictCode(verdict: Verdict): number {
  return VERDICTS.indexOf(verdict);
}

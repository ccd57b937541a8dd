// Lists of groups, or of what is said of one person: parts joined by commas, "and" and "or".

import { allOf, anyOf, type Found } from './found.ts';
import type { Words } from './words.ts';

export interface ListOptions {
  /** `any`: of groups any will do; `said`: of what is said of one person "and" asks for all, "or" for one. */
  kind: 'any' | 'said';
  /** What the parts say of each other. */
  settle?: (parts: Found[]) => void;
}

/** How far behind a part the next joint may stand, lexemes. */
const NEXT_JOINT = 12;

/** A list that mixes "and" and "or" is read up to there. A part that cannot be read after "or" is left to staff. */
export function readList(
  words: Words,
  from: number,
  read: (at: number) => Found | undefined,
  { kind, settle }: ListOptions,
): Found | undefined {
  const first = read(from);
  if (!first) return undefined;
  const parts = [first];
  let end = first.end;
  let joint: 'and' | 'or' | undefined;
  for (;;) {
    const { at: behind, seen } = readJoint(words, end);
    // "for adults 65 and older, and for people with disabilities"
    const at = kind === 'any' && words.is(behind, 'to') ? behind + 1 : behind;
    if (seen === undefined || at >= words.length) break;
    const next = words.is(at, 'including who if weak unless') ? undefined : read(at);
    if (!next) {
      const open = kind === 'any' ? seen !== 'comma' || goesOn(words, at) : seen === 'or';
      if (words.is(at, 'others everyone')) return undefined;
      if (!open || words.is(at, 'including who if must')) break;
      parts.push({ spans: [words.span(at, Math.max(at + 1, words.length))], end: words.length });
      end = words.length;
      joint ??= 'or';
      break;
    }
    if (seen !== 'comma') {
      if (kind === 'said' && joint !== undefined && joint !== seen) return undefined;
      joint = seen;
    }
    parts.push(next);
    end = next.end;
  }
  if (parts.length === 1) return { ...first, end };
  // "Adults 18+, Cook County residents" is no choice, and what commas alone join may be one or not.
  if (kind === 'any' && (joint === undefined || mixesPlaces(parts))) return undefined;
  settle?.(parts);
  return kind === 'any' || joint === 'or' ? anyOf(parts, end, (part) => words.quote(part.spans[0]!)) : allOf(parts, end);
}

/** Commas, "and", "or", several of them at once; undefined: none stands there. */
function readJoint(words: Words, from: number): { at: number; seen: 'and' | 'or' | 'comma' | undefined } {
  let at = from;
  let seen: 'and' | 'or' | 'comma' | undefined;
  while (words.is(at, 'and or') || words.isMark(at, ',;')) {
    if (words.is(at, 'or')) seen = 'or';
    else if (words.is(at, 'and')) seen = 'and';
    else seen ??= 'comma';
    at++;
  }
  return { at, seen };
}

/** A list goes on: another joint follows. */
function goesOn(words: Words, at: number): boolean {
  return words.has('and or', at, Math.min(at + NEXT_JOINT, words.length));
}

/** Some of the groups are told by where they live or what they earn alone, others otherwise. */
function mixesPlaces(parts: readonly Found[]): boolean {
  const bounds = parts.filter(
    ({ node }) => node && 'fact' in node && (node.fact === 'household.place' || node.fact === 'household.income'),
  );
  return bounds.length > 0 && bounds.length < parts.length;
}

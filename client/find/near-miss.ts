// A "no" that misses by little is worth a telephone call: by how much it misses, where one number alone decides.

import type { FactDefinition } from '#shared/intake/facts.ts';
import { Period } from '#shared/intake/facts.ts';
import type { Match } from '#shared/matching/request.ts';
import { valueInWords, type FactWords } from '#shared/intake/fact-words.ts';

const YEARS = 2;
/** Part of the limit by which an amount may be over it. */
const PART = 0.1;

export interface NearMiss {
  fact: string;
  by: number;
  per: Period | null;
}

/** How little a match misses by; null where more than one thing stands against it, or it misses by much. */
export function nearMiss({ verdict, reasons }: Match, facts: ReadonlyMap<string, FactDefinition>): NearMiss | null {
  if (verdict !== 'ineligible') return null;
  const [reason, ...others] = reasons.filter(({ outcome, core }) => core && outcome === 'failed');
  const type = reason?.fact ? facts.get(reason.fact)?.type : undefined;
  if (!reason?.fact || others.length > 0 || (type !== 'age' && type !== 'money')) return null;
  const [value, limit] = [toAmount(reason.value), toAmount(reason.threshold)];
  if (!value || !limit || value.per !== limit.per) return null;
  const by = Math.abs(value.at[0] < limit.at[0] ? limit.at[0] - value.at[0] : value.at[0] - (limit.at.at(-1) ?? 0));
  const most = type === 'age' ? YEARS : (limit.at[0] ?? 0) * PART;
  return by > 0 && by <= most ? { fact: reason.fact, by, per: value.per } : null;
}

/** "2 years", "$150 a month". */
export function nearMissInWords({ fact, by, per }: NearMiss, facts: ReadonlyMap<string, FactDefinition>, words: FactWords): string {
  const definition = facts.get(fact);
  if (!definition || definition.type === 'age')
    return new Intl.NumberFormat(words.language, { style: 'unit', unit: 'year', unitDisplay: 'long' }).format(by);
  return valueInWords(definition, per ? { value: by, per } : by, words);
}

type Numbers = [number, ...number[]];

function toAmount(value: unknown): { at: Numbers; per: Period | null } | null {
  if (typeof value === 'number') return { at: [value], per: null };
  if (Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'number'))
    return { at: value as Numbers, per: null };
  if (typeof value !== 'object' || value === null || !('value' in value)) return null;
  const inner = toAmount(value.value);
  const per = 'per' in value ? Period.safeParse(value.per) : null;
  return inner && { at: inner.at, per: per?.success ? per.data : null };
}

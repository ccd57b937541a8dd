// Whether a rule compares a fact with a value of its kind: what could never be the same, or has no period, is a slip.

import { toDayNumber } from '../intake/dates.ts';
import type { FactType } from '../intake/facts.ts';
import { isRecord } from '../platform/record.ts';
import { said, type Said } from './faults.ts';
import type { RuleFix } from './fix.ts';
import type { Path } from './rule-file.ts';
import type { Comparison } from './rule.ts';
import { toPathIssue, type PathIssue } from './schema-issues.ts';

/** Comparisons with a bound. */
export const ORDERED: readonly Comparison[] = ['at_least', 'at_most', 'less_than', 'more_than', 'between'];

export interface ComparedFact {
  fact: string;
  /** Undefined: nothing is known of it. */
  type: FactType | undefined;
  comparison: Comparison;
}

/** Of one bound, or of the words that are wanted. What has the wrong shape altogether is left to the schema. */
export function checkValue(value: unknown, compared: ComparedFact, at: Path): PathIssue[] {
  const { fact, type, comparison } = compared;
  if (comparison === 'is' || comparison === 'is_one_of') return checkWords(value, compared, at);
  if (!ORDERED.includes(comparison)) return [];
  if (typeof value === 'string') return checkText(value, compared, at);
  if (type === 'date' && typeof value === 'number') return [fault('rule_value', at, said('fault.day_needed', { fact }))];
  if (type === 'money' && typeof value === 'number' && value !== 0) {
    const fix = { title: said('fix.monthly'), replace: at, value: { value, per: 'month' } };
    return [fault('rule_period', at, said('fault.period_needed', { example: `{ value: ${value}, per: month }` }), fix)];
  }
  if (type !== 'money' && type !== undefined && isRecord(value)) return [fault('rule_value', at, said('fault.no_money', { fact }))];
  return [];
}

/** A bound in quotes is a day; a number in quotes is a slip. */
function checkText(value: string, { fact, type }: ComparedFact, at: Path): PathIssue[] {
  if (type === 'date' || type === undefined)
    return Number.isNaN(toDayNumber(value)) ? [fault('rule_value', at, said('fault.no_day', { found: value }))] : [];
  const number = value.trim() === '' ? NaN : Number(value);
  const fix =
    Number.isFinite(number) && type !== 'money'
      ? { title: said('fix.write_value', { value: number }), replace: at, value: number }
      : undefined;
  return [fault('rule_value', at, said('fault.not_comparable', { fact, type, found: value }), fix)];
}

/** What a fact is compared with word by word must be of its kind, else it could never be the same. */
function checkWords(value: unknown, { fact, type }: ComparedFact, at: Path): PathIssue[] {
  const wanted = type === undefined ? undefined : SCALAR_OF_TYPE[type];
  if (type === undefined || wanted === undefined) return [];
  const list = Array.isArray(value) ? value.map((one: unknown, i) => ({ one, path: [...at, i] })) : [{ one: value, path: at }];
  return list.flatMap(({ one, path }) => {
    if (typeof one === wanted || typeof one === 'object') return [];
    const meant = wanted === 'boolean' ? YES_OR_NO.get(String(one).toLowerCase()) : undefined;
    const fix = meant === undefined ? undefined : { title: said('fix.write_value', { value: String(meant) }), replace: path, value: meant };
    return [fault('rule_value', path, said('fault.wrong_kind', { fact, type, wanted, found: JSON.stringify(one) ?? '' }), fix)];
  });
}

function fault(code: string, at: Path, what: Said, fix?: RuleFix): PathIssue {
  return { ...toPathIssue(code, at, what), ...(fix ? { fix } : {}) };
}

type ScalarKind = 'boolean' | 'number' | 'string';
const SCALAR_OF_TYPE: Readonly<Partial<Record<FactType, ScalarKind>>> = {
  boolean: 'boolean',
  number: 'number',
  age: 'number',
  choice: 'string',
  choices: 'string',
  place: 'string',
};
const YES_OR_NO: ReadonlyMap<string, boolean> = new Map([
  ['yes', true],
  ['true', true],
  ['no', false],
  ['false', false],
]);

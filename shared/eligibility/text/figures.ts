// Reads figures: ages and limits of income. What has another unit, or none where one is needed, is not read.

import type { RuleNode, TestNode } from '../rule.ts';
import { foundIn, type Found } from './found.ts';
import type { Words } from './words.ts';

/** A bound on a number as text tells it, still without its fact. */
export interface Bound {
  comparison: 'at_least' | 'at_most' | 'less_than' | 'more_than' | 'between';
  value: number | [number, number];
  end: number;
}

const OLDEST = 120;

/**
 * An age: "18 and older", "ages 13-17", "under 5", "between 16 and 24", "65+".
 * @param bare whether a figure may stand without "years", "age" or the like: after "children", inside "(…)"
 */
export function readAge(words: Words, from: number, bare: boolean): Bound | undefined {
  let at = words.skip(from);
  let named = bare;
  const mark = (kinds: string): boolean => {
    if (!words.is(at, kinds)) return false;
    at++;
    return true;
  };
  const ages = (): void => {
    while (mark('ages')) named = true;
    at = words.skip(at);
  };
  ages();
  if (mark('years')) named = true;
  const prefix = (['at_least', 'at_most', 'under', 'over', 'more_than', 'between'] as const).find((kind) => mark(kind));
  if (prefix && words.is(at - 1, 'of_age')) named = true;
  ages();
  const first = words.figure(at, 'number');
  if (first === undefined || first > OLDEST) return undefined;
  at++;
  if (mark('years')) named = true;
  if (words.is(at, 'range') || (prefix === 'between' && words.is(at, 'and'))) {
    const second = words.figure(words.skip(at + 1), 'number');
    if (second !== undefined && (prefix === undefined || prefix === 'between')) {
      if (second > OLDEST || second < first) return undefined;
      at = words.skip(at + 1) + 1;
      if (mark('years')) named = true;
      return named && isFree(words, at) ? { comparison: 'between', value: [first, second], end: at } : undefined;
    }
  }
  if (prefix === 'between') return undefined;
  const suffix = (['or_more', 'or_less'] as const).find((kind) => mark(kind));
  if (mark('years')) named = true;
  if (suffix && mark('ages')) named = true;
  if (!isFree(words, at) || (prefix && suffix)) return undefined;
  if (suffix && words.is(at - 1, 'of_age')) named = true;
  if (!named) return undefined;
  if (suffix) return { comparison: suffix === 'or_more' ? 'at_least' : 'at_most', value: first, end: at };
  switch (prefix) {
    case 'at_least':
    case 'over':
      return { comparison: 'at_least', value: first, end: at };
    case 'at_most':
      return { comparison: 'at_most', value: first, end: at };
    case 'more_than':
      return { comparison: 'more_than', value: first, end: at };
    case 'under':
      return { comparison: 'less_than', value: first, end: at };
    case undefined:
      return undefined;
  }
}

/** A figure followed by another unit, or by a further figure, is no age. */
function isFree(words: Words, at: number): boolean {
  return !words.is(at, 'unit number percent money income poverty monthly yearly weekly');
}

/** An age as a condition on a person; in a `where`, of a member. */
export function toAgeNode({ comparison, value }: Bound, fact = 'person.age'): TestNode {
  return { fact, [comparison]: value } as TestNode;
}

/**
 * A limit of income: "income at or below 185% FPL", "less than $2,000 a month", "200% of poverty or below".
 * @param said whether "income" was said before it
 */
export function readIncome(words: Words, from: number, said: boolean): Found | undefined {
  const limit = readLimit(words, from, said);
  return limit && foundIn(words, { from, end: limit.end }, limit.node);
}

function readLimit(words: Words, from: number, said: boolean): { node: RuleNode; end: number } | undefined {
  let at = words.skip(from);
  let named = said;
  let period: 'month' | 'year' | 'week' | undefined;
  for (let steps = 0; steps < 8; steps++) {
    if (words.is(at, 'income earn')) {
      named = true;
      if (words.is(at, 'income_monthly')) period = 'month';
      if (words.is(at, 'income_yearly')) period = 'year';
    } else if (words.is(at, 'monthly')) period = 'month';
    else if (words.is(at, 'yearly')) period = 'year';
    else if (!words.is(at, 'must be have filler noun') && !(words.is(at, 'mark') && words.text(at) === ':')) break;
    at++;
  }
  const cap = words.is(at, 'at_most')
    ? 'at_most'
    : words.is(at, 'under')
      ? 'less_than'
      : words.is(at, 'more_than over at_least')
        ? 'floor'
        : undefined;
  if (cap === 'floor') return undefined;
  if (cap) at = words.skip(at + 1);
  const percent = words.figure(at, 'percent');
  const sum = words.figure(at, 'money');
  if (percent === undefined && sum === undefined) return undefined;
  // A span of two limits says something else for each size or programme.
  at = words.skip(at + 1);
  if (words.is(at, 'range')) return undefined;
  let comparison = cap;
  const suffix = (): void => {
    if (comparison === undefined && words.is(at, 'or_less')) {
      comparison = 'at_most';
      at++;
    }
  };
  suffix();
  if (percent !== undefined) {
    at = words.skip(at);
    if (!words.is(at, 'poverty')) return undefined;
    at++;
    if (words.is(at, 'poverty')) at++;
    if (words.is(at, 'mark') && words.text(at) === '(' && words.is(at + 1, 'poverty')) at += 3;
    suffix();
    if (comparison === undefined || percent < 10 || percent > 1000) return undefined;
    return { node: { fact: 'household.income', [comparison]: { percent, of: 'us_fpl' } } as TestNode, end: at };
  }
  if (words.is(at, 'monthly')) [period, at] = ['month', at + 1];
  else if (words.is(at, 'yearly')) [period, at] = ['year', at + 1];
  else if (words.is(at, 'weekly')) [period, at] = ['week', at + 1];
  suffix();
  if (comparison === undefined || !named || period === undefined) return undefined;
  return { node: { fact: 'household.income', [comparison]: { value: sum!, per: period } } as TestNode, end: at };
}

// What a condition allows of its fact, as a region of values: so that conditions can be compared with each other without any
// person. Only what is certain is said; a condition that cannot be put like this is left alone.

import type { FactCatalogue } from '../intake/catalogue.ts';
import { toDayNumber } from '../intake/dates.ts';
import type { FactType } from '../intake/facts.ts';
import { toYearly } from '../intake/money.ts';
import { memberFactId } from '../intake/read-facts.ts';
import { COMPARISONS, type Bound, type TestNode } from './rule.ts';

/** Values on one scale: two regions can be compared where their scales are equal. */
export interface Region {
  /** The fact, and what its bounds are measured in: plain numbers, or the percentage of one table. */
  scale: string;
  values: Interval | Words;
}

interface Interval {
  low: number;
  high: number;
  lowOpen: boolean;
  highOpen: boolean;
}

/** These words, or all others. */
interface Words {
  words: ReadonlySet<string | number | boolean>;
  except: boolean;
}

/** Undefined: it compares places, lists, or bounds of several scales. */
export function toRegion(node: TestNode, { catalogue, inMember }: { catalogue: FactCatalogue; inMember: boolean }): Region | undefined {
  const ofMember = inMember && !node.fact.includes('.');
  const fact = ofMember ? memberFactId(node.fact) : node.fact;
  const type = catalogue.find(fact)?.type;
  const name = ofMember ? `member ${fact}` : fact;
  const comparison = COMPARISONS.find((c) => node[c] !== undefined)!;
  if (comparison === 'is' || comparison === 'is_one_of') {
    if (type === 'place' || type === 'choices') return undefined;
    const words = new Set([node[comparison] as string | number | boolean | (string | number | boolean)[]].flat());
    return typeof [...words][0] === 'number' ? undefined : { scale: name, values: { words, except: false } };
  }
  const bounds = toBounds(node, comparison);
  if (!bounds) return undefined;
  const measured = bounds.map((bound) => (bound === undefined ? undefined : measure(bound, type)));
  const scales = new Set(measured.flatMap((m) => (m ? [m.scale] : [])));
  const [scale] = scales;
  if (scales.size !== 1 || scale === undefined || measured.some((m) => m && Number.isNaN(m.value))) return undefined;
  const [low, high] = measured;
  return {
    scale: `${name} ${scale}`,
    values: {
      low: low?.value ?? -Infinity,
      high: high?.value ?? Infinity,
      lowOpen: comparison === 'more_than' || comparison === 'after',
      highOpen: comparison === 'less_than' || comparison === 'before',
    },
  };
}

/** All that a fact can be: counts, ages and amounts are never below zero; whole numbers have no gaps to fall in. */
export function wholeOf(type: FactType | undefined, scale: string): Interval {
  const notNegative = type === 'number' || type === 'age' || type === 'money' || scale.includes('%');
  return { low: notNegative ? 0 : -Infinity, high: Infinity, lowOpen: false, highOpen: false };
}

export function complement(region: Region): Region[] {
  const { scale, values } = region;
  if ('words' in values) return [{ scale, values: { words: values.words, except: !values.except } }];
  const below: Region = { scale, values: { low: -Infinity, high: values.low, lowOpen: false, highOpen: !values.lowOpen } };
  const above: Region = { scale, values: { low: values.high, high: Infinity, lowOpen: !values.highOpen, highOpen: false } };
  return [...(values.low > -Infinity ? [below] : []), ...(values.high < Infinity ? [above] : [])];
}

/** Undefined: both at once is impossible. The scales must be equal. */
export function intersect(a: Region, b: Region): Region | undefined {
  if ('words' in a.values && 'words' in b.values) {
    const words = intersectWords(a.values, b.values);
    return words && { scale: a.scale, values: words };
  }
  if ('words' in a.values || 'words' in b.values) return a;
  const [low, lowOpen] = tighter(a.values.low, a.values.lowOpen, b.values.low, b.values.lowOpen, Math.max);
  const [high, highOpen] = tighter(a.values.high, a.values.highOpen, b.values.high, b.values.highOpen, Math.min);
  if (low > high || (low === high && (lowOpen || highOpen))) return undefined;
  return { scale: a.scale, values: { low, high, lowOpen, highOpen } };
}

/** Whether all of `a` lies in `b`. */
export function isWithin(a: Region, b: Region): boolean {
  return complement(b).every((outside) => intersect(a, outside) === undefined);
}

function toBounds(node: TestNode, comparison: string): [Bound | undefined, Bound | undefined] | undefined {
  const value = node[comparison as 'at_least'] as Bound | [Bound, Bound];
  switch (comparison) {
    case 'between':
      return value as [Bound, Bound];
    case 'at_least':
    case 'more_than':
    case 'after':
      return [value as Bound, undefined];
    case 'at_most':
    case 'less_than':
    case 'before':
      return [undefined, value as Bound];
    default:
      return undefined;
  }
}

function measure(bound: Bound, type: FactType | undefined): { scale: string; value: number } {
  if (typeof bound === 'number') return { scale: 'number', value: bound };
  if (typeof bound === 'string') return { scale: 'number', value: type === 'date' ? toDayNumber(bound) : Number(bound) };
  if ('percent' in bound) return { scale: `% ${bound.of} ${bound.by ?? ''}`, value: bound.percent };
  return { scale: 'number', value: toYearly(bound.value, bound.per) };
}

function tighter(a: number, aOpen: boolean, b: number, bOpen: boolean, pick: (a: number, b: number) => number): [number, boolean] {
  if (a === b) return [a, aOpen || bOpen];
  return pick(a, b) === a ? [a, aOpen] : [b, bOpen];
}

function intersectWords(a: Words, b: Words): Words | undefined {
  if (a.except && b.except) return { words: new Set([...a.words, ...b.words]), except: true };
  if (a.except) return intersectWords(b, a);
  const words = new Set([...a.words].filter((word) => b.words.has(word) !== b.except));
  return words.size === 0 ? undefined : { words, except: false };
}

// One condition of a rule as the engine holds it: what is compared with what, bounds already in common units
// (dollars a year, day numbers). Equal conditions of different rules are one.

import { toDayNumber } from '../intake/dates.ts';
import type { FactCatalogue } from '../intake/catalogue.ts';
import type { FactType } from '../intake/facts.ts';
import { toYearly } from '../intake/money.ts';
import { interval, UNKNOWN, unknownOf, type KnownFacts, type Possibility } from '../intake/possibility.ts';
import { memberFactId } from '../intake/read-facts.ts';
import type { AreaLookup } from './areas.ts';
import * as compare from './compare.ts';
import { COMPARISONS, type Bound, type Comparison, type TableReference, type TestNode } from './rule.ts';
import type { RuleTable } from './tables.ts';
import { lookUpTable, type TableContext, type TableLookup } from './table-lookup.ts';

/** A bound: a number, or a percentage of a table that is looked up by another fact (or has one entry for everybody). */
export type ConditionBound = { number: number } | { table: TableReference; by: string | undefined };

export interface Condition {
  fact: string;
  /** A fact of one member of the household, inside `where`. */
  ofMember: boolean;
  comparison: Comparison;
  /** What the fact may be while nothing is known of it. */
  unknown: Possibility;
  /** One bound; two of `between`; none of comparisons by words. */
  bounds: readonly ConditionBound[];
  words: readonly (string | boolean)[];
  numbers: readonly number[];
}

export const SERVICE_AREA = 'service_area';

export interface DecisionContext extends TableContext {
  areas: AreaLookup;
}

function findComparison(node: TestNode): Comparison | undefined {
  return COMPARISONS.find((c) => node[c] !== undefined);
}

/** What the rules' words are resolved against when they are compiled. */
export interface Vocabulary {
  catalogue: FactCatalogue;
  tables: ReadonlyMap<string, RuleTable>;
}

export function toCondition(node: TestNode, { catalogue, tables }: Vocabulary, inMember: boolean): Condition {
  const comparison = findComparison(node)!;
  const ofMember = inMember && !node.fact.includes('.');
  const fact = ofMember ? memberFactId(node.fact) : node.fact;
  const type = catalogue.find(fact)?.type;
  const condition = { fact, ofMember, comparison, unknown: unknownOf(type) };
  const value = node[comparison];
  switch (comparison) {
    case 'at_least':
    case 'at_most':
    case 'less_than':
    case 'more_than':
      return { ...condition, bounds: [toBound(value as Bound, type, tables)], words: [], numbers: [] };
    case 'before':
    case 'after':
      return { ...condition, bounds: [{ number: toDayNumber(value as string) }], words: [], numbers: [] };
    case 'between':
      return { ...condition, bounds: (value as [Bound, Bound]).map((bound) => toBound(bound, type, tables)), words: [], numbers: [] };
    default: {
      const list = (Array.isArray(value) ? value : [value]) as (string | boolean | number)[];
      return {
        ...condition,
        bounds: [],
        words: list.filter((v) => typeof v !== 'number').sort(),
        numbers: list.filter((v) => typeof v === 'number').sort((a, b) => a - b),
      };
    }
  }
}

/** A bound in common units: money by the year, a date as its day number. */
export function toBound(bound: Bound, type: FactType | undefined, tables: Vocabulary['tables']): ConditionBound {
  if (typeof bound === 'number') return { number: bound };
  if (typeof bound === 'string') return { number: type === 'date' ? toDayNumber(bound) : Number(bound) };
  if ('percent' in bound) return { table: bound, by: bound.by ?? tables.get(bound.of)?.by };
  return { number: toYearly(bound.value, bound.per) };
}

export function evaluateCondition(
  condition: Condition,
  facts: KnownFacts,
  member: KnownFacts | undefined,
  context: DecisionContext,
): compare.Outcome {
  const told = possibleOf(condition.ofMember ? member : facts, condition.fact);
  const possible = told.kind === 'unknown' ? condition.unknown : told;
  if (possible.kind === 'unknown') return compare.OPEN;
  switch (condition.comparison) {
    case 'is':
    case 'is_one_of':
      return condition.numbers.length > 0
        ? compare.compareToNumbers(possible, condition.numbers)
        : compare.compareToWords(possible, condition.words);
    case 'includes':
      return compare.compareIncludes(possible, condition.words as string[]);
    case 'within':
      return context.areas.within(possible, condition.words as string[]);
    case 'between': {
      const [low, high] = condition.bounds.map((b) => resolveBound(b, facts, context).bound);
      return low && high ? compare.compareBetween(possible, low, high) : compare.OPEN;
    }
    default: {
      const { bound } = resolveBound(condition.bounds[0]!, facts, context);
      return bound ? compare.compareNumbers(possible, toNumberComparison(condition.comparison), bound) : compare.OPEN;
    }
  }
}

/** A bound in figures, with the table's version where it comes from one. */
export function resolveBound(bound: ConditionBound, facts: KnownFacts, context: TableContext): TableLookup {
  if ('number' in bound) return { bound: { low: bound.number, high: bound.number } };
  return lookUpTable(bound.table, bound.by === undefined ? FIRST_ENTRY : possibleOf(facts, bound.by), context);
}

const FIRST_ENTRY = interval(1, 1);

/** Facts that it reads, beside those of members. */
export function factsOf(condition: Condition): string[] {
  const bys = condition.bounds.flatMap((b) => ('table' in b && b.by !== undefined ? [b.by] : []));
  return condition.ofMember ? bys : [condition.fact, ...bys];
}

export function possibleOf(facts: KnownFacts | undefined, id: string): Possibility {
  return facts?.get(id)?.possible ?? UNKNOWN;
}

function toNumberComparison(comparison: Comparison): compare.NumberComparison {
  if (comparison === 'before') return 'less_than';
  return comparison === 'after' ? 'more_than' : (comparison as compare.NumberComparison);
}

// A plain second engine, written from the design's words and not from the code: a decision is what all ways of filling in
// what is not known agree on, condition by condition. Slow, without tables of any kind, and without a word of ours but the format.
//
// Values are 'yes', 'no', 'open' and 'staff'; groups join them twice: once as if staff said no, once as if they said yes.

import type { RuleNode, Verdict } from '#shared/eligibility/rule.ts';

/** What is known of one fact, in plain terms. Money is by the year, dates are days since 1970. */
export type Known =
  | { kind: 'nothing' }
  /** Any number from one to the other, both included. */
  | { kind: 'range'; low: number; high: number }
  | { kind: 'oneOfNumbers'; values: number[] }
  | { kind: 'oneOf'; values: (string | boolean)[] }
  | { kind: 'list'; has: string[]; lacks: string[]; complete: boolean }
  | { kind: 'members'; members: KnownPerson[]; complete: boolean };
export type KnownPerson = Record<string, Known>;

export interface ReferenceWorld {
  facts: KnownPerson;
  /** Whether the person is in the area that the service publishes. */
  area: 'inside' | 'outside' | 'unknown';
  /** Facts that are never below zero. */
  notNegative: ReadonlySet<string>;
  /** The limit of a table, by the year, for an exact entry. */
  table(reference: { percent: number; of: string }, entry: number): number;
  /** Fact that selects a table's entry where the rule names none. */
  by: string;
}

type Truth = 'yes' | 'no' | 'open';
const NOTHING: Known = { kind: 'nothing' };

export function referenceVerdict(rule: RuleNode, world: ReferenceWorld): Verdict {
  const [against, favour] = [value(rule, world, undefined, 'no'), value(rule, world, undefined, 'yes')];
  if (against === 'yes' && favour === 'yes') return 'eligible';
  if (against === 'no' && favour === 'no') return 'ineligible';
  return against === 'no' && favour === 'yes' ? 'likely' : 'unknown';
}

/** Kleene's value of a rule while staff say the same of everything that is theirs. */
function value(rule: RuleNode, world: ReferenceWorld, member: KnownPerson | undefined, staff: Truth): Truth {
  const of = (nodes: readonly RuleNode[]): Truth[] => nodes.map((node) => value(node, world, member, staff));
  if ('all' in rule) return every(of(rule.all));
  if ('any' in rule) return some(of(rule.any));
  // Negation turns round what staff saying "no" means: the worst of "none of" is the best of its parts.
  if ('none' in rule) return not(some(rule.none.map((node) => value(node, world, member, not(staff)))));
  if ('staff_decides' in rule) return staff;
  if ('fact' in rule) return compare(rule, world, member);
  if ('at_least_n' in rule && typeof rule.of !== 'string') return atLeast(rule.at_least_n, of(rule.of), false);
  const told = world.facts[('some' in rule ? rule.some : 'every' in rule ? rule.every : rule.of) as string] ?? NOTHING;
  if (told.kind !== 'members') return 'open';
  const each = told.members.map((one) => value(rule.where!, world, one, staff));
  if ('some' in rule) return atLeast(1, each, !told.complete);
  if ('every' in rule) return every(told.complete ? each : [...each, 'open']);
  return atLeast((rule as { at_least_n: number }).at_least_n, each, !told.complete);
}

function every(values: Truth[]): Truth {
  return values.includes('no') ? 'no' : values.includes('open') ? 'open' : 'yes';
}

function some(values: Truth[]): Truth {
  return values.includes('yes') ? 'yes' : values.includes('open') ? 'open' : 'no';
}

function not(truth: Truth): Truth {
  return truth === 'open' ? 'open' : truth === 'yes' ? 'no' : 'yes';
}

/** @param more there may be any number of others */
function atLeast(n: number, values: Truth[], more: boolean): Truth {
  const yes = values.filter((truth) => truth === 'yes').length;
  const possible = more ? Infinity : values.filter((truth) => truth !== 'no').length;
  return yes >= n ? 'yes' : possible < n ? 'no' : 'open';
}

function compare(rule: RuleNode & { fact: string }, world: ReferenceWorld, member: KnownPerson | undefined): Truth {
  const own = member !== undefined && !rule.fact.includes('.');
  const id = own ? `person.${rule.fact}` : rule.fact;
  const known = (own ? member : world.facts)[id] ?? NOTHING;
  const test: Record<string, unknown> = { ...rule };
  if ('within' in test) {
    if (test['within'] === 'service_area') return world.area === 'inside' ? 'yes' : world.area === 'outside' ? 'no' : 'open';
    const wanted = [test['within']].flat() as string[];
    return known.kind === 'oneOf' ? agree(known.values.map((place) => some(wanted.map((area) => lies(String(place), area))))) : 'open';
  }
  const words = (test['is'] ?? test['is_one_of'] ?? test['includes']) as unknown;
  if (words !== undefined)
    return ofWords(known, [words].flat() as (string | number | boolean)[], 'includes' in test, world.notNegative.has(id));
  return ofNumbers(known, test, world, id);
}

function ofWords(known: Known, wanted: readonly (string | number | boolean)[], all: boolean, notNegative: boolean): Truth {
  const holds = (has: unknown): Truth =>
    all ? (wanted.every((w) => w === has) ? 'yes' : 'no') : wanted.includes(has as string) ? 'yes' : 'no';
  switch (known.kind) {
    case 'oneOf':
      return agree(known.values.map(holds));
    case 'oneOfNumbers':
      return agree(known.values.map(holds));
    case 'range': {
      if (known.low === known.high) return holds(known.low);
      return wanted.some((w) => (w as number) >= known.low && (w as number) <= known.high) ? 'open' : 'no';
    }
    case 'list': {
      const each = wanted.map((w): Truth =>
        known.has.includes(w as string) ? 'yes' : known.complete || known.lacks.includes(w as string) ? 'no' : 'open',
      );
      return all ? every(each) : some(each);
    }
    default:
      return notNegative && wanted.every((w) => typeof w === 'number' && w < 0) ? 'no' : 'open';
  }
}

/** Tries the ends and the middle of what a number may be: comparisons with fixed limits change only at those. */
function ofNumbers(known: Known, test: Record<string, unknown>, world: ReferenceWorld, id: string): Truth {
  const told = known.kind === 'nothing' && world.notNegative.has(id) ? { kind: 'range' as const, low: 0, high: Infinity } : known;
  if (told.kind !== 'range' && told.kind !== 'oneOfNumbers') return 'open';
  const comparison = Object.keys(test).find((key) => ORDER.includes(key))!;
  const limits = (comparison === 'between' ? (test['between'] as unknown[]) : [test[comparison]]).map((bound) => limitsOf(bound, world));
  if (limits.some((limit) => limit === undefined)) return 'open';
  const [one, other] = limits as number[][];
  const values = told.kind === 'oneOfNumbers' ? told.values : pointsOf(told, limits.flat() as number[]);
  // Limits that hang on another fact may be any of these, whatever the value is.
  const outcomes = values.map((v) =>
    one!.map((a) => (comparison === 'between' ? every([truth(v >= a), agree(other!.map((b) => truth(v <= b)))]) : holds(v, comparison, a))),
  );
  return agree(outcomes.map(agree));
}

const ORDER = ['at_least', 'at_most', 'less_than', 'more_than', 'between', 'before', 'after'];

function holds(v: number, comparison: string, bound: number): Truth {
  if (comparison === 'at_least') return truth(v >= bound);
  if (comparison === 'at_most') return truth(v <= bound);
  return truth(comparison === 'less_than' || comparison === 'before' ? v < bound : v > bound);
}

/** The ends of a range, and a point on, below and above each limit inside it. */
function pointsOf({ low, high }: { low: number; high: number }, limits: readonly number[]): number[] {
  const inside = limits.flatMap((limit) => [limit - 1e-6, limit, limit + 1e-6]).filter((v) => v >= low && v <= high);
  return [low, high, ...inside];
}

function limitsOf(bound: unknown, world: ReferenceWorld): number[] | undefined {
  if (typeof bound === 'number') return [bound];
  if (typeof bound === 'string') return [Date.parse(bound) / 86_400_000];
  if ('value' in (bound as object)) {
    const { value: amount, per } = bound as { value: number; per: 'day' | 'week' | 'month' | 'year' };
    return [amount * { day: 365, week: 52, month: 12, year: 1 }[per]];
  }
  const reference = bound as { percent: number; of: string; by?: string };
  const entry = world.facts[reference.by ?? world.by] ?? NOTHING;
  const entries = entry.kind === 'oneOfNumbers' ? entry.values : entry.kind === 'range' ? [entry.low, entry.high] : [1, Infinity];
  const [low, high] = [Math.max(1, Math.min(...entries)), Math.max(1, ...entries)];
  return [world.table(reference, low), high === Infinity ? Infinity : world.table(reference, high)];
}

function agree(values: readonly Truth[]): Truth {
  return values.length > 0 && values.every((one) => one === values[0]) ? values[0]! : 'open';
}

function truth(it: boolean): Truth {
  return it ? 'yes' : 'no';
}

/** "county/north" lies in "county"; two paths of one root that part ways lie apart; of other names nothing is known. */
function lies(place: string, area: string): Truth {
  if (place === area || place.startsWith(`${area}/`)) return 'yes';
  const [a, b] = [place.split('/'), area.split('/')];
  if (a.length < 2 || b.length < 2 || a[0] !== b[0]) return 'open';
  return a.some((part, i) => i < b.length && part !== b[i]) ? 'no' : 'open';
}

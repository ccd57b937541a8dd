// Works out the computed facts of a person from what is known: on exact values, on intervals and on nothing at all.
// A result is never narrower than the truth, and knowing more only narrows it, so a decision that rests on it never flips.

import { partsOf, type ComputedExpression, type Rounding } from '../intake/computed.ts';
import type { FactDefinition, FactValue } from '../intake/facts.ts';
import { fromYearly, toYearly } from '../intake/money.ts';
import { interval, isExact, UNKNOWN, unknownOf, type KnownFact, type KnownFacts } from '../intake/possibility.ts';
import { FAILED, MET, OPEN, type BoundRange, type Outcome } from './compare.ts';
import { isOfPerson, type ComputedFact, type ComputedFacts } from './computed-facts.ts';
import { evaluateCondition, possibleOf, type DecisionContext } from './condition.ts';
import type { TestNode } from './rule.ts';
import { lookUpTable } from './table-lookup.ts';

/**
 * What is known, with the computed facts worked out. Where one was told as well, both count: it lies within what was told and
 * what comes out. Where the two contradict each other, what was told counts.
 */
export function withComputedFacts(computed: ComputedFacts, told: KnownFacts, context: DecisionContext): KnownFacts {
  if (computed.inOrder.length === 0) return told;
  const known = workOut(computed.inOrder, told, context);
  if (computed.ofMembers.length === 0) return known;
  for (const [id, fact] of told) {
    const { possible } = fact;
    if (possible.kind !== 'members') continue;
    const members = possible.members.map((member) => withComputedOfMember(computed.ofMembers, member, { known, context }));
    known.set(id, { ...fact, possible: { ...possible, members } });
  }
  return known;
}

function workOut(facts: readonly ComputedFact[], told: KnownFacts, context: DecisionContext): Map<string, KnownFact> {
  const known = new Map(told);
  for (const fact of facts) {
    const { id, type } = fact.definition;
    const given = told.get(id)?.computed ? undefined : told.get(id);
    if (given && isExact(given.possible)) continue;
    const calculation = new Calculation(fact, known, context);
    const found = calculation.range(fact.expression);
    const range = within(type === 'money' ? found : { low: Math.max(0, found.low), high: Math.max(0, found.high) }, given);
    if (range) known.set(id, toKnownFact(fact, range, { known, open: calculation.openFacts() }));
  }
  return known;
}

/** The household's facts are the member's too, those of the person who asks are not. */
function withComputedOfMember(
  facts: readonly ComputedFact[],
  member: KnownFacts,
  { known, context }: { known: KnownFacts; context: DecisionContext },
): KnownFacts {
  const shared = [...known].filter(([id]) => !isOfPerson(id));
  const found = workOut(facts, new Map([...shared, ...member]), context);
  const own = facts.flatMap(({ definition: { id } }) => {
    const fact = found.get(id);
    return fact ? [[id, fact] as const] : [];
  });
  return new Map([...member, ...own]);
}

/** What lies in both; undefined where nothing does. */
function within({ low, high }: BoundRange, given: KnownFact | undefined): BoundRange | undefined {
  const possible = given?.possible ?? UNKNOWN;
  if (possible.kind === 'numbers') {
    const values = possible.values.filter((value) => value >= low && value <= high);
    return values.length === 0 ? undefined : { low: Math.min(...values), high: Math.max(...values) };
  }
  if (possible.kind !== 'interval') return { low, high };
  const both = { low: Math.max(low, possible.low), high: Math.min(high, possible.high) };
  return both.low <= both.high ? both : undefined;
}

/**
 * The facts that people tell and whose answers can still narrow a computed fact. Those declined are not among them, nor those
 * of a way that a test has ruled out.
 */
export function openInputs(computed: ComputedFacts, id: string, known: KnownFacts, context: DecisionContext): string[] {
  const fact = computed.find(id);
  if (!fact) return [];
  const open = new Set<string>();
  for (const name of new Calculation(fact, known, context).openFacts()) {
    if (computed.find(name)) openInputs(computed, name, known, context).forEach((input) => open.add(input));
    else if (!known.get(name)?.declined) open.add(name);
  }
  return [...open];
}

/** Declined where only declined facts keep it open, stale where one of those that do is. */
function toKnownFact(fact: ComputedFact, range: BoundRange, { known, open }: { known: KnownFacts; open: readonly string[] }): KnownFact {
  const possible = range.low === -Infinity && range.high === Infinity ? UNKNOWN : interval(range.low, range.high);
  const base: KnownFact = { possible, json: toJson(fact.definition, range), computed: true };
  if (open.length === 0) return base;
  if (open.every((id) => known.get(id)?.declined)) return { ...base, declined: true };
  return open.some((id) => known.get(id)?.stale) ? { ...base, stale: true } : base;
}

function toJson({ type }: FactDefinition, { low, high }: BoundRange): FactValue {
  const per = type === 'money' ? { per: 'year' as const } : {};
  if (low === high) return { value: low, ...per };
  if (high === Infinity) return { atLeast: Number.isFinite(low) ? low : -Number.MAX_SAFE_INTEGER, ...per };
  return low === -Infinity ? { atMost: high, ...per } : { between: [low, high], ...per };
}

/** One computed fact for one person. Money is per year, as everywhere. */
class Calculation {
  readonly #fact: ComputedFact;
  readonly #known: KnownFacts;
  readonly #context: DecisionContext;

  constructor(fact: ComputedFact, known: KnownFacts, context: DecisionContext) {
    this.#fact = fact;
    this.#known = known;
    this.#context = context;
  }

  range(part: ComputedExpression): BoundRange {
    if (typeof part === 'number') return { low: part, high: part };
    if ('value' in part) return exactly(toYearly(part.value, part.per));
    if ('table' in part) return this.#entry(part);
    if ('fact' in part) return this.#factRange(part.fact);
    if ('sum' in part) return part.sum.map((term) => this.range(term)).reduce(add);
    if ('from' in part) return part.minus.map((term) => this.range(term)).reduce(subtract, this.range(part.from));
    if ('when' in part) return this.#chosen(part);
    const of = this.range(part.of);
    if ('percent' in part) return { low: cents((of.low * part.percent) / 100), high: cents((of.high * part.percent) / 100) };
    if ('round' in part) return { low: this.#round(of.low, part.round), high: this.#round(of.high, part.round) };
    return this.#clamp(of, part.at_least, part.at_most);
  }

  /** Facts that are not exact and that the result still hangs on. */
  openFacts(): string[] {
    const open: string[] = [];
    const visit = (part: ComputedExpression): void => {
      const range = this.range(part);
      if (range.low === range.high) return;
      if (typeof part === 'number' || 'value' in part) return;
      if ('table' in part) open.push(...this.#byOf(part).filter((by) => !this.#isExact(by)));
      else if ('fact' in part) open.push(part.fact);
      else if ('when' in part) {
        const outcome = this.#outcome(part.when);
        if (outcome === OPEN) open.push(part.when.fact);
        if (outcome !== FAILED) visit(part.then);
        if (outcome !== MET) visit(part.otherwise);
      } else partsOf(part).forEach(visit);
    };
    visit(this.#fact.expression);
    return [...new Set(open)];
  }

  #isExact(id: string): boolean {
    const known = this.#known.get(id);
    return known !== undefined && isExact(known.possible);
  }

  #factRange(id: string): BoundRange {
    const type = this.#fact.catalogue.find(id)?.type;
    const told = possibleOf(this.#known, id);
    const possible = told.kind === 'unknown' ? unknownOf(type) : told;
    if (possible.kind === 'interval') return { low: possible.low, high: possible.high };
    if (possible.kind === 'numbers') return { low: Math.min(...possible.values), high: Math.max(...possible.values) };
    return EVERYTHING;
  }

  #byOf({ table, by }: { table: string; by?: string | undefined }): string[] {
    const selected = by ?? this.#fact.tables.get(table)?.by;
    return selected === undefined ? [] : [selected];
  }

  #entry(part: { table: string; percent?: number | undefined; by?: string | undefined }): BoundRange {
    const [by] = this.#byOf(part);
    const entry = by === undefined ? interval(1, 1) : possibleOf(this.#known, by);
    return lookUpTable({ of: part.table, percent: part.percent ?? 100 }, entry, this.#context).bound ?? EVERYTHING;
  }

  #outcome(test: TestNode): Outcome {
    return evaluateCondition(this.#fact.tests.get(test)!, this.#known, undefined, this.#context);
  }

  #chosen(part: Extract<ComputedExpression, { when: unknown }>): BoundRange {
    const outcome = this.#outcome(part.when);
    if (outcome === MET) return this.range(part.then);
    if (outcome === FAILED) return this.range(part.otherwise);
    const [a, b] = [this.range(part.then), this.range(part.otherwise)];
    return { low: Math.min(a.low, b.low), high: Math.max(a.high, b.high) };
  }

  #clamp(of: BoundRange, floor: ComputedExpression | undefined, ceiling: ComputedExpression | undefined): BoundRange {
    let { low, high } = of;
    if (floor !== undefined) {
      const least = this.range(floor);
      [low, high] = [Math.max(low, least.low), Math.max(high, least.high)];
    }
    if (ceiling !== undefined) {
      const most = this.range(ceiling);
      [low, high] = [Math.min(low, most.low), Math.min(high, most.high)];
    }
    return { low, high };
  }

  #round(value: number, { to, per, mode }: Rounding): number {
    if (!Number.isFinite(value)) return value;
    const steps = (per === undefined ? value : fromYearly(value, per)) / to;
    // A hundredth of a cent is noise of the arithmetic, not a reason to round up.
    const whole = mode === 'nearest' ? Math.round(steps) : mode === 'up' ? Math.ceil(steps - 1e-9) : Math.floor(steps + 1e-9);
    return per === undefined ? cents(whole * to) : toYearly(whole * to, per);
  }
}

const EVERYTHING: BoundRange = { low: -Infinity, high: Infinity };

function exactly(value: number): BoundRange {
  return { low: value, high: value };
}

function add(a: BoundRange, b: BoundRange): BoundRange {
  return { low: cents(a.low + b.low), high: cents(a.high + b.high) };
}

function subtract(a: BoundRange, b: BoundRange): BoundRange {
  return { low: cents(a.low - b.high), high: cents(a.high - b.low) };
}

/** To a hundredth of a cent, so that equal amounts compare equal. Rounding keeps the order, so a range stays a range. */
function cents(value: number): number {
  return Number.isFinite(value) ? Math.round(value * 1e4) / 1e4 : value;
}

// Reads facts as people and programs write them (JSON) into what each may be on the day of the decision.
// A value of the wrong kind is an issue with its path, never a guess.

import { ok, fail, type Issue, type Result } from '../platform/result.ts';
import type { FactCatalogue } from './catalogue.ts';
import { toDayNumber, toDaySpan, toIsoDate, wholeYears } from './dates.ts';
import { FactValue, type FactDefinition, type Facts, type Period } from './facts.ts';
import { PERIODS_A_YEAR, toYearly } from './money.ts';
import { interval, UNKNOWN, type KnownFact, type KnownFacts, type Possibility } from './possibility.ts';

export interface ReadFactsOptions {
  catalogue: FactCatalogue;
  /** Day of the decision, YYYY-MM-DD. */
  on: string;
}

/**
 * Facts by id, derived ones included: a date of birth gives the age on that day, exact or as an interval.
 * @returns issues with codes unknown_fact, fact_type, fact_period, fact_option (a warning), fact_place
 */
export function readFacts(facts: Facts, options: ReadFactsOptions): Result<KnownFacts> {
  const reader = new FactReader(options);
  const known = reader.read(facts, '');
  return reader.issues.some((i) => i.severity === 'error') ? fail(...reader.issues) : ok(known, reader.issues);
}

/** The bare name of a member's fact is one of the person: `age` is `person.age`. */
export function memberFactId(name: string): string {
  return name.includes('.') ? name : `person.${name}`;
}

type Scalar = string | number | boolean;
interface Parts {
  value?: Scalar | string[];
  atLeast?: number;
  atMost?: number;
  between?: [number, number];
  oneOf?: Scalar[];
  includes?: string[];
  excludes?: string[];
  declined?: true;
  lon?: number;
  lat?: number;
  items?: Record<string, FactValue>[];
  complete?: boolean;
  per?: Period;
  asOf?: string;
}

class FactReader {
  readonly issues: Issue[] = [];
  readonly #catalogue: FactCatalogue;
  readonly #on: number;

  constructor(options: ReadFactsOptions) {
    this.#catalogue = options.catalogue;
    this.#on = toDayNumber(options.on);
    if (Number.isNaN(this.#on)) throw new Error(`"${options.on}" is not a day (YYYY-MM-DD).`);
  }

  read(facts: Facts, prefix: string, memberOf = false): Map<string, KnownFact> {
    const known = new Map<string, KnownFact>();
    for (const [name, json] of Object.entries(facts)) {
      const id = memberOf ? memberFactId(name) : name;
      const path = prefix + name;
      const definition = this.#catalogue.find(id);
      if (!definition) {
        this.#unknownFact(name, path);
        continue;
      }
      const fact = this.#fact(definition, json, path);
      if (fact) known.set(id, fact);
    }
    for (const definition of this.#catalogue.facts) this.#derive(definition, known);
    return known;
  }

  #unknownFact(name: string, path: string): void {
    const near = this.#catalogue.suggest(name);
    this.#issue(
      'unknown_fact',
      path,
      `There is no fact "${name}".${near.length > 0 ? ` Did you mean ${near.map((n) => `"${n}"`).join(' or ')}?` : ''}`,
    );
  }

  #fact(definition: FactDefinition, json: FactValue, path: string): KnownFact | undefined {
    const checked = FactValue.safeParse(json);
    if (!checked.success) return this.#refuse(definition, path);
    const parts = toParts(checked.data);
    if (parts.declined) return { possible: UNKNOWN, json, declined: true };
    const age = parts.asOf === undefined ? 0 : this.#on - toDayNumber(parts.asOf);
    if (definition.maximumAgeDays !== undefined && age > definition.maximumAgeDays) return { possible: UNKNOWN, json, stale: true };
    const possible = this.#possible(definition, parts, path);
    if (!possible) return undefined;
    return { possible: definition.type === 'age' && age > 0 ? this.#olderBy(possible, parts.asOf!) : possible, json };
  }

  #possible(definition: FactDefinition, parts: Parts, path: string): Possibility | undefined {
    switch (definition.type) {
      case 'number':
      case 'age':
        return notNegative(numbers(parts, (n) => n)) ?? this.#refuse(definition, path);
      case 'money':
        return this.#money(definition, parts, path);
      case 'date':
        return this.#date(definition, parts, path);
      case 'boolean':
        return words(parts, (v) => typeof v === 'boolean') ?? this.#refuse(definition, path);
      case 'choice':
        return this.#options(
          definition,
          words(parts, (v) => typeof v === 'string'),
          path,
        );
      case 'choices':
        return this.#options(definition, items(parts), path);
      case 'place':
        return this.#place(definition, parts, path);
      case 'members':
        if (!parts.items) return this.#refuse(definition, path);
        return {
          kind: 'members',
          complete: parts.complete ?? true,
          members: parts.items.map((m, i) => this.read(m, `${path}.items[${i}].`, true)),
        };
    }
  }

  #money(definition: FactDefinition, parts: Parts, path: string): Possibility | undefined {
    const { per } = parts;
    const amount = numbers(parts, (n) => toYearly(n, per ?? 'year'));
    if (!amount) return this.#refuse(definition, path);
    if (per) return amount;
    // Nothing is nothing in any period.
    if (amount.kind === 'interval' && amount.low === 0 && amount.high === 0) return amount;
    this.#issue(
      'fact_period',
      path,
      `"${definition.id}" needs its period: { "value": 1200, "per": "month" }. Periods: ${Object.keys(PERIODS_A_YEAR).join(', ')}.`,
    );
    return undefined;
  }

  /** A day from which an age is worked out lies in the past; one that may lie there or not is cut off at today. */
  #date(definition: FactDefinition, parts: Parts, path: string): Possibility | undefined {
    const possible = dates(parts);
    if (!possible) return this.#refuse(definition, path);
    if (!this.#catalogue.facts.some(({ derivedFrom }) => derivedFrom === definition.id)) return possible;
    const past = notAfter(possible, this.#on);
    if (past) return past;
    this.#issue(
      'fact_future',
      path,
      `"${definition.id}" lies after the day of the decision, ${toIsoDate(this.#on)}. Nobody is born in the future.`,
    );
    return undefined;
  }

  #options(definition: FactDefinition, possible: Possibility | undefined, path: string): Possibility | undefined {
    if (!possible) return this.#refuse(definition, path);
    if (!definition.options) return possible;
    const allowed = new Set(definition.options.map((o) => o.value));
    const given = possible.kind === 'words' ? possible.values : possible.kind === 'items' ? [...possible.has, ...possible.lacks] : [];
    for (const value of given) {
      if (allowed.has(String(value))) continue;
      this.#issue('fact_option', path, `"${value}" is not one of the values of "${definition.id}": ${[...allowed].join(', ')}.`, 'warning');
    }
    return possible;
  }

  #place(definition: FactDefinition, parts: Parts, path: string): Possibility | undefined {
    if (parts.lon !== undefined && parts.lat !== undefined) {
      if (Math.abs(parts.lon) <= 180 && Math.abs(parts.lat) <= 90) return { kind: 'point', lon: parts.lon, lat: parts.lat };
      this.#issue('fact_place', path, `There is no such place: longitude ${parts.lon}, latitude ${parts.lat}.`);
      return undefined;
    }
    return words(parts, (v) => typeof v === 'string') ?? this.#refuse(definition, path);
  }

  /** The age of someone who was that old some time ago: the birthday in between is not known. */
  #olderBy(possible: Possibility, asOf: string): Possibility {
    const years = wholeYears(toDayNumber(asOf), this.#on);
    if (possible.kind === 'numbers') return interval(Math.min(...possible.values) + years, Math.max(...possible.values) + years + 1);
    if (possible.kind !== 'interval') return possible;
    return interval(possible.low + years, possible.high + years + 1);
  }

  /** An age from the date of birth, which is the better source where both are told. */
  #derive(definition: FactDefinition, known: Map<string, KnownFact>): void {
    if (definition.type !== 'age' || !definition.derivedFrom) return;
    const born = known.get(definition.derivedFrom);
    if (!born) return;
    const toAge = (day: number) => Math.max(0, wholeYears(day, this.#on));
    let possible: Possibility = UNKNOWN;
    if (born.possible.kind === 'interval') possible = interval(toAge(born.possible.high), toAge(born.possible.low));
    else if (born.possible.kind === 'numbers') possible = { kind: 'numbers', values: born.possible.values.map(toAge) };
    if (possible.kind === 'unknown') return;
    known.set(definition.id, { possible, json: born.json, from: definition.derivedFrom });
  }

  #refuse(definition: FactDefinition, path: string): undefined {
    this.#issue('fact_type', path, `"${definition.id}" cannot be read. Write it as ${EXAMPLES[definition.type]}, or { "declined": true }.`);
    return undefined;
  }

  #issue(code: string, path: string, message: string, severity: Issue['severity'] = 'error'): void {
    this.issues.push({ code, severity, path, message });
  }
}

const EXAMPLES: Readonly<Record<FactDefinition['type'], string>> = {
  boolean: 'true or false',
  number: '3, { "atLeast": 3 } or { "between": [2, 4] }',
  age: '34, { "atLeast": 60 } or { "between": [20, 30] }',
  money: '{ "value": 1200, "per": "month" } or { "between": [1000, 1500], "per": "month" }',
  date: '"1990-05-17", or "1990" where only the year is known',
  choice: '"renting" or { "oneOf": ["renting", "doubled_up"] }',
  choices: '["snap", "wic"] or { "includes": ["snap"] }',
  place: 'the id of an area or { "lon": -122.27, "lat": 37.8 }',
  members: '{ "items": [{ "age": 4 }], "complete": true }',
};

function toParts(json: FactValue): Parts {
  return typeof json === 'object' && !Array.isArray(json) ? (json as Parts) : { value: json };
}

function numbers(parts: Parts, convert: (n: number) => number): Possibility | undefined {
  if (typeof parts.value === 'number') return interval(convert(parts.value), convert(parts.value));
  if (parts.atLeast !== undefined) return interval(convert(parts.atLeast), Infinity);
  if (parts.atMost !== undefined) return interval(-Infinity, convert(parts.atMost));
  if (parts.between) {
    const [a, b] = parts.between;
    return a <= b ? interval(convert(a), convert(b)) : undefined;
  }
  if (parts.oneOf?.every((v) => typeof v === 'number')) return { kind: 'numbers', values: parts.oneOf.map(convert) };
  return undefined;
}

/** Ages and counts begin at zero; undefined where all that was given lies below. */
function notNegative(possible: Possibility | undefined): Possibility | undefined {
  if (possible?.kind === 'numbers') return possible.values.every((value) => value >= 0) ? possible : undefined;
  if (possible?.kind !== 'interval') return possible;
  return possible.high < 0 ? undefined : { ...possible, low: Math.max(0, possible.low) };
}

/** What of it is not after a day; undefined: nothing. */
function notAfter(possible: Possibility, day: number): Possibility | undefined {
  if (possible.kind === 'interval') return possible.low > day ? undefined : { ...possible, high: Math.min(possible.high, day) };
  if (possible.kind !== 'numbers') return possible;
  const values = possible.values.filter((value) => value <= day);
  return values.length === 0 ? undefined : { kind: 'numbers', values };
}

function dates(parts: Parts): Possibility | undefined {
  const written = parts.oneOf ?? (parts.value === undefined || Array.isArray(parts.value) ? [] : [parts.value]);
  const spans = written.map((v) => (typeof v === 'string' ? toDaySpan(v) : undefined));
  if (spans.length === 0 || spans.some((s) => s === undefined)) return undefined;
  const days = spans as { first: number; last: number }[];
  if (days.every((d) => d.first === d.last) && days.length > 1) return { kind: 'numbers', values: days.map((d) => d.first) };
  return interval(Math.min(...days.map((d) => d.first)), Math.max(...days.map((d) => d.last)));
}

function words(parts: Parts, fits: (value: Scalar) => boolean): Possibility | undefined {
  const values = parts.oneOf ?? (parts.value === undefined || Array.isArray(parts.value) ? [] : [parts.value]);
  return values.length > 0 && values.every(fits) ? { kind: 'words', values: values as (string | boolean)[] } : undefined;
}

function items(parts: Parts): Possibility | undefined {
  if (Array.isArray(parts.value)) return { kind: 'items', has: parts.value, lacks: [], complete: true };
  if (typeof parts.value === 'string') return { kind: 'items', has: [parts.value], lacks: [], complete: true };
  if (parts.oneOf) return { kind: 'items', has: [], lacks: [], complete: false };
  if (parts.includes || parts.excludes) return { kind: 'items', has: parts.includes ?? [], lacks: parts.excludes ?? [], complete: false };
  return undefined;
}

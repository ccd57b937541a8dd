// The types of facts that rules name but nobody declares, read from how rules use them and how they are told: so that a
// rule from elsewhere can always be decided. What is declared always wins; this only fills gaps.

import type { FactCatalogue } from '../intake/catalogue.ts';
import { toDaySpan } from '../intake/dates.ts';
import type { FactDefinition, FactType } from '../intake/facts.ts';
import { memberFactId } from '../intake/read-facts.ts';
import { isRecord } from '../platform/record.ts';
import { RULE_LIMITS } from './rule.ts';

export interface InferFactsSources {
  /** Rules as they were written, checked or not. Facts in their tests count too. */
  rules?: Iterable<unknown>;
  /** Facts of people, as JSON. */
  given?: Iterable<unknown>;
  catalogue: FactCatalogue;
}

/** Definitions of all facts that are used and not in the catalogue. A choice has no list of values: any word will do. */
export function inferFacts({ rules = [], given = [], catalogue }: InferFactsSources): Map<string, FactDefinition> {
  const reader = new UseReader(catalogue);
  for (const rule of rules) {
    if (!isRecord(rule)) continue;
    reader.node(rule['eligible_when'], { depth: 0, inMember: false });
    for (const test of Array.isArray(rule['tests']) ? (rule['tests'] as unknown[]) : []) {
      if (isRecord(test)) reader.given(test['given'], false);
    }
  }
  for (const facts of given) reader.given(facts, false);
  return new Map([...reader.types].map(([id, type]) => [id, { id, label: id, type, sensitivity: 'low', cost: 1 }]));
}

class UseReader {
  readonly types = new Map<string, FactType>();
  readonly #catalogue: FactCatalogue;

  constructor(catalogue: FactCatalogue) {
    this.#catalogue = catalogue;
  }

  node(raw: unknown, inside: { depth: number; inMember: boolean }): void {
    if (!isRecord(raw) || inside.depth > 2 * RULE_LIMITS.depth) return;
    const below = { ...inside, depth: inside.depth + 1 };
    for (const key of ['all', 'any', 'none', 'of']) {
      if (Array.isArray(raw[key])) for (const child of raw[key] as unknown[]) this.node(child, below);
    }
    if ('where' in raw) {
      const members = raw['some'] ?? raw['every'] ?? raw['of'];
      if (typeof members === 'string') this.#use(members, 'members');
      this.node(raw['where'], { ...below, inMember: true });
    }
    const fact = raw['fact'];
    if (typeof fact !== 'string') return;
    const type = typeOfTest(raw);
    this.#use(inside.inMember ? memberFactId(fact) : fact, type ?? 'choice', type !== undefined);
    for (const bound of Object.values(raw).flat()) {
      if (isRecord(bound) && 'percent' in bound && typeof bound['by'] === 'string') this.#use(bound['by'], 'number');
    }
  }

  given(facts: unknown, ofMember: boolean): void {
    if (!isRecord(facts)) return;
    for (const [name, value] of Object.entries(facts)) {
      const type = typeOfValue(value);
      if (type) this.#use(ofMember ? memberFactId(name) : name, type, false);
      if (isRecord(value) && Array.isArray(value['items'])) for (const member of value['items'] as unknown[]) this.given(member, true);
    }
  }

  /** `sure`: rules say more than values, and the first use counts. A number that has a period somewhere is money. */
  #use(id: string, type: FactType, sure = true): void {
    if (this.#catalogue.find(id)) return;
    const before = this.types.get(id);
    const sharper = (before === 'number' && type === 'money') || (before === 'choice' && sure && type !== 'choice');
    if (before === undefined || sharper) this.types.set(id, type);
  }
}

function typeOfTest(test: Record<string, unknown>): FactType | undefined {
  if ('within' in test) return 'place';
  if ('includes' in test) return 'choices';
  if ('before' in test || 'after' in test) return 'date';
  for (const comparison of ['is', 'is_one_of', 'at_least', 'at_most', 'less_than', 'more_than', 'between']) {
    if (!(comparison in test)) continue;
    const [value] = [test[comparison]].flat();
    if (isRecord(value)) return 'money';
    if (typeof value === 'boolean') return 'boolean';
    if (typeof value === 'number') return 'number';
    if (typeof value === 'string') return comparison.startsWith('is') ? 'choice' : 'date';
  }
  return undefined;
}

function typeOfValue(value: unknown): FactType | undefined {
  if (Array.isArray(value)) return 'choices';
  if (!isRecord(value)) return typeOfScalar(value);
  if ('items' in value) return 'members';
  if ('lon' in value) return 'place';
  if ('per' in value) return 'money';
  if ('atLeast' in value || 'atMost' in value || 'between' in value) return 'number';
  if ('includes' in value || 'excludes' in value) return 'choices';
  if ('value' in value) return Array.isArray(value['value']) ? 'choices' : typeOfScalar(value['value']);
  return Array.isArray(value['oneOf']) ? typeOfScalar(value['oneOf'][0]) : undefined;
}

function typeOfScalar(value: unknown): FactType | undefined {
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'number') return 'number';
  if (typeof value !== 'string') return undefined;
  return value.length === 10 && toDaySpan(value) ? 'date' : 'choice';
}

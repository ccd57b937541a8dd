// Checks a rule as it was written, before anything trusts it. Every fault is placed and says what is allowed:
// the people who write rules are not programmers.

import type { FactCatalogue } from '../intake/catalogue.ts';
import { isFactName, type FactDefinition, type FactType } from '../intake/facts.ts';
import { memberFactId } from '../intake/read-facts.ts';
import { isRecord } from '../platform/record.ts';
import { suggestWords } from '../platform/suggest.ts';
import { SERVICE_AREA } from './condition.ts';
import { checkValue, ORDERED } from './check-value.ts';
import { said, type Said } from './faults.ts';
import type { RuleFix } from './fix.ts';
import type { Path } from './rule-file.ts';
import { COMPARISONS, Rule, RULE_LIMITS, type Comparison } from './rule.ts';
import { toPathIssue, toSchemaIssues, type PathIssue } from './schema-issues.ts';
import type { RuleTable } from './tables.ts';

export interface CheckRuleOptions {
  /** Facts that rules may name; absent: any. */
  catalogue?: FactCatalogue;
  /** What facts outside of the catalogue are taken for (infer-facts.ts): naming one is then a warning; absent: an error. */
  inferred?: ReadonlyMap<string, FactDefinition>;
  /** Facts and tables that nobody declares are warnings, however near another one is: to decide a rule, not to publish it. */
  lenient?: boolean;
  /** Tables that rules may name; absent: any. */
  tables?: ReadonlyMap<string, RuleTable>;
}

/** Faults that are told of one rule. */
const MOST_FAULTS = 50;
const RULE_KEYS = ['rule', 'version', 'title', 'status', 'applies', 'source', 'who', 'eligible_when', 'tests'];
const GROUPS = ['all', 'any', 'none'] as const;
const KINDS = [...GROUPS, 'at_least_n', 'some', 'every', 'staff_decides', 'fact'] as const;
const COMMON = ['id', 'say', 'proof', 'legal_basis'];
const KEYS_OF_KIND: Readonly<Record<(typeof KINDS)[number], readonly string[]>> = {
  all: ['all'],
  any: ['any'],
  none: ['none'],
  at_least_n: ['at_least_n', 'of', 'where'],
  some: ['some', 'where'],
  every: ['every', 'where'],
  staff_decides: ['staff_decides'],
  fact: ['fact', ...COMPARISONS],
};
const EXAMPLES = { test: '{ fact: person.age, at_least: 18 }', group: '{ all: [ … ] }' };
export const COMPARISONS_OF_TYPE: Readonly<Record<FactType, readonly Comparison[]>> = {
  boolean: ['is'],
  number: ['is', 'is_one_of', ...ORDERED],
  age: ['is', 'is_one_of', ...ORDERED],
  money: ORDERED,
  date: ['before', 'after', ...ORDERED],
  choice: ['is', 'is_one_of'],
  choices: ['includes', 'is_one_of'],
  place: ['within', 'is', 'is_one_of'],
  members: [],
};

/** All faults of a rule that was read from YAML or JSON; where none is an error, it can be compiled. */
export function checkRule(raw: unknown, options: CheckRuleOptions = {}): PathIssue[] {
  const checker = new RuleChecker(options);
  checker.rule(raw);
  if (checker.issues.some(({ severity, code }) => severity === 'error' && code !== 'unknown_fact')) return checker.issues;
  const parsed = Rule.safeParse(raw);
  if (parsed.success) return checker.issues;
  return [...checker.issues, ...toSchemaIssues(parsed.error, { code: 'rule_value', raw })];
}

class RuleChecker {
  readonly issues: PathIssue[] = [];
  readonly #options: CheckRuleOptions;
  readonly #told = new Set<string>();
  #conditions = 0;

  constructor(options: CheckRuleOptions) {
    this.#options = options;
  }

  rule(raw: unknown): void {
    if (!isRecord(raw)) return this.#add('rule_shape', [], said('fault.rule_shape'));
    this.#unknownKeys(raw, RULE_KEYS, []);
    if (!('eligible_when' in raw)) this.#add('rule_shape', [], said('fault.no_conditions'));
    else this.#node(raw['eligible_when'], ['eligible_when'], { depth: 1, inMember: false });
    if (this.#conditions > RULE_LIMITS.conditions) {
      this.#add('rule_too_large', ['eligible_when'], said('fault.too_large', { count: this.#conditions, most: RULE_LIMITS.conditions }));
    }
  }

  #node(raw: unknown, at: Path, inside: { depth: number; inMember: boolean }): void {
    if (inside.depth > RULE_LIMITS.depth) {
      return this.#add('rule_too_deep', at, said('fault.too_deep', { depth: inside.depth, most: RULE_LIMITS.depth }));
    }
    if (!isRecord(raw)) return this.#add('rule_shape', at, said('fault.condition_shape', EXAMPLES));
    const kinds = KINDS.filter((kind) => kind in raw);
    const [kind] = kinds;
    if (kind === undefined) {
      this.#unknownKeys(raw, [...COMMON, ...KINDS, ...COMPARISONS], at);
      return this.#add('rule_shape', at, said('fault.no_kind', { words: KINDS.join(', ') }));
    }
    if (kinds.length > 1) return this.#add('rule_shape', at, said('fault.two_kinds', { first: kind, second: kinds[1]! }));
    this.#unknownKeys(raw, [...COMMON, ...KEYS_OF_KIND[kind]], at);

    const below = { ...inside, depth: inside.depth + 1 };
    if (kind === 'all' || kind === 'any' || kind === 'none') return this.#list(raw[kind], [...at, kind], below);
    if (kind === 'at_least_n' && Array.isArray(raw['of'])) {
      const count = raw['at_least_n'];
      if (typeof count === 'number' && count > raw['of'].length)
        this.#add('rule_unreachable', [...at, kind], said('fault.never_enough', { count, length: raw['of'].length }));
      return this.#list(raw['of'], [...at, 'of'], below);
    }
    this.#conditions++;
    if (kind === 'fact') return this.#test(raw, at, inside.inMember);
    if (kind === 'staff_decides') return;
    this.#quantified(raw, kind, at, { ...below, inMember: inside.inMember });
  }

  #list(raw: unknown, at: Path, inside: { depth: number; inMember: boolean }): void {
    if (!Array.isArray(raw) || raw.length === 0) return this.#add('rule_shape', at, said('fault.empty_group', { key: String(at.at(-1)) }));
    raw.forEach((child, i) => this.#node(child, [...at, i], inside));
  }

  #quantified(
    raw: Record<string, unknown>,
    kind: 'some' | 'every' | 'at_least_n',
    at: Path,
    inside: { depth: number; inMember: boolean },
  ): void {
    if (inside.inMember) return this.#add('rule_shape', at, said('fault.nested_where', { kind }));
    const key = kind === 'at_least_n' ? 'of' : kind;
    const fact = raw[key];
    if (typeof fact !== 'string') return this.#add('rule_shape', [...at, key], said('fault.members_needed', { key }));
    const type = this.#factType(fact, [...at, key]);
    if (type !== undefined && type !== 'members') this.#add('rule_comparison', [...at, key], said('fault.no_members', { fact }));
    if (!('where' in raw))
      return this.#add('rule_shape', at, said('fault.where_missing', { kind, example: '{ fact: age, less_than: 5 }' }));
    this.#node(raw['where'], [...at, 'where'], { ...inside, inMember: true });
  }

  #test(raw: Record<string, unknown>, at: Path, inMember: boolean): void {
    const fact = raw['fact'];
    if (typeof fact !== 'string') return this.#add('rule_shape', [...at, 'fact'], said('fault.fact_missing'));
    const type = this.#factType(fact, [...at, 'fact'], inMember);
    const used = COMPARISONS.filter((c) => c in raw);
    if (used.length !== 1) {
      return this.#add('rule_comparison', at, said('fault.one_comparison', { count: used.length, fact, allowed: sayAllowed(type) }));
    }
    const comparison = used[0]!;
    if (type && !COMPARISONS_OF_TYPE[type].includes(comparison)) {
      return this.#add(
        'rule_comparison',
        [...at, comparison],
        said('fault.wrong_comparison', { fact, comparison, allowed: sayAllowed(type) }),
      );
    }
    this.#bound(raw[comparison], { type, comparison, fact, inMember }, [...at, comparison]);
  }

  #bound(value: unknown, test: { type: FactType | undefined; comparison: Comparison; fact: string; inMember: boolean }, at: Path): void {
    const { type, comparison, fact, inMember } = test;
    if (comparison === 'between' && Array.isArray(value))
      return value.forEach((part, i) => this.#bound(part, { ...test, comparison: 'at_least' }, [...at, i]));
    if (comparison === 'within' && [value].flat().includes(SERVICE_AREA)) {
      if (fact !== 'household.place' || inMember) this.#add('rule_comparison', at, said('fault.service_area_elsewhere'));
      else if (Array.isArray(value) && value.length > 1) this.#add('rule_comparison', at, said('fault.service_area_beside'));
    }
    if (isRecord(value) && 'percent' in value) return this.#table(value, at, type);
    if (!this.#isFull()) this.issues.push(...checkValue(value, test, at));
  }

  #table(value: Record<string, unknown>, at: Path, type: FactType | undefined): void {
    const { tables } = this.#options;
    const id = value['of'];
    if (typeof id === 'string' && tables && !tables.has(id)) {
      const near = suggestWords(id, tables.keys(), 1);
      const what =
        near.length > 0
          ? said('fault.unknown_table_near', { table: id, near })
          : said('fault.unknown_table', { table: id, tables: [...tables.keys()].join(', ') || '–' });
      this.#undeclared('unknown_table', [...at, 'of'], what, toReplacement([...at, 'of'], near[0]));
    }
    if (typeof value['by'] === 'string') this.#factType(value['by'], [...at, 'by']);
    const per = typeof id === 'string' ? tables?.get(id)?.per : undefined;
    if (type !== undefined && type !== 'money' && per !== undefined && per !== 'year')
      this.#add('rule_period', at, said('fault.table_period', { table: String(id), per }));
  }

  #factType(fact: string, at: Path, inMember = false): FactType | undefined {
    const { catalogue, inferred } = this.#options;
    if (!isFactName(fact)) {
      this.#add('fact_name', at, said('fault.fact_name', { fact: fact.slice(0, 40) }));
      return undefined;
    }
    const id = inMember ? memberFactId(fact) : fact;
    const found = catalogue?.find(id);
    if (found) return found.type;
    const ofMember = !inMember && !fact.includes('.');
    const near = ofMember && (!catalogue || catalogue.find(memberFactId(fact))) ? [memberFactId(fact)] : (catalogue?.suggest(id) ?? []);
    const bare = inMember && !fact.includes('.') && near[0]?.startsWith('person.') ? near[0].slice('person.'.length) : near[0];
    const fix = toReplacement(at, bare);
    const guess = inferred?.get(id);
    if (guess && (near.length === 0 || this.#options.lenient)) {
      if (this.#told.has(id)) return guess.type;
      this.#told.add(id);
      const values = { fact: id, type: guess.type, example: `facts: [{ id: ${id}, type: ${guess.type}, label: … }]` };
      const what = near.length > 0 ? said('fault.inferred_fact_near', { ...values, near }) : said('fault.inferred_fact', values);
      this.issues.push({ ...toPathIssue('unknown_fact', at, what), severity: 'warning', ...(fix ? { fix } : {}) });
    } else if (ofMember && near.length > 0) {
      this.#add('unknown_fact', at, said('fault.fact_of_member', { fact, near }), fix);
    } else if (catalogue) {
      this.#add(
        'unknown_fact',
        at,
        near.length > 0 ? said('fault.unknown_fact_near', { fact, near }) : said('fault.unknown_fact', { fact }),
        fix,
      );
    }
    return guess?.type;
  }

  #unknownKeys(raw: Record<string, unknown>, allowed: readonly string[], at: Path): void {
    for (const key of Object.keys(raw)) {
      if (allowed.includes(key)) continue;
      if (this.#isFull()) return;
      const [near] = suggestWords(key, allowed);
      const path = [...at, key];
      if (near === undefined) this.#add('unknown_word', path, said('fault.unknown_word', { word: key, allowed: allowed.join(', ') }));
      else {
        const fix = { title: said('fix.write', { word: near }), renameKey: path, to: near };
        this.#add('unknown_word', path, said('fault.unknown_word_near', { word: key, near: [near] }), fix);
      }
    }
  }

  #undeclared(code: string, at: Path, what: Said, fix?: RuleFix): void {
    if (this.#isFull()) return;
    this.#add(code, at, what, fix);
    if (this.#options.lenient) this.issues.at(-1)!.severity = 'warning';
  }

  #isFull(): boolean {
    return this.issues.length >= MOST_FAULTS;
  }

  #add(code: string, at: Path, what: Said, fix?: RuleFix): void {
    if (!this.#isFull()) this.issues.push({ ...toPathIssue(code, at, what), ...(fix ? { fix } : {}) });
  }
}

function toReplacement(at: Path, word: string | undefined): RuleFix | undefined {
  return word === undefined ? undefined : { title: said('fix.write', { word }), replace: at, value: word };
}

/** Comparisons that a fact of a type can stand in; undefined: any. */
function sayAllowed(type: FactType | undefined): string {
  const allowed = type ? COMPARISONS_OF_TYPE[type] : COMPARISONS;
  return allowed.length > 0 ? allowed.join(', ') : 'some … where, every … where, at_least_n … where';
}

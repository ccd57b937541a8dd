// Checks a rule as it was written, before anything trusts it. Every fault is placed and says what is allowed:
// the people who write rules are not programmers.

import type { FactCatalogue } from '../intake/catalogue.ts';
import { isFactName, type FactDefinition, type FactType } from '../intake/facts.ts';
import { memberFactId } from '../intake/read-facts.ts';
import { isRecord } from '../platform/record.ts';
import { suggestWords } from '../platform/suggest.ts';
import { SERVICE_AREA } from './condition.ts';
import { checkValue, NAME_OF_TYPE, ORDERED } from './check-value.ts';
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
    if (!isRecord(raw)) return this.#add('rule_shape', [], 'A rule is a list of "key: value", beginning with "rule: agency/name".');
    this.#unknownKeys(raw, RULE_KEYS, []);
    if (!('eligible_when' in raw)) this.#add('rule_shape', [], '"eligible_when" is missing: it holds the conditions.');
    else this.#node(raw['eligible_when'], ['eligible_when'], { depth: 1, inMember: false });
    if (this.#conditions > RULE_LIMITS.conditions) {
      this.#add(
        'rule_too_large',
        ['eligible_when'],
        `This rule has ${this.#conditions} conditions; ${RULE_LIMITS.conditions} are the most. Split it into several services or rules.`,
      );
    }
  }

  #node(raw: unknown, at: Path, inside: { depth: number; inMember: boolean }): void {
    if (inside.depth > RULE_LIMITS.depth) {
      return this.#add(
        'rule_too_deep',
        at,
        `This stands ${inside.depth} levels deep; ${RULE_LIMITS.depth} are the most. Move groups up, or join them.`,
      );
    }
    if (!isRecord(raw))
      return this.#add('rule_shape', at, `A condition is written like { fact: person.age, at_least: 18 } or { all: [ … ] }.`);
    const kinds = KINDS.filter((kind) => kind in raw);
    const [kind] = kinds;
    if (kind === undefined) {
      this.#unknownKeys(raw, [...COMMON, ...KINDS, ...COMPARISONS], at);
      return this.#add('rule_shape', at, `A condition needs one of: ${KINDS.join(', ')}.`);
    }
    if (kinds.length > 1)
      return this.#add(
        'rule_shape',
        at,
        `Only one of ${kinds.map((k) => `"${k}"`).join(' and ')} can stand here. Put each in a list of its own.`,
      );
    this.#unknownKeys(raw, [...COMMON, ...KEYS_OF_KIND[kind]], at);

    const below = { ...inside, depth: inside.depth + 1 };
    if (kind === 'all' || kind === 'any' || kind === 'none') return this.#list(raw[kind], [...at, kind], below);
    if (kind === 'at_least_n' && Array.isArray(raw['of'])) {
      const count = raw['at_least_n'];
      if (typeof count === 'number' && count > raw['of'].length)
        this.#add('rule_unreachable', [...at, kind], `At least ${count} of ${raw['of'].length} can never hold.`);
      return this.#list(raw['of'], [...at, 'of'], below);
    }
    this.#conditions++;
    if (kind === 'fact') return this.#test(raw, at, inside.inMember);
    if (kind === 'staff_decides') return;
    this.#quantified(raw, kind, at, { ...below, inMember: inside.inMember });
  }

  #list(raw: unknown, at: Path, inside: { depth: number; inMember: boolean }): void {
    if (!Array.isArray(raw) || raw.length === 0)
      return this.#add('rule_shape', at, `"${String(at.at(-1))}" holds a list of conditions, at least one.`);
    raw.forEach((child, i) => this.#node(child, [...at, i], inside));
  }

  #quantified(
    raw: Record<string, unknown>,
    kind: 'some' | 'every' | 'at_least_n',
    at: Path,
    inside: { depth: number; inMember: boolean },
  ): void {
    if (inside.inMember) return this.#add('rule_shape', at, `"${kind} … where" cannot stand inside another "where".`);
    const key = kind === 'at_least_n' ? 'of' : kind;
    const fact = raw[key];
    if (typeof fact !== 'string')
      return this.#add('rule_shape', [...at, key], `"${key}" names a fact that holds members, such as household.members.`);
    const type = this.#factType(fact, [...at, key]);
    if (type !== undefined && type !== 'members')
      this.#add('rule_comparison', [...at, key], `"${fact}" holds no members. Use household.members.`);
    if (!('where' in raw))
      return this.#add('rule_shape', at, `"${kind}" needs "where": a condition on each member, such as { fact: age, less_than: 5 }.`);
    this.#node(raw['where'], [...at, 'where'], { ...inside, inMember: true });
  }

  #test(raw: Record<string, unknown>, at: Path, inMember: boolean): void {
    const fact = raw['fact'];
    if (typeof fact !== 'string') return this.#add('rule_shape', [...at, 'fact'], '"fact" is the id of a fact, such as person.age.');
    const type = this.#factType(fact, [...at, 'fact'], inMember);
    const used = COMPARISONS.filter((c) => c in raw);
    if (used.length !== 1) {
      const allowed = type ? COMPARISONS_OF_TYPE[type] : COMPARISONS;
      return this.#add(
        'rule_comparison',
        at,
        `A condition has exactly one comparison, this has ${used.length}. For "${fact}": ${allowed.join(', ') || 'some, every or at_least_n … where'}.`,
      );
    }
    const comparison = used[0]!;
    if (type && !COMPARISONS_OF_TYPE[type].includes(comparison)) {
      const allowed = COMPARISONS_OF_TYPE[type].join(', ') || 'some, every or at_least_n … where';
      return this.#add('rule_comparison', [...at, comparison], `"${fact}" cannot be compared by "${comparison}". For it: ${allowed}.`);
    }
    this.#bound(raw[comparison], { type, comparison, fact, inMember }, [...at, comparison]);
  }

  #bound(value: unknown, test: { type: FactType | undefined; comparison: Comparison; fact: string; inMember: boolean }, at: Path): void {
    const { type, comparison, fact, inMember } = test;
    if (comparison === 'between' && Array.isArray(value))
      return value.forEach((part, i) => this.#bound(part, { ...test, comparison: 'at_least' }, [...at, i]));
    if (comparison === 'within' && [value].flat().includes(SERVICE_AREA)) {
      if (fact !== 'household.place' || inMember)
        this.#add('rule_comparison', at, '"service_area" can be asked of household.place only, and not inside "where".');
      else if (Array.isArray(value) && value.length > 1)
        this.#add('rule_comparison', at, '"service_area" stands alone. Put other areas in a condition of their own, under "any".');
    }
    if (isRecord(value) && 'percent' in value) return this.#table(value, at, type);
    this.issues.push(...checkValue(value, test, at));
  }

  #table(value: Record<string, unknown>, at: Path, type: FactType | undefined): void {
    const { tables } = this.#options;
    const id = value['of'];
    if (typeof id === 'string' && tables && !tables.has(id)) {
      const near = suggestWords(id, tables.keys());
      this.#undeclared(
        'unknown_table',
        [...at, 'of'],
        `There is no table "${id}". ${near.length > 0 ? `Did you mean "${near[0]}"?` : `Tables: ${[...tables.keys()].join(', ') || 'none'}.`}`,
        toReplacement([...at, 'of'], near[0]),
      );
    }
    if (typeof value['by'] === 'string') this.#factType(value['by'], [...at, 'by']);
    const per = typeof id === 'string' ? tables?.get(id)?.per : undefined;
    if (type !== undefined && type !== 'money' && per !== undefined && per !== 'year')
      this.#add('rule_period', at, `"${String(id)}" holds amounts a ${per}: compare a fact of type money with it, which has a period too.`);
  }

  #factType(fact: string, at: Path, inMember = false): FactType | undefined {
    const { catalogue, inferred } = this.#options;
    if (!isFactName(fact)) {
      this.#add('fact_name', at, `"${fact.slice(0, 40)}" is no name of a fact: lower-case letters, digits and "_", as in person.age.`);
      return undefined;
    }
    const id = inMember ? memberFactId(fact) : fact;
    const found = catalogue?.find(id);
    if (found) return found.type;
    const ofMember = !inMember && !fact.includes('.');
    const near = ofMember && (!catalogue || catalogue.find(memberFactId(fact))) ? [memberFactId(fact)] : (catalogue?.suggest(id) ?? []);
    const mean = near.length > 0 ? ` Did you mean ${near.map((n) => `"${n}"`).join(' or ')}?` : '';
    const bare = inMember && !fact.includes('.') && near[0]?.startsWith('person.') ? near[0].slice('person.'.length) : near[0];
    const fix = toReplacement(at, bare);
    const guess = inferred?.get(id);
    if (guess && (near.length === 0 || this.#options.lenient)) {
      if (this.#told.has(id)) return guess.type;
      this.#told.add(id);
      const message = `There is no fact "${id}".${mean} It is taken for ${NAME_OF_TYPE[guess.type]}, as it is used here. Declare it: facts: [{ id: ${id}, type: ${guess.type}, label: … }].`;
      this.issues.push({ ...toPathIssue('unknown_fact', at, message), severity: 'warning', ...(fix ? { fix } : {}) });
    } else if (ofMember && near.length > 0) {
      this.#add('unknown_fact', at, `"${fact}" names a fact of a member, which only a "where" has.${mean}`, fix);
    } else if (catalogue) this.#add('unknown_fact', at, `There is no fact "${fact}".${mean}`, fix);
    return guess?.type;
  }

  #unknownKeys(raw: Record<string, unknown>, allowed: readonly string[], at: Path): void {
    for (const key of Object.keys(raw)) {
      if (allowed.includes(key)) continue;
      const [near] = suggestWords(key, allowed);
      this.#add(
        'unknown_word',
        [...at, key],
        `"${key}" is not a word of rules here. ${near ? `Did you mean "${near}"?` : `Allowed: ${allowed.join(', ')}.`}`,
        near === undefined ? undefined : { title: `Write "${near}"`, renameKey: [...at, key], to: near },
      );
    }
  }

  #undeclared(code: string, at: Path, message: string, fix?: RuleFix): void {
    this.#add(code, at, message, fix);
    if (this.#options.lenient) this.issues.at(-1)!.severity = 'warning';
  }

  #add(code: string, at: Path, message: string, fix?: RuleFix): void {
    this.issues.push({ ...toPathIssue(code, at, message), ...(fix ? { fix } : {}) });
  }
}

function toReplacement(at: Path, word: string | undefined): RuleFix | undefined {
  return word === undefined ? undefined : { title: `Write "${word}"`, replace: at, value: word };
}

// The same rules for other engines, each in its own language: JsonLogic (compiled and interpreted), CEL, json-rules-engine.

import { Environment } from '@marcbachmann/cel-js';
import { LogicEngine } from 'json-logic-engine';
import { Engine, type TopLevelCondition } from 'json-rules-engine';
import type { Rule, RuleNode } from '#shared/eligibility/rule.ts';
import type { Person } from './_eligibility-rules.ts';

/** Decides all rules it was made of for one person: true where it says yes. A rule that throws counts as `undefined`. */
export type PeerPass = (person: Person) => (boolean | undefined)[] | Promise<(boolean | undefined)[]>;

export interface Peer {
  name: string;
  /** It takes so long that a part of the rules tells its time; one in so many. */
  sample: number;
  /** Rules in the engine's own language, as parsed objects or text. Not timed. */
  translate(rules: readonly Rule[]): unknown[];
  /** From translated rules to something that can decide. Timed. */
  prepare(translated: readonly unknown[]): PeerPass;
}

export const PEERS: readonly Peer[] = [
  {
    name: 'json-logic-engine 5.0.7 compiled',
    sample: 1,
    translate: (rules) => rules.map((rule) => toJsonLogic(rule.eligible_when)),
    prepare(translated) {
      const engine = new LogicEngine();
      const compiled = translated.map((rule) => engine.build(rule) as (data: unknown) => boolean);
      return (person) => decideEach(compiled, person, (rule, data) => rule(data));
    },
  },
  {
    name: 'json-logic-engine 5.0.7 interpreted',
    sample: 1,
    translate: (rules) => rules.map((rule) => toJsonLogic(rule.eligible_when)),
    prepare(translated) {
      const engine = new LogicEngine();
      return (person) => decideEach(translated, person, (rule, data) => engine.run(rule, data) as boolean);
    },
  },
  {
    name: '@marcbachmann/cel-js 8.0.0',
    sample: 1,
    translate: (rules) => rules.map((rule) => toCel(rule.eligible_when)),
    prepare(translated) {
      const environment = new Environment({ unlistedVariablesAreDyn: true });
      const parsed = translated.map((rule) => environment.parse(rule as string));
      return (person) => decideEach(parsed, person, (rule, data) => rule(data) as boolean);
    },
  },
  {
    name: 'json-rules-engine 7.3.1',
    sample: 20,
    translate: (rules) => rules.map((rule, i) => ({ name: String(i), conditions: toTopLevel(rule.eligible_when), event: { type: 'yes' } })),
    prepare(translated) {
      const engine = new Engine(translated as ConstructorParameters<typeof Engine>[0], { allowUndefinedFacts: true });
      return async (person) => {
        const { results } = await engine.run(person);
        const verdicts = new Array<boolean | undefined>(translated.length).fill(false);
        for (const { name } of results) verdicts[Number(name)] = true;
        return verdicts;
      };
    },
  },
];

function decideEach<R>(rules: readonly R[], person: Person, decide: (rule: R, data: Data) => boolean): (boolean | undefined)[] {
  const data = toNested(person);
  const verdicts = new Array<boolean | undefined>(rules.length);
  for (let i = 0; i < rules.length; i++) {
    try {
      verdicts[i] = decide(rules[i]!, data);
    } catch {
      verdicts[i] = undefined;
    }
  }
  return verdicts;
}

/** { "person.age": 30 } as { person: { age: 30 } } */
function toNested(person: Person): Data {
  const data: Data = { person: {}, household: {} };
  for (const [id, value] of Object.entries(person)) {
    const [room, name] = id.split('.') as [string, string];
    data[room]![name] = value;
  }
  return data;
}

type Data = Record<string, Record<string, unknown>>;

interface Parts {
  fact: string;
  comparison: string;
  bound: unknown;
}

/** Money is by the year on both sides. */
function partsOf(node: RuleNode): Parts {
  const { fact, ...rest } = node as Extract<RuleNode, { fact: string }>;
  const [comparison, bound] = Object.entries(rest)[0]!;
  return {
    fact,
    comparison,
    bound: typeof bound === 'object' && bound !== null && 'per' in bound ? (bound as unknown as { value: number }).value : bound,
  };
}

const SIGNS: Readonly<Record<string, string>> = { at_least: '>=', at_most: '<=', less_than: '<', more_than: '>', is: '==' };

function toJsonLogic(node: RuleNode): unknown {
  if ('all' in node) return { and: node.all.map(toJsonLogic) };
  if ('any' in node) return { or: node.any.map(toJsonLogic) };
  if ('none' in node) return { '!': [node.none.length === 1 ? toJsonLogic(node.none[0]!) : { or: node.none.map(toJsonLogic) }] };
  const { fact, comparison, bound } = partsOf(node);
  if (comparison === 'is_one_of') return { in: [{ var: fact }, bound] };
  return { [comparison === 'is' ? '===' : SIGNS[comparison]!]: [{ var: fact }, bound] };
}

function toCel(node: RuleNode): string {
  if ('all' in node) return `(${node.all.map(toCel).join(' && ')})`;
  if ('any' in node) return `(${node.any.map(toCel).join(' || ')})`;
  if ('none' in node) return `!(${node.none.map(toCel).join(' || ')})`;
  const { fact, comparison, bound } = partsOf(node);
  if (comparison === 'is_one_of') return `${fact} in ${JSON.stringify(bound)}`;
  return `${fact} ${SIGNS[comparison]} ${typeof bound === 'number' ? bound.toFixed(1) : JSON.stringify(bound)}`;
}

const OPERATORS: Readonly<Record<string, string>> = {
  at_least: 'greaterThanInclusive',
  at_most: 'lessThanInclusive',
  less_than: 'lessThan',
  more_than: 'greaterThan',
  is: 'equal',
  is_one_of: 'in',
};

function toTopLevel(node: RuleNode): TopLevelCondition {
  return toRulesEngine(node) as TopLevelCondition;
}

function toRulesEngine(node: RuleNode): unknown {
  if ('all' in node) return { all: node.all.map(toRulesEngine) };
  if ('any' in node) return { any: node.any.map(toRulesEngine) };
  if ('none' in node) return { not: { any: node.none.map(toRulesEngine) } };
  const { fact, comparison, bound } = partsOf(node);
  return { fact, operator: OPERATORS[comparison], value: bound };
}

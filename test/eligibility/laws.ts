// The laws of eligibility as properties, for a given number of random rules and people.

import fc from 'fast-check';
import { expect } from 'vitest';
import { createAreas } from '#shared/eligibility/areas.ts';
import { decideMany } from '#shared/eligibility/decide-many.ts';
import { createDecider } from '#shared/eligibility/decider.ts';
import { verdictOf } from '#shared/eligibility/evaluate.ts';
import { AREA } from '#shared/eligibility/mask.ts';
import { explain, type Explanation } from '#shared/eligibility/explain.ts';
import { readRuleSet, writeRuleSet } from '#shared/eligibility/rule-store.ts';
import { reevaluate } from '#shared/eligibility/reevaluate.ts';
import { VERDICTS, type RuleNode } from '#shared/eligibility/rule.ts';
import { PERIODS_A_YEAR } from '#shared/intake/money.ts';
import { ON } from './given.ts';
import { compileNodes, decideOn, exactOf, jsonOf, nodeOfDepth, person, read, referenceOf, ruleNode } from './random.ts';

const AREAS = Object.values(AREA);
const OPTIONS = { on: ON, areas: createAreas() };
const rules = fc.array(ruleNode, { minLength: 1, maxLength: 8 });

export const LAWS: Record<string, (runs: number) => void> = {
  'verdicts are those of the plain reference'(runs) {
    fc.assert(
      fc.property(rules, person, (nodes, told) => {
        const decision = decideOn(compileNodes(nodes), jsonOf(told));
        nodes.forEach((node, rule) => {
          for (const area of AREAS) expect(verdictOf(decision, rule, area)).toBe(referenceOf(node, told, area));
        });
      }),
      { numRuns: runs },
    );
  },

  'every exact value of what is known agrees with a decided verdict'(runs) {
    fc.assert(
      fc.property(rules, person, fc.array(fc.nat(1000), { minLength: 1, maxLength: 4 }), (nodes, told, picks) => {
        const ruleSet = compileNodes(nodes);
        const decision = decideOn(ruleSet, jsonOf(told));
        for (const pick of picks) {
          const exact = decideOn(ruleSet, exactOf(told, pick));
          nodes.forEach((_, rule) => {
            const before = verdictOf(decision, rule, AREA.unknown);
            if (before !== 'eligible' && before !== 'ineligible') return;
            for (const area of AREAS) expect(verdictOf(exact, rule, area)).toBe(before);
          });
        }
      }),
      { numRuns: runs },
    );
  },

  'a changed answer gives what deciding from scratch gives'(runs) {
    fc.assert(
      fc.property(rules, person, person, fc.nat(1000), (nodes, one, other, which) => {
        const ruleSet = compileNodes(nodes);
        const [id] = Object.entries(one)[which % Object.keys(one).length]!;
        const changed = { ...one, [id]: other[id]! };
        for (const next of [changed, other]) {
          const before = decideOn(ruleSet, jsonOf(one));
          const after = reevaluate(before, read(ruleSet, jsonOf(next)));
          expect(after.masks).toEqual(decideOn(ruleSet, jsonOf(next)).masks);
          expect(reevaluate(after, read(ruleSet, jsonOf(one))).masks).toEqual(before.masks);
        }
      }),
      { numRuns: runs },
    );
  },

  'answer after answer gives what deciding anew gives'(runs) {
    fc.assert(
      fc.property(rules, person, person, fc.array(fc.tuple(fc.nat(1000), fc.boolean()), { maxLength: 6 }), (nodes, one, other, answers) => {
        const ruleSet = compileNodes(nodes);
        const decide = createDecider();
        let facts = jsonOf(one);
        for (const [which, isTold] of answers) {
          const [id] = Object.entries(other)[which % Object.keys(other).length]!;
          const { [id]: _, ...others } = facts;
          const json = other[id]!.json;
          facts = isTold && json !== undefined ? { ...others, [id]: json } : others;
          const decision = decide(ruleSet, read(ruleSet, facts), OPTIONS);
          expect(decision.masks).toEqual(decideOn(ruleSet, facts).masks);
        }
      }),
      { numRuns: runs },
    );
  },

  'the core carries a decided verdict alone, and without any one of it the verdict is open'(runs) {
    fc.assert(
      fc.property(ruleNode, person, fc.constantFrom(...AREAS), (node, told, area) => {
        const { verdict, because } = explain(decideOn(compileNodes([node]), jsonOf(told)), 0, area);
        if (verdict !== 'eligible' && verdict !== 'ineligible') return;
        const core = new Set(because.filter((reason) => reason.core).map(({ written }) => keyOf(written)));
        expect(referenceOf(keepOnly(node, core), told, area)).toBe(verdict);
        for (const dropped of core) {
          const fewer = new Set([...core].filter((one) => one !== dropped));
          expect(['unknown', 'likely']).toContain(referenceOf(keepOnly(node, fewer), told, area));
        }
      }),
      { numRuns: runs },
    );
  },

  'De Morgan: "none of" is turned inwards and outwards as one likes'(runs) {
    fc.assert(
      // The groups that are put around the parts must leave them within a rule's depth and number of conditions.
      fc.property(fc.array(nodeOfDepth(1), { minLength: 1, maxLength: 3 }), person, (parts, told) => {
        const not = (node: RuleNode): RuleNode => ({ none: [node] });
        const pairs: [RuleNode, RuleNode][] = [
          [not({ any: parts }), { all: parts.map(not) }],
          [not({ all: parts }), { any: parts.map(not) }],
          [{ none: parts }, not({ any: parts })],
          ...parts.map((part): [RuleNode, RuleNode] => [not(not(part)), part]),
          ...parts.map((_, i): [RuleNode, RuleNode] => [
            not({ at_least_n: i + 1, of: parts }),
            { at_least_n: parts.length - i, of: parts.map(not) },
          ]),
        ];
        const { masks, roots } = decideOn(compileNodes(pairs.flat()), jsonOf(told));
        pairs.forEach((_, i) => expect(masks[roots[2 * i + 1]!]).toBe(masks[roots[2 * i]!]));
      }),
      { numRuns: runs },
    );
  },
};

/** Laws of which each run decides many rules or many people. */
export const WIDE_LAWS: Record<string, (runs: number) => void> = {
  'a stored rule set decides and explains as the compiled one'(runs) {
    fc.assert(
      fc.property(rules, person, (nodes, told) => {
        const compiled = compileNodes(nodes);
        const bytes = writeRuleSet(compiled);
        const opened = readRuleSet(bytes, { facts: compiled.catalogue.facts, tables: compiled.tables.values() });
        if (!opened.ok) throw new Error(opened.issues[0]!.message);
        const [one, other] = [decideOn(compiled, jsonOf(told)), decideOn(opened.value, jsonOf(told))];
        expect(other.masks).toEqual(one.masks);
        nodes.forEach((_, rule) => expect(explain(other, rule, AREA.unknown)).toEqual(toPlain(explain(one, rule, AREA.unknown))));
        expect(opened.value.numberOf('test/r0')).toBe(0);
        expect(writeRuleSet(opened.value)).toEqual(bytes);
      }),
      { numRuns: runs },
    );
  },

  'many people at once come to the same verdicts as one by one'(runs) {
    fc.assert(
      fc.property(rules, fc.array(person, { minLength: 1, maxLength: 70 }), fc.constantFrom(...AREAS), (nodes, people, area) => {
        const ruleSet = compileNodes(nodes);
        const many = decideMany(
          ruleSet,
          people.map((told) => read(ruleSet, jsonOf(told))),
          { on: ON, areas: createAreas(), area },
        );
        const counts = nodes.map(() => Object.fromEntries(VERDICTS.map((verdict) => [verdict, 0])));
        people.forEach((told, i) => {
          const decision = decideOn(ruleSet, jsonOf(told));
          nodes.forEach((_, rule) => {
            const verdict = verdictOf(decision, rule, area);
            counts[rule]![verdict]!++;
            expect(many.verdictOf(rule, i)).toBe(verdict);
          });
        });
        nodes.forEach((_, rule) => expect(many.tally(rule)).toEqual(counts[rule]));
      }),
      { numRuns: runs },
    );
  },
};

/** A version that was stored is parsed when it is asked for, so versions are compared by their rule. */
function toPlain(explanation: Explanation): unknown {
  return {
    ...explanation,
    version: expect.objectContaining({ root: explanation.version!.root, firstWritten: explanation.version!.firstWritten }),
  };
}

/** The rule with nothing known of all conditions but some. */
function keepOnly(node: RuleNode, kept: ReadonlySet<string>): RuleNode {
  const each = (nodes: readonly RuleNode[]): RuleNode[] => nodes.map((part) => keepOnly(part, kept));
  if ('all' in node) return { all: each(node.all) };
  if ('any' in node) return { any: each(node.any) };
  if ('none' in node) return { none: each(node.none) };
  if ('at_least_n' in node && Array.isArray(node.of)) return { at_least_n: node.at_least_n, of: each(node.of) };
  return kept.has(keyOf(node)) ? node : { fact: 'person.gender', is: 'never told' };
}

/** The same for conditions that are one to the engine: lists in any order and with repetitions, amounts in any period. */
function keyOf(node: RuleNode): string {
  return JSON.stringify(node, (key, value: unknown) => {
    if (key === 'is_one_of' || key === 'includes' || key === 'within') return [...new Set([value].flat())].sort();
    return typeof value === 'object' && value !== null && 'per' in value
      ? (value as unknown as { value: number }).value * PERIODS_A_YEAR[value.per as 'month']
      : value;
  });
}

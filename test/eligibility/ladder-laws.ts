// Laws of eligibility over two views of one person (ladders.ts), for a given number of random rules and people.

import fc from 'fast-check';
import { expect } from 'vitest';
import { VERDICTS } from '#shared/eligibility/rule.ts';
import { readTree, type RuleTree } from '#shared/eligibility/rule-tree.ts';
import { AREA, maskIn, OP } from '#shared/eligibility/mask.ts';
import { evaluate, type Decision } from '#shared/eligibility/evaluate.ts';
import { explain } from '#shared/eligibility/explain.ts';
import { reevaluate } from '#shared/eligibility/reevaluate.ts';
import type { Facts } from '#shared/intake/facts.ts';
import type { KnownFacts } from '#shared/intake/possibility.ts';
import { readFacts } from '#shared/intake/read-facts.ts';
import { decide, ruleOf, verdict } from './given.ts';
import { node, person, steps, view } from './ladders.ts';

export const LADDER_LAWS: Record<string, (runs: number) => void> = {
  'more information never flips a decided verdict'(runs) {
    fc.assert(
      fc.property(node, person, steps, fc.constantFrom(AREA.inside, AREA.outside, AREA.unknown), (eligible_when, ladders, [a, b], area) => {
        const less = verdict(
          ruleOf(eligible_when),
          view(
            ladders,
            a.map((step, i) => Math.min(step, b[i]!)),
          ),
          { area: AREA.unknown },
        );
        const more = verdict(ruleOf(eligible_when), view(ladders, b), { area });
        if (less === 'eligible' || less === 'ineligible') expect(more).toBe(less);
        // What hangs on staff alone can still be settled by a service's area only, never opened again by a fact.
        if (less === 'likely') expect(more).not.toBe('unknown');
      }),
      { numRuns: runs },
    );
  },

  'with every fact known only staff leave a rule open'(runs) {
    fc.assert(
      fc.property(node, person, (eligible_when, ladders) => {
        const all = view(ladders, [3, 3, 3, 3, 3, 3, 3]);
        expect(['eligible', 'ineligible', 'likely']).toContain(verdict(ruleOf(eligible_when), all, { area: AREA.inside }));
      }),
      { numRuns: runs },
    );
  },

  'reasons agree with the verdict, and one smallest set of them is marked'(runs) {
    const outcomes = { eligible: ['met'], ineligible: ['failed'], likely: ['staff', 'open'], unknown: ['staff', 'open'], not_stated: [] };
    fc.assert(
      fc.property(node, person, steps, (eligible_when, ladders, [at]) => {
        const found = explain(decide(ruleOf(eligible_when), view(ladders, at)), 0, AREA.unknown);
        expect(VERDICTS).toContain(found.verdict);
        for (const reason of found.because) expect(outcomes[found.verdict]).toContain(reason.outcome);
        expect(found.because.some((reason) => reason.core)).toBe(found.because.length > 0);
        expect(found.because.length).toBeGreaterThan(0);
        if (found.verdict === 'eligible' || found.verdict === 'ineligible') expect(found.missing).toEqual([]);
      }),
      { numRuns: runs },
    );
  },

  'the core carries the verdict alone, and without any one of it the verdict is open'(runs) {
    fc.assert(
      fc.property(node, person, steps, (eligible_when, ladders, [at]) => {
        const decision = decide(ruleOf(eligible_when), view(ladders, at));
        const { verdict: found, because } = explain(decision, 0, AREA.unknown);
        fc.pre(found === 'eligible' || found === 'ineligible');
        const known = (node: number): number => maskIn(AREA.unknown, decision.masks[node]!);
        const decided = (bits: number) => (found === 'eligible' ? (bits & 1) === 1 : (bits & 8) === 0);
        const tree = readTree(decision.ruleSet, decision.ruleSet.versions[0]![0]!);
        const byId = new Map<string, number>();
        const collect = (part: RuleTree): void =>
          part.children.length === 0 ? void byId.set(part.id, part.node) : part.children.forEach(collect);
        collect(tree);
        const core = new Set(because.filter((reason) => reason.core).map((reason) => byId.get(reason.condition)!));
        expect(decided(bitsOf(tree, core, known))).toBe(true);
        for (const dropped of core) expect(decided(bitsOf(tree, new Set([...core].filter((n) => n !== dropped)), known))).toBe(false);
      }),
      { numRuns: runs },
    );
  },

  'from one view to the other gives what deciding from scratch gives'(runs) {
    fc.assert(
      fc.property(fc.array(node, { minLength: 1, maxLength: 6 }), person, steps, (roots, ladders, [a, b]) => {
        const rules = roots.map((eligible_when, i) => ({ ...ruleOf(eligible_when), rule: `test/r${i}` }));
        const before = decide(rules, view(ladders, a));
        const after = evaluate(before.ruleSet, read(before, view(ladders, b)), before.options);
        const changed = reevaluate(before, after.facts);
        expect(changed.masks).toEqual(after.masks);
        expect(changed.cuts).toEqual(after.cuts);
        expect(reevaluate(changed, before.facts).masks).toEqual(before.masks);
      }),
      { numRuns: runs },
    );
  },
};

/** The rule's value where only some conditions count, as four bits; a plain second writing of what the engine does in one pass. */
function bitsOf(tree: RuleTree, counted: ReadonlySet<number>, valueOf: (node: number) => number): number {
  if (tree.op === undefined) return counted.has(tree.node) ? valueOf(tree.node) : 0b1100;
  const bits = tree.children.map((child) => bitsOf(child, counted, valueOf));
  const each = (count: (set: number) => boolean) =>
    [1, 2, 4, 8].filter((bit) => count(bits.filter((b) => (b & bit) !== 0).length)).reduce((a, b) => a | b, 0);
  if (tree.op === OP.all) return each((n) => n === bits.length);
  if (tree.op === OP.any) return each((n) => n > 0);
  if (tree.op === OP.atLeast) return each((n) => n >= tree.n);
  const any = each((n) => n > 0);
  return [0, 1, 2, 3].filter((bit) => ((any >> (3 - bit)) & 1) === 0).reduce((a, bit) => a | (1 << bit), 0);
}

function read({ ruleSet, options }: Decision, facts: Facts): KnownFacts {
  const known = readFacts(facts, { catalogue: ruleSet.catalogue, on: options.on });
  if (!known.ok) throw new Error(known.issues.map((issue) => issue.message).join('\n'));
  return known.value;
}

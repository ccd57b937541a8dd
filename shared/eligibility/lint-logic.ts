// Conditions that can never hold, or never matter, beside the others of their rule: limits that contradict each other, an
// alternative that another one covers, the same thing said twice.

import type { FactCatalogue } from '../intake/catalogue.ts';
import { memberFactId } from '../intake/read-facts.ts';
import { said, type Said } from './faults.ts';
import type { RuleFix } from './fix.ts';
import { complement, intersect, isWithin, toRegion, wholeOf, type Region } from './lint-regions.ts';
import type { Path } from './rule-file.ts';
import type { Rule, RuleNode, TestNode } from './rule.ts';
import { toPathIssue, type PathIssue } from './schema-issues.ts';
import { findGroup, listNodes } from './walk.ts';

export function lintLogic(rule: Rule, catalogue: FactCatalogue): PathIssue[] {
  const linter = new LogicLinter(catalogue);
  linter.visit(rule.eligible_when, ['eligible_when'], { holds: [], inMember: false, negated: false });
  const leaves = listNodes(rule.eligible_when).filter(({ node }) => !findGroup(node));
  // "Open to everyone" is written as one condition that always holds.
  return linter.issues.reverse().filter(({ code }) => leaves.length > 1 || code !== 'unreachable');
}

/** What is certain wherever a node matters. */
interface Certain {
  region: Region;
  /** Because it is asked too ("all"), or because an alternative has failed ("any", "none"). */
  from: 'all' | 'alternative';
}

interface Inside {
  holds: readonly Certain[];
  inMember: boolean;
  /** Inside "none of": what holds counts against the person. */
  negated: boolean;
}

class LogicLinter {
  readonly issues: PathIssue[] = [];
  readonly #catalogue: FactCatalogue;

  constructor(catalogue: FactCatalogue) {
    this.#catalogue = catalogue;
  }

  /** Last to first: of two that contradict each other or are equal, the later one is told. @returns false: it was told */
  visit(node: RuleNode, at: Path, inside: Inside): boolean {
    if ('fact' in node) return this.#test(node, at, inside);
    if ('where' in node && node.where) {
      this.visit(node.where, [...at, 'where'], { holds: inside.holds, inMember: true, negated: false });
      return true;
    }
    const group = findGroup(node);
    if (!group) return true;
    const negated = inside.negated !== (group.key === 'none');
    const told = new Set<RuleNode>();
    [...group.nodes.keys()].reverse().forEach((i) => {
      const child = group.nodes[i]!;
      const path = [...at, group.key, i];
      const others = group.nodes.filter((other) => other !== child && !told.has(other));
      const holds = [...inside.holds, ...this.#implied(group.key, others, inside)];
      if (group.key !== 'of' && others.some((other) => sameCondition(other, child))) {
        this.#add('unreachable', path, said('fault.repeated'), { title: said('fix.remove_repetition'), remove: path });
        told.add(child);
      } else if (!this.visit(child, path, { ...inside, holds, negated })) told.add(child);
    });
    return true;
  }

  /** What the neighbours make certain: of "all" that they hold, of "any" and "none" that they do not. */
  #implied(key: string, others: readonly RuleNode[], { inMember }: Inside): Certain[] {
    if (key === 'of') return [];
    return others.flatMap((other): Certain[] => {
      const region = 'fact' in other ? toRegion(other, { catalogue: this.#catalogue, inMember }) : undefined;
      if (!region) return [];
      if (key === 'all') return [{ region, from: 'all' }];
      const outside = complement(region);
      return outside.length === 1 ? [{ region: outside[0]!, from: 'alternative' }] : [];
    });
  }

  #test(node: TestNode, at: Path, { holds, inMember, negated }: Inside): boolean {
    const region = toRegion(node, { catalogue: this.#catalogue, inMember });
    if (!region) return true;
    const { values } = region;
    if (!('words' in values) && values.low > values.high) {
      this.#add('contradictory_bounds', at, said('fault.bounds_crossed'), swapBounds(node, at));
      return false;
    }
    const type = this.#catalogue.find(inMember ? memberFactId(node.fact) : node.fact)?.type;
    const whole: Region | undefined = 'words' in values ? undefined : { scale: region.scale, values: wholeOf(type, region.scale) };
    const same = holds.filter((one) => one.region.scale === region.scale);
    const asked = relate(
      region,
      whole,
      same.filter(({ from }) => from === 'all'),
    );
    const outcome = asked ?? relate(region, whole, same);
    if (!outcome) return true;
    const removal = { title: said('fix.remove_condition'), remove: at };
    if (asked ? (asked === 'never') !== negated : outcome === 'always' && negated)
      this.#add('contradictory_bounds', at, said('fault.nobody_passes', { outcome, beside: same.length > 0 ? 'yes' : 'no' }), removal);
    else if (outcome === 'always' && !asked) this.#add('unreachable', at, said('fault.everybody_passes'), undefined);
    else this.#add('unreachable', at, said('fault.settled'), removal);
    return false;
  }

  #add(code: string, at: Path, what: Said, fix: RuleFix | undefined): void {
    this.issues.push({ ...toPathIssue(code, at, what), severity: 'warning', ...(fix ? { fix } : {}) });
  }
}

/** Whether a region always or never holds among what is possible. Neighbours that contradict each other tell nothing of it. */
function relate(region: Region, whole: Region | undefined, certain: readonly Certain[]): 'always' | 'never' | undefined {
  let possible = whole;
  for (const other of certain) {
    possible = possible ? intersect(possible, other.region) : other.region;
    if (!possible) return undefined;
  }
  if (!possible) return undefined;
  if (!intersect(possible, region)) return 'never';
  return isWithin(possible, region) ? 'always' : undefined;
}

function sameCondition(a: RuleNode, b: RuleNode): boolean {
  const bare = (node: RuleNode): string =>
    JSON.stringify({ ...node, id: undefined, say: undefined, proof: undefined, legal_basis: undefined });
  return bare(a) === bare(b);
}

function swapBounds(node: TestNode, at: Path): RuleFix | undefined {
  const { between } = node;
  return Array.isArray(between)
    ? { title: said('fix.swap_bounds'), replace: [...at, 'between'], value: [...(between as unknown[])].reverse() }
    : undefined;
}

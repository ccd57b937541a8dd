// What a piece of text was found to say: a condition with the words it was read from, or only that something is asked there.

import type { RuleNode } from '../rule.ts';
import type { Span, Words } from './words.ts';

export interface Found {
  /** Absent: something is asked here that no fact says exactly ("seniors", "in need"). */
  node?: RuleNode;
  spans: Span[];
  /** Where it ends among the lexemes. */
  end: number;
}

/** A condition that lexemes `from` up to `end` say. */
export function foundIn(words: Words, { from, end }: { from: number; end: number }, node: RuleNode): Found {
  return { node, spans: [words.span(from, end)], end };
}

export function allOf(parts: readonly Found[], end: number): Found {
  return joined('all', parts, end);
}

/**
 * One of several; what no fact says is left to staff, so that nobody is refused for it. Without a condition where no fact says
 * any of it, or where more than one of them is left open: then the list says little about anybody.
 */
export function anyOf(parts: readonly Found[], end: number, words: (part: Found) => string): Found {
  if (!parts.some((part) => part.node) || parts.filter((part) => !part.node).length > 1) return { spans: [], end };
  const nodes = parts.map((part) => (part.node ? part : { ...part, node: { staff_decides: words(part) } as RuleNode }));
  return joined('any', nodes, end);
}

export function noneOf(part: Found): Found {
  return part.node ? { ...part, node: { none: [part.node] } } : part;
}

function joined(kind: 'all' | 'any', parts: readonly Found[], end: number): Found {
  const said = parts.filter((part) => part.node);
  const spans = said.flatMap((part) => part.spans);
  const nodes = said.flatMap(({ node }) => (kind in node! ? (node as unknown as Record<string, RuleNode[]>)[kind]! : [node!]));
  if (nodes.length === 0 || (kind === 'all' && contradicts(nodes))) return { spans: [], end };
  return { node: nodes.length === 1 ? nodes[0]! : kind === 'all' ? { all: nodes } : { any: nodes }, spans, end };
}

/** Two sexes, two kinds of work: what was taken for one person was meant of several. */
function contradicts(nodes: readonly RuleNode[]): boolean {
  const facts = nodes.flatMap((node) => ('fact' in node && SINGLE.includes(node.fact) ? [node.fact] : []));
  return new Set(facts).size < facts.length;
}

const SINGLE = ['person.age', 'person.gender', 'person.employment', 'person.immigration_status'];

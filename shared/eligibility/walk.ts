// A rule's conditions and groups one by one, each with where it stands.

import type { Path } from './rule-file.ts';
import type { RuleNode } from './rule.ts';

export interface Visited {
  node: RuleNode;
  /** From the rule: ["eligible_when", "all", 2]. */
  at: Path;
  /** Its id, or its path in words, as reasons name it. */
  id: string;
  inMember: boolean;
}

/** Depth first, groups before what they hold, `where` after what it belongs to. */
export function listNodes(root: RuleNode): Visited[] {
  const found: Visited[] = [];
  const visit = (node: RuleNode, at: Path, path: string, inMember: boolean): void => {
    found.push({ node, at, id: node.id ?? path, inMember });
    const group = findGroup(node);
    group?.nodes.forEach((child, i) => visit(child, [...at, group.key, i], `${path}.${group.key}[${i}]`, inMember));
    if ('where' in node && node.where) visit(node.where, [...at, 'where'], `${path}.where`, true);
  };
  visit(root, ['eligible_when'], 'eligible_when', false);
  return found;
}

export type GroupKey = 'all' | 'any' | 'none' | 'of';

/** What a group holds; undefined: it is no group. */
export function findGroup(node: RuleNode): { key: GroupKey; nodes: RuleNode[] } | undefined {
  if ('all' in node) return { key: 'all', nodes: node.all };
  if ('any' in node) return { key: 'any', nodes: node.any };
  if ('none' in node) return { key: 'none', nodes: node.none };
  return 'of' in node && Array.isArray(node.of) ? { key: 'of', nodes: node.of } : undefined;
}

/** The same tree with another node in one place. */
export function replaceNode(root: RuleNode, at: Path, replacement: RuleNode): RuleNode {
  const replace = (value: unknown, path: Path): unknown => {
    const [part, ...rest] = path;
    if (part === undefined) return replacement;
    if (Array.isArray(value)) return value.map((one: unknown, i) => (i === part ? replace(one, rest) : one));
    return { ...(value as object), [part]: replace((value as Record<string, unknown>)[part], rest) };
  };
  return replace(root, at.slice(1)) as RuleNode;
}

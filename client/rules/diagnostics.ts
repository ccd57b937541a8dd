// What is wrong with a rule, each beside the part that it is about, with what mends it.

import type { PathIssue } from '#shared/eligibility/schema-issues.ts';
import { nodeAt, toKey, type Written } from './nodes.ts';
import { groupKindOf, listKey, ROOT, removeNode, setValue, type NodePath } from '#shared/eligibility/rule-document.ts';

export interface RuleFix {
  title: string;
  apply(text: string): string;
}

export interface RuleDiagnostic {
  code: string;
  severity: 'error' | 'warning' | 'info';
  message: string;
  /** Key of the part that it stands beside; empty: it is about the rule as a whole. */
  owner: string;
  fixes?: RuleFix[];
}

/** @param say formats a message of the builder */
export function toDiagnostics(
  issues: readonly PathIssue[],
  written: unknown,
  say: (id: string, values?: Record<string, unknown>) => string,
): RuleDiagnostic[] {
  return issues.map(({ code, severity, message, at }) => {
    const owner = findOwner(written, at);
    const fixes = [...spellingFixes(message, at, say), ...shapeFixes(written, at, say)];
    return { code, severity, message, owner: owner ? toKey(owner) : '', ...(fixes.length > 0 ? { fixes } : {}) };
  });
}

/** The innermost condition or group around a path. */
function findOwner(written: unknown, at: NodePath): NodePath | undefined {
  if (at[0] !== ROOT[0]) return undefined;
  for (let length = at.length; length >= 1; length--) {
    const path = at.slice(0, length);
    const node = nodeAt(written, path);
    const isNode = length === 1 || typeof path.at(-1) === 'number' || path.at(-1) === 'where';
    if (isNode && typeof node === 'object' && node !== null && !Array.isArray(node) && !isBound(node as Written)) return path;
  }
  return ROOT;
}

const isBound = (node: Written): boolean => 'percent' in node || 'per' in node;

/** "Did you mean …?" can be taken at its word. */
function spellingFixes(message: string, at: NodePath, say: (id: string, values?: Record<string, unknown>) => string): RuleFix[] {
  const [, question] = /Did you mean ([^?]*)\?/.exec(message) ?? [];
  const words = [...(question ?? '').matchAll(/"([^"]+)"/g)].map(([, word]) => word!);
  const key = at.at(-1);
  if (key !== 'fact' && key !== 'of' && key !== 'by' && key !== 'some' && key !== 'every') return [];
  return words.map((word) => ({ title: say('rules.fix.word', { word }), apply: (text) => setValue(text, at, word) }));
}

/** A group that holds nothing is taken away. */
function shapeFixes(written: unknown, at: NodePath, say: (id: string) => string): RuleFix[] {
  const owner = at.slice(0, -1);
  const group = nodeAt(written, owner);
  const kind = groupKindOf(group);
  if (!kind || at.at(-1) !== listKey(kind) || (nodeAt(written, at) as unknown[]).length > 0 || owner.length === 1) return [];
  return [{ title: say('rules.fix.emptyGroup'), apply: (text) => removeNode(text, owner) }];
}

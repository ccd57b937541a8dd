// What is wrong with a rule, each beside the part that it is about and with its line, and what mends it.

import { parseDocument } from 'yaml';
import { sayFault } from '#shared/eligibility/faults.ts';
import { applyEdits, toTextFix, type RuleFix as PathFix } from '#shared/eligibility/fix.ts';
import type { RuleDiagnostic as PlacedIssue } from '#shared/eligibility/parse-rule.ts';
import { groupKindOf, listKey, ROOT, removeNode, type NodePath } from '#shared/eligibility/rule-document.ts';
import type { Place } from '#shared/eligibility/rule-file.ts';
import type { PathIssue } from '#shared/eligibility/schema-issues.ts';
import type { Messages } from '#shared/platform/messages.ts';
import { nodeAt, toKey, type Written } from './nodes.ts';

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
  /** Line of the text, from 1. */
  line: number | undefined;
  fixes: readonly RuleFix[];
}

export interface DiagnosticContext {
  written: unknown;
  /** Where a path stands in the text. */
  locate(path: NodePath): Place;
  messages: Messages;
  /** Formats a message of the builder. */
  say(id: string): string;
}

/** In the order of the text. */
export function toDiagnostics(issues: readonly PathIssue[], context: DiagnosticContext): RuleDiagnostic[] {
  const { written, locate, messages } = context;
  return issues
    .map((issue): RuleDiagnostic => {
      const { code, severity, at, fix } = issue;
      const owner = findOwner(written, at);
      return {
        code,
        severity,
        message: sayFault(issue.said ?? issue.message, messages),
        owner: owner ? toKey(owner) : '',
        line: locate(at).line,
        fixes: fix ? [toRuleFix(fix, messages)] : shapeFixes(written, at, context.say),
      };
    })
    .sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
}

/** Of a text that cannot be read as a rule at all. */
export function toTextDiagnostics(issues: readonly PlacedIssue[], messages: Messages): RuleDiagnostic[] {
  return issues.map(({ code, severity, line, message, said }) => {
    return { code, severity, message: sayFault(said ?? message, messages), owner: '', line, fixes: [] };
  });
}

/** A fix by its path, made in the text as it is when it is taken. */
function toRuleFix(fix: PathFix, messages: Messages): RuleFix {
  const apply = (text: string): string => applyEdits(text, toTextFix(fix, { text, document: parseDocument(text), at: [] })?.edits ?? []);
  return { title: sayFault(fix.title, messages), apply };
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

/** A group that holds nothing is taken away. */
function shapeFixes(written: unknown, at: NodePath, say: (id: string) => string): RuleFix[] {
  const owner = at.slice(0, -1);
  const group = nodeAt(written, owner);
  const kind = groupKindOf(group);
  if (!kind || at.at(-1) !== listKey(kind) || (nodeAt(written, at) as unknown[]).length > 0 || owner.length === 1) return [];
  return [{ title: say('rules.fix.emptyGroup'), apply: (text) => removeNode(text, owner) }];
}

// Conditions in one short line, so that a person can mark and a test can compare them:
// "person.age at_least 60", "any(person.veteran is true; staff)", "some(household.members: age less_than 5)".

import type { RuleNode } from '#shared/eligibility/rule.ts';
import { COMPARISONS } from '#shared/eligibility/rule.ts';

export function toNotation(node: RuleNode): string {
  const list = (nodes: readonly RuleNode[]): string => nodes.map(toNotation).sort().join('; ');
  if ('all' in node) return `all(${list(node.all)})`;
  if ('any' in node) return `any(${list(node.any)})`;
  if ('none' in node) return `none(${list(node.none)})`;
  if ('some' in node) return `some(${node.some}: ${toNotation(node.where)})`;
  if ('staff_decides' in node) return 'staff';
  if (!('fact' in node)) return JSON.stringify(node);
  const comparison = COMPARISONS.find((name) => node[name] !== undefined)!;
  return `${node.fact} ${comparison} ${toValue(node[comparison])}`;
}

function toValue(value: unknown): string {
  if (Array.isArray(value)) return value.map(toValue).join(',');
  if (typeof value !== 'object' || value === null) return String(value);
  if ('percent' in value && 'of' in value) return `${String(value.percent)}% ${String(value.of)}`;
  if ('value' in value && 'per' in value) return `${String(value.value)}/${String(value.per)}`;
  return JSON.stringify(value);
}

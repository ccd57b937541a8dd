// A rule as sentences, as it is written and for no one in particular: "Household income is at most 200 % of the federal
// poverty guidelines". What an agency wrote for a condition wins.

import type { FactCatalogue } from '../intake/catalogue.ts';
import { toDayNumber } from '../intake/dates.ts';
import type { FactDefinition } from '../intake/facts.ts';
import { toYearly } from '../intake/money.ts';
import { memberFactId } from '../intake/read-facts.ts';
import { localize } from '../platform/localized.ts';
import type { Messages } from '../platform/messages.ts';
import { SERVICE_AREA } from './condition.ts';
import { COMPARISONS, type Bound, type RuleNode, type TestNode } from './rule.ts';
import { sayNumber, sayWord } from './say.ts';
import type { RuleTable } from './tables.ts';

export interface SayRuleContext {
  messages: Messages;
  catalogue: FactCatalogue;
  tables: ReadonlyMap<string, RuleTable>;
}

/** One condition or group, and what stands in it. */
export interface SaidNode {
  text: string;
  parts: SaidNode[];
}

export function sayRule(node: RuleNode, context: SayRuleContext): SaidNode {
  const parts = groupParts(node);
  if (!parts) return { text: sayNode(node, context), parts: [] };
  const said = node.say === undefined ? sayGroup(node, context.messages) : localize(node.say, context.messages.language);
  return { text: said, parts: parts.map((part) => sayRule(part, context)) };
}

/** A condition in one sentence; a group by its parts, joined. */
export function sayNode(node: RuleNode, context: SayRuleContext, inMember = false): string {
  const { messages } = context;
  if (node.say !== undefined) return localize(node.say, messages.language);
  const parts = groupParts(node);
  if (parts) {
    const joined = messages.list(
      parts.map((part) => sayNode(part, context, inMember)),
      'all' in node ? 'and' : 'or',
    );
    return 'all' in node || 'any' in node ? joined : `${sayGroup(node, messages)} ${joined}`;
  }
  if ('staff_decides' in node) return messages.format('eligibility.rule.staff', { text: localize(node.staff_decides, messages.language) });
  if ('some' in node) return sayMembers('some', node.some, node.where, context);
  if ('every' in node) return sayMembers('every', node.every, node.where, context);
  if ('at_least_n' in node) return sayMembers('members', node.of as string, node.where!, context, node.at_least_n);
  return sayTest(node as TestNode, context, inMember);
}

function groupParts(node: RuleNode): RuleNode[] | undefined {
  if ('all' in node) return node.all;
  if ('any' in node) return node.any;
  if ('none' in node) return node.none;
  return 'at_least_n' in node && Array.isArray(node.of) ? node.of : undefined;
}

function sayGroup(node: RuleNode, messages: Messages): string {
  const kind = ['all', 'any', 'none'].find((key) => key in node) ?? 'at_least_n';
  return messages.format(`eligibility.rule.group.${kind}`, { count: 'at_least_n' in node ? node.at_least_n : 0 });
}

function sayMembers(id: 'some' | 'every' | 'members', fact: string, where: RuleNode, context: SayRuleContext, count = 1): string {
  return context.messages.format(`eligibility.rule.${id}`, {
    count,
    fact: sayFactName(fact, context),
    where: sayNode(where, context, true),
  });
}

function sayFactName(id: string, { catalogue, messages }: SayRuleContext): string {
  const definition = catalogue.find(id);
  return definition ? localize(definition.label, messages.language) : id;
}

function sayTest(node: TestNode, context: SayRuleContext, inMember: boolean): string {
  const { messages, catalogue } = context;
  const id = inMember ? memberFactId(node.fact) : node.fact;
  const definition = catalogue.find(id);
  const fact = sayFactName(id, context);
  const comparison = COMPARISONS.find((known) => node[known] !== undefined);
  if (!comparison) return fact;
  const value = node[comparison];
  const say = (key: string, values: Record<string, string> = {}) => messages.format(`eligibility.rule.${key}`, { fact, ...values });
  switch (comparison) {
    case 'at_least':
    case 'at_most':
    case 'less_than':
    case 'more_than':
    case 'before':
    case 'after':
      return say(comparison, { bound: sayBound(value as Bound, definition, context) });
    case 'between': {
      const [low, high] = value as [Bound, Bound];
      return say('between', { low: sayBound(low, definition, context), high: sayBound(high, definition, context) });
    }
    case 'is':
      if (typeof value === 'boolean') return say(value ? 'yes' : 'no');
      break;
    case 'within':
      if ([value].flat().includes(SERVICE_AREA)) return say('service_area');
      break;
  }
  const wanted = ([value].flat() as (string | number | boolean)[]).map((part) =>
    typeof part === 'number' ? messages.number(part) : sayWord(part, definition, messages),
  );
  return say(comparison, { wanted: messages.list(wanted, comparison === 'includes' ? 'and' : 'or') });
}

function sayBound(bound: Bound, definition: FactDefinition | undefined, { messages, tables }: SayRuleContext): string {
  if (typeof bound === 'string') return sayNumber(toDayNumber(bound), { ...definition!, type: 'date' }, 'year', messages);
  if (typeof bound === 'number') return sayNumber(bound, definition, 'year', messages);
  if ('percent' in bound) {
    const table = tables.get(bound.of);
    const title = table ? localize(table.title, messages.language) : bound.of;
    return messages.format('eligibility.rule.table', { percent: messages.number(bound.percent), table: title });
  }
  return sayNumber(toYearly(bound.value, bound.per), definition, bound.per, messages);
}

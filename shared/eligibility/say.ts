// Reasons as sentences, in the reader's language. A condition's own `say` wins; else there is one message for each kind.
// Only values are filled in here: the words and their order belong to the messages.

import type { FactCatalogue } from '../intake/catalogue.ts';
import { toIsoDate } from '../intake/dates.ts';
import type { FactDefinition, Period } from '../intake/facts.ts';
import { fromYearly } from '../intake/money.ts';
import type { KnownFact, KnownFacts, Possibility } from '../intake/possibility.ts';
import { localize, type Localized } from '../platform/localized.ts';
import type { Messages } from '../platform/messages.ts';
import { resolveBound, type Condition, type ConditionBound } from './condition.ts';
import type { Because } from './explain.ts';
import type { MemberTree } from './graph.ts';
import { OP } from './mask.ts';
import type { TableContext } from './table-lookup.ts';

export interface SayContext {
  messages: Messages;
  catalogue: FactCatalogue;
  facts: KnownFacts;
  tables: TableContext;
  /** Areas that the service publishes, for "in the area served". */
  areas?: readonly string[];
}

export function sayReason(because: Because, context: SayContext): string {
  const { leaf } = because;
  const sentence = saySentence(because, context);
  return leaf.kind === 'test' && !leaf.condition.ofMember
    ? sayJudged(sentence, context.facts.get(leaf.condition.fact), context.messages)
    : sentence;
}

/** With who worked it out, where a function of a plugin did. */
function sayJudged(sentence: string, known: KnownFact | undefined, messages: Messages): string {
  const judged = known?.judged;
  if (!judged) return sentence;
  return messages.format(judged.answer === 'not_said' ? 'eligibility.judged.not_said' : 'eligibility.judged.said', {
    sentence,
    by: localize(judged.by, messages.language),
    reason: judged.reason === undefined ? 'none' : localize(judged.reason, messages.language),
  });
}

function saySentence(because: Because, context: SayContext): string {
  const { written, leaf, negated } = because;
  const { messages } = context;
  const own = written.say ?? ('staff_decides' in written ? written.staff_decides : undefined);
  if (own !== undefined) return sayWritten(own, negated, messages);
  const not = negated ? 'yes' : 'no';
  switch (leaf.kind) {
    case 'test':
      return sayCondition(
        leaf.condition,
        { negated, known: leaf.condition.ofMember ? undefined : context.facts.get(leaf.condition.fact), gap: because.outcome === 'failed' },
        context,
      );
    case 'serviceArea': {
      const areas = context.areas ?? [];
      const place = context.facts.get('household.place');
      if (areas.length === 0 && because.outcome === 'open') return messages.format('eligibility.service_area_unpublished');
      return messages.format('eligibility.service_area', {
        not,
        fact: sayFact('household.place', context),
        wanted: areas.length === 0 ? 'none' : messages.list(areas, 'or'),
        known: sayKnown(place, context.catalogue.find('household.place'), context),
      });
    }
    case 'members': {
      const id = leaf.quantifier === 'atLeast' ? 'eligibility.at_least_members' : `eligibility.${leaf.quantifier}`;
      return messages.format(id, { not, count: leaf.n, fact: sayFact(leaf.fact, context), where: sayWhere(leaf.where, false, context) });
    }
    case 'staff':
    case 'notStated':
      return '';
  }
}

/** What an agency wrote for a condition or a group; inside "none of" turned round. */
export function sayWritten(written: Localized, negated: boolean, messages: Messages): string {
  const say = localize(written, messages.language);
  return negated ? messages.format('eligibility.not_said', { say }) : say;
}

/** A fact's name in the reader's language. */
function sayFact(id: string, { catalogue, messages }: Pick<SayContext, 'catalogue' | 'messages'>): string {
  const definition = catalogue.find(id);
  return definition ? localize(definition.label, messages.language) : id;
}

interface Told {
  negated: boolean;
  known: KnownFact | undefined;
  /** Whether to say by how much a limit is missed. */
  gap: boolean;
}

function sayCondition(condition: Condition, told: Told, context: SayContext): string {
  const { messages, catalogue } = context;
  const definition = catalogue.find(condition.fact);
  const values = {
    not: told.negated ? 'yes' : 'no',
    fact: sayFact(condition.fact, context),
    known: sayKnown(told.known, definition, context),
  };
  const period = toPeriod(told.known);
  const sayBound = (bound: ConditionBound): string => sayResolved(bound, definition, period, context);
  switch (condition.comparison) {
    case 'at_least':
    case 'at_most':
    case 'less_than':
    case 'more_than': {
      const [bound] = condition.bounds as [ConditionBound];
      return messages.format(`eligibility.${condition.comparison}`, {
        ...values,
        bound: sayBound(bound),
        table: 'table' in bound ? sayTable(bound.table.of, context) : 'none',
        percent: 'table' in bound ? messages.number(bound.table.percent) : '',
        gap: told.gap && !told.negated ? sayGap(bound, told.known?.possible, definition, period, context) : 'none',
      });
    }
    case 'between':
      return messages.format('eligibility.between', {
        ...values,
        low: sayBound(condition.bounds[0]!),
        high: sayBound(condition.bounds[1]!),
      });
    case 'before':
    case 'after':
      return messages.format(`eligibility.${condition.comparison}`, { ...values, bound: sayBound(condition.bounds[0]!) });
    default:
      return sayWords(condition, values, definition, context);
  }
}

function sayWords(
  condition: Condition,
  values: { not: string; fact: string; known: string },
  definition: FactDefinition | undefined,
  context: SayContext,
): string {
  const { messages } = context;
  if (condition.comparison === 'is' && typeof condition.words[0] === 'boolean') {
    return messages.format(condition.words[0] ? 'eligibility.is_yes' : 'eligibility.is_no', values);
  }
  const wanted = [...condition.words.map((w) => sayWord(w, definition, messages)), ...condition.numbers.map((n) => messages.number(n))];
  const kind = condition.comparison === 'includes' && values.not === 'no' ? 'and' : 'or';
  return messages.format(`eligibility.${condition.comparison}`, { ...values, wanted: messages.list(wanted, kind) });
}

function sayWhere(tree: MemberTree, negated: boolean, context: SayContext): string {
  if (tree.kind === 'staff') return '';
  if (tree.kind === 'test') return sayCondition(tree.condition, { negated, known: undefined, gap: false }, context);
  // "none of" says each part negated; "all" joins by "and", the others by "or".
  const none = tree.op === OP.none;
  const parts = tree.children.map((child) => sayWhere(child, negated !== none, context)).filter((text) => text !== '');
  return context.messages.list(parts, tree.op === OP.all || none ? 'and' : 'or');
}

function sayTable(id: string, { tables, messages }: SayContext): string {
  const table = tables.tables.get(id);
  return table ? localize(table.title, messages.language) : id;
}

function sayResolved(bound: ConditionBound, definition: FactDefinition | undefined, period: Period, context: SayContext): string {
  const range = resolveBound(bound, context.facts, context.tables).bound;
  if (!range) return 'table' in bound ? `${context.messages.number(bound.table.percent)}%` : '–';
  return saySpan(range.low, range.high, definition, period, context.messages);
}

/** How far an exact value is from the limit; "none" where it is not exact. */
function sayGap(
  bound: ConditionBound,
  possible: Possibility | undefined,
  definition: FactDefinition | undefined,
  period: Period,
  context: SayContext,
): string {
  const range = resolveBound(bound, context.facts, context.tables).bound;
  if (possible?.kind !== 'interval' || possible.low !== possible.high || !range || range.low !== range.high) return 'none';
  const gap = Math.abs(possible.low - range.low);
  return gap === 0 ? 'none' : sayNumber(gap, definition, period, context.messages);
}

function sayKnown(fact: KnownFact | undefined, definition: FactDefinition | undefined, { messages }: SayContext): string {
  const possible = fact?.possible;
  switch (possible?.kind) {
    case 'interval':
      return saySpan(possible.low, possible.high, definition, toPeriod(fact), messages);
    case 'numbers':
      return messages.list(
        possible.values.map((v) => sayNumber(v, definition, toPeriod(fact), messages)),
        'or',
      );
    case 'words':
      return messages.list(
        possible.values.map((v) => sayWord(v, definition, messages)),
        'or',
      );
    case 'items':
      return possible.has.length > 0
        ? messages.list(possible.has.map((v) => sayWord(v, definition, messages)))
        : possible.complete
          ? messages.format('eligibility.value.nothing')
          : 'none';
    case 'point':
      return messages.format('eligibility.value.place');
    default:
      return 'none';
  }
}

function saySpan(low: number, high: number, definition: FactDefinition | undefined, period: Period, messages: Messages): string {
  const say = (value: number): string => sayNumber(value, definition, period, messages);
  if (low === high) return say(low);
  if (high === Infinity) return messages.format('eligibility.value.from', { low: say(low) });
  if (low === -Infinity || low === 0) return messages.format('eligibility.value.to', { high: say(high) });
  return messages.format('eligibility.value.span', { low: say(low), high: say(high) });
}

/** @param value money by the year, a date its day number. Money without a currency is said as a number alone. */
export function sayNumber(value: number, definition: FactDefinition | undefined, period: Period, messages: Messages): string {
  if (definition?.type === 'date') return messages.date(new Date(`${toIsoDate(value)}T00:00:00Z`));
  if (definition?.type !== 'money') return messages.number(value, { maximumFractionDigits: 2 });
  const amount = fromYearly(value, period);
  const digits = Number.isInteger(amount) ? 0 : 2;
  return messages.format(`eligibility.value.${period}`, {
    amount: messages.number(amount, {
      ...(definition.unit === undefined ? {} : { style: 'currency', currency: definition.unit, currencyDisplay: 'narrowSymbol' }),
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    }),
  });
}

export function sayWord(value: string | boolean, definition: FactDefinition | undefined, messages: Messages): string {
  if (typeof value === 'boolean') return messages.format(value ? 'eligibility.value.yes' : 'eligibility.value.no');
  const option = definition?.options?.find((o) => o.value === value);
  return option ? localize(option.label, messages.language) : value;
}

/** Amounts are said in the period in which the person told theirs; a month otherwise. */
export function toPeriod(fact: KnownFact | undefined): Period {
  const json = fact?.json;
  return typeof json === 'object' && !Array.isArray(json) && 'per' in json && json.per ? json.per : 'month';
}

// Facts as a person reads and gives them: a chip's words, and the answers that a question offers.

import type { FactDefinition, FactValue } from './facts.ts';
import type { IntakeQuestion } from './questions.ts';
import { localize } from '../platform/localized.ts';

type T = (id: string, values?: Record<string, unknown>) => string;

export interface FactWords {
  t: T;
  language: string;
}

export function isDeclined(value: FactValue): boolean {
  return typeof value === 'object' && !Array.isArray(value) && 'declined' in value;
}

/** "Income: $2,000 a month", "Veteran: yes", "Household: 34, 7 and 3". */
export function factInWords(definition: FactDefinition, value: FactValue, words: FactWords): string {
  const label = localize(definition.label, words.language);
  if (isDeclined(value)) return words.t('find.fact.declined', { fact: label });
  return words.t('find.fact.value', { fact: label, value: valueInWords(definition, value, words) });
}

/** The value alone: "yes", "60 or more", "$3,000 to $3,500 a month". */
export function valueInWords(definition: FactDefinition, value: FactValue, words: FactWords): string {
  const one = (bare: string | number | boolean) => bareInWords(definition, bare, words);
  if (typeof value !== 'object') return one(value);
  if (Array.isArray(value)) return value.length === 0 ? words.t('find.fact.none') : list(value.map(one), words.language);
  if ('declined' in value) return words.t('find.answer.declined');
  if ('items' in value) return membersInWords(value.items, words);
  if ('lon' in value) return words.t('find.fact.aPlace');
  if ('includes' in value || 'excludes' in value) return partInWords(value, one, words);
  if ('oneOf' in value) return list(value.oneOf.map(one), words.language, 'disjunction');
  const amount = rangeInWords(value, one, words);
  return value.per ? words.t(`find.per.${value.per}`, { amount }) : amount;
}

/** A part of a list: what is in it, then what is not. */
function partInWords(
  value: { includes?: string[] | undefined; excludes?: string[] | undefined },
  one: (bare: string) => string,
  { t, language }: FactWords,
): string {
  const without = value.excludes?.length ? [t('find.fact.without', { value: list(value.excludes.map(one), language, 'disjunction') })] : [];
  return list([...(value.includes ?? []).map(one), ...without], language);
}

type Range = Extract<FactValue, { value: unknown } | { atLeast: number } | { atMost: number } | { between: unknown }>;

function rangeInWords(value: Range, one: (bare: string | number | boolean) => string, words: FactWords): string {
  if ('atLeast' in value) return words.t('find.fact.atLeast', { value: one(value.atLeast) });
  if ('atMost' in value) return words.t('find.fact.atMost', { value: one(value.atMost) });
  if ('between' in value) return words.t('find.fact.between', { from: one(value.between[0]), to: one(value.between[1]) });
  return Array.isArray(value.value) ? list(value.value.map(one), words.language) : one(value.value);
}

function bareInWords(definition: FactDefinition, bare: string | number | boolean, { t, language }: FactWords): string {
  if (typeof bare === 'boolean') return t(bare ? 'find.answer.yes' : 'find.answer.no');
  if (typeof bare === 'number') return numberInWords(definition, bare, language);
  const option = definition.options?.find((candidate) => candidate.value === bare);
  if (option) return localize(option.label, language);
  if (definition.type === 'date')
    return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${bare}T00:00:00Z`));
  return bare;
}

function numberInWords(definition: FactDefinition, value: number, language: string): string {
  // A plain number may be an amount too: savings are no income a month.
  const currency = /^[A-Z]{3}$/.test(definition.unit ?? '') ? definition.unit : undefined;
  if (!currency && definition.type !== 'money') return new Intl.NumberFormat(language).format(value);
  return new Intl.NumberFormat(language, { ...(currency && { style: 'currency', currency }), maximumFractionDigits: 0 }).format(value);
}

function membersInWords(items: readonly Record<string, FactValue>[], { t, language }: FactWords): string {
  const ages = items.flatMap((item) => (typeof item['age'] === 'number' ? [String(item['age'])] : []));
  return ages.length === items.length && ages.length > 0
    ? t('find.fact.ages', { ages: list(ages, language) })
    : t('find.fact.people', { count: items.length });
}

function list(items: string[], language: string, type: 'conjunction' | 'disjunction' = 'conjunction'): string {
  return new Intl.ListFormat(language, { type }).format(items);
}

/** One button under a question. */
export interface AnswerChoice {
  label: string;
  value: FactValue;
  key: string | null;
}

/** Buttons for a question: its own, else yes and no, else the options of a choice; none where something is typed. */
export function answerChoices(definition: FactDefinition, question: IntakeQuestion | undefined, words: FactWords): AnswerChoice[] {
  const { t, language } = words;
  if (question?.answers) {
    return question.answers.map((answer) => ({ label: localize(answer.label, language), value: answer.value, key: answer.key ?? null }));
  }
  if (definition.type === 'boolean') {
    return [
      { label: t('find.answer.yes.button'), value: true, key: t('find.answer.yes.key') },
      { label: t('find.answer.no.button'), value: false, key: t('find.answer.no.key') },
    ];
  }
  if (definition.type === 'choice') {
    return (definition.options ?? []).map((option, i) => ({
      label: localize(option.label, language),
      value: option.value,
      key: i < 9 ? String(i + 1) : null,
    }));
  }
  return [];
}

/** What was typed for a number, an age or an amount: "34", "60+", "3000-3500", "$1,200". Undefined: cannot be read. */
export function parseAmount(text: string, per?: 'day' | 'week' | 'month' | 'year'): FactValue | undefined {
  const plain = westernDigits(text).replace(/[\s$€£,]/g, '');
  const meta = per ? { per } : {};
  const range = /^(\d+(?:\.\d+)?)(?:-|–|\.\.)(\d+(?:\.\d+)?)$/.exec(plain);
  if (range) {
    const [low, high] = [Number(range[1]), Number(range[2])].sort((a, b) => a - b) as [number, number];
    return { between: [low, high], ...meta };
  }
  const single = /^([<>]?)(\d+(?:\.\d+)?)(\+?)$/.exec(plain);
  if (!single) return undefined;
  const value = Number(single[2]);
  if (single[3] || single[1] === '>') return { atLeast: value, ...meta };
  if (single[1] === '<') return { atMost: value, ...meta };
  return per ? { value, per } : value;
}

/** Ages of household members as typed: "34, 7 3" → three members. Undefined where something is not an age. */
export function parseMembers(text: string): FactValue | undefined {
  const ages = westernDigits(text)
    .split(/[^\d]+/)
    .filter(Boolean)
    .map(Number);
  if (ages.length === 0 || ages.length > 30 || ages.some((age) => age > 120)) return undefined;
  return { items: ages.map((age) => ({ age })), complete: true };
}

function westernDigits(text: string): string {
  return text
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0));
}

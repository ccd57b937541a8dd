// A draft from what a plugin contributes, so that it can be changed in the browser. What no form shows is kept as it came.

import type { DataCheck } from '../../directory/checks.ts';
import { listTypeFields } from '../../directory/type-fields.ts';
import type { RuleTable } from '../../eligibility/tables.ts';
import type { FactDefinition } from '../../intake/facts.ts';
import type { IntakeQuestion } from '../../intake/questions.ts';
import type { Localized } from '../../platform/localized.ts';
import type { ResourceType } from '../points.ts';
import { canHaveAnswers, toMadeAnswers } from './answers.ts';
import type { MadeDraft, MadeField, MadeQuestion, Words } from './draft.ts';
import { ANSWER_TYPES, type AnswerType, type FieldKind } from './kinds.ts';

export interface PublishedPlugin {
  title: Localized;
  description: string;
  license: string;
  /** The language of texts that do not say theirs. */
  language: string;
  contributes: Readonly<Record<string, readonly unknown[]>>;
  /** Ids of its rules. */
  rules: readonly string[];
}

type Json = Record<string, never>;

export function toDraft({ title, description, license, language, contributes, rules }: PublishedPlugin): MadeDraft {
  const take = <T>(point: string): T[] => [...((contributes[point] ?? []) as T[])];
  const words = (text: Localized | undefined): Words =>
    text === undefined ? {} : typeof text === 'string' ? { [language]: text } : { ...text };
  const facts = take<FactDefinition>('facts');
  const questions = take<IntakeQuestion>('intakeQuestions');
  const shown = facts.filter(({ type }) => (ANSWER_TYPES as readonly string[]).includes(type));
  const asked = (fact: string) => questions.find((question) => question.fact === fact);
  const kept: Record<string, unknown[]> = {
    facts: facts.filter((fact) => !shown.includes(fact)),
    intakeQuestions: questions.filter((question) => !shown.some(({ id }) => asked(id) === question)),
  };
  for (const [point, values] of Object.entries(contributes)) if (!MADE_POINTS.has(point)) kept[point] = [...values];
  const draft: MadeDraft = {
    ...{ title: words(title), description, license, languages: [language] },
    types: take<ResourceType>('resourceTypes').map((type, i) => toMadeType(type, i, words)),
    questions: order(shown, asked).map((fact, i) => toMadeQuestion(fact, asked(fact.id), { i, words })),
    tables: take<RuleTable>('ruleTables').map((table, i) => toMadeTable(table, i, words)),
    rules: [...rules],
    checks: take<DataCheck>('dataChecks').map((check, i) => toMadeCheck(check, i, words)),
  };
  const rest = Object.fromEntries(Object.entries(kept).filter(([, values]) => values.length > 0));
  const spoken = new Set<string>(listLanguages(draft));
  spoken.delete(language);
  return {
    ...draft,
    languages: [language, ...spoken],
    ...(Object.keys(rest).length > 0 && { kept: rest as NonNullable<MadeDraft['kept']> }),
  };
}

/** Points that forms show. */
const MADE_POINTS = new Set(['resourceTypes', 'facts', 'intakeQuestions', 'ruleTables', 'eligibilityRules', 'dataChecks']);

type ToWords = (text: Localized | undefined) => Words;

function order(facts: readonly FactDefinition[], asked: (fact: string) => IntakeQuestion | undefined): FactDefinition[] {
  return facts.toSorted((a, b) => (asked(a.id)?.order ?? Infinity) - (asked(b.id)?.order ?? Infinity) || 0);
}

function toMadeType(
  { id, label, plural, shape, icon, colour, needs, words: named, schema, publicFields, cardFields, filterFields, ...rest }: ResourceType,
  i: number,
  words: ToWords,
): MadeDraft['types'][number] {
  const properties = (schema?.['properties'] ?? {}) as Record<string, Record<string, unknown>>;
  return {
    ...{ key: `t${i + 1}`, id, label: words(label), plural: words(plural), shape, icon, colour, needs: [...needs] },
    words: Object.fromEntries(Object.entries(named).map(([language, list]) => [language, list.join(', ')])),
    fields: listTypeFields(schema).map((field, at): MadeField => {
      const name = field.name.slice('extra.'.length);
      const {
        type,
        title,
        description,
        enum: _e,
        oneOf: _o,
        format: _f,
        minimum,
        maximum,
        maxLength: _m,
        ...others
      } = properties[name] ?? {};
      const rest = { ...others, ...(type === 'integer' && { type }) };
      return {
        ...{ key: `f${at + 1}`, name, label: words(title as Localized | undefined), hint: words(description as Localized | undefined) },
        ...{ kind: toFieldKind(field.kind), required: field.required, open: publicFields?.includes(name) ?? false },
        ...{ card: cardFields?.includes(name) ?? false, filter: filterFields?.includes(name) ?? false },
        choices: (field.choices ?? field.values?.map((value) => ({ value, label: value })) ?? []).map(({ value, label: said }, choice) => ({
          ...{ key: `c${choice + 1}`, value, label: words(said) },
        })),
        ...{ least: sayNumber(minimum), most: sayNumber(maximum) },
        ...(Object.keys(rest).length > 0 && { rest: rest as unknown as Json }),
      };
    }),
    ...(Object.keys(rest).length > 0 && { rest: rest as Json }),
  };
}

const toFieldKind = (kind: string): FieldKind => (kind === 'yes_no' ? 'switch' : (kind as FieldKind));
const sayNumber = (value: unknown): string => (typeof value === 'number' ? String(value) : '');

function toMadeQuestion(
  fact: FactDefinition,
  question: IntakeQuestion | undefined,
  { i, words }: { i: number; words: ToWords },
): MadeQuestion {
  const { id, label, type, unit, options, sensitivity, ...factRest } = fact;
  const { id: questionId, fact: _, ask, why, when, ...others } = question ?? { id: '', fact: '', order: 0, ask: '' };
  const choices = (options ?? []).map(({ value, label: said }, choice) => ({ key: `c${choice + 1}`, value, label: words(said) }));
  const { answers = [], ...withoutAnswers } = others;
  const buttons = canHaveAnswers(type as AnswerType) ? toMadeAnswers(answers, { type, choices }, words) : undefined;
  const questionRest = buttons ? withoutAnswers : others;
  return {
    ...{ key: `q${i + 1}`, id: questionId, fact: id, about: id.startsWith('household.') ? 'household' : 'person' },
    ...{ label: words(label), asked: question !== undefined, ask: words(ask || undefined), why: words(why) },
    ...{ type: type as AnswerType, unit: unit ?? '', sensitivity, when: when ?? '' },
    choices,
    ...(buttons ?? { answers: [], per: 'month' }),
    rest: { fact: factRest as unknown as Json, question: question ? (questionRest as unknown as Json) : {} },
  };
}

function toMadeTable({ table, title, by, per, versions, ...rest }: RuleTable, i: number, words: ToWords): MadeDraft['tables'][number] {
  return {
    ...{ key: `t${i + 1}`, id: table, title: words(title), by: by ?? '', per },
    versions: versions.map(({ from, to, source, regions }, at) => {
      const columns = Object.entries(regions);
      const lines = Math.max(...columns.map(([, { values }]) => values.length));
      return {
        ...{ key: `v${at + 1}`, from, to: to ?? '', source: source.title, url: source.url, checked: source.checked ?? '' },
        regions: columns.map(([name]) => name),
        rows: Array.from({ length: lines }, (_, line) => columns.map(([, { values }]) => sayNumber(values[line]))),
        more: columns.map(([, { each_more: more }]) => sayNumber(more)),
      };
    }),
    ...(Object.keys(rest).length > 0 && { rest: rest as unknown as Json }),
  };
}

function toMadeCheck(
  { id, label, message, severity, types, missing, unverifiedDays }: DataCheck,
  i: number,
  words: ToWords,
): MadeDraft['checks'][number] {
  return {
    ...{ key: `k${i + 1}`, id, label: words(label), message: words(message), severity, types: [...(types ?? [])] },
    ...{ missing: missing ?? '', days: sayNumber(unverifiedDays) },
  };
}

/** Every language in which some word of it is written. */
export function listLanguages(draft: unknown): string[] {
  const found = new Set<string>();
  const visit = (value: unknown, key: string): void => {
    if (typeof value !== 'object' || value === null || key === 'rest' || key === 'kept') return;
    if (WORDED.has(key)) for (const language of Object.keys(value)) found.add(language);
    else for (const [name, child] of Object.entries(value)) visit(child, Array.isArray(value) ? '' : name);
  };
  visit(draft, '');
  return [...found];
}

const WORDED = new Set(['title', 'label', 'hint', 'plural', 'words', 'ask', 'why', 'message']);

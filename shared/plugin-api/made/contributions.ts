// What a draft contributes once it is published, and what stands against that, by the field in which it is mended. Rules are not
// here: they are texts of their own.

import type { DataCheck } from '../../directory/checks.ts';
import type { RuleTable } from '../../eligibility/tables.ts';
import type { FactDefinition } from '../../intake/facts.ts';
import type { IntakeQuestion } from '../../intake/questions.ts';
import type { Localized } from '../../platform/localized.ts';
import { parseWhen } from '../../platform/when.ts';
import type { ResourceType } from '../points.ts';
import { parseAmount } from './amounts.ts';
import { toAnswers } from './answers.ts';
import type { MadeCheck, MadeDraft, MadeQuestion, MadeTable, MadeTableVersion, MadeType, Words } from './draft.ts';
import { createIds, firstText } from './ids.ts';
import { checkChoices, reportTwins, type Context, type MadeIssue, type Report } from './reading.ts';
import { listShownFields, MOST_CARDS, toSchema } from './type-fields.ts';

export interface MadeContributions {
  resourceTypes: ResourceType[];
  facts: FactDefinition[];
  intakeQuestions: IntakeQuestion[];
  ruleTables: RuleTable[];
  dataChecks: DataCheck[];
}

/** @param name the plugin's */
export function toContributions(name: string, draft: MadeDraft): { contributes: MadeContributions; issues: MadeIssue[] } {
  const issues: MadeIssue[] = [];
  const report: Report = (path, code) => issues.push({ path, code });
  const ids = createIds(name, draft);
  const say = (words: Words, path?: string): Localized => {
    if (path !== undefined && !words[draft.languages[0]!]?.trim()) report(path, 'needed');
    return toLocalized(words);
  };
  say(draft.title, 'title');
  reportTwins(draft.types, ids.ofType, (one) => report(`types.${one.key}.label`, 'repeated'));
  reportTwins(draft.questions, ids.ofFact, (one) => report(`questions.${one.key}.label`, 'repeated'));
  reportTwins(draft.tables, ids.ofTable, (one) => report(`tables.${one.key}.title`, 'repeated'));
  reportTwins(draft.checks, ids.ofCheck, (one) => report(`checks.${one.key}.label`, 'repeated'));
  const context: Context = { ids, say, report };
  const asked = draft.questions.filter((question) => question.asked);
  const contributes: MadeContributions = {
    resourceTypes: draft.types.map((type) => toType(type, context)),
    facts: draft.questions.map((question) => toFact(question, context)),
    intakeQuestions: asked.map((question, i) => toQuestion(question, i, context)),
    ruleTables: draft.tables.map((table) => toTable(table, context)),
    dataChecks: draft.checks.map((check) => toCheck(check, context)),
  };
  return { contributes, issues };
}

function toLocalized(words: Words): Localized {
  return Object.fromEntries(Object.entries(words).flatMap(([language, text]) => (text.trim() ? [[language, text.trim()]] : [])));
}

function toType(type: MadeType, context: Context): ResourceType {
  const path = `types.${type.key}`;
  if (type.fields.filter(({ open, card }) => open && card).length > MOST_CARDS) context.report(`${path}.fields`, 'cards');
  return {
    ...type.rest,
    id: context.ids.ofType(type),
    label: context.say(type.label, `${path}.label`),
    plural: firstText(type.plural, Object.keys(type.label)) === '' ? context.say(type.label) : context.say(type.plural),
    ...{ shape: type.shape, icon: type.icon || 'map-pin', colour: type.colour || '--c-daily', needs: type.needs },
    words: Object.fromEntries(Object.entries(type.words).map(([language, text]) => [language, splitWords(text)])),
    ...(type.fields.length > 0 && { schema: toSchema(type.fields, path, context) }),
    ...listShownFields(type.fields, context.ids.ofField),
  };
}

function splitWords(text: string): string[] {
  return text
    .split(/[,;،\n]/)
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

/** What to ask is the more intrusive the more harm it does in the wrong hands. */
const COST = { low: 1, medium: 3, high: 8 } as const;
const CHOICES = new Set(['choice', 'choices']);

function toFact(question: MadeQuestion, { ids, say, report }: Context): FactDefinition {
  const path = `questions.${question.key}`;
  const id = ids.ofFact(question);
  if (!/^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$/.test(id)) report(`${path}.label`, 'id');
  if (CHOICES.has(question.type)) checkChoices(question.choices, { path, min: 2 }, { ids, say, report });
  return {
    ...({ cost: COST[question.sensitivity], ...question.rest?.fact } as Pick<FactDefinition, 'cost'>),
    id,
    label: say(question.label, `${path}.label`),
    ...{ type: question.type, sensitivity: question.sensitivity },
    ...(question.unit.trim() && { unit: question.unit.trim() }),
    ...(CHOICES.has(question.type) && {
      options: question.choices.map((choice) => ({ value: ids.ofChoice(choice), label: say(choice.label) })),
    }),
  };
}

/** Behind the questions of the product, in the order in which they stand. */
const FIRST_ORDER = 500;

function toQuestion(question: MadeQuestion, i: number, context: Context): IntakeQuestion {
  const { ids, say, report } = context;
  const path = `questions.${question.key}`;
  const answers = toAnswers(question, path, context);
  const when = question.when.trim();
  if (when !== '' && !parseWhen(when).ok) report(`${path}.when`, 'when');
  const why = firstText(question.why, []) === '' ? {} : { why: say(question.why) };
  return {
    order: FIRST_ORDER + i,
    ...question.rest?.question,
    ...(answers.length > 0 && { answers }),
    id: ids.ofQuestion(question),
    fact: ids.ofFact(question),
    ask: say(question.ask, `${path}.ask`),
    ...why,
    ...(when !== '' && { when }),
  };
}

function toTable(table: MadeTable, { ids, say, report }: Context): RuleTable {
  const path = `tables.${table.key}`;
  if (table.versions.length === 0) report(`${path}.versions`, 'needed');
  const days = new Set<string>();
  return {
    ...table.rest,
    table: ids.ofTable(table),
    title: say(table.title, `${path}.title`),
    ...(table.by && { by: table.by }),
    per: table.per,
    versions: table.versions.map((version) => {
      const at = `${path}.versions.${version.key}`;
      if (days.has(version.from)) report(`${at}.from`, 'repeated');
      days.add(version.from);
      return toTableVersion(version, { at, single: table.by === '', report });
    }),
  };
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const isDay = (text: string) => DAY.test(text) && !Number.isNaN(Date.parse(text));

function toTableVersion(version: MadeTableVersion, { at, single, report }: { at: string; single: boolean; report: Report }) {
  const { from, to, source, url, checked, regions } = version;
  for (const [name, day] of Object.entries({ from, checked })) if (!isDay(day)) report(`${at}.${name}`, day === '' ? 'needed' : 'date');
  if (to !== '' && !isDay(to)) report(`${at}.to`, 'date');
  else if (to !== '' && to < from) report(`${at}.to`, 'dates');
  if (source.trim() === '') report(`${at}.source`, 'needed');
  if (url.trim() !== '' && !URL.canParse(url.trim())) report(`${at}.url`, 'url');
  const names = regions.map((region, i) => region.trim() || (regions.length === 1 ? 'everywhere' : `column-${i + 1}`));
  if (new Set(names).size < names.length) report(`${at}.regions`, 'repeated');
  const figure = (cell: string | undefined, path: string): number => {
    const amount = parseAmount(cell ?? '');
    if (amount === undefined) report(path, (cell ?? '').trim() === '' ? 'needed' : 'number');
    return amount ?? 0;
  };
  const columns = names.map((name, column) => {
    const cells = (single ? version.rows.slice(0, 1) : version.rows).map((row) => row[column] ?? '');
    const last = cells.findLastIndex((cell) => cell.trim() !== '');
    if (last < 0) report(`${at}.rows`, 'rows');
    const values = cells.slice(0, last + 1).map((cell, line) => figure(cell, `${at}.rows.${line}.${column}`));
    const more = version.more[column]?.trim() ?? '';
    const each = single || more === '' ? {} : { each_more: figure(more, `${at}.more.${column}`) };
    return [name, { values: values.length > 0 ? values : [0], ...each }] as const;
  });
  return {
    from,
    ...(to !== '' && { to }),
    source: { title: source.trim(), url: url.trim(), checked },
    regions: Object.fromEntries(columns),
  };
}

function toCheck(check: MadeCheck, { ids, say, report }: Context): DataCheck {
  const path = `checks.${check.key}`;
  const days = check.missing === '' ? parseAmount(check.days) : undefined;
  if (check.missing === '' && (days === undefined || days < 1 || !Number.isInteger(days)))
    report(`${path}.days`, check.days.trim() === '' ? 'needed' : 'number');
  return {
    id: ids.ofCheck(check),
    label: say(check.label, `${path}.label`),
    message: say(check.message, `${path}.message`),
    severity: check.severity,
    ...(check.types.length > 0 && { types: check.types.map(ids.ofNamedType) }),
    ...(check.missing === '' ? { unverifiedDays: days ?? 1 } : { missing: check.missing }),
  };
}

// The parts of a plugin as its page lists them, and how a new one begins.

import type {
  MadeCheck,
  MadeChoice,
  MadeDraft,
  MadeField,
  MadeQuestion,
  MadeTable,
  MadeTableVersion,
  MadeType,
} from '#shared/plugin-api/made/draft.ts';
import { newKey } from './made-state.svelte.ts';

export const LISTS = ['types', 'questions', 'tables', 'checks'] as const;
export type PartList = (typeof LISTS)[number];

export const LIST_ICONS: Readonly<Record<PartList, string>> = {
  types: 'map-pin',
  questions: 'message-circle',
  tables: 'table',
  checks: 'badge-check',
};

/** Adds an empty part; gives its place, such as "types.t1". */
export function addPart(draft: MadeDraft, list: PartList): string {
  const key = newKey(draft[list], list[0]!);
  if (list === 'types') draft.types.push(newType(key));
  else if (list === 'questions') draft.questions.push(newQuestion(key));
  else if (list === 'tables') draft.tables.push(newTable(key));
  else draft.checks.push(newCheck(key));
  return `${list}.${key}`;
}

function newType(key: string): MadeType {
  return { key, id: '', label: {}, plural: {}, shape: 'circle', icon: 'map-pin', colour: '--c-daily', needs: [], words: {}, fields: [] };
}

export function newField(fields: readonly MadeField[]): MadeField {
  const key = newKey(fields, 'f');
  return {
    ...{ key, name: '', label: {}, hint: {}, kind: 'line', required: false, open: true, card: false, filter: false },
    ...{ choices: [], least: '', most: '' },
  };
}

export function newChoice(choices: readonly MadeChoice[]): MadeChoice {
  return { key: newKey(choices, 'c'), value: '', label: {} };
}

function newQuestion(key: string): MadeQuestion {
  return {
    ...{ key, id: '', fact: '', about: 'person', label: {}, asked: true, ask: {}, why: {} },
    ...{ type: 'boolean', unit: '', sensitivity: 'low', choices: [], answers: [], per: 'month', when: '' },
  };
}

function newTable(key: string): MadeTable {
  return { key, id: '', title: {}, by: 'household.size', per: 'month', versions: [newTableVersion([])] };
}

export function newTableVersion(versions: readonly MadeTableVersion[]): MadeTableVersion {
  const last = versions.at(-1);
  const key = newKey(versions, 'v');
  const empty = { regions: [''], rows: [[''], [''], [''], ['']], more: [''] };
  const grid = last
    ? { regions: [...last.regions], rows: last.rows.map((row) => row.map(() => '')), more: last.more.map(() => '') }
    : empty;
  return { key, from: '', to: '', source: last?.source ?? '', url: last?.url ?? '', checked: '', ...grid };
}

function newCheck(key: string): MadeCheck {
  return { key, id: '', label: {}, message: {}, severity: 'warning', types: [], missing: 'phone', days: '' };
}

/** What a part is called in the list; empty: it has no name yet. */
export function wordsOf(draft: MadeDraft, place: string): Record<string, string> {
  const [list, key] = place.split('.') as [PartList, string];
  const part = draft[list].find((one) => one.key === key);
  return !part ? {} : 'title' in part ? part.title : part.label;
}

// The settings that plugins declare, as the editor shows them: grouped, searched, with what each scope allows.

import { localize } from '#shared/platform/localized.ts';
import type { Contributions } from '../api.ts';
import { matchFuzzy } from '../workbench/fuzzy.ts';

type Declared = Contributions['settings'][number];
export type Scope = Declared['value']['scope'];

export interface SettingRow {
  key: string;
  title: string;
  description: string;
  /** First part of the key. */
  group: string;
  plugin: string;
  scope: Scope;
  schema: SettingSchema;
  default: unknown;
}

/** The part of JSON Schema that fields are drawn from; anything else is edited as JSON. */
export interface SettingSchema {
  type?: string;
  enum?: readonly unknown[];
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  pattern?: string;
  items?: SettingSchema;
}

const WIDTH: Readonly<Record<Scope, number>> = { deployment: 0, agency: 1, user: 2 };

export function listSettings(contributions: Contributions, language: string): SettingRow[] {
  return contributions.settings.map(({ plugin, value }) => ({
    key: value.key,
    title: localize(value.title, language),
    description: value.description === undefined ? '' : localize(value.description, language),
    group: value.key.split('.')[0] ?? '',
    plugin,
    scope: value.scope,
    schema: value.schema as SettingSchema,
    default: value.default,
  }));
}

export function searchSettings(rows: readonly SettingRow[], query: string): SettingRow[] {
  return rows
    .flatMap((row) => {
      const match = matchFuzzy(query, row.title) ?? matchFuzzy(query, `${row.title} ${row.description} ${row.key}`);
      return match ? [{ row, score: match.score }] : [];
    })
    .toSorted((a, b) => (query === '' ? 0 : b.score - a.score))
    .map(({ row }) => row);
}

/** Scopes in which this person may set this row, the widest last. */
export function listScopes(row: SettingRow, may: { user: boolean; agency: boolean; deployment: boolean }): Scope[] {
  return (['user', 'agency', 'deployment'] as const).filter((scope) => may[scope] && WIDTH[scope] <= WIDTH[row.scope]);
}

/** The value of a text field by its schema; undefined where it does not fit. */
export function readField(schema: SettingSchema, text: string): unknown {
  if (schema.type === 'integer' || schema.type === 'number') {
    const number = Number(text);
    if (text.trim() === '' || !Number.isFinite(number) || (schema.type === 'integer' && !Number.isInteger(number))) return undefined;
    if (schema.minimum !== undefined && number < schema.minimum) return undefined;
    return schema.maximum !== undefined && number > schema.maximum ? undefined : number;
  }
  if (schema.type === 'string') {
    if (schema.maxLength !== undefined && text.length > schema.maxLength) return undefined;
    return schema.pattern === undefined || new RegExp(schema.pattern).test(text) ? text : undefined;
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

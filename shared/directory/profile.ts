// What a table's columns look like: the evidence from which a mapping is suggested.

import { findDay, findNumber, toText } from './cells.ts';
import { findPosition } from './coordinate-text.ts';
import { listPhoneNumbers } from './phone-cells.ts';

/** Different values that are counted for one column; beyond it they number "many". */
const DISTINCT_LIMIT = 400;
/** Values that are looked at closely; the rest only counts. */
const CLOSE_LOOK = 400;

export interface ColumnProfile {
  name: string;
  /** Rows in which it is not empty. */
  filled: number;
  /** Different values, the first so many of them, with how often each came. */
  values: Map<string, number>;
  /** More different values than `values` holds. */
  many: boolean;
  lists: number;
  /** Lists of objects: names of their fields. */
  itemKeys: Set<string>;
  looked: number;
  numbers: number;
  days: number;
  urls: number;
  emails: number;
  phones: number;
  /** Texts with both halves of a position. */
  positions: number;
  longest: number;
}

export interface TableProfile {
  table: string;
  file: string;
  rows: number;
  columns: Map<string, ColumnProfile>;
  /** The first rows, flattened: to show, and to try keys on. */
  sample: Record<string, unknown>[];
}

export function createProfile(table: string, file: string): TableProfile {
  return { table, file, rows: 0, columns: new Map(), sample: [] };
}

/** Nested objects become columns with dots; lists stay values. */
export function flattenRow(values: Record<string, unknown>): Record<string, unknown> {
  for (const key in values) {
    if (isPlainObject(values[key])) {
      const flat: Record<string, unknown> = {};
      flattenInto(flat, '', values);
      return flat;
    }
  }
  return values;
}

function flattenInto(flat: Record<string, unknown>, prefix: string, values: Record<string, unknown>): void {
  for (const [key, value] of Object.entries(values)) {
    if (isPlainObject(value)) flattenInto(flat, `${prefix}${key}.`, value);
    else flat[prefix + key] = value;
  }
}

/** The inverse of `flattenRow`: columns with dots become nested objects. */
export function nestRow(flat: Record<string, unknown>): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [column, value] of Object.entries(flat)) {
    const path = column.split('.');
    const last = path.pop() as string;
    let at = values;
    for (const key of path) {
      const inner = isPlainObject(at[key]) ? at[key] : {};
      at[key] = inner;
      at = inner;
    }
    at[last] = value;
  }
  return values;
}

export function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Adds one flattened row to what is known of its table. */
export function observeRow(profile: TableProfile, row: Record<string, unknown>): void {
  profile.rows++;
  profile.sample.push(row);
  for (const [name, value] of Object.entries(row)) {
    let column = profile.columns.get(name);
    if (!column) {
      column = {
        name,
        filled: 0,
        values: new Map(),
        many: false,
        lists: 0,
        itemKeys: new Set(),
        looked: 0,
        numbers: 0,
        days: 0,
        urls: 0,
        emails: 0,
        phones: 0,
        positions: 0,
        longest: 0,
      };
      profile.columns.set(name, column);
    }
    observeValue(column, value);
  }
}

function observeValue(column: ColumnProfile, value: unknown): void {
  if (Array.isArray(value)) {
    if (value.length === 0) return;
    column.filled++;
    column.lists++;
    for (const item of value.slice(0, 5)) {
      if (isPlainObject(item)) for (const key of Object.keys(item)) column.itemKeys.add(key);
      else countValue(column, toText(item));
    }
    return;
  }
  const text = toText(value);
  if (text === null) return;
  column.filled++;
  countValue(column, text);
  if (column.looked >= CLOSE_LOOK) return;
  column.looked++;
  column.longest = Math.max(column.longest, text.length);
  if (findNumber(value) !== undefined) column.numbers++;
  if (findDay(text) !== undefined) column.days++;
  if (/^(https?:\/\/|www\.)\S+$/i.test(text)) column.urls++;
  if (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)) column.emails++;
  if (text.length < 200 && /\d\D+\d/.test(text) && findPosition(text)) column.positions++;
  if (text.length < 120 && listPhoneNumbers(text).length > 0) column.phones++;
}

function countValue(column: ColumnProfile, text: string | null): void {
  if (text === null) return;
  const count = column.values.get(text);
  if (count !== undefined) column.values.set(text, count + 1);
  else if (column.values.size < DISTINCT_LIMIT) column.values.set(text, 1);
  else column.many = true;
}

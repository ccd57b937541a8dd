// Cells of tables of HSDS 1 and 2, as version 3 wants them: lists, days, times, addresses, and what is told of one that
// cannot be read.

import { toText } from './cells.ts';
import { readDay, readTime } from './day-cells.ts';
import { findDay as findWeekday, toByDay } from './hours-cells.ts';
import type { RowIssue } from './import-record.ts';

/** A row as it was read, or its part of a record. */
export type LegacyRow = Record<string, unknown>;
/** Takes what is to be told of a row. */
export type Tell = (issue: RowIssue) => void;

/** The column, unless there is nothing to put in it. */
export function renamed(field: string, value: unknown): LegacyRow {
  return value === undefined || value === null || value === '' ? {} : { [field]: value };
}

/** A list in one cell, as children of the record. */
export function nested(key: string, cell: unknown, field: string): LegacyRow {
  const items = parts(cell);
  return items.length > 0 ? { [key]: items.map((item) => ({ [field]: item })) } : {};
}

export function parts(cell: unknown): string[] {
  return (toText(cell) ?? '')
    .split(/[,;\n]/)
    .map((part) => part.trim())
    .filter(Boolean);
}

export function toPayment(payment: string): LegacyRow {
  return { option: 'Accepted payment', amount_description: payment };
}

export function toLanguage(language: string): LegacyRow {
  return /^[a-z]{2,3}(-[a-z0-9]+)*$/i.test(language) ? { code: language } : { name: language };
}

export function toAddress({ address_2, address_3, address_4, ...row }: LegacyRow, address_type: string): LegacyRow {
  const second = [address_2, address_3, address_4].map(toText).filter((text) => text !== null);
  return { ...row, ...renamed('address_2', second.join(', ')), address_type };
}

/** Two older tables became one: what numbered its rows in the second is no number in the first. */
export function within(table: string, row: LegacyRow): LegacyRow {
  return { ...row, ...renamed('id', row['id'] === undefined ? undefined : `${table}/${toText(row['id']) ?? ''}`) };
}

export function toWeekday(text: string | null): string | null {
  if (text === null) return null;
  const number = /^[0-7]$/.test(text) ? Number(text) : undefined;
  const day = number === undefined ? findWeekday(text) : (number + 6) % 7;
  return day === undefined ? null : toByDay(day);
}

/** Longer than this across midnight, and one half of the day was meant that nobody wrote. */
const LONGEST_NIGHT = 14 * 60;

export function toTimes(row: LegacyRow, tell: Tell): LegacyRow {
  const times: LegacyRow = {};
  for (const column of ['opens_at', 'closes_at']) {
    const text = toText(row[column]);
    if (text === null) continue;
    const time = readTime(text);
    if (time === null) tell(unreadable(column, text, 'a time such as 09:30 is expected'));
    times[column] = time ?? text;
  }
  const [opens, closes] = [times['opens_at'], times['closes_at']].map((time) => (typeof time === 'string' ? minutesOf(time) : NaN));
  if (opens !== undefined && closes !== undefined && closes < opens && closes + 1440 - opens > LONGEST_NIGHT) {
    const message =
      'The hours reach over more than 14 hours across midnight: perhaps "pm" is missing. They were kept; correct them in the source.';
    tell({
      column: 'closes_at',
      code: 'hours_implausible',
      severity: 'warning',
      message,
      value: `${String(row['opens_at'])} – ${String(row['closes_at'])}`,
    });
  }
  return times;
}

function minutesOf(time: string): number {
  const match = /^(\d{2}):(\d{2})$/.exec(time);
  return match ? Number(match[1]) * 60 + Number(match[2]) : NaN;
}

export function yearOf(value: unknown): number | undefined {
  const text = toText(value) ?? '';
  if (/^\d{4}$/.test(text)) return Number(text);
  const { day } = readDay(text);
  return day ? Number(day.slice(0, 4)) : undefined;
}

export function unreadable(column: string, value: unknown, what: string): RowIssue {
  const code = column === 'weekday' ? 'weekday_unreadable' : 'time_unreadable';
  return {
    column,
    code,
    severity: 'warning',
    message: `"${column}": ${what}. It was kept as text; correct it in the source.`,
    value: toText(value),
  };
}

export function organizationMissing(): RowIssue {
  const message = 'The service names no organization, and neither does its location. Fill it in the source, or link it later.';
  return { column: 'organization_id', code: 'organization_missing', severity: 'info', message, value: null };
}

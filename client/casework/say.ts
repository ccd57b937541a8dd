// What a record holds, in the reader's words: days, moments, how the person is called, what was not told.

import type { WorkbenchApi } from '#client/workbench/types.ts';
import type { PersonRecord } from '#shared/casework/record.ts';
import type { Told } from '#shared/casework/told.ts';

const DAY_MS = 86_400_000;

/** The calendar day of this device. */
export function dayOf(date: Date): string {
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

/** The day of an instant by this device's clock; of a day, that day. */
export function toDay(at: string): string {
  return at.length === 10 ? at : dayOf(new Date(at));
}

/** The hour of an instant by this device's clock, as HH:MM. */
export function timeOf(at: string): string {
  return new Date(at).toTimeString().slice(0, 5);
}

/** The instant at which this device's clock shows that day and hour. */
export function toInstant(day: string, time: string): string {
  return new Date(`${day}T${time}`).toISOString();
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Days from one to the other; negative where the second lies before. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

/** "3 Nov", with the year where it is another one. */
export function sayDay(day: string, { locale }: Pick<WorkbenchApi, 'locale'>, today = dayOf(new Date())): string {
  const withYear = day.slice(0, 4) === today.slice(0, 4) ? {} : ({ year: 'numeric' } as const);
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', ...withYear, timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  );
}

/** "today, 4:40 PM", "3 Nov, 4:40 PM". */
export function sayMoment(at: string, workbench: Pick<WorkbenchApi, 'locale' | 't'>, now = new Date()): string {
  const date = new Date(at);
  const time = new Intl.DateTimeFormat(workbench.locale, { hour: 'numeric', minute: '2-digit' }).format(date);
  const day = dayOf(date) === dayOf(now) ? workbench.t('case.today') : sayDay(dayOf(date), workbench, dayOf(now));
  return workbench.t('case.dayAndTime', { day, time });
}

/** "today", "tomorrow", "3 days late", "in 5 days". */
export function sayDue(day: string, workbench: Pick<WorkbenchApi, 't'>, today = dayOf(new Date())): string {
  const days = daysBetween(today, day);
  return days < 0 ? workbench.t('case.due.late', { days: -days }) : workbench.t('case.due.in', { days });
}

/** How the person is called on screen: the name they use before any other, and never a name that was not given. */
export function callName({ identity }: Pick<PersonRecord, 'identity'>, workbench: Pick<WorkbenchApi, 't'>): string {
  const told = (value: Told<string>) => (typeof value === 'object' ? value.value : '');
  const full = `${told(identity.givenName)} ${told(identity.familyName)}`.trim();
  return told(identity.nameUsed) || full || told(identity.alias) || identity.label || workbench.t('case.someone');
}

/** Facts in a row, with the comma of the reader's script: "3 Nov, in 5 days". */
export function sayRow(parts: readonly string[], workbench: Pick<WorkbenchApi, 't'>): string {
  return parts.filter(Boolean).join(workbench.t('case.comma'));
}

export function sayList(items: readonly string[], locale: string, type: 'conjunction' | 'disjunction' = 'conjunction'): string {
  return new Intl.ListFormat(locale, { type }).format(items);
}

/** An id for something new in a record: unguessable, so that two screens never give one twice. */
export function newId(prefix: string): string {
  const bytes = crypto.getRandomValues(new Uint8Array(9));
  return `${prefix}_${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

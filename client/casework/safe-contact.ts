// How a person may be reached, and when it is safe: read from what they said, in their own time of day.

import type { ContactMethod } from '#shared/casework/entry-person.ts';

const DAY_NUMBERS = [7, 1, 2, 3, 4, 5, 6];
export const WEEK = [1, 2, 3, 4, 5, 6, 7] as const;

export type SafeNow = 'yes' | 'not_now' | 'no' | 'ask_first';

/** Whether someone may use this way now, by this device's clock. */
export function isSafeNow({ safe, hours }: Pick<ContactMethod, 'safe' | 'hours'>, now: Date): SafeNow {
  if (safe !== 'yes') return safe;
  if (hours.length === 0) return 'yes';
  const day = DAY_NUMBERS[now.getDay()]!;
  const time = `${String(now.getHours()).padStart(2, '0')}:${String(now.getMinutes()).padStart(2, '0')}`;
  return hours.some(({ days, from, to }) => days.includes(day) && from <= time && time < to) ? 'yes' : 'not_now';
}

/** "Mon–Fri 9:00 AM–5:00 PM"; days that follow one another as a range. */
export function sayHours(hours: ContactMethod['hours'], locale: string): string {
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' });
  const clock = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' });
  // 5 January 1970 was a Monday.
  const nameOf = (day: number) => weekday.format(new Date(Date.UTC(1970, 0, 4 + day)));
  const timeOf = (text: string) => clock.format(new Date(`1970-01-01T${text === '24:00' ? '00:00' : text}:00Z`));
  return hours
    .map(({ days, from, to }) => {
      const runs = runsOf([...days].sort((a, b) => a - b)).map(([first, last]) =>
        first === last ? nameOf(first) : `${nameOf(first)}–${nameOf(last)}`,
      );
      return `${new Intl.ListFormat(locale, { type: 'unit', style: 'short' }).format(runs)} ${timeOf(from)}–${timeOf(to)}`;
    })
    .join(' · ');
}

function runsOf(days: readonly number[]): [number, number][] {
  const runs: [number, number][] = [];
  for (const day of days) {
    const last = runs.at(-1);
    if (last && day === last[1] + 1) last[1] = day;
    else runs.push([day, day]);
  }
  return runs;
}

/** The safest way comes first: the one that is safe now, then those that are safe at other hours. */
export function orderMethods(methods: readonly ContactMethod[], now: Date): ContactMethod[] {
  const weight: Readonly<Record<SafeNow, number>> = { yes: 0, not_now: 1, ask_first: 2, no: 3 };
  return methods.toSorted((a, b) => weight[isSafeNow(a, now)] - weight[isSafeNow(b, now)]);
}

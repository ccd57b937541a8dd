// Cells that hold just one weekday or one time of day.

import { formatClock, toMinutes } from './hours-clock.ts';
import { toHoursTokens } from './hours-tokens.ts';
import { WEEKDAYS } from './timetable-days.ts';

/** The day of a weekday's name, in full or in its usual short forms: 0 is Monday. */
export function findDay(word: string): number | undefined {
  const tokens = toHoursTokens(word);
  const [token] = tokens ?? [];
  return tokens?.length === 1 && token?.type === 'day' ? token.day : undefined;
}

export function toByDay(day: number): string {
  return WEEKDAYS[day] ?? 'MO';
}

/** One time of day as HH:MM, or null. For cells that hold just one. */
export function toTimeOfDay(text: string): string | null {
  if (/^(?:[01]\d|2[0-3]):[0-5]\d$/.test(text)) return text;
  const tokens = toHoursTokens(
    text.trim().replace(/^(?:\d{4}-\d{2}-\d{2}T)?(\d{1,2}:\d{2}(?::\d{2})?)(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?$/, '$1'),
  );
  const [token] = tokens ?? [];
  if (tokens?.length !== 1 || token?.type !== 'clock' || token.bare) return null;
  const minutes = toMinutes(token);
  return minutes === null ? null : formatClock(minutes);
}

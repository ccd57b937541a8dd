// How long ago a listing was checked: the same age, and the same limit of what is called old, wherever it is shown.

/** Days after which a listing that nobody has checked again is called old. */
export const STALE_DAYS = 180;

const DAY_MS = 86_400_000;

/**
 * Whole days from `day` (YYYY-MM-DD) to the date that the reader's calendar shows at `now`; 0 for a day to come.
 *
 * ```ts
 * daysSince('2026-11-18', new Date('2026-11-19T23:50')) // 1, in every time zone
 * ```
 */
export function daysSince(day: string, now: Date): number {
  const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
  return Math.max(0, Math.round((today - Date.parse(`${day}T00:00:00Z`)) / DAY_MS));
}

/** "today", "16 days ago", "15 months ago", "3 years ago". */
export function agoInWords(days: number, language: string): string {
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  if (days < 60) return format.format(-days, 'day');
  return days < 700 ? format.format(-Math.round(days / 30.4), 'month') : format.format(-Math.round(days / 365), 'year');
}

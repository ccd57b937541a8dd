// Opening in words for the page of a resource.

import type { Outputs } from '#client/api.ts';
import type { WorkbenchApi } from '#client/workbench/types.ts';

/** "3:40 PM" today, "Nov 16, 3:40 PM" this year, else with the year: how fresh a count is. */
export function momentInWords(at: Date, now: Date, language: string): string {
  const isToday = at.toDateString() === now.toDateString();
  const day: Intl.DateTimeFormatOptions = isToday
    ? {}
    : { month: 'short', day: 'numeric', ...(at.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' }) };
  return new Intl.DateTimeFormat(language, { ...day, hour: 'numeric', minute: '2-digit' }).format(at);
}

type Hours = Pick<NonNullable<Outputs['directory']['resource']>['hours'], 'now' | 'zone'>;

const SOON_MINUTES = 60;
const DAY = 86_400_000;

/** "Closes in 20 min", "Open until 7:30 PM", "Opens Tue 9:00 AM"; undefined where the hours are not known. */
export function openingWords(
  { now: state, zone }: Hours,
  now: Date,
  workbench: WorkbenchApi,
): { text: string; tone: 'open' | 'soon' | 'closed' } | undefined {
  const { t, locale } = { t: workbench.t.bind(workbench), locale: workbench.locale };
  const timeZone = zone ?? 'UTC';
  const clock = (at: number) => {
    const far = Math.abs(at - now.getTime()) > 18 * 3_600_000;
    const day: Intl.DateTimeFormatOptions = far
      ? at - now.getTime() < 6 * DAY
        ? { weekday: 'short' }
        : { month: 'short', day: 'numeric' }
      : {};
    return new Intl.DateTimeFormat(locale, { ...day, hour: 'numeric', minute: '2-digit', timeZone }).format(at);
  };
  if (state.state === 'unknown') return undefined;
  if (state.state === 'open') {
    if (state.until === null) return { text: t('directory.open.always'), tone: 'open' };
    const minutes = Math.max(1, Math.round((state.until - now.getTime()) / 60_000));
    const isMidnight = /^(00|24):00$/.test(
      new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone }).format(state.until),
    );
    if (isMidnight && state.until - now.getTime() >= DAY) {
      const day = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone }).format(state.until);
      return { text: t('directory.open.alwaysUntil', { day }), tone: 'open' };
    }
    return minutes <= SOON_MINUTES
      ? { text: t('directory.open.closesIn', { minutes }), tone: 'soon' }
      : { text: t('directory.open.until', { time: clock(state.until) }), tone: 'open' };
  }
  return {
    text: state.next === null ? t('directory.open.closed') : t('directory.open.opens', { when: clock(state.next) }),
    tone: 'closed',
  };
}

/** `tel:+15550100`: what a telephone is called by, of however it is written. */
export function telephoneLink(number: string): string {
  return `tel:${number.replace(/[^\d+]/g, '')}`;
}

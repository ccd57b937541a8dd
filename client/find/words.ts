// Opening, ways, ages and distances in words: short, present tense, in the reader's language and measures.

import { agoInWords, daysSince, STALE_DAYS } from '#shared/directory/freshness.ts';
import type { OpenState } from '#shared/matching/request.ts';
import type { TravelMode } from '#shared/geo/travel.ts';

type T = (id: string, values?: Record<string, unknown>) => string;

export interface Reader {
  t: T;
  language: string;
}

/** `soon` is said in amber: it closes within the hour. */
export interface OpeningWords {
  text: string;
  tone: 'open' | 'soon' | 'closed' | 'unknown';
}

const SOON_MINUTES = 60;
const DAY = 86_400_000;

/**
 * "Closes in 20 min", "Open until 7:30 PM", "Opens Tue 9:00 AM".
 * @param at the moment asked for; "in 20 min" is said only where that is now
 */
export function openingInWords(open: OpenState, at: Date, isNow: boolean, { t, language }: Reader): OpeningWords {
  if (open.state === 'unknown') return { text: t('find.open.unknown'), tone: 'unknown' };
  if (open.state === 'open') {
    if (!open.until) return { text: t('find.open.always'), tone: 'open' };
    const until = new Date(open.until);
    const minutes = minutesBetween(at, until);
    if (minutes <= SOON_MINUTES) {
      return {
        text: isNow ? t('find.open.closesIn', { minutes }) : t('find.open.until', { time: clockIn(open.until, language) }),
        tone: 'soon',
      };
    }
    if (minutes * 60_000 >= 7 * DAY) return { text: t('find.open.always'), tone: 'open' };
    return isWholeDays(open.until, minutes)
      ? { text: t('find.open.alwaysUntil', { day: weekdayIn(open.until, language) }), tone: 'open' }
      : { text: t('find.open.until', { time: dayAndClock(open.until, at, language) }), tone: 'open' };
  }
  if (!open.next) return { text: t('find.open.closed'), tone: 'closed' };
  const minutes = minutesBetween(at, new Date(open.next));
  return isNow && minutes <= SOON_MINUTES
    ? { text: t('find.open.opensIn', { minutes }), tone: 'closed' }
    : { text: t('find.open.opens', { when: dayAndClock(open.next, at, language) }), tone: 'closed' };
}

/** Open day and night until a day on which it is closed: it ends at midnight, a day or more from now. */
function isWholeDays(until: string, minutes: number): boolean {
  return minutes * 60_000 >= DAY && placeTime(until).getTime() % DAY === 0;
}

function weekdayIn(time: string, language: string): string {
  return new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' }).format(placeTime(time));
}

function minutesBetween(from: Date, to: Date): number {
  return Math.max(1, Math.round((to.getTime() - from.getTime()) / 60_000));
}

/** The clock at the place itself: an offset time carries it, whatever zone this device is in. */
function clockIn(time: string, language: string): string {
  return new Intl.DateTimeFormat(language, { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' }).format(placeTime(time));
}

/** "7:30 PM" today, "Tue 9:00 AM" within a week, "Dec 3, 9:00 AM" later. */
function dayAndClock(time: string, at: Date, language: string): string {
  const place = placeTime(time);
  const reference = new Date(at.getTime() + (place.getTime() - new Date(time).getTime()));
  const days = Math.floor(place.getTime() / DAY) - Math.floor(reference.getTime() / DAY);
  const clock = clockIn(time, language);
  if (days === 0) return clock;
  const day: Intl.DateTimeFormatOptions = days < 7 ? { weekday: 'short' } : { month: 'short', day: 'numeric' };
  return `${new Intl.DateTimeFormat(language, { ...day, timeZone: 'UTC' }).format(place)} ${clock}`;
}

/** The wall clock of an RFC 3339 time, as if it were UTC. */
function placeTime(time: string): Date {
  const wall = /^(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?)/.exec(time)?.[1];
  return wall && /[+-]\d\d:\d\d$/.test(time) ? new Date(`${wall}Z`) : new Date(time);
}

/** "13 min", "about 13 min", with the way where `long`. */
export function minutesInWords(minutes: number, options: { estimated: boolean; mode?: TravelMode }, { t }: Reader): string {
  const id = options.mode ? `find.minutes.${options.mode}` : 'find.minutes';
  return t(options.estimated ? `${id}.about` : id, { minutes: Math.max(1, Math.round(minutes)) });
}

export interface VerifiedWords {
  text: string;
  long: string;
  stale: boolean;
}

/** When it was last checked; amber when that is half a year ago or never happened. */
export function verifiedInWords(day: string | null, now: Date, { t, language }: Reader): VerifiedWords {
  if (!day) return { text: t('find.verified.never'), long: t('find.verified.never'), stale: true };
  const date = new Date(`${day}T00:00:00Z`);
  const days = daysSince(day, now);
  const stale = days > STALE_DAYS;
  const parts: Intl.DateTimeFormatOptions = days > 300 ? { month: 'short', year: 'numeric' } : { month: 'short', day: 'numeric' };
  const text = new Intl.DateTimeFormat(language, { ...parts, timeZone: 'UTC' }).format(date);
  return { text, long: t('find.verified.ago', { date: text, ago: agoInWords(days, language) }), stale };
}

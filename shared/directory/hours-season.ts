// Seasons in texts of hours: "Sept. to May", "June 1 - Aug 31, 2026", "du 1er juin au 31 août".

import type { HoursToken } from './hours-words.ts';
import { formatDay, parseDay } from './zone.ts';

/** Every year, as month × 100 + day, or between two dates where years are told. Both ends are included. */
export type Season = { yearly: [from: number, to: number]; dates?: undefined } | { yearly?: undefined; dates: [from: string, to: string] };

interface SeasonEnd {
  month: number;
  day: number | null;
  year: number | null;
  next: number;
}

const LAST_DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** The season that begins at a token, and the token after it; null where none does. */
export function readSeason(tokens: readonly HoursToken[], at: number): { season: Season; next: number } | null {
  let start = at;
  while (tokens[start]?.type === 'from') start++;
  const from = readEnd(tokens, start);
  if (from === null || tokens[from.next]?.type !== 'to') return null;
  let second = from.next + 1;
  while (tokens[second]?.type === 'from') second++;
  const to = readEnd(tokens, second);
  if (to === null) return null;
  const [fromDay, toDay] = [from.day ?? 1, to.day ?? LAST_DAYS[to.month - 1]!];
  if (fromDay > LAST_DAYS[from.month - 1]! || toDay > LAST_DAYS[to.month - 1]!) return null;
  if (to.year === null) {
    if (from.year !== null) return null;
    return { season: { yearly: [from.month * 100 + fromDay, to.month * 100 + toDay] }, next: to.next };
  }
  // "June to August 2026": one year for both, where that is forwards.
  const first = toDate(from.year ?? to.year, from.month, fromDay);
  const last = toDate(to.year, to.month, to.day ?? new Date(Date.UTC(to.year, to.month, 0)).getUTCDate());
  return first === null || last === null || first > last ? null : { season: { dates: [formatDay(first), formatDay(last)] }, next: to.next };
}

/** "Sept", "1 June", "June 1, 2026", "1er juin". */
function readEnd(tokens: readonly HoursToken[], at: number): SeasonEnd | null {
  let next = at;
  let day = readDay(tokens[next]);
  if (day !== null) next++;
  if (day !== null && tokens[next]?.type === 'from') next++;
  const month = tokens[next];
  if (month?.type !== 'month') return null;
  next++;
  if (day === null) {
    day = readDay(tokens[next]);
    if (day !== null) next++;
  }
  const parted = tokens[next]?.type === 'comma' || tokens[next]?.type === 'from' ? next + 1 : next;
  const year = tokens[parted];
  const isYear = year?.type === 'clock' && year.bare && year.hours >= 1900;
  return { month: month.month, day, year: isYear ? year.hours : null, next: isYear ? parted + 1 : next };
}

function readDay(token: HoursToken | undefined): number | null {
  if (token?.type === 'ordinal') return token.nth === 1 || token.nth > 1 ? token.nth : null;
  return token?.type === 'clock' && token.bare && token.hours >= 1 && token.hours <= 31 ? token.hours : null;
}

function toDate(year: number, month: number, day: number): number | null {
  return parseDay(`${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`);
}

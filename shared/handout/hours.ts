// Opening hours in words, today first, for a paper that is read later and elsewhere.

import type { OpenDay } from '../directory/timetable.ts';
import { clock, listOf, upperFirst, weekdayName, type Say } from './words.ts';

export interface HoursInput {
  /** Seven days, today first, in the place's own time zone; null where the hours are not known. */
  week: readonly OpenDay[] | null;
  /** Minutes from midnight in the place's own time zone. */
  minuteOfDay: number;
  /** Hours that could only be read as text. */
  text: string | null;
}

type OpenSpan = OpenDay['hours'][number];

const WHOLE_DAY = 1440;

/** "Open today until 5:00 PM." and "Monday to Friday, 9:00 AM to 5:00 PM". */
export function hoursInWords(input: HoursInput, say: Say, language: string): { now: string; week: string | null } {
  const { week } = input;
  if (!week) return { now: input.text ?? say('handout.hours.unknown'), week: null };
  if (week.every((day) => day.hours.some(isWholeDay))) {
    return { now: say('handout.hours.always'), week: null };
  }
  const [whole, rest] = [week.filter((day) => day.hours.some(isWholeDay)), week.filter((day) => !day.hours.some(isWholeDay))];
  if (whole[0] === week[0] && whole.length > rest.length && rest.every((day) => day.hours.length === 0)) {
    const days = listOf(
      rest.map((day) => weekdayName(day.weekday, language)),
      language,
    );
    return { now: say('handout.hours.always'), week: say('handout.hours.closedOn', { days }) };
  }
  return { now: whenNext(week, input.minuteOfDay, say, language), week: wholeWeek(week, say, language) };
}

function isWholeDay({ opens, closes }: OpenSpan): boolean {
  return opens <= 0 && closes >= WHOLE_DAY;
}

function whenNext(week: readonly OpenDay[], minute: number, say: Say, language: string): string {
  const today = week[0]?.hours ?? [];
  const open = today.find((span) => span.opens <= minute && minute < span.closes);
  if (open && isWholeDay(open)) return say('handout.hours.allDayToday');
  if (open) return say('handout.hours.openUntil', { time: clock(open.closes, language) });
  const later = today.filter((span) => span.opens > minute);
  if (later.length > 0) return say('handout.hours.laterToday', { hours: spansInWords(later, say, language) });
  const next = week.slice(1).find((day) => day.hours.length > 0);
  if (!next) return say('handout.hours.closedThisWeek');
  return say('handout.hours.opens', { day: weekdayName(next.weekday, language), time: clock(next.hours[0]?.opens ?? 0, language) });
}

/** Days with the same hours stand together: runs as "Monday to Friday", others as a list. */
function wholeWeek(week: readonly OpenDay[], say: Say, language: string): string | null {
  const groups = new Map<string, { days: number[]; spans: readonly OpenSpan[] }>();
  for (const day of [...week].sort((a, b) => a.weekday - b.weekday)) {
    if (day.hours.length === 0) continue;
    const key = day.hours.map((span) => `${span.opens}-${span.closes}`).join();
    const group = groups.get(key) ?? { days: [], spans: day.hours };
    group.days.push(day.weekday);
    groups.set(key, group);
  }
  if (groups.size === 0) return null;
  const words = [...groups.values()].map(({ days, spans }) =>
    say('handout.hours.days', { days: daysInWords(days, say, language), hours: spansInWords(spans, say, language) }),
  );
  return upperFirst(words.join(say('handout.hours.separator')), language);
}

function daysInWords(days: readonly number[], say: Say, language: string): string {
  if (days.length === 7) return say('handout.hours.everyDay');
  const runs: [number, number][] = [];
  for (const day of days) {
    const last = runs.at(-1);
    if (last && last[1] === day - 1) last[1] = day;
    else runs.push([day, day]);
  }
  const words = runs.flatMap(([first, last]) => {
    const [from, to] = [weekdayName(first, language), weekdayName(last, language)];
    if (first === last) return [from];
    return last === first + 1 ? [from, to] : [say('handout.hours.range', { from, to })];
  });
  return listOf(words, language);
}

function spansInWords(spans: readonly OpenSpan[], say: Say, language: string): string {
  if (spans.some(isWholeDay)) return say('handout.hours.allDay');
  const words = spans.map((span) => say('handout.hours.range', { from: clock(span.opens, language), to: clock(span.closes, language) }));
  return listOf(words, language);
}

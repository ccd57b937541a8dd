// What no comparison says: State Pension age, which rises from 66 to 67 month by month of birth (Pensions Act 2014, section 26).

import { definePlugin, type Judgement, type JudgementQuery } from '../../shared/plugin-api/index.ts';

/** Who was born before this had reached it by the end of 2020 at the latest, whatever their table said. */
const BEFORE_TABLES = '1954-10-06';
const ALL_REACHED = '2020-10-05';
/** From here on one month more for each month of birth, which counts from the 6th to the 5th. */
const FIRST_RISE = { year: 1960, month: 4 };
/** From here on another rise, to 68, whose dates are not in here. */
const NEXT_RISE = '1977-04-06';
const NEXT_RISE_REACHED = '2044-05-06';

export default definePlugin({
  judgements: {
    statePensionAge: ({ day, people }: JudgementQuery) => people.map((facts) => judge(facts['person.birth_date'], day)),
  },
});

function judge(born: unknown, day: string): Judgement {
  const span = typeof born === 'string' ? toSpan(born) : undefined;
  if (!span) return { answer: 'unknown', missing: ['person.birth_date'] };
  const answers = span.map((date) => reachedOn(date, day));
  const [first] = answers;
  if (first === undefined || answers.some((answer) => answer !== first)) return { answer: 'unknown', missing: ['person.birth_date'] };
  return first ? { answer: 'yes', reason: 'reached' } : { answer: 'no', reason: 'not_yet' };
}

/** Days of a year or a month: the answer changes on the 6th alone, and from month to month. */
function toSpan(born: string): string[] {
  if (born.length === 10) return [born];
  const months = born.length === 7 ? [born] : Array.from({ length: 12 }, (_, i) => `${born}-${two(i + 1)}`);
  return months.flatMap((month) => [
    `${month}-01`,
    `${month}-05`,
    `${month}-06`,
    `${month}-${two(lastOf(Number(month.slice(0, 4)), Number(month.slice(5))))}`,
  ]);
}

/** Undefined where this table does not say. */
function reachedOn(born: string, day: string): boolean | undefined {
  if (born < BEFORE_TABLES) return day > ALL_REACHED ? true : undefined;
  if (born >= NEXT_RISE) return day < NEXT_RISE_REACHED ? false : undefined;
  const [year, month, date] = born.split('-').map(Number) as [number, number, number];
  const since = (year - FIRST_RISE.year) * 12 + month - FIRST_RISE.month + (date >= 6 ? 1 : 0);
  const more = Math.min(12, Math.max(0, since));
  return day >= later({ year: year + 66, month, date }, more);
}

function later({ year, month, date }: { year: number; month: number; date: number }, months: number): string {
  const total = year * 12 + month - 1 + months;
  const [at, of] = [Math.floor(total / 12), (total % 12) + 1];
  return `${at}-${two(of)}-${two(Math.min(date, lastOf(at, of)))}`;
}

function lastOf(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function two(n: number): string {
  return String(n).padStart(2, '0');
}

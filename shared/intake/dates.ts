// Calendar days as numbers, and ages from them. No clock and no time zone: a day is a day.

const PARTIAL_DATE = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;
const DAY_MS = 86_400_000;

/** Days since 1970-01-01 of a YYYY-MM-DD; NaN where there is no such day. */
export function toDayNumber(date: string): number {
  const span = toDaySpan(date);
  return span && span.first === span.last && date.length === 10 ? span.first : NaN;
}

/** First and last day that a date may mean: "1990" is a year, "1990-05" a month. Undefined where it is not a date. */
export function toDaySpan(date: string): { first: number; last: number } | undefined {
  const parts = PARTIAL_DATE.exec(date);
  if (!parts) return undefined;
  const [year, month, day] = [Number(parts[1]), parts[2] && Number(parts[2]), parts[3] && Number(parts[3])];
  if (!month) return { first: utcDay(year, 1, 1), last: utcDay(year, 12, 31) };
  if (month > 12 || month < 1) return undefined;
  if (!day) return { first: utcDay(year, month, 1), last: utcDay(year, month + 1, 0) };
  const number = utcDay(year, month, day);
  return new Date(number * DAY_MS).getUTCDate() === day ? { first: number, last: number } : undefined;
}

/** YYYY-MM-DD of a day number. */
export function toIsoDate(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** Whole years from one day to another. Who is born on 29 February has the birthday on 1 March in other years. */
export function wholeYears(from: number, to: number): number {
  const [a, b] = [new Date(from * DAY_MS), new Date(to * DAY_MS)];
  const years = b.getUTCFullYear() - a.getUTCFullYear();
  const beforeBirthday = b.getUTCMonth() < a.getUTCMonth() || (b.getUTCMonth() === a.getUTCMonth() && b.getUTCDate() < a.getUTCDate());
  return beforeBirthday ? years - 1 : years;
}

function utcDay(year: number, month: number, day: number): number {
  return Math.round(Date.UTC(year, month - 1, day) / DAY_MS);
}

// What a number in a workbook means by its number format: a day, a time, a percentage, a code with leading zeros.

export type NumberKind =
  | { kind: 'plain' }
  | { kind: 'date'; date: boolean; time: boolean; elapsed: boolean }
  | { kind: 'percent' }
  /** So many digits, such as a postal code. */
  | { kind: 'digits'; digits: number };

const PLAIN: NumberKind = { kind: 'plain' };
const DAY: NumberKind = { kind: 'date', date: true, time: false, elapsed: false };
const TIME: NumberKind = { kind: 'date', date: false, time: true, elapsed: false };
const BOTH: NumberKind = { kind: 'date', date: true, time: true, elapsed: false };
const ELAPSED: NumberKind = { kind: 'date', date: false, time: true, elapsed: true };

/** Formats that a workbook names by number only (ECMA-376, part 1, 18.8.30), those of other languages included. */
export function builtInFormat(id: number): NumberKind {
  if (id === 9 || id === 10) return { kind: 'percent' };
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 58)) return DAY;
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || id === 45) return TIME;
  if (id === 22) return BOTH;
  return id === 46 || id === 47 ? ELAPSED : PLAIN;
}

/** The kind that a format's code speaks of, such as `m/d/yyyy h:mm`, `0.0%` or `00000`. */
export function readFormat(code: string): NumberKind {
  const section = (code.split(';')[0] as string).replace(/"[^"]*"|\\.|_.|\*./g, '');
  const elapsed = /\[[hms]+\]/i.test(section);
  const bare = section.replace(/\[[^\]]*\]/g, '');
  if (/^0{2,}$/.test(bare)) return { kind: 'digits', digits: bare.length };
  if (/%/.test(bare)) return { kind: 'percent' };
  if (/general/i.test(bare) || /[#?]/.test(bare)) return PLAIN;
  const time = elapsed || /[hs]/i.test(bare);
  const date = /[yd]/i.test(bare) || (/m/i.test(bare) && !time);
  return date || time ? { kind: 'date', date, time, elapsed } : PLAIN;
}

const LAST_SERIAL = 2_958_466;
const SECONDS_A_DAY = 86_400;

/** The number as a person reads it in the sheet; days as YYYY-MM-DD. Null where it is no day that the calendar has. */
export function formatNumber(value: number, kind: NumberKind, epoch1904: boolean): string | null {
  if (kind.kind === 'percent') return `${roundNoise(value * 100)}%`;
  if (kind.kind === 'digits') return Number.isInteger(value) && value >= 0 ? String(value).padStart(kind.digits, '0') : String(value);
  if (kind.kind === 'plain') return String(value);
  if (value < 0 || value >= LAST_SERIAL) return null;
  let day = Math.floor(value);
  let seconds = Math.round((value - day) * SECONDS_A_DAY);
  if (seconds === SECONDS_A_DAY) [day, seconds] = [day + 1, 0];
  if (kind.elapsed) return clock(day * SECONDS_A_DAY + seconds);
  if (!kind.date) return clock(seconds);
  if (day === 0 && !epoch1904) return kind.time && seconds > 0 ? clock(seconds) : null;
  const text = toDay(day, epoch1904);
  return seconds > 0 ? `${text} ${clock(seconds)}` : text;
}

/** Workbooks count 1900 as a leap year, which it was not: days before 1 March 1900 are one off. */
function toDay(day: number, epoch1904: boolean): string {
  const shifted = epoch1904 ? day + 1462 : day < 60 ? day + 1 : day;
  return new Date(Date.UTC(1899, 11, 30 + shifted)).toISOString().slice(0, 10);
}

function clock(seconds: number): string {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const text = `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
  return rest > 0 ? `${text}:${String(rest).padStart(2, '0')}` : text;
}

function roundNoise(value: number): number {
  return Number(value.toPrecision(12));
}

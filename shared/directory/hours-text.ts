// Opening hours written as prose. Only patterns with one reading become schedules; everything else stays text.
//
//   hours   = group (sep group)*         "Monday: 9:00:00-12:00:00; Tue & Thu 1pm-4pm"
//   group   = days [":"] ("closed" | times ("," times)*)
//   days    = day (("-" | "to" | "," | "&" | "and") day)*
//   times   = clock ("-" | "to") clock   a clock without am/pm takes that of the other side, or is on 24 hours

export interface ReadHours {
  /** HSDS `byday`, such as "MO,WE". */
  byday: string;
  /** HH:MM; both null: closed on these days. */
  opens: string;
  closes: string;
}

const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
const DAY = '(?:mondays?|mon|tuesdays?|tues|tue|wednesdays?|weds?|thursdays?|thurs|thur|thu|fridays?|fri|saturdays?|sat|sundays?|sun)\\.?';
const CLOCK = '(?:\\d{1,2}(?::\\d{2}){0,2}\\s*(?:[ap]\\.?\\s?m?\\.?(?![a-z]))?|noon|midnight)';
const RANGE = `${CLOCK}\\s*(?:-|–|—|to)\\s*${CLOCK}`;
const DAY_LIST = `${DAY}(?:\\s*(?:-|–|—|to|thru|through|,|&|and|,\\s*and|,\\s*&)\\s*${DAY})*`;
const GROUP = new RegExp(
  `^\\s*(${DAY_LIST})\\s*[:,]?\\s*(?:from\\s+)?(closed|${RANGE}(?:\\s*(?:,|&|and)\\s*${RANGE})*)\\s*(?:[;,.|\\n]|(?=\\s*${DAY}\\b)|$)\\s*`,
  'i',
);
const ALL_RANGES = new RegExp(RANGE, 'gi');
const DAY_TOKENS = new RegExp(`${DAY}|-|–|—|\\bto\\b|thru|through`, 'gi');
const MINUTES_A_DAY = 1440;
const LONGEST_NIGHT = 14 * 60;

/** The lines of the text, or null where any part of it has another reading or none. */
export function readHours(text: string): ReadHours[] | null {
  const lines = new Map<string, Set<number>>();
  let rest = text.trim();
  while (rest) {
    const group = GROUP.exec(rest);
    if (!group) return null;
    const days = readDays(group[1] as string);
    if (!days) return null;
    if (!/^closed$/i.test(group[2] as string)) {
      const ranges = (group[2] as string).match(ALL_RANGES) ?? [];
      for (const range of ranges) {
        const times = readRange(range);
        if (!times) return null;
        const set = lines.get(times) ?? new Set<number>();
        for (const day of days) set.add(day);
        lines.set(times, set);
      }
    }
    rest = rest.slice(group[0].length);
  }
  return [...lines].map(([times, days]) => {
    const [opens = '', closes = ''] = times.split('-');
    return { byday: DAYS.filter((_, index) => days.has(index)).join(','), opens, closes };
  });
}

function readDays(text: string): number[] | null {
  const tokens = text.toLowerCase().match(DAY_TOKENS) ?? [];
  const days: number[] = [];
  let range = false;
  for (const token of tokens) {
    const day = findDay(token);
    if (day === undefined) range = true;
    else if (range) {
      const first = days.at(-1);
      if (first === undefined || day <= first) return null;
      for (let next = first + 1; next <= day; next++) days.push(next);
      range = false;
    } else days.push(day);
  }
  return days.length > 0 ? days : null;
}

/** The day of a weekday's name in English or its usual short forms: 0 is Monday. */
export function findDay(word: string): number | undefined {
  const start = word.trim().slice(0, 2).toUpperCase();
  const index = (DAYS as readonly string[]).indexOf(start);
  return index < 0 || !/^\s*[a-z]{2,9}\.?\s*$/i.test(word) ? undefined : index;
}

export function toByDay(day: number): string {
  return DAYS[day] ?? 'MO';
}

function readRange(text: string): string | null {
  const [from = '', to = ''] = text.split(/\s*(?:-|–|—|\bto\b)\s*/i);
  let opens = readClock(from);
  const closes = readClock(to);
  if (!opens || !closes) return null;
  // "9-5pm" and "1-4 pm": the missing half is the one that opens before it closes, if only one does.
  if (opens.half === null && closes.half !== null) {
    const morning = withHalf(opens, 'a');
    const same = withHalf(opens, closes.half);
    opens = same.minutes < closes.minutes ? same : morning;
  } else if (opens.half !== null && closes.half === null && closes.minutes < 12 * 60) return null;
  else if (opens.half === null && closes.half === null && !closes.full) return null;
  // "10 PM - 2 PM" is a slip of the pen: no site is open for so long across midnight.
  const length = (closes.minutes - opens.minutes + MINUTES_A_DAY) % MINUTES_A_DAY;
  if (length === 0 || (closes.minutes < opens.minutes && length > LONGEST_NIGHT)) return null;
  return `${formatClock(opens.minutes)}-${formatClock(closes.minutes % MINUTES_A_DAY)}`;
}

interface Clock {
  minutes: number;
  half: 'a' | 'p' | null;
  /** Written on 24 hours: with minutes and two digits, or past twelve. */
  full: boolean;
}

/** "9", "9:30 a.m.", "13:00", "13:00:00", "noon"; null where it is no time of day. */
export function readClock(text: string): Clock | null {
  const word = text.trim().toLowerCase();
  if (word === 'noon') return { minutes: 720, half: 'p', full: true };
  if (word === 'midnight') return { minutes: MINUTES_A_DAY, half: 'p', full: true };
  const match = /^(\d{1,2})(?::(\d{2}))?(?::(\d{2}))?\s*(?:([ap])\.?\s?m?\.?)?$/.exec(word);
  if (!match) return null;
  const hours = Number(match[1]);
  const minutes = Number(match[2] ?? 0);
  if (hours > 24 || minutes > 59 || (hours === 24 && minutes > 0)) return null;
  const half = (match[4] as 'a' | 'p' | undefined) ?? null;
  if (half && (hours < 1 || hours > 12)) return null;
  const clock: Clock = {
    minutes: hours * 60 + minutes,
    half,
    full: match[3] !== undefined || hours > 12 || (match[2] !== undefined && (match[1] as string).length === 2),
  };
  return half ? withHalf(clock, half) : clock;
}

function withHalf(clock: Clock, half: 'a' | 'p'): Clock {
  const hours = Math.floor(clock.minutes / 60) % 12;
  return { ...clock, half, minutes: (hours + (half === 'p' ? 12 : 0)) * 60 + (clock.minutes % 60) };
}

function formatClock(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** One time of day as HH:MM, or null. For cells that hold just one. */
export function toTimeOfDay(text: string): string | null {
  const clock = readClock(text);
  return clock && (clock.half !== null || clock.full || /:/.test(text)) ? formatClock(clock.minutes % MINUTES_A_DAY) : null;
}

// Public holidays by country and state, for places whose hours say that they do not hold on them. The library is large,
// so it is loaded when the first such place is met.

import type Holidays from 'date-holidays';
import { mentionsHolidays } from '#shared/directory/schedule-notes.ts';
import type { ClosedDays } from '#shared/directory/timetable.ts';
import { DAY, formatDay, parseDay } from '#shared/directory/zone.ts';

/** How many years from the last one on are worked out. */
const YEARS = 4;

export interface PublicHolidays {
  /**
   * Days from last year on; null where the country is not known.
   * @param state its code or name; null, or one that is not known: what holds in the whole country
   * @param names which holidays, public or not, by their English names; null: all public ones
   */
  listDays(country: string, state: string | null, names?: readonly string[] | null): ClosedDays | null;
}

/** Null where no row says anything of holidays. */
export async function loadPublicHolidays(
  schedules: readonly { description?: string | null; notes?: string | null }[],
  year = new Date().getUTCFullYear(),
): Promise<PublicHolidays | null> {
  if (!schedules.some(({ description, notes }) => mentionsHolidays(description) || mentionsHolidays(notes))) return null;
  const { default: Library } = await import('date-holidays');
  const lists = new Map<string, ClosedDays | null>();
  return {
    listDays(country, state, names = null) {
      const key = [country, state, ...(names ?? ['*'])].join();
      let days = lists.get(key);
      if (days === undefined) lists.set(key, (days = listDays(new Library(), { country: country.toUpperCase(), state, year, names })));
      return days;
    },
  };
}

interface Region {
  country: string;
  state: string | null;
  year: number;
  names: readonly string[] | null;
}

function listDays(library: Holidays, region: Region): ClosedDays | null {
  const { country, year, names } = region;
  if (!(country in library.getCountries())) return null;
  library.init({ country, ...stateOf(library, country, region.state) });
  const days = new Set<string>();
  for (let each = year - 1; each < year - 1 + YEARS; each++) {
    for (const { type, name, date, start, end } of library.getHolidays(each, 'en')) {
      if (names === null ? type !== 'public' : !names.includes(name)) continue;
      const first = parseDay(date)!;
      for (let i = 0; i < Math.max(1, Math.round((end.getTime() - start.getTime()) / DAY)); i++) days.add(formatDay(first + i));
    }
  }
  return { until: `${year - 2 + YEARS}-12-31`, days: [...days].sort() };
}

function stateOf(library: Holidays, country: string, given: string | null): { state?: string } {
  const wanted = given?.trim().toLowerCase();
  if (!wanted) return {};
  const found = Object.entries(library.getStates(country) ?? {}).find(
    ([code, name]) => code.toLowerCase() === wanted || name.toLowerCase() === wanted,
  );
  return found ? { state: found[0] } : {};
}

// Small words of a handout: clocks, days, lists, minutes. Digits are always 0 to 9, as on doors and telephones.

/** Formats a message in the handout's language. */
export type Say = (id: string, values?: Record<string, unknown>) => string;

/** The language's tag with Western digits. */
export function withWesternDigits(language: string): string {
  return language.includes('-u-') ? language : `${language}-u-nu-latn`;
}

/** Minutes from midnight as a clock: "5:00 PM". */
export function clock(minutes: number, language: string): string {
  const format = new Intl.DateTimeFormat(withWesternDigits(language), { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' });
  return format.format(new Date(Date.UTC(2024, 0, 1) + minutes * 60_000));
}

/** Name of a day; 0 is Monday. */
export function weekdayName(weekday: number, language: string): string {
  return new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' }).format(new Date(Date.UTC(2024, 0, 1 + weekday)));
}

/** "Thursday, November 19, 2026". */
export function longDate(date: Date | string, language: string, timeZone?: string): string {
  return new Intl.DateTimeFormat(withWesternDigits(language), { dateStyle: 'full', ...(timeZone ? { timeZone } : {}) }).format(
    typeof date === 'string' ? new Date(date) : date,
  );
}

/** A day given as YYYY-MM-DD, as "November 3"; with the year where it is not this one. */
export function dayAndMonth(day: string, language: string, thisYear: number): string {
  const year: Intl.DateTimeFormatOptions = day.startsWith(String(thisYear)) ? {} : { year: 'numeric' };
  const format = new Intl.DateTimeFormat(withWesternDigits(language), { day: 'numeric', month: 'long', ...year, timeZone: 'UTC' });
  return format.format(new Date(`${day}T00:00:00Z`));
}

/** The text as a sentence begins: "lunes a viernes" is "Lunes a viernes". */
export function upperFirst(text: string, language: string): string {
  return text.charAt(0).toLocaleUpperCase(language) + text.slice(1);
}

/** "a, b and c". */
export function listOf(items: readonly string[], language: string): string {
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(items);
}

/** Names of languages in `language`; the code itself where it has no name. */
export function languageNames(codes: readonly string[], language: string): string[] {
  const names = new Intl.DisplayNames([language], { type: 'language', fallback: 'code' });
  return codes.map((code) => {
    try {
      return names.of(code) ?? code;
    } catch {
      return code;
    }
  });
}

/** What this device's clock says. */
export function presentMoment(): Date {
  return new Date();
}

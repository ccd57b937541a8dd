// Days around the day on which the demo is loaded.

const DAY_MS = 86_400_000;

/** The day so many days after another (before it, where negative). */
export function day(today: string, days: number): string {
  return new Date(Date.parse(`${today}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** An instant of such a day, in the evening of universal time: the middle of the day in the demo town. */
export function instant(today: string, days: number, time = '20:00'): string {
  return `${day(today, days)}T${time}:00.000Z`;
}

// Local times of a form, and moments with this device's offset from UTC.

/** "2026-11-28T10:00" → "2026-11-28T10:00:00-08:00"; what is no time comes back as the present. */
export function toMoment(local: string): string {
  const given = new Date(local);
  const date = Number.isNaN(given.getTime()) ? new Date() : given;
  const minutes = -date.getTimezoneOffset();
  const shifted = new Date(date.getTime() + minutes * 60_000).toISOString().slice(0, 19);
  return `${shifted}${minutes < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`;
}

/** Ten o'clock on the Saturday after a day, as a form writes it: "2026-11-28T10:00". */
export function nextSaturday(after: Date): string {
  const day = new Date(after.getFullYear(), after.getMonth(), after.getDate() + ((6 - after.getDay() + 7) % 7 || 7));
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}T10:00`;
}

function two(n: number): string {
  return String(Math.floor(Math.abs(n))).padStart(2, '0');
}

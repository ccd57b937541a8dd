// A local time of a form as a moment with this device's offset from UTC.

/** "2026-11-28T10:00" → "2026-11-28T10:00:00-08:00"; what is no time comes back as the present. */
export function toMoment(local: string): string {
  const given = new Date(local);
  const date = Number.isNaN(given.getTime()) ? new Date() : given;
  const minutes = -date.getTimezoneOffset();
  const shifted = new Date(date.getTime() + minutes * 60_000).toISOString().slice(0, 19);
  const two = (n: number) => String(Math.floor(Math.abs(n))).padStart(2, '0');
  return `${shifted}${minutes < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`;
}

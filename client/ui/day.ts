// The day on which the reader decides: that of their own clock, as in Find, whatever the day is in Greenwich.

/** YYYY-MM-DD */
export function today(now = new Date()): string {
  const parts = [now.getFullYear(), now.getMonth() + 1, now.getDate()];
  return parts.map((part) => String(part).padStart(2, '0')).join('-');
}

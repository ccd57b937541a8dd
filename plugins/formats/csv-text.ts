// Cells and rows of CSV as we write it (RFC 4180).

/** One cell; null is empty. */
export function toCell(value: unknown): string {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'string' ? value : typeof value === 'object' ? JSON.stringify(value) : String(value);
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * A cell that no spreadsheet takes for a formula: text that begins with = + - @ or a control sign gets an apostrophe.
 * Not for HSDS packages, where what is written must be what was read; numbers are left alone.
 */
export function toSafeCell(value: unknown): string {
  const risky = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) && !/^[+-]?\d+(\.\d+)?$/.test(value);
  return toCell(risky ? `'${value}` : value);
}

export function toLine(cells: readonly string[]): string {
  return `${cells.join(',')}\r\n`;
}

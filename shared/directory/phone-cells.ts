// Telephone numbers in one cell: several of them, with extensions, labels and remarks.

export interface PhoneNumber {
  /** As it was written, without label and extension. */
  number: string;
  extension: number | null;
  /** 'voice', 'fax', 'text', 'tty' where a label says so. */
  type: string | null;
  /** What else stood there. */
  description: string | null;
}

// At least seven digits, or seven places of which some are letters: "1-800-FOODLINE", "412 362 GROW (4769)".
const NUMBER =
  /\(?\d{3}\)?[ .-]\d{3}[ .-][A-Z]{4}\b|\+?1?[ .-]?\(?8\d\d\)?[ .-][A-Z][\dA-Z-]{6,9}\b|\+?\(?\d[\d(). -]{4,}\d|\b[2389]11\b|\b988\b/g;
const EXTENSION = /^[\s,;]*(?:ext(?:ension)?\.?|x|#)\s*:?\s*(\d{1,6})\b\.?/i;
const LABELS: [RegExp, string][] = [
  [/\b(fax)\b/i, 'fax'],
  [/\b(tty|tdd)\b/i, 'tty'],
  [/\b(text|sms)\b/i, 'text'],
];

/** Every number of a cell in its order; empty where no number can be found. */
export function listPhoneNumbers(cell: string): PhoneNumber[] {
  const found: PhoneNumber[] = [];
  let end = 0;
  for (const match of cell.matchAll(NUMBER)) {
    const number = match[0].trim();
    if (match.index < end || !isPlausible(number)) continue;
    const before = cell.slice(end, match.index);
    end = match.index + match[0].length;
    const extension = EXTENSION.exec(cell.slice(end));
    if (extension) end += extension[0].length;
    const label = before.replace(/^[\s,;/|&]+|[\s:,;/|&(-]+$/g, '').replace(/^(?:and|or)\b\s*/i, '');
    found.push({
      number,
      extension: extension ? Number(extension[1]) : null,
      type: LABELS.find(([pattern]) => pattern.test(label))?.[1] ?? null,
      description: /[\p{L}]{2}/u.test(label) && !/^(?:tel|phone|ph|call|main|voice|office|telephone)\.?$/i.test(label) ? label : null,
    });
  }
  const last = found.at(-1);
  const rest = cell.slice(end).replace(/^[\s,;/|:)-]+|[\s,;]+$/g, '');
  if (last && /[\p{L}]{3}/u.test(rest) && !last.description) last.description = rest;
  return found;
}

function isPlausible(number: string): boolean {
  const digits = number.replace(/\D/g, '');
  if (/^[2389]11$|^988$/.test(digits)) return true;
  if (/[A-Z]/.test(number)) return digits.length >= 4;
  // A date such as 2021-06-14 is no telephone number.
  return digits.length >= 7 && digits.length <= 15 && !/^\d{4}-\d\d-\d\d$/.test(number);
}

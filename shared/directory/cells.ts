// Single cells of foreign tables: text as people typed it, into text, numbers, dates and telephone numbers.
// Nothing here throws and nothing is guessed where two readings are possible.

const NAMED_ENTITIES: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ndash: '–',
  mdash: '—',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  hellip: '…',
  eacute: 'é',
  egrave: 'è',
  ntilde: 'ñ',
  uuml: 'ü',
  ouml: 'ö',
  auml: 'ä',
  copy: '©',
  reg: '®',
  bull: '•',
};

const ENTITY = /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z]{2,8}));/g;

/** Text with HTML entities replaced by what they stand for. Unknown ones stay. Text without any comes back as it is. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(ENTITY, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name) return NAMED_ENTITIES[name] ?? whole;
    const code = decimal ? Number(decimal) : parseInt(hex ?? '', 16);
    return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : whole;
  });
}

/** A cell as text: trimmed, and null where there is nothing. Numbers and truth values become their usual text. */
export function toText(value: unknown): string | null {
  if (typeof value === 'string') return value.trim() || null;
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : null;
  if (typeof value === 'boolean') return String(value);
  return null;
}

/** Words that people write where there is nothing to say. */
const EMPTY_WORDS = new Set(['n/a', 'na', 'none', 'null', 'nil', '-', '--', 'unknown', 'not available', 'tbd']);

export function isEmptyWord(text: string): boolean {
  return EMPTY_WORDS.has(text.toLowerCase());
}

/** A number, also as text such as "1,250" or "$35"; undefined where the text is not just a number. */
export function findNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string') return undefined;
  const text = value.trim().replace(/^\$\s*/, '');
  if (/^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(text)) return Number(text);
  if (/^[-+]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(text)) return Number(text.replaceAll(',', ''));
  return undefined;
}

/** The day as YYYY-MM-DD, from ISO dates and date-times and from US dates; undefined where it is none of them. */
export function findDay(text: string): string | undefined {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:$|[T ])/.exec(text);
  if (iso) return toDay(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const us = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2})(?:$|[ ,])/.exec(text);
  if (us) return toDay(Number(us[3]) + (us[3]?.length === 2 ? 2000 : 0), Number(us[1]), Number(us[2]));
  return undefined;
}

function toDay(year: number, month: number, day: number): string | undefined {
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** A ZIP code that a spreadsheet took for a number: "15131.0" is 15131, and "1036" in Massachusetts stays as it is. */
export function toPostalCode(text: string): string {
  const float = /^(\d{3,5})\.0+$/.exec(text);
  return float ? (float[1] as string).padStart(5, '0') : text;
}

const TRUE_WORDS = new Set(['1', '1.0', 'true', 'yes', 'y', 't', 'x', 'on', 'hidden', 'confidential', 'private']);

export function isTrueWord(text: string): boolean {
  return TRUE_WORDS.has(text.toLowerCase());
}

// Finds needs by what people type: labels and synonyms of every language, forgiving of case, accents and typing errors,
// and several at once in a sentence of the person's own.

export interface NeedWords {
  term: string;
  /** The label in the reader's language, as shown. */
  label: string;
  icon: string | null;
  /** Labels and synonyms in any language. */
  words: readonly string[];
}

export interface NeedHit {
  term: string;
  label: string;
  icon: string | null;
  /** The word that matched, where it is not the label. */
  via: string | null;
}

interface Entry {
  need: NeedWords;
  word: string;
  folded: string;
  parts: string[];
}

// Quality of a hit, best first.
const EXACT = 4;
const PREFIX = 3;
const WORD_PREFIX = 2;
const SIMILAR = 1;

export class NeedSearch {
  readonly #entries: Entry[];

  constructor(needs: readonly NeedWords[]) {
    this.#entries = needs.flatMap((need) =>
      [...new Set([need.label, ...need.words])].map((word) => {
        const folded = fold(word);
        return { need, word, folded, parts: folded.split(' ') };
      }),
    );
  }

  /** Best first, each need once. A sentence gives every need that one of its words names. */
  find(text: string, limit = 8): NeedHit[] {
    const query = fold(text);
    if (!query) return [];
    const best = new Map<string, { entry: Entry; quality: number; place: number }>();
    const consider = (part: string, place: number, least: number) => {
      for (const entry of this.#entries) {
        const quality = qualityOf(part, entry);
        if (quality < least) continue;
        const before = best.get(entry.need.term);
        if (!before || quality > before.quality) best.set(entry.need.term, { entry, quality, place: before?.place ?? place });
      }
    };
    consider(query, 0, SIMILAR);
    if (best.size === 0) pieces(query).forEach((piece, place) => consider(piece, place, EXACT));
    if (best.size === 0) pieces(query).forEach((piece, place) => piece.length > 3 && consider(piece, place, SIMILAR));
    return [...best.values()]
      .sort((a, b) => b.quality - a.quality || a.place - b.place || a.entry.folded.length - b.entry.folded.length)
      .slice(0, limit)
      .map(({ entry }) => ({
        term: entry.need.term,
        label: entry.need.label,
        icon: entry.need.icon,
        via: entry.word === entry.need.label ? null : entry.word,
      }));
  }
}

function qualityOf(query: string, { folded, parts }: Entry): number {
  if (folded === query) return EXACT;
  if (folded.startsWith(query)) return PREFIX;
  if (parts.some((part) => part.startsWith(query))) return WORD_PREFIX;
  const allowed = query.length >= 8 ? 2 : query.length >= 4 ? 1 : 0;
  if (allowed === 0) return 0;
  const near = (word: string) => editDistance(query, word.slice(0, query.length + allowed), allowed) <= allowed;
  return near(folded) || parts.some((part) => part.length >= 4 && near(part)) ? SIMILAR : 0;
}

/** Single words of a sentence, and neighbours of two and three. */
function pieces(query: string): string[] {
  const words = query.split(' ').slice(0, 40);
  return [3, 2, 1].flatMap((length) => words.slice(0, words.length - length + 1).map((_, i) => words.slice(i, i + length).join(' ')));
}

/** Lower case, without accents, Arabic vowel signs and punctuation. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Insertions, deletions, changes and swaps of neighbours; anything above `most` may come back as `most + 1`. */
export function editDistance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let value = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) value = Math.min(value, (beforeLast[j - 2] ?? 0) + 1);
      row.push(value);
    }
    if (Math.min(...row) > most) return most + 1;
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? most + 1;
}

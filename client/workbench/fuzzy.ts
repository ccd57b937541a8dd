// Matches what was typed with a text: each word must be there, at best at the start of a word, at worst as letters in
// order. Case and accents do not count. Gives the places that matched, to be marked.

export interface FuzzyMatch {
  /** Higher is better; comparable between texts for one query. */
  score: number;
  /** Matched places as [start, end) in UTF-16 units of the text, in order, apart. */
  ranges: readonly (readonly [number, number])[];
}

interface Folded {
  letters: string;
  /** Index in the original of each folded letter, and one past the last. */
  origin: number[];
}

function fold(text: string): Folded {
  let letters = '';
  const origin: number[] = [];
  let at = 0;
  for (const character of text) {
    for (const unit of character.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()) {
      letters += unit;
      for (let i = 0; i < unit.length; i += 1) origin.push(at);
    }
    at += character.length;
  }
  origin.push(at);
  return { letters, origin };
}

/** Undefined where a word of the query is not in the text; an empty query matches everything alike. */
export function matchFuzzy(query: string, text: string): FuzzyMatch | undefined {
  const words = fold(query).letters.split(/\s+/).filter(Boolean);
  const folded = fold(text);
  const places: [number, number][] = [];
  let score = 0;
  for (const word of words) {
    const found = matchWord(word, folded.letters);
    if (!found) return undefined;
    score += found.score;
    places.push(...found.places);
  }
  // Among equals the shorter text is nearer to what was meant.
  score -= Math.min(10, folded.letters.length / 20);
  return { score, ranges: unite(places.map(([from, to]) => [folded.origin[from] ?? 0, endOf(folded, to, text)])) };
}

/** Where the last matched letter ends, with the accents that belong to it. */
function endOf(folded: Folded, to: number, text: string): number {
  const last = folded.origin[to - 1] ?? 0;
  let next = to;
  while (next < folded.origin.length && folded.origin[next] === last) next += 1;
  return folded.origin[next] ?? text.length;
}

function matchWord(word: string, letters: string): { score: number; places: [number, number][] } | undefined {
  let best: { score: number; at: number } | undefined;
  for (let at = letters.indexOf(word); at >= 0; at = letters.indexOf(word, at + 1)) {
    const score = at === 0 ? 100 : isWordStart(letters, at) ? 80 : 50;
    if (!best || score > best.score) best = { score, at };
  }
  if (best) return { score: best.score + Math.min(10, word.length), places: [[best.at, best.at + word.length]] };
  return word.length >= 3 ? matchScattered(word, letters) : undefined;
}

function isWordStart(letters: string, at: number): boolean {
  return !/[\p{L}\p{N}]/u.test(letters.charAt(at - 1));
}

/** Letters in order, from the start of a word, in as few pieces as a greedy walk finds. */
function matchScattered(word: string, letters: string): { score: number; places: [number, number][] } | undefined {
  let best: { score: number; places: [number, number][] } | undefined;
  for (let start = 0; start < letters.length; start += 1) {
    if (letters[start] !== word[0] || (start > 0 && !isWordStart(letters, start))) continue;
    const places: [number, number][] = [];
    let at = start;
    for (const letter of word) {
      const next = letters.indexOf(letter, at);
      if (next < 0) return best;
      const last = places.at(-1);
      if (last && last[1] === next) last[1] = next + 1;
      else places.push([next, next + 1]);
      at = next + 1;
    }
    const spread = at - start - word.length;
    const score = 40 - places.length * 6 - spread;
    if (places.length <= word.length / 2 + 1 && score > 0 && (!best || score > best.score)) best = { score, places };
  }
  return best;
}

function unite(ranges: [number, number][]): [number, number][] {
  const united: [number, number][] = [];
  for (const [from, to] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const last = united.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else united.push([from, to]);
  }
  return united;
}

/** The text in pieces, matched and not. */
export function markMatches(text: string, query: string): { text: string; marked: boolean }[] {
  const pieces: { text: string; marked: boolean }[] = [];
  let at = 0;
  for (const [from, to] of matchFuzzy(query, text)?.ranges ?? []) {
    if (from > at) pieces.push({ text: text.slice(at, from), marked: false });
    pieces.push({ text: text.slice(from, to), marked: true });
    at = to;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), marked: false });
  return pieces;
}

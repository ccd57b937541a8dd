// "Did you mean …?": the nearest of the words that exist.

/** Folds case, accents and separators, so that "Crème_Brûlée" and "creme brulee" are one word. */
export function foldText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[\s_\-.·/’']+/gu, ' ')
    .trim();
}

/**
 * Up to `limit` of `known` that are near `given` in spelling, nearest first; those that contain it count as near.
 * A word further away than a quarter of its length is not offered.
 */
export function suggestWords(given: string, known: Iterable<string>, limit = 3): string[] {
  const wanted = foldText(given);
  if (wanted === '') return [];
  const scored: { word: string; distance: number }[] = [];
  for (const word of known) {
    const folded = foldText(word);
    const contained = wanted.length >= 3 && (folded.includes(wanted) || (folded.length >= 3 && wanted.includes(folded)));
    const most = Math.max(1, Math.ceil(Math.min(wanted.length, folded.length) / 4));
    if (!contained && Math.abs(wanted.length - folded.length) > most) continue;
    const distance = contained ? 0.5 : editDistance(wanted, folded);
    if (distance <= most) scored.push({ word, distance });
  }
  scored.sort((a, b) => a.distance - b.distance || a.word.length - b.word.length || (a.word < b.word ? -1 : 1));
  return [...new Set(scored.map((s) => s.word))].slice(0, limit);
}

/** Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours count one each. */
export function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let best = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, before[j - 2]! + 1);
      row.push(best);
    }
    before = last;
    last = row;
  }
  return last[b.length]!;
}

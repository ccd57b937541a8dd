// Which resource type a text speaks of, by the words that resource types contribute.

import { normalizeName } from './column-words.ts';

export interface TypeWords {
  id: string;
  words: readonly string[];
}

/** Gives the type whose word, the longest one, stands in the text; null where none does. */
export type TypeOfText = (text: string) => string | null;

/** Prepares the words once; plurals in -s and -ies count as the word. */
export function createTypeOfText(types: readonly TypeWords[]): TypeOfText {
  const words = types
    .flatMap((type) => type.words.map((word) => ({ id: type.id, word: ` ${singular(normalizeName(word))} ` })))
    .filter(({ word }) => word.trim() !== '')
    .sort((a, b) => b.word.length - a.word.length);
  const known = new Map<string, string | null>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const spaced = ` ${singular(normalizeName(text))} `;
    const type = words.find(({ word }) => spaced.includes(word))?.id ?? null;
    if (known.size < 10_000) known.set(text, type);
    return type;
  };
}

function singular(text: string): string {
  return text
    .split(' ')
    .map((word) =>
      word.length > 4 && word.endsWith('ies') ? `${word.slice(0, -3)}y` : word.length > 3 && /[^s]s$/.test(word) ? word.slice(0, -1) : word,
    )
    .join(' ');
}

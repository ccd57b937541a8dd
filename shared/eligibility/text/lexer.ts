// Cuts a text into words and finds the phrases of a table in them, longest first. One pass, no backtracking: the time is
// linear in the length of the text, whatever stands in it.

import { phrasesOf, type PhraseTable } from './phrases.ts';

/** A phrase, figure or mark, and where it stands. */
export interface Lexeme {
  /** Classes of the phrase table that it belongs to, or one of number, money, percent, mark, break, other. */
  kinds: readonly string[];
  /** Of figures: the value. */
  value: number;
  /** As it stands in the text. */
  text: string;
  start: number;
  end: number;
}

interface Word {
  key: string;
  start: number;
  end: number;
}

interface PhraseNode {
  kinds?: string[];
  next: Map<string, PhraseNode>;
}

export interface Lexicon {
  readonly root: PhraseNode;
}

export function createLexicon(table: PhraseTable): Lexicon {
  const root: PhraseNode = { next: new Map() };
  for (const [kind, phrases] of Object.entries(table)) {
    for (const phrase of phrasesOf(phrases)) {
      let node = root;
      for (const { key } of toWords(phrase)) {
        let next = node.next.get(key);
        if (!next) node.next.set(key, (next = { next: new Map() }));
        node = next;
      }
      (node.kinds ??= []).push(kind);
    }
  }
  return { root };
}

export function toLexemes(text: string, { root }: Lexicon): Lexeme[] {
  const words = toWords(text);
  const lexemes: Lexeme[] = [];
  for (let i = 0; i < words.length;) {
    let node: PhraseNode | undefined = root;
    let found: { kinds: readonly string[]; length: number } | undefined;
    for (let length = 0; node && i + length < words.length && length <= LONGEST_PHRASE;) {
      node = node.next.get(words[i + length]!.key);
      length++;
      if (node?.kinds !== undefined) found = { kinds: node.kinds, length };
    }
    const length = found?.length ?? 1;
    const [first, last] = [words[i]!, words[i + length - 1]!];
    const raw = text.slice(first.start, last.end);
    lexemes.push({ ...(found ? { kinds: found.kinds, value: NaN } : classify(first.key)), text: raw, start: first.start, end: last.end });
    i += length;
  }
  return lexemes;
}

/** Words of a phrase; the trie is no deeper. */
const LONGEST_PHRASE = 8;
const FIGURE = /^\d[\d,]*(\.\d+)?$/;

function classify(key: string): { kinds: string[]; value: number } {
  const digits = key.replace(/[$€£%,]/g, '');
  if (digits !== '' && FIGURE.test(digits)) {
    const kind = /^[$€£]/.test(key) ? 'money' : key.endsWith('%') ? 'percent' : 'number';
    return { kinds: [kind], value: Number(digits) };
  }
  if (key === '\n') return { kinds: ['break'], value: NaN };
  return { kinds: [/^\p{L}/u.test(key) ? 'other' : 'mark'], value: NaN };
}

const WORD = /[$€£]?\d+(?:,\d{3})*(?:\.\d+)?%?|\p{L}[\p{L}\p{M}'’]*|\n|[^\s\p{L}\d]/gu;

/** Words, figures, line ends and single marks. */
function toWords(text: string): Word[] {
  const words: Word[] = [];
  for (const match of text.matchAll(WORD)) words.push({ key: toKey(match[0]), start: match.index, end: match.index + match[0].length });
  return words;
}

function toKey(word: string): string {
  return word.normalize('NFD').replace(/\p{M}/gu, '').replace(/’/g, "'").toLowerCase().replace(/[–—]/g, '-');
}

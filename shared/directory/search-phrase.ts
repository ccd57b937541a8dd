// Whether a text has the words of a phrase beside each other. Thousands of texts are looked through for one phrase, so
// that of plain letters is sought in the bytes of the index, without making a text of them.

import { foldWords } from './words.ts';
import { hasUnspaced, type Phrase } from './search-words.ts';

export interface PhraseTest {
  inText(text: string): boolean;
  /** In UTF-8, from one place up to before another. */
  inBytes(bytes: Uint8Array, from: number, to: number): boolean;
}

/** Bytes that folding changes by more than their case, and those beyond ASCII. */
const MANY = 255;
const APOSTROPHE = 0x27;
const SPACE = 0x20;
/** By byte: the small letter or digit that it stands for; 0 between words. */
const FOLDED = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte > 0x7e || byte === APOSTROPHE) return MANY;
  const sign = String.fromCharCode(byte).toLowerCase();
  return /[a-z0-9]/.test(sign) ? sign.charCodeAt(0) : 0;
});
const PLAIN = /^[a-z0-9 ]+$/;
const decoder = new TextDecoder();

export function createPhraseTest({ text, open }: Phrase): PhraseTest {
  const wanted = open ? ` ${text}` : ` ${text} `;
  const inText = hasUnspaced(text)
    ? (other: string) => foldWords(other).includes(text)
    : (other: string) => ` ${foldWords(other)} `.includes(wanted);
  const decoded = (bytes: Uint8Array, from: number, to: number) => inText(decoder.decode(bytes.subarray(from, to)));
  if (!PLAIN.test(text)) return { inText, inBytes: decoded };

  const phrase = Uint8Array.from(text, (sign) => sign.charCodeAt(0));
  return {
    inText,
    inBytes(bytes, from, to) {
      let isFound = false;
      let atStart = true;
      for (let at = from; at < to; at++) {
        const sign = FOLDED[bytes[at]!]!;
        if (sign === MANY) return decoded(bytes, from, to);
        if (!isFound && atStart && sign === phrase[0]) isFound = standsAt(bytes, at, to);
        atStart = sign === 0;
      }
      return isFound;
    },
  };

  function standsAt(bytes: Uint8Array, from: number, to: number): boolean {
    let at = from;
    for (const wantedSign of phrase) {
      if (wantedSign !== SPACE) {
        if (at >= to || FOLDED[bytes[at]!] !== wantedSign) return false;
        at++;
        continue;
      }
      if (at >= to || FOLDED[bytes[at]!] !== 0) return false;
      while (at < to && FOLDED[bytes[at]!] === 0) at++;
    }
    return open || at >= to || FOLDED[bytes[at]!] === 0;
  }
}

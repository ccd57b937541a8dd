// A phrase is found in bytes exactly where it is found in the text that they are of.

import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { createPhraseTest } from '#shared/directory/search-phrase.ts';
import { foldWords } from '#shared/directory/words.ts';

const PARTS = [
  'st',
  'Mary',
  "Mary's",
  'food',
  'Food',
  'foodbank',
  '24',
  '-',
  ' ',
  '  ',
  ', ',
  '.',
  'é',
  'É',
  '食品',
  '!',
  '\u2019',
  'a',
  'ß',
  '\u0000',
];
const text = fc.array(fc.constantFrom(...PARTS), { maxLength: 12 }).map((parts) => parts.join(''));

describe('a phrase', () => {
  it('is found in bytes where it is found in the text, whatever stands around them', () => {
    const encoder = new TextEncoder();
    fc.assert(
      fc.property(text, text, fc.boolean(), text, (phrase, other, open, around) => {
        const folded = foldWords(phrase);
        if (folded === '') return;
        const { inText, inBytes } = createPhraseTest({ text: folded, open });
        const [before, inside, after] = [around, other, around].map((part) => encoder.encode(part));
        const bytes = Uint8Array.from([...before!, ...inside!, ...after!]);
        expect(inBytes(bytes, before!.length, before!.length + inside!.length)).toBe(inText(other));
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    ['food bank', false, 'The Food-Bank, Harbour', true],
    ['food bank', false, 'Food banks', false],
    ['food bank', true, 'Food banks', true],
    ['food bank', false, 'seafood bank', false],
    ['st mary', false, "St. Mary's hall", false],
    ['st marys', false, "St. Mary's hall", true],
  ])('"%s" (open: %s) in "%s": %s', (phrase, open, other, found) => {
    const bytes = new TextEncoder().encode(other);
    expect(createPhraseTest({ text: phrase, open }).inBytes(bytes, 0, bytes.length)).toBe(found);
  });
});

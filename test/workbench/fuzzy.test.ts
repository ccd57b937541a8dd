// What the palette finds for what was typed, what stands first, and which letters are marked.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { markMatches, matchFuzzy } from '#client/workbench/fuzzy.ts';

const marked = (text: string, query: string) =>
  markMatches(text, query)
    .map((piece) => (piece.marked ? `[${piece.text}]` : piece.text))
    .join('');

test.each<[string, string, string | undefined]>([
  ['shelt', 'Mill Street Family Shelter', 'Mill Street Family [Shelt]er'],
  ['shel mill', 'Mill Street Family Shelter', '[Mill] Street Family [Shel]ter'],
  ['SHELT', 'shelter', '[shelt]er'],
  ['cafe', 'Café du Port', '[Café] du Port'],
  ['arbol', 'El Árbol', 'El [Árbol]'],
  ['مأوى', 'مأوى العائلات', '[مأوى] العائلات'],
  ['tosb', 'Toggle side bar', '[To]ggle [s]ide [b]ar'],
  ['tgsb', 'Toggle side bar', undefined],
  ['hndt', 'Handout', '[H]a[nd]ou[t]'],
  ['xyz', 'Handout', undefined],
  ['an', 'Handout', 'H[an]dout'],
  ['', 'Anything', 'Anything'],
])('"%s" in "%s" → %s', (query, text, expected) => {
  const match = matchFuzzy(query, text);
  if (expected === undefined) expect(match).toBeUndefined();
  else expect(marked(text, query)).toBe(expected);
});

describe('what stands first', () => {
  test.each<[string, string[]]>([
    ['shelter', ['Shelter tonight', 'Add a need: Shelter', 'Winter-shelters of the county', 'Safeshelter']],
    ['map', ['Map', 'Map layers', 'Go to the map', 'Remap']],
  ])('%s', (query, expected) => {
    const found = expected
      .toReversed()
      .map((text) => ({ text, score: matchFuzzy(query, text)?.score ?? -1 }))
      .toSorted((a, b) => b.score - a.score);
    expect(found.map((each) => each.text)).toEqual(expected);
  });
});

test('pieces make up the text again, and marked ones lie inside it, for any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme', maxLength: 5 }), (text, query) => {
      expect(
        markMatches(text, query)
          .map((piece) => piece.text)
          .join(''),
      ).toBe(text);
    }),
  );
});

test('a piece of a text is found in it', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z ]{1,20}$/), fc.nat(), fc.nat(), (text, a, b) => {
      const from = a % text.length;
      expect(matchFuzzy(text.slice(from, from + 1 + (b % (text.length - from))), text)).toBeDefined();
    }),
  );
});

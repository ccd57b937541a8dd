import { expect, test } from 'vitest';
import fc from 'fast-check';
import { editDistance, foldText, suggestWords } from '#shared/platform/suggest.ts';

const words = ['person.age', 'person.sober', 'household.income', 'Groceries', 'Comidas calientes'];

test.each([
  ['person.agee', ['person.age']],
  ['grocries', ['Groceries']],
  ['incom', ['household.income']],
  ['CALIENTES', ['Comidas calientes']],
  ['zebra', []],
  ['', []],
])('%s: %j', (given, expected) => {
  expect(suggestWords(given, words)).toEqual(expected);
});

test.each([
  ['abc', 'abc', 0],
  ['abc', 'acb', 1],
  ['abc', 'ab', 1],
  ['', 'abc', 3],
  ['kitten', 'sitting', 3],
])('from %s to %s it is %i', (a, b, distance) => {
  expect(editDistance(a, b)).toBe(distance);
});

test('the distance is a distance', () => {
  const word = fc.string({ maxLength: 8 });
  fc.assert(
    fc.property(word, word, (a, b) => {
      expect(editDistance(a, b)).toBe(editDistance(b, a));
      expect(editDistance(a, b) === 0).toBe(a === b);
    }),
  );
});

test('folding takes accents, case and separators', () => {
  expect(foldText(' Crème_Brûlée-3 ')).toBe('creme brulee 3');
});

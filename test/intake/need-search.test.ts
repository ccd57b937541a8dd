import { describe, expect, test } from 'vitest';
import { NeedSearch, editDistance, fold } from '#shared/intake/need-search.ts';

const search = new NeedSearch([
  { term: 'food', label: 'Food', icon: null, words: ['groceries', 'comida', 'طعام', 'nourriture'] },
  { term: 'food.meals', label: 'Meals', icon: null, words: ['hot meal', 'soup kitchen', 'comidas calientes'] },
  { term: 'goods.diapers', label: 'Diapers', icon: null, words: ['nappies', 'pañales', 'couches', 'حفاضات'] },
  { term: 'housing.shelter', label: 'Shelter', icon: null, words: ['somewhere to sleep', 'albergue', 'hébergement', 'مأوى'] },
]);

describe('needs by typing', () => {
  test.each<[string, string[]]>([
    ['food', ['food']],
    ['Foo', ['food']],
    ['shel', ['housing.shelter']],
    ['shetler', ['housing.shelter']],
    ['diappers', ['goods.diapers']],
    ['panales', ['goods.diapers']],
    ['hebergement', ['housing.shelter']],
    ['مأوى', ['housing.shelter']],
    ['حفّاضات', ['goods.diapers']],
    ['kitchen', ['food.meals']],
    ['xyzzy', []],
    ['', []],
  ])('%s', (text, terms) => {
    expect(search.find(text).map((hit) => hit.term)).toEqual(terms);
  });

  test('a sentence gives each need that it names, in its order', () => {
    expect(search.find('we need nappies and somewhere to sleep tonight').map((hit) => hit.term)).toEqual([
      'housing.shelter',
      'goods.diapers',
    ]);
  });

  test('says by which word a need was found', () => {
    expect(search.find('nappies')[0]).toMatchObject({ label: 'Diapers', via: 'nappies' });
    expect(search.find('diapers')[0]).toMatchObject({ via: null });
  });
});

test('fold takes accents, vowel signs and case away', () => {
  expect(fold('  Pañales, ÉTÉ! حَفّاضات ')).toBe('panales ete حفاضات');
});

test.each([
  ['shelter', 'shetler', 1],
  ['food', 'food', 0],
  ['food', 'fod', 1],
  ['a', 'bcd', 3],
])('distance of %s and %s', (a, b, distance) => {
  expect(editDistance(a, b, 2)).toBe(distance);
});

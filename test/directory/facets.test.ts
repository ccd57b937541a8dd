// Choices of the directory's filters: which stand in a list, in which order, and what choosing one makes of the filters.

import { describe, expect, test } from 'vitest';
import { listActive, listFacets, toggleFilter, type Counts, type FacetWords } from '#client/directory/facets.ts';
import type { SearchFilters } from '#shared/directory/search-filters.ts';

const PARENTS: Record<string, string> = { 'food.meals': 'food', 'food.groceries': 'food', 'food.meals.hot': 'food.meals' };
const words: FacetWords = {
  label: (facet, value) => (facet === 'languages' ? { es: 'Spanish', ar: 'Arabic', so: 'Somali' }[value] : undefined) ?? value,
  compare: (a, b) => a.localeCompare(b, 'en'),
  title: (facet, { withKind }) => (withKind ? `${facet}!` : facet),
  parentOf: (need) => PARENTS[need],
};
const NONE: Counts = {
  need: {},
  type: {},
  open: { open: 0, closed: 0, unknown: 0 },
  language: {},
  area: {},
  accessible: 0,
  cost: { unknown: 0, free: 0, paid: 0 },
  verifiedWithin: { 30: 0, 180: 0, 365: 0 },
  notVerifiedWithin: { 30: 0, 180: 0, 365: 0 },
  hidden: 0,
  problem: null,
  field: {},
};
const values = (counts: Partial<Counts>, filters: SearchFilters, facet: string) =>
  listFacets({ ...NONE, ...counts }, filters, words)
    .find(({ id }) => id === facet)
    ?.options.map(({ value, count, chosen, depth }) => [value, count, chosen, depth]);

describe('choices', () => {
  test('where nothing is left, a facet is only there for what is chosen in it', () => {
    expect(listFacets(NONE, {}, words)).toEqual([]);
    expect(listFacets(NONE, { languages: ['so'] }, words).map(({ id }) => id)).toEqual(['languages']);
    expect(values({}, { languages: ['so'] }, 'languages')).toEqual([['so', 0, true, 0]]);
  });

  test('the most frequent first, then by name in the reader’s language', () => {
    expect(values({ language: { es: 2, ar: 2, so: 9 } }, {}, 'languages')?.map(([value]) => value)).toEqual(['so', 'ar', 'es']);
  });

  test('needs below one that is chosen', () => {
    const need = { food: 5, 'food.meals': 3, 'food.groceries': 2, 'food.meals.hot': 1, legal: 7 };
    expect(values({ need }, {}, 'needs')).toEqual([
      ['legal', 7, false, 0],
      ['food', 5, false, 0],
    ]);
    expect(values({ need }, { needs: ['food'] }, 'needs')).toEqual([
      ['legal', 7, false, 0],
      ['food', 5, true, 0],
      ['food.meals', 3, false, 1],
      ['food.groceries', 2, false, 1],
    ]);
    expect(values({ need }, { needs: ['food.meals'] }, 'needs')).toEqual([
      ['legal', 7, false, 0],
      ['food', 5, 'part', 0],
      ['food.meals', 3, true, 1],
      ['food.meals.hot', 1, false, 2],
      ['food.groceries', 2, false, 1],
    ]);
  });

  test('problems only where they were counted', () => {
    expect(values({}, {}, 'problems')).toBeUndefined();
    expect(values({ problem: { no_hours: 4 } }, {}, 'problems')).toEqual([['no_hours', 4, false, 0]]);
  });
});

describe('choosing', () => {
  const choose = (filters: SearchFilters, facet: Parameters<typeof toggleFilter>[1]['facet'], value: string) =>
    toggleFilter(filters, { facet, value }, words);
  test.each([
    [{}, 'types', 'pantry', { types: ['pantry'] }],
    [{ types: ['meal'] }, 'types', 'pantry', { types: ['meal', 'pantry'] }],
    [{ types: ['pantry'] }, 'types', 'pantry', {}],
    [{}, 'traits', 'open', { open: true }],
    [{ open: true, hidden: true }, 'traits', 'open', { hidden: true }],
    [{}, 'costs', 'free', { costs: ['free'] }],
    [{}, 'checked', '30', { verifiedWithin: 30 }],
    [{ verifiedWithin: 30 }, 'checked', 'not180', { notVerifiedWithin: 180 }],
    [{ notVerifiedWithin: 180 }, 'checked', 'not180', {}],
    [{ needs: ['food'] }, 'needs', 'food.meals', { needs: ['food.meals'] }],
    [{ needs: ['food.meals.hot', 'legal'] }, 'needs', 'food', { needs: ['legal', 'food'] }],
    [{ needs: ['food.meals'] }, 'needs', 'food.groceries', { needs: ['food.meals', 'food.groceries'] }],
  ] as const)('%j, %s %s: %j', (before, facet, value, after) => {
    expect(choose(before as SearchFilters, facet, value)).toEqual(after);
  });

  test('every filter that is set is a chip that takes it off again', () => {
    const filters: SearchFilters = {
      needs: ['food'],
      types: ['pantry'],
      open: true,
      hidden: true,
      costs: ['free'],
      notVerifiedWithin: 365,
    };
    const active = listActive(filters, words);
    expect(active.map(({ facet, value }) => `${facet} ${value}`)).toEqual([
      'needs food',
      'types pantry',
      'traits open',
      'traits hidden',
      'costs free',
      'checked not365',
    ]);
    expect(active.reduce((left, filter) => toggleFilter(left, filter, words), filters)).toEqual({});
  });
});

describe('fields of kinds', () => {
  const counts = { type: { shelter: 4, weather: 2 }, field: { 'shelter:pets': { yes: 3, no: 1 } } };
  const pets = { facet: 'field shelter:pets', value: 'yes' } as const;

  test('stand behind the kinds, with what each of their values leaves', () => {
    const filters = { types: ['shelter'] };
    expect(listFacets({ ...NONE, ...counts }, filters, words).map(({ id }) => id)).toEqual(['types', 'field shelter:pets']);
    expect(values(counts, filters, 'field shelter:pets')).toEqual([
      ['yes', 3, false, 0],
      ['no', 1, false, 0],
    ]);
  });

  test('are chosen, said with their name, and taken back; two values of one are any of both', () => {
    const filters = toggleFilter({ types: ['shelter'] }, pets, words);
    expect(filters).toEqual({ types: ['shelter'], fields: { 'shelter:pets': ['yes'] } });
    expect(listActive(filters, words).map(({ label }) => label)).toEqual(['shelter', 'field shelter:pets: yes']);
    const both = toggleFilter(filters, { ...pets, value: 'no' }, words);
    expect(both.fields).toEqual({ 'shelter:pets': ['yes', 'no'] });
    expect(toggleFilter(filters, pets, words)).toEqual({ types: ['shelter'] });
  });

  test('go with their kind', () => {
    const filters = { types: ['shelter', 'weather'], fields: { 'shelter:pets': ['yes'], 'weather:pets': ['yes'] } };
    expect(listActive(filters, words).at(-1)?.label).toBe('field weather:pets!: yes');
    const without = toggleFilter(filters, { facet: 'types', value: 'shelter' }, words);
    expect(without).toEqual({ types: ['weather'], fields: { 'weather:pets': ['yes'] } });
    expect(toggleFilter(without, { facet: 'types', value: 'weather' }, words)).toEqual({});
  });
});

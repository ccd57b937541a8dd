// Laws of search: every service is found by its own name, a typing error does not hide it, and the order is the same
// whatever order the services came in.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DirectoryIndex } from '#shared/directory/index.ts';
import { filterMatch, type SearchFilters } from '#shared/directory/search-filters.ts';
import { collectNeedWords, DirectorySearch, type SearchDetails } from '#shared/directory/search.ts';
import { allowedEdits, boundedEdits, Spelling } from '#shared/directory/search-spelling.ts';
import { foldWords } from '#shared/directory/words.ts';
import { isStepFree, readCost } from '#shared/directory/search-traits.ts';
import type { ResourceInput } from '#shared/directory/resource.ts';
import { editDistance } from '#shared/platform/suggest.ts';
import { resource, seeded, syntheticResources } from './resources.ts';

const NEEDS = collectNeedWords(
  [
    {
      terms: [
        { id: 'food', label: 'Food' },
        { id: 'food.groceries', parent: 'food', label: { en: 'Groceries', es: 'Despensa' } },
        { id: 'harbor', label: 'Harbor work' },
      ],
    },
  ],
  [],
);
const service = (id: string, name: string, more: Partial<ResourceInput> = {}) =>
  resource({ id, service: { id: `s-${id}`, name }, ...more });
const build = (resources: Iterable<ResourceInput>, details?: (id: string) => Partial<SearchDetails>) =>
  DirectorySearch.build(DirectoryIndex.build(resources), {
    needs: NEEDS,
    pause: async () => {},
    ...(details && {
      readDetails: async (index, rows) =>
        rows.map((row) => ({ description: null, cost: 'unknown' as const, accessible: false, ...details(index.id(row)) })),
    }),
  });
const ids = (search: DirectorySearch, text: string, limit = 1000, near?: { lon: number; lat: number }) =>
  search.find(text, { limit, ...(near && { near }) }).map(({ row }) => search.index.id(row));

const ALPHABETS = ['abcdefghijklmnoprstuvwy', 'абвгдежзиклмнопрстуя', 'αβγδεζηθικλμνοπρστ', 'ابتثجحدرزسشعفقكلمن', 'אבגדהוזחטילמנסעפצקרשת'];
const word = fc
  .constantFrom(...ALPHABETS)
  .chain((letters) => fc.array(fc.constantFrom(...letters), { minLength: 2, maxLength: 11 }).map((all) => all.join('')));
const name = fc.oneof(
  fc.array(word, { minLength: 1, maxLength: 5 }).map((words) => words.join(' ')),
  fc.array(fc.constantFrom(...'食品社区中心家庭帮助北京東京駅前'), { minLength: 1, maxLength: 8 }).map((all) => all.join('')),
  fc.string({ minLength: 1, maxLength: 30, unit: 'grapheme' }).filter((text) => /\p{L}{2}/u.test(text)),
);
const town = fc
  .array(fc.record({ name, summary: fc.option(name), lon: fc.double({ min: -1, max: 1, noNaN: true }), hidden: fc.boolean() }), {
    minLength: 1,
    maxLength: 14,
  })
  .map((all) =>
    all.map((one, i) =>
      service(`r${i}`, one.name, {
        summary: one.summary,
        hidden: one.hidden,
        cell: one.hidden ? '872834701ffffff' : null,
        lon: one.hidden ? null : one.lon,
        lat: one.hidden ? null : 0,
      }),
    ),
  );

/** Somewhere in the word one letter more, less, other or swapped with the next. */
function mistype(text: string, at: number, kind: number): string {
  const letters = [...text];
  const i = at % (letters.length - 1);
  if (kind === 0) letters.splice(i, 1);
  else if (kind === 1) letters.splice(i, 0, letters[letters.length - 1]!);
  else if (kind === 2) letters[i] = letters[(i + 1) % letters.length]!;
  else [letters[i], letters[i + 1]] = [letters[i + 1]!, letters[i]!];
  return letters.join('');
}

describe('laws of search', () => {
  it('finds every service by its own name, those of that name before all others', async () => {
    await fc.assert(
      fc.asyncProperty(town, async (services) => {
        const search = await build(services);
        for (const one of services) {
          const found = ids(search, one.service.name.replace(/["“”„«»‟「」『』]/g, ' '));
          expect(found).toContain(one.id);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('counts a letter of any plane as one', async () => {
    const search = await build([service('r0', 'a𐊀AAA'), service('r1', 'aa')]);
    expect(ids(search, '𐊀𐊀AAA')).toContain('r0');
  });

  it('finds a service by a word of five letters or more with one of them wrong', async () => {
    // A letter that is folded to several, as ß and Hangul are, can be several mistakes.
    const staysOne = (letter: string) => [...foldWords(letter)].length === 1;
    await fc.assert(
      fc.asyncProperty(town, fc.nat(100), fc.nat(3), async (services, at, kind) => {
        const search = await build(services);
        for (const one of services) {
          const long = one.service.name
            .split(' ')
            .filter(
              (part) => /^\p{L}{5,}$/u.test(part) && ALPHABETS.some((letters) => letters.includes(part[0]!)) && [...part].every(staysOne),
            );
          for (const part of long) expect(ids(search, mistype(part, at, kind)), `${part} as ${mistype(part, at, kind)}`).toContain(one.id);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('gives the same in the same order, whatever order the services came in, also by changes', async () => {
    await fc.assert(
      fc.asyncProperty(town, fc.nat(), fc.boolean(), async (services, seed, placed) => {
        const random = seeded(seed);
        const shuffled = services.map((one) => ({ one, key: random() })).sort((a, b) => a.key - b.key);
        const again = shuffled.map(({ one }) => one);
        const [first, second] = [await build(services), await build(again)];
        const half = await build(again.slice(0, again.length >> 1));
        const third = (await half.extend(half.index.apply({ upserts: again.slice(again.length >> 1), removed: [] })))!;
        const near = placed ? { lon: 0.1, lat: 0 } : undefined;
        for (const text of services.flatMap((one) => [one.service.name, one.service.name.slice(0, 2), one.summary ?? ''])) {
          const expected = ids(first, text, 1000, near);
          expect(ids(second, text, 1000, near), text).toEqual(expected);
          expect(ids(third, text, 1000, near), text).toEqual(expected);
          expect(ids(second, text, 3, near), text).toEqual(expected.slice(0, 3));
        }
      }),
      { numRuns: 100 },
    );
  });

  it('counts edits as the plain table does, and passes over no word that is near', () => {
    const short = fc.array(fc.constantFrom(...'abcde'), { minLength: 1, maxLength: 10 }).map((letters) => letters.join(''));
    fc.assert(
      fc.property(short, short, fc.constantFrom(1, 2), (a, b, most) => {
        expect(boundedEdits(a, b, most)).toBe(Math.min(most + 1, editDistance(a, b)));
      }),
    );
    fc.assert(
      fc.property(fc.uniqueArray(short, { minLength: 1, maxLength: 60 }), short, (words, typed) => {
        const near = new Set<string>();
        new Spelling(words).visitSimilar(typed, ({ word: at, begun }) => void (begun || near.add(words[at]!)));
        const allowed = allowedEdits(typed);
        expect([...near].sort()).toEqual(allowed === 0 ? [] : words.filter((one) => editDistance(typed, one) <= allowed).sort());
      }),
    );
  });
});

describe('the order', () => {
  const HARBOR = [
    service('exact', 'Harbor'),
    service('name', 'Harbor Legal Aid', { lon: 2, lat: 0 }),
    service('near', 'Legal Aid Harbor', { lon: 1, lat: 0 }),
    service('begun', 'Harborside Clinic'),
    service('need', 'Docks', { needs: ['harbor'] }),
    service('organization', 'Front desk', { organization: { id: 'o', name: 'Harbor Trust' } }),
    service('place', 'Clothes', { location: { id: 'l', name: 'Harbor House' } }),
    service('address', 'Shoes', { address: '12 Harbor Way' }),
    service('summary', 'Coats', { summary: 'For all who live by the harbor.' }),
    service('description', 'Hats'),
    service('other', 'Something else'),
  ];
  const describe = (id: string) => (id === 'description' ? { description: 'Also on the harbor.' } : {});

  it('is name, words of the name, need, organization, place, address, first sentence, description', async () => {
    const search = await build(HARBOR, describe);
    expect(ids(search, 'harbor')).toEqual([
      'exact',
      'name',
      'near',
      'begun',
      'need',
      'organization',
      'place',
      'address',
      'summary',
      'description',
    ]);
  });

  it('puts the nearer first among equals, and only among them', async () => {
    const found = ids(await build(HARBOR, describe), 'harbor', 3, { lon: 0, lat: 0 });
    expect(found).toEqual(['exact', 'near', 'name']);
  });

  it('puts the whole name first among thousands that have its words', async () => {
    const many = Array.from({ length: 3000 }, (_, i) => service(`m${i}`, `Food Pantry ${i} Food`));
    expect(ids(await build([...many, service('it', 'Food Pantry')]), 'food pantry', 5)[0]).toBe('it');
  });

  it('finds a need by the words of the needs above it', async () => {
    expect(ids(await build([service('a', 'Corner', { needs: ['food.groceries'] }), service('b', 'Other')]), 'food')).toEqual(['a']);
  });

  it.each([
    ['"legal aid"', ['name', 'near']],
    ['"aid legal"', []],
    ['harbor "legal aid"', ['name', 'near']],
    ['"harbor leg', ['name']],
    ['"harbor leg"', []],
    ['"harbor work"', ['need']],
    ['"12 harbor"', ['address']],
  ])('phrase %s', async (text, expected) => expect(ids(await build(HARBOR), text).sort()).toEqual(expected));

  it('adds what is mistyped only where little fits as typed', async () => {
    const houses = Array.from({ length: 30 }, (_, i) => service(`h${i}`, `House ${i}`));
    const found = ids(await build([...houses, service('horse', 'Horse riding')]), 'house');
    expect(found).toHaveLength(30);
    expect(ids(await build([...houses.slice(0, 5), service('horse', 'Horse riding')]), 'house').at(-1)).toBe('horse');
  });

  it('as typed finds no typing error and no half of the words', async () => {
    const search = await build(HARBOR);
    expect(search.find('harbar', { limit: 9, asTyped: true })).toEqual([]);
    expect(search.find('harbor nowhere', { limit: 9, asTyped: true })).toEqual([]);
    expect(search.find('harbor nowhere', { limit: 9 })).not.toEqual([]);
  });
});

describe('filters with counts', () => {
  const NOW = Date.parse('2026-11-18T17:00:00Z');
  const open = { zone: 'UTC', lines: [{ freq: 'WEEKLY' as const, byday: ['WE'], opens: 600, closes: 1200 }] };
  const shut = { zone: 'UTC', lines: [{ freq: 'WEEKLY' as const, byday: ['TH'], opens: 600, closes: 1200 }] };
  const TOWN = [
    service('a', 'Food one', {
      type: 'pantry',
      languages: ['en', 'es'],
      timetable: open,
      verified: '2026-11-10',
      needs: ['food.groceries'],
    }),
    service('b', 'Food two', { type: 'pantry', languages: ['en'], timetable: shut, verified: '2026-07-01', areas: ['Alder', 'Birch'] }),
    service('c', 'Food three', {
      type: 'meal',
      languages: ['es'],
      verified: '2020-01-01',
      areas: ['Alder'],
      needs: ['food.meals', 'food'],
    }),
    service('h', 'Food refuge', { type: 'meal', hidden: true, cell: '872834701ffffff', areas: ['Alder'], needs: ['safety', 'food.meals'] }),
    service('d', 'Legal', { type: 'legal', timetable: open }),
  ];
  const details = (id: string) => ({ a: { cost: 'free' as const, accessible: true }, b: { cost: 'paid' as const } })[id] ?? {};
  async function filtered(text: string, filters: SearchFilters) {
    const search = await build(TOWN, details);
    const { index, traits } = search;
    const lineOfNeed = (term: string) => (term.startsWith('food.') ? [term, 'food'] : [term]);
    const problemsOf: Record<string, number> = { b: 1, c: 2 };
    const problems = { sets: [[], ['no_hours'], ['no_hours', 'not_verified']], numberOf: (row: number) => problemsOf[index.id(row)] ?? 0 };
    const { rows, total, counts } = filterMatch({ index, traits, now: NOW, lineOfNeed, problems }, search.match(text), filters);
    expect(rows.size).toBe(total);
    return { ids: [...rows.toArray()].map((row) => index.id(row)).sort(), counts };
  }

  it.each([
    [{}, ['a', 'b', 'c', 'h']],
    [{ types: ['pantry'] }, ['a', 'b']],
    [{ types: ['pantry', 'meal'], languages: ['es'] }, ['a', 'c']],
    [{ open: true }, ['a']],
    [{ costs: ['unknown', 'paid'] }, ['b', 'c', 'h']],
    [{ accessible: true }, ['a']],
    [{ verifiedWithin: 180 }, ['a', 'b']],
    [{ verifiedWithin: 7 }, []],
    [{ verifiedWithin: 8 }, ['a']],
    [{ types: [] }, ['a', 'b', 'c', 'h']],
    [{ needs: ['food'] }, ['a', 'c', 'h']],
    [{ needs: ['food.groceries', 'safety'] }, ['a', 'h']],
    [{ areas: ['Alder'] }, ['b', 'c']],
    [{ hidden: true }, ['h']],
    [{ hidden: false, types: ['meal'] }, ['c']],
    [{ notVerifiedWithin: 180 }, ['c', 'h']],
    [{ notVerifiedWithin: 30, verifiedWithin: 365 }, ['b']],
    [{ problems: ['not_verified'] }, ['c']],
    [{ problems: ['no_hours'], areas: ['Birch'] }, ['b']],
  ] satisfies [SearchFilters, string[]][])('%j leaves %j', async (filters, left) => {
    expect((await filtered('food', filters)).ids).toEqual(left);
  });

  it('counts by the text and by every other filter', async () => {
    const { counts } = await filtered('food', { types: ['pantry'] });
    expect(counts).toEqual({
      need: { 'food.groceries': 1, food: 1 },
      type: { pantry: 2, meal: 2 },
      open: { open: 1, closed: 1, unknown: 0 },
      language: { en: 2, es: 1 },
      area: { Alder: 1, Birch: 1 },
      accessible: 1,
      cost: { unknown: 0, free: 1, paid: 1 },
      verifiedWithin: { 30: 1, 180: 2, 365: 2 },
      notVerifiedWithin: { 30: 1, 180: 0, 365: 0 },
      field: {},
      hidden: 0,
      problem: { no_hours: 1 },
    });
    const { counts: all } = await filtered('', {});
    expect(all.type).toEqual({ pantry: 2, meal: 2, legal: 1 });
    expect(all.need).toEqual({ 'food.groceries': 1, 'food.meals': 2, food: 3, safety: 1 });
  });

  it('has a hidden place in no area', async () => {
    expect((await filtered('', {})).counts.area).toEqual({ Alder: 2, Birch: 1 });
    expect((await filtered('', { hidden: true })).counts.area).toEqual({});
  });

  it('counts the most frequent areas, and those that are asked for', async () => {
    const towns = Array.from({ length: 250 }, (_, i) => service(`t${i}`, `Food ${i}`, { areas: i < 210 ? [`Town ${i}`, 'All'] : ['All'] }));
    const search = await build(towns);
    const count = (filters: SearchFilters) =>
      filterMatch({ index: search.index, traits: search.traits, now: NOW }, search.match(''), filters).counts.area;
    expect(Object.keys(count({}))).toHaveLength(200);
    expect(count({})['All']).toBe(250);
    expect(count({ areas: ['Town 99'] })['Town 99']).toBe(1);
  });

  it('says by its counts what choosing would leave, over made-up towns', async () => {
    const index = DirectoryIndex.build(syntheticResources(400, 7));
    const search = await DirectorySearch.build(index, { needs: [], pause: async () => {} });
    const match = search.match('food');
    const filter = (filters: SearchFilters) => filterMatch({ index, traits: search.traits, now: NOW }, match, filters);
    const base = { languages: ['en'], open: true };
    for (const [type, count] of Object.entries(filter(base).counts.type)) expect(filter({ ...base, types: [type] }).total).toBe(count);
    for (const [code, count] of Object.entries(filter(base).counts.language))
      expect(filter({ ...base, languages: [code] }).total, code).toBe(count);
  });
});

describe('what is stated of cost and access', () => {
  const option = (amount: number | null, text: string | null = null) => ({ option: text, amount, amount_description: null });
  it.each([
    [null, [], 'unknown'],
    ['Free', [], 'free'],
    ['No cost to veterans', [], 'free'],
    ['Gratuito', [], 'free'],
    ['Sliding scale, free for children', [], 'paid'],
    ['$15 for each visit', [], 'paid'],
    ['Call our toll-free number', [], 'unknown'],
    ['Must be free of drugs', [], 'unknown'],
    [null, [option(0)], 'free'],
    [null, [option(0), option(12.5)], 'paid'],
    [null, [option(null, 'free')], 'free'],
  ] as const)('%s %j is %s', (fees, options, cost) => expect(readCost(fees, options)).toBe(cost));

  it.each([
    ['Wheelchair accessible', true],
    ['No steps, wheelchair ramp', true],
    ['Accesible en silla de ruedas', true],
    ['Not wheelchair accessible', false],
    ['Limited accessibility; no ramp', false],
    ['Large print', false],
    ['Inaccessible', false],
  ])('"%s": %s', (text, stepFree) => expect(isStepFree([text])).toBe(stepFree));
});

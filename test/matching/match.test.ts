import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import type { ResourceInput } from '#shared/directory/resource.ts';
import type { FactValue } from '#shared/intake/facts.ts';
import { VERDICTS } from '#shared/eligibility/rule.ts';
import { createNeedTerms } from '#shared/matching/need-terms.ts';
import { FindAnswer, SCORE_PARTS, type FindRequest } from '#shared/matching/request.ts';
import { TopRows } from '#shared/matching/top-rows.ts';
import { Problem } from '#shared/platform/problems.ts';
import { contributed } from '../support/contributed.ts';
import { haversine } from '#shared/geo/distance.ts';
import { CENTER, find, offset, resource, weekdays } from './town.ts';

const ids = (answer: FindAnswer) => answer.matches.map((match) => match.resource.id);

describe('an answer', () => {
  test('is exactly this', () => {
    const answer = find(
      [
        resource('a300', {
          rule: 'test/adults',
          languages: ['en', 'es'],
          capacity: { available: 3, maximum: 9, updated: '2026-05-01T09:00:00-07:00' },
        }),
        resource('b500', { rule: 'test/low-income' }),
        resource('c200', { eligibilityText: 'Residents of the county', languages: [] }),
        resource('d100', { rule: 'test/veterans', type: null }),
        resource('e400', { needs: ['legal.advice'], type: 'legal' }),
        resource('f9000'),
      ],
      { facts: { 'person.age': 34, 'person.veteran': false, 'household.size': 2 }, languages: ['es'], limit: 10 },
    );
    expect(FindAnswer.parse(answer)).toEqual(answer);
    expect(answer.total).toBe(4);
    expect(answer.matches.map((m) => [m.resource.id, m.verdict])).toEqual([
      ['a300', 'eligible'],
      ['c200', 'not_stated'],
      ['b500', 'unknown'],
      ['d100', 'ineligible'],
    ]);
    expect(answer.matches[0]).toMatchObject({
      resource: {
        id: 'a300',
        service: { id: 'svc-a300', name: 'Service a300' },
        organization: { id: 'org', name: 'Harbor Help' },
        location: { id: 'loc-a300', name: 'Place a300' },
      },
      verdict: 'eligible',
      reasons: [
        { condition: 'adult', outcome: 'met', core: true, fact: 'person.age', value: 34, threshold: 18, say: 'Age: 18 or more; here 34' },
      ],
      meters: 390,
      minutes: 4.9,
      estimated: true,
      open: { state: 'open', until: '2026-05-01T18:00:00-07:00' },
      score: { parts: { need: 1, chance: 1, language: 1, capacity: 1, freshness: 1 } },
    });
    expect(answer.matches[1]!.reasons).toEqual([
      { condition: 'eligibility_text', outcome: 'open', core: false, say: 'Residents of the county' },
    ]);
    expect(answer.matches[2]!.reasons[0]).toMatchObject({
      condition: 'income',
      outcome: 'open',
      fact: 'household.income',
      value: null,
      threshold: { table: 'us_fpl', percent: 200, version: '2026-01-13', per: 'month' },
    });
    expect(answer.matches[3]!.score.total).toBe(0);
    expect(answer.ask).toEqual([
      {
        fact: 'household.income',
        question: 'About how much money comes in each month, for everyone together?',
        settles: 1,
        among: ['Service b500'],
      },
    ]);
    expect(answer.facets).toEqual({
      verdict: { eligible: 1, likely: 0, unknown: 1, not_stated: 1, ineligible: 1 },
      type: { pantry: 3, unknown: 1 },
      open: { open: 4, closed: 0, unknown: 0 },
      language: { en: 3, es: 1 },
    });
  });

  test.each<[string, Partial<ResourceInput>, object]>([
    ['open', {}, { state: 'open', until: '2026-05-01T18:00:00-07:00' }],
    ['opens later today', { timetable: weekdays(14, 18) }, { state: 'closed', next: '2026-05-01T14:00:00-07:00' }],
    ['opens on Monday', { timetable: weekdays(8, 9) }, { state: 'closed', next: '2026-05-04T08:00:00-07:00' }],
    ['hours not known', { timetable: null }, { state: 'unknown' }],
  ])('%s', (_, change, open) => {
    expect(find([resource('a100', change)]).matches[0]!.open).toEqual(open);
  });

  test('a total counts beyond the limit, ineligible ones included', () => {
    const many = Array.from({ length: 30 }, (_, i) => resource(`r${100 + i}`, i % 3 === 0 ? { rule: 'test/veterans' } : {}));
    const answer = find(many, { limit: 4, facts: { 'person.veteran': false } });
    expect(answer.total).toBe(30);
    expect(answer.matches).toHaveLength(4);
    expect(answer.facets.verdict['ineligible']).toBe(10);
  });

  test.each<[string, FactValue | undefined, object[]]>([
    ['open', undefined, [{ condition: 'benefits', outcome: 'open', core: true, fact: 'household.benefits', say: 'Gets SNAP or WIC' }]],
    ['failed', [], [{ condition: 'benefits', outcome: 'failed', core: true, fact: 'household.benefits', say: 'Gets SNAP or WIC' }]],
    ['met', ['wic'], [expect.objectContaining({ condition: 'wic', outcome: 'met', core: true }) as object]],
  ])('a group that says what it asks stands for its parts: %s', (_, benefits, reasons) => {
    const facts = benefits === undefined ? {} : { 'household.benefits': benefits };
    expect(find([resource('a100', { rule: 'test/benefits' })], { facts }).matches[0]!.reasons).toEqual(reasons);
  });

  test('words narrow it', () => {
    const answer = find([resource('a100', { summary: 'Halal meat on Fridays' }), resource('b100')], { text: 'HALAL friday' });
    expect(ids(answer)).toEqual(['a100']);
  });

  test('a position stays in the request: it never becomes the place where they live', () => {
    const answer = find([resource('a100', { rule: 'test/neighbors', areas: ['Old Town'] })]);
    expect(answer.matches[0]!).toMatchObject({
      verdict: 'unknown',
      reasons: [{ condition: 'area', outcome: 'open', value: null, threshold: ['Old Town'] }],
    });
    expect(answer.ask[0]).toMatchObject({ fact: 'household.place', settles: 1 });
  });

  test.each([
    ['Old Town', 'eligible'],
    ['old town', 'eligible'],
    // Perhaps a part of Old Town: another name is no reason to refuse.
    ['Hilltop', 'unknown'],
  ])('living in %s: %s', (place, verdict) => {
    expect(
      find([resource('a100', { rule: 'test/neighbors', areas: ['Old Town'] })], { facts: { 'household.place': place } }).matches[0]!
        .verdict,
    ).toBe(verdict);
  });
});

describe('the order', () => {
  test.each<[string, ResourceInput[], Partial<FindRequest>, string[]]>([
    ['the nearer of two alike', [resource('far900'), resource('near100')], {}, ['near100', 'far900']],
    [
      'open now before opening later',
      [resource('closed100', { timetable: weekdays(14, 18) }), resource('open900')],
      {},
      ['open900', 'closed100'],
    ],
    [
      'of two that open at two the nearer',
      [resource('a900', { timetable: weekdays(14, 18) }), resource('b200', { timetable: weekdays(14, 18) })],
      {},
      ['b200', 'a900'],
    ],
    [
      'closing before they can be there counts as closed',
      [resource('closing500', { timetable: weekdays(8, 10.1) }), resource('open900')],
      {},
      ['open900', 'closing500'],
    ],
    [
      'closing soon, but still in time, before one that opens later',
      [resource('closing500', { timetable: weekdays(8, 10.25) }), resource('a100', { timetable: weekdays(14, 18) })],
      {},
      ['closing500', 'a100'],
    ],
    [
      'of two in time the one that stays open longer',
      [resource('closing500', { timetable: weekdays(8, 10.25) }), resource('open520', { timetable: weekdays(8, 18) })],
      {},
      ['open520', 'closing500'],
    ],
    [
      'eligible before unknown',
      [resource('u500', { rule: 'test/veterans' }), resource('e500', { rule: 'test/adults' })],
      { facts: { 'person.age': 30 } },
      ['e500', 'u500'],
    ],
    [
      'unknown next door before eligible far away',
      [resource('e7000', { rule: 'test/adults' }), resource('u50', { rule: 'test/veterans' })],
      { facts: { 'person.age': 30 }, travel: { mode: 'walk', minutes: 180 } },
      ['u50', 'e7000'],
    ],
    ['not stated is not pushed down', [resource('u500', { rule: 'test/veterans' }), resource('n500')], {}, ['n500', 'u500']],
    [
      'ineligible last, however near',
      [resource('no10', { rule: 'test/veterans' }), resource('far1500')],
      { facts: { 'person.veteran': false } },
      ['far1500', 'no10'],
    ],
    [
      'more of what is needed',
      [resource('one500'), resource('two500', { needs: ['food.groceries', 'family.diapers'] })],
      { needs: [{ term: 'food' }, { term: 'diapers' }] },
      ['two500', 'one500'],
    ],
    [
      'what weighs more',
      [resource('food500'), resource('diapers500', { needs: ['family.diapers'] })],
      { needs: [{ term: 'food' }, { term: 'diapers', weight: 3 }] },
      ['diapers500', 'food500'],
    ],
    [
      'a language that they speak',
      [resource('en500'), resource('es500', { languages: ['es'] })],
      { languages: ['es-MX'] },
      ['es500', 'en500'],
    ],
    [
      'room tonight',
      [
        resource('full500', { capacity: { available: 0, maximum: 9, updated: '2026-05-01T09:00:00-07:00' } }),
        resource('room500', { capacity: { available: 1, maximum: 9, updated: '2026-05-01T09:00:00-07:00' } }),
      ],
      {},
      ['room500', 'full500'],
    ],
    ['lately verified', [resource('old500', { verified: '2023-01-01' }), resource('new500')], {}, ['new500', 'old500']],
    ['the same in all: by id', [resource('b500'), resource('a500')], {}, ['a500', 'b500']],
  ])('%s', (_, resources, request, expected) => {
    expect(ids(find(resources, request as never))).toEqual(expected);
  });

  test.each(SCORE_PARTS)('%s can be switched off', (part) => {
    const answer = find(
      [resource('a500', { languages: [], verified: null, rule: 'test/veterans' })],
      { languages: ['es'] },
      { parts: new Set(SCORE_PARTS.filter((p) => p !== part)) },
    );
    expect(answer.matches[0]!.score.parts[part]).toBe(1);
  });
});

describe('how far', () => {
  const row = [resource('a1000')];
  test.each<[FindRequest['travel'], number]>([
    [{ mode: 'walk', minutes: 20 }, 1],
    [{ mode: 'walk', minutes: 15 }, 0],
    [{ mode: 'walk', meters: 1400 }, 1],
    [{ mode: 'walk', meters: 1200 }, 0],
    [{ mode: 'drive', minutes: 4 }, 1],
    [{ mode: 'any', minutes: 4 }, 1],
    [{ mode: 'walk' }, 1],
    [{ mode: 'walk', minutes: 20, meters: 1200 }, 0],
  ])('%j: %i', (travel, total) => {
    expect(find(row, { travel }).total).toBe(total);
  });

  test('any is the fastest known', () => {
    expect(find(row, { travel: { mode: 'any' } }).matches[0]!.minutes).toBe(find(row, { travel: { mode: 'drive' } }).matches[0]!.minutes);
  });
});

describe('what cannot be answered is said in words', () => {
  test.each<[string, Partial<FindRequest>, RegExp, string | undefined]>([
    ['public transport', { travel: { mode: 'transit' } }, /timetable/, 'walk'],
    ['an unknown need', { needs: [{ term: 'grocries' }] }, /"grocries".*"Groceries"/, 'Groceries'],
    ['an unknown fact', { facts: { 'person.agee': 3 } }, /facts\.person\.agee.*"person\.age"/, undefined],
    ['a fact that cannot be read', { facts: { 'household.income': 900 } }, /facts\.household\.income.*per/, undefined],
  ])('%s', (_, request, message, suggestion) => {
    let problem: unknown;
    try {
      find([resource('a100')], request as never);
    } catch (error) {
      problem = error;
    }
    expect(problem).toBeInstanceOf(Problem);
    expect((problem as Problem).message).toMatch(message);
    if (suggestion !== undefined) expect((problem as Problem).suggestions).toContain(suggestion);
  });
});

test('the next question is never one that was declined', () => {
  const both = [resource('a100', { rule: 'test/veterans' }), resource('b100', { rule: 'test/low-income' })];
  expect(find(both).ask.map((question) => question.fact)).toEqual(['person.veteran', 'household.income', 'household.size']);
  expect(find(both, { facts: { 'person.veteran': { declined: true } } }).ask.map((question) => question.fact)).toEqual([
    'household.income',
    'household.size',
  ]);
});

describe('words for needs', () => {
  const terms = createNeedTerms(contributed('taxonomies'), contributed('synonyms'));
  test.each([
    ['food.groceries', 'food.groceries'],
    ['Groceries', 'food.groceries'],
    ['food pantry', 'food.groceries'],
    ['FOOD  BANK', 'food.groceries'],
    ['pañales', 'family.diapers'],
    ['panales', 'family.diapers'],
    ['Une couche', undefined],
    ['couches', 'family.diapers'],
    ['طعام', 'food'],
    ['somewhere to sleep', undefined],
    ['place to sleep', 'shelter.tonight'],
  ])('%s: %s', (word, term) => {
    expect(terms.find(word)).toBe(term);
  });

  test('a head is met by all below it', () => {
    expect([...terms.withChildren('housing')]).toEqual(
      expect.arrayContaining(['housing', 'housing.rent_help', 'utilities', 'utilities.water']),
    );
  });
});

const anyResource = fc
  .record({
    east: fc.integer({ min: 0, max: 3000 }),
    rule: fc.constantFrom(null, 'test/adults', 'test/veterans', 'test/interview', 'test/low-income', 'elsewhere/unknown'),
    needs: fc.constantFrom(['food.groceries'], ['food.hot_meals', 'family.diapers'], ['legal.advice'], []),
    languages: fc.subarray(['en', 'es', 'ar']),
    type: fc.constantFrom('pantry', 'meal', null),
    timetable: fc.constantFrom(weekdays(8, 18), weekdays(14, 18), null),
    verified: fc.constantFrom(null, '2026-04-01', '2020-01-01'),
  })
  .map(({ east, ...change }) => ({ east, change }));

describe('laws', () => {
  test('facets sum up to the total, every total counts once, and the order does not hang on the order of the input', () => {
    fc.assert(
      fc.property(
        fc.array(anyResource, { maxLength: 40 }),
        fc.array(fc.nat(), { minLength: 40, maxLength: 40 }),
        fc.integer({ min: 1, max: 10 }),
        (list, order, limit) => {
          const resources = list.map(({ east, change }, i) => resource(`r${i}`, { ...change, ...positionOf(east) }));
          const shuffled = resources
            .map((r, i) => [order[i]!, r] as const)
            .sort((a, b) => a[0] - b[0])
            .map(([, r]) => r);
          const request = { facts: { 'person.age': 20, 'person.veteran': false }, languages: ['es'] };
          const all = find(resources, { ...request, limit: 1000 });
          expect(find(shuffled, { ...request, limit: 1000 })).toEqual(all);
          expect(ids(find(shuffled, { ...request, limit }))).toEqual(ids(all).slice(0, limit));
          const sum = (facet: Record<string, number>) => Object.values(facet).reduce((a, b) => a + b, 0);
          expect([sum(all.facets.verdict), sum(all.facets.type), sum(all.facets.open), all.matches.length]).toEqual([
            all.total,
            all.total,
            all.total,
            all.total,
          ]);
          for (const verdict of VERDICTS) expect(all.facets.verdict[verdict]).toBe(all.matches.filter((m) => m.verdict === verdict).length);
          const scores = all.matches.filter((m) => m.verdict !== 'ineligible').map((m) => m.score.total);
          expect([...scores].sort((a, b) => b - a)).toEqual(scores);
          const folded = all.matches.findIndex((m) => m.verdict === 'ineligible');
          if (folded >= 0) expect(all.matches.slice(folded).every((m) => m.verdict === 'ineligible')).toBe(true);
        },
      ),
      { numRuns: 100 },
    );
  });

  test('everything within reach is counted and nothing else: against a plain look at each', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: -4000, max: 4000 }), fc.integer({ min: -4000, max: 4000 })), { maxLength: 60 }),
        fc.integer({ min: 1, max: 60 }),
        (places, minutes) => {
          const resources = places.map(([east, north], i) => resource(`r${i}`, offset(east, north)));
          const near = resources.filter(
            ({ lon, lat }) => (haversine(CENTER.lon, CENTER.lat, lon!, lat!) * 1.3) / (4.8 / 3.6) <= minutes * 60 + 0.5,
          );
          const nearer = resources.filter(
            ({ lon, lat }) => (haversine(CENTER.lon, CENTER.lat, lon!, lat!) * 1.3) / (4.8 / 3.6) <= minutes * 60 - 0.5,
          );
          const { total } = find(resources, { travel: { mode: 'walk', minutes } });
          expect(total).toBeGreaterThanOrEqual(nearer.length);
          expect(total).toBeLessThanOrEqual(near.length);
        },
      ),
      { numRuns: 100 },
    );
  });

  test('the best k of many are the first k of all sorted', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 })), fc.nat(20), (list, k) => {
        const top = new TopRows(k, (a, b) => a < b);
        for (const [row, key] of list.entries()) top.offer(row, key);
        const sorted = [...list.keys()].sort((a, b) => list[b]! - list[a]! || a - b);
        expect(top.take()).toEqual(sorted.slice(0, k));
      }),
    );
  });
});

function positionOf(east: number): { lon: number; lat: number } {
  const { lon, lat } = resource(`x${east}`);
  return { lon: lon!, lat: lat! };
}

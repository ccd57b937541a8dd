// The order of matches as a property: against the plain reference, over random places, rules and people.

import fc from 'fast-check';
import { expect } from 'vitest';
import { DirectoryIndex } from '#shared/directory/index.ts';
import type { ResourceInput } from '#shared/directory/resource.ts';
import { AREA } from '#shared/eligibility/mask.ts';
import type { Verdict } from '#shared/eligibility/rule.ts';
import { createTravelTimes } from '#shared/geo/travel.ts';
import { match } from '#shared/matching/match.ts';
import { travelToRows } from '#shared/matching/reach.ts';
import { SCORE_PARTS } from '#shared/matching/request.ts';
import { compileNodes, jsonOf, person, referenceOf, ruleNode } from '../eligibility/random.ts';
import { orderOf, referenceMatches, type ReferenceMatch } from './reference.ts';
import { AT, contextOf, offset, REQUEST, resource } from './town.ts';

const RULES = 4;
/** AT is a Friday, 10:00. */
const LOCAL = { weekday: 4, minute: 600, day: AT.slice(0, 10) };
/** Ways are held in 32 bits. */
const ROUNDING = 1e-4;

const meters = fc.integer({ min: -6, max: 6 }).map((steps) => steps * 400);
const hours = fc
  .record({
    byday: fc.subarray(['MO', 'WE', 'FR', 'SA'], { minLength: 1 }),
    opens: fc.integer({ min: 12, max: 30 }).map((halves) => halves * 30),
    // Before the longest way is done, after it, and so that it closes just before or after somebody arrives on Friday.
    length: fc.constantFrom(130, 240, 605),
  })
  .map(({ byday, opens, length }) => ({ byday, opens, closes: opens + length }));
const closing = fc.constantFrom(605, 612, 620, 640).map((closes) => ({ byday: ['FR'], opens: 480, closes }));
const timetable = fc.oneof({ weight: 3, arbitrary: hours }, closing).map((line) => ({
  zone: 'America/Los_Angeles',
  lines: [{ freq: 'WEEKLY' as const, ...line }],
}));

const change = fc.record({
  rule: fc.option(
    fc.integer({ min: 0, max: RULES - 1 }).map((i) => `test/r${i}`),
    { freq: 4 },
  ),
  needs: fc.subarray(['food.groceries', 'food.hot_meals', 'family.diapers', 'legal.advice']),
  languages: fc.subarray(['en', 'es', 'ar']),
  timetable: fc.option(timetable, { freq: 5 }),
  verified: fc.constantFrom(null, '2026-04-01', '2025-11-01', '2020-01-01'),
  capacity: fc.constantFrom(
    null,
    ...[0, 3].flatMap((available) =>
      ['2026-05-01T07:00:00-07:00', '2026-04-01T07:00:00-07:00'].map((updated) => ({ available, maximum: 5, updated })),
    ),
  ),
});
const place = fc.tuple(change, meters, meters, fc.boolean(), fc.nat(9));
const places = fc.array(place, { maxLength: 60 }).map((list) =>
  list.map(([changes, east, north, far, hidden], i): ResourceInput =>
    resource(`r${i}`, {
      ...changes,
      ...(hidden === 0 ? { hidden: true, lon: null, lat: null } : offset(east * (far ? 3 : 0.5), north)),
    }),
  ),
);
const needs = fc
  .subarray(['food', 'diapers', 'legal.advice'])
  .chain((terms) =>
    fc
      .array(fc.integer({ min: 1, max: 4 }), { minLength: terms.length, maxLength: terms.length })
      .map((weights) => terms.map((term, i) => ({ term, weight: weights[i]! }))),
  );

export function holdOrder(runs: number): void {
  const nodes = fc.array(ruleNode, { minLength: RULES, maxLength: RULES });
  fc.assert(
    fc.property(
      fc.tuple(nodes, person, places),
      fc.record({
        needs,
        minutes: fc.integer({ min: 1, max: 60 }),
        languages: fc.subarray(['es', 'ar']),
        limit: fc.integer({ min: 1, max: 70 }),
      }),
      fc.subarray([...SCORE_PARTS], { minLength: SCORE_PARTS.length - 1 }),
      ([rules, told, resources], { minutes, ...asked }, counted) => {
        const parts = new Set(counted);
        const request = { ...REQUEST, ...asked, travel: { mode: 'walk' as const, minutes }, facts: jsonOf(told) };
        const context = contextOf(DirectoryIndex.build(resources), { ruleSet: compileNodes(rules), parts, questions: [] });
        const answer = match(context, request, travelToRows(context.index, createTravelTimes(), request));
        const expectedWithin = (most: number): ReferenceMatch[] =>
          referenceMatches(resources, {
            request: { ...request, travel: { mode: 'walk', minutes: most } },
            local: LOCAL,
            parts,
            meets: (term) => context.terms.withChildren(context.terms.find(term)!),
            verdictOf: ({ rule }) =>
              rule === null ? 'not_stated' : (referenceOf(rules[Number(rule.slice('test/r'.length))]!, told, AREA.unknown) as Verdict),
          });
        const expected = expectedWithin(minutes);
        // Whether a place at the very edge is in reach hangs on rounding.
        fc.pre(expectedWithin(minutes - ROUNDING).length === expectedWithin(minutes + ROUNDING).length);
        expect(answer.total).toBe(expected.length);
        expect(answer.matches).toHaveLength(Math.min(asked.limit, expected.length));
        for (const verdict of Object.keys(answer.facets.verdict))
          expect(answer.facets.verdict[verdict]).toBe(expected.filter((one) => one.verdict === verdict).length);
        const byId = new Map(expected.map((one) => [one.id, one]));
        answer.matches.forEach((found, i) => {
          const one = byId.get(found.resource.id)!;
          expect(found.verdict).toBe(one.verdict);
          expect(found.score.total).toBeCloseTo(one.total, 3);
          for (const part of SCORE_PARTS) expect(found.score.parts[part]).toBeCloseTo(one.parts[part], 5);
          const wanted = expected[i]!;
          const isInOrder = one.id === wanted.id || (isNear(one, wanted) && !standTogether(one.id, wanted.id, resources));
          expect(isInOrder, `${one.id} stands where ${wanted.id} should`).toBe(true);
        });
      },
    ),
    { numRuns: runs },
  );
}

/** Rounding may put one before the other. */
function isNear(a: ReferenceMatch, b: ReferenceMatch): boolean {
  return (a.verdict === 'ineligible') === (b.verdict === 'ineligible') && Math.abs(orderOf(a) - orderOf(b)) < ROUNDING;
}

/** Two of one spot have one way to the last digit, so that nothing but the id may part them where they are alike. */
function standTogether(a: string, b: string, resources: readonly ResourceInput[]): boolean {
  const [one, other] = [a, b].map((id) => resources.find((candidate) => candidate.id === id)!) as [ResourceInput, ResourceInput];
  return one.lon === other.lon && one.lat === other.lat;
}

// One person, answer after answer: what is remembered from one to the next changes nothing.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DirectoryIndex } from '#shared/directory/index.ts';
import { createDecider } from '#shared/eligibility/decider.ts';
import { createTravelTimes } from '#shared/geo/travel.ts';
import { DescribedConditions } from '#shared/matching/described-conditions.ts';
import { match } from '#shared/matching/match.ts';
import { travelToRows } from '#shared/matching/reach.ts';
import { compileNodes, jsonOf, person, ruleNode } from '../eligibility/random.ts';
import { contextOf, offset, REQUEST, resource } from './town.ts';

const RULES = 4;

test('the same answers as without remembering, also on another day', () => {
  fc.assert(
    fc.property(
      fc.array(ruleNode, { minLength: RULES, maxLength: RULES }),
      fc.array(person, { minLength: 2, maxLength: 4 }),
      fc.array(fc.tuple(fc.nat(3), fc.nat(1000), fc.boolean()), { minLength: 1, maxLength: 6 }),
      (nodes, people, answers) => {
        const resources = nodes.map((_, i) => resource(`r${i}`, { rule: `test/r${i}`, ...offset(i * 100, 0) }));
        const index = DirectoryIndex.build(resources);
        const context = contextOf(index, { ruleSet: compileNodes(nodes) });
        const read = new Map(resources.map((one) => [one.id, one]));
        const remembering = {
          ...context,
          decide: createDecider(),
          described: new DescribedConditions(),
          resource: (row: number) => read.get(index.id(row))!,
        };
        let facts = jsonOf(people[0]!);
        for (const [who, which, isLater] of answers) {
          const other = jsonOf(people[who % people.length]!);
          const [id, value] = Object.entries(other)[which % Math.max(1, Object.keys(other).length)] ?? [];
          if (id !== undefined && value !== undefined) facts = { ...facts, [id]: value };
          const request = { ...REQUEST, facts, at: isLater ? '2026-07-03T10:00:00-07:00' : REQUEST.at };
          const travel = travelToRows(index, createTravelTimes(), request);
          const [again, anew] = [match(remembering, request, travel), match(context, request, travel)];
          expect(again.matches.map(({ reasons }) => reasons)).toEqual(anew.matches.map(({ reasons }) => reasons));
          expect(again.matches.map((found) => found.resource.id)).toEqual(anew.matches.map((found) => found.resource.id));
          expect({ ...again, matches: [] }).toEqual({ ...anew, matches: [] });
        }
      },
    ),
    { numRuns: 150 },
  );
});

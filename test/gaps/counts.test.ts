// Counts of our own people and requests: nobody who knows the method, every answer and all differences between them learns a
// count of few. The attacker of the first tests is as strong as there can be: of all worlds that there could be, those remain in
// which every answer is the same; if one figure of few is the same in all of them, it is given away.

import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { cellToChildren } from 'h3-js';
import { describe, expect, it } from 'vitest';
import { answerCount } from '#shared/gaps/counts/answer.ts';
import { BASE_RESOLUTION, cellsAround, partitionCases, type CountedCase } from '#shared/gaps/counts/partition.ts';

const PARENT = '862649a57ffffff';
const CHILDREN = cellToChildren(PARENT, BASE_RESOLUTION);

interface Place {
  need: string;
  why: string;
  cell: string | null;
}

/** Every world of these places with at most so many people in all: whatever is compared, no bound of one place tells anything. */
function* worldsOf(places: number, most: number): Generator<number[]> {
  if (places === 0) return yield [];
  for (let first = 0; first <= most; first++) for (const rest of worldsOf(places - 1, most - first)) yield [first, ...rest];
}

const casesOf = (places: readonly Place[], counts: readonly number[]): CountedCase[] =>
  places.flatMap((place, i) => Array.from({ length: counts[i]! }, (_, k) => ({ who: `${i}.${k}`, owner: 'one', ...place })));

/** What the attacker knows of the universe, and does not know: the order in which parts are put together. */
interface Attack {
  limit: number;
  most: number;
  orders: number;
}

/** Sets of places of which somebody who has seen everything would know that they have between 1 and `limit` people. */
function findLeaks(places: readonly Place[], { limit, most, orders }: Attack): string[] {
  const remaining = new Map<string, Map<string, number[]>>();
  for (const counts of worldsOf(places.length, most)) {
    for (let order = 0; order < orders; order++) {
      const rank = (name: string): string => createHash('sha256').update(`${order} ${name}`).digest('hex');
      const seen = JSON.stringify(partitionCases(casesOf(places, counts), { limit, rank }));
      const alike = remaining.get(seen) ?? new Map<string, number[]>();
      remaining.set(seen, alike.set(counts.join(), counts));
    }
  }
  const leaks: string[] = [];
  for (const [seen, alike] of remaining) {
    const worlds = [...alike.values()];
    for (let set = 1; set < 1 << places.length; set++) {
      const sumIn = (counts: readonly number[]): number => counts.reduce((sum, count, i) => (set & (1 << i) ? sum + count : sum), 0);
      const first = sumIn(worlds[0]!);
      if (first >= 1 && first <= limit && worlds.every((counts) => sumIn(counts) === first)) leaks.push(`${seen}: set ${set} has ${first}`);
    }
  }
  return leaks;
}

const product = (needs: readonly string[], whys: readonly string[], cells: readonly (string | null)[]): Place[] =>
  needs.flatMap((need) => whys.flatMap((why) => cells.map((cell) => ({ need, why, cell }))));

describe('whoever has seen every answer, and compares them', () => {
  it.each<[string, Place[], Attack]>([
    ['reasons', product(['food'], ['cost', 'full', 'hours', 'other'], [null]), { limit: 2, most: 10, orders: 20 }],
    ['needs and reasons', product(['food', 'beds'], ['cost', 'full'], [null]), { limit: 2, most: 10, orders: 10 }],
    ['cells', product(['food'], ['full'], CHILDREN.slice(0, 5)), { limit: 2, most: 9, orders: 10 }],
    ['cells and needs', product(['food', 'beds'], ['full'], [CHILDREN[0]!, null]), { limit: 3, most: 13, orders: 6 }],
  ])('knows no count of few by %s', (_, places, attack) => {
    expect(findLeaks(places, attack).slice(0, 5)).toEqual([]);
  });
});

describe('answers', () => {
  const NEEDS = ['food', 'beds', 'care'];
  const WHYS = ['full', 'cost', 'hours'];
  const CELLS = [...CHILDREN.slice(0, 4), '872a1072bffffff'];
  const LIMIT = 10;
  const rank = (name: string): string => createHash('sha256').update(name).digest('hex');
  const oneCase = fc.record({
    who: fc.integer({ min: 0, max: 150 }).map(String),
    owner: fc.constantFrom('north', 'south'),
    need: fc.constantFrom(...NEEDS),
    why: fc.constantFrom(...WHYS),
    cell: fc.constantFrom(...CELLS, null),
  });
  // As the server makes them: a person once for a need, and of one agency.
  const someCases = fc.array(oneCase, { maxLength: 400 }).map((cases) => {
    const owners = new Map(cases.map(({ who, owner }) => [who, owner]));
    const last = new Map(cases.map((one) => [`${one.who} ${one.need}`, { ...one, owner: owners.get(one.who)! }]));
    return [...last.values()];
  });
  const filters = [undefined, ...NEEDS].flatMap((need) =>
    [undefined, ...WHYS].flatMap((why) => [undefined, ...new Set(CELLS.flatMap(cellsAround))].map((cell) => ({ need, why, cell }))),
  );
  const isIn = ({ need, why, cell }: (typeof filters)[number], one: CountedCase): boolean =>
    (need === undefined || one.need === need) &&
    (why === undefined || one.why === why) &&
    (cell === undefined || (one.cell !== null && cellsAround(one.cell).includes(cell)));

  it('are true, and no total or difference of two of them is of few people, for an agency that takes away its own neither', () => {
    fc.assert(
      fc.property(someCases, (cases) => {
        const atoms = partitionCases(cases, { limit: LIMIT, rank });
        expect(atoms.reduce((sum, { count }) => sum + count, 0)).toBe(atoms.length === 0 ? 0 : cases.length);
        const told = filters.flatMap((filter) => {
          const { count, complete } = answerCount(atoms, filter);
          const inside = cases.filter((one) => isIn(filter, one));
          if (atoms.length > 0 && complete) expect(count).toBe(inside.length);
          else expect(count ?? 0).toBeLessThanOrEqual(inside.length);
          return atoms.length > 0 && complete ? [{ filter, inside: new Set(inside) }] : [];
        });
        for (const { inside } of told) {
          expectMany([...inside]);
          for (const other of told)
            if ([...other.inside].every((one) => inside.has(one))) expectMany([...inside].filter((one) => !other.inside.has(one)));
        }
      }),
      { numRuns: 40 },
    );
  });

  function expectMany(cases: readonly CountedCase[]): void {
    for (const own of [undefined, 'north', 'south']) {
      const people = new Set(cases.filter(({ owner }) => owner !== own).map(({ who }) => who)).size;
      if (people > 0 && people <= LIMIT) expect.fail(`${people} people${own ? ` beside those of ${own}` : ''} are told apart`);
    }
  }

  it('say so where something is held back, and nothing of how much', () => {
    const cases = Array.from({ length: 30 }, (_, i) => ({
      ...{ who: String(i), owner: 'north', why: 'full', cell: CELLS[0]! },
      need: i < 4 ? 'beds' : 'food',
    }));
    const atoms = partitionCases(cases, { limit: LIMIT, rank });
    expect(answerCount(atoms, { need: 'beds' })).toEqual({ count: null, complete: false, suppressed: 1 });
    expect(answerCount(atoms, { need: 'food' })).toEqual({ count: null, complete: false, suppressed: 1 });
    expect(answerCount(atoms, {})).toEqual({ count: 30, complete: true, suppressed: 0 });
    expect(partitionCases(cases.slice(0, LIMIT), { limit: LIMIT, rank })).toEqual([]);
  });
});

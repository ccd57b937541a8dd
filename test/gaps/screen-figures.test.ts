// What the coordinator's screen makes of figures before it draws them: classes, curve, histogram, order of rows, what a brush
// chooses, scenarios that can be undone, lists of candidates, kept views.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCandidates } from '#client/gaps/candidates-file.ts';
import { chooseCells } from '#client/gaps/choose.ts';
import { classesOf, classify, NO_CLASS } from '#client/gaps/classes.ts';
import { differences } from '#client/gaps/compare.ts';
import { coverageCurve, histogram, readableWidth } from '#client/gaps/curve.ts';
import { unreachedOf, workOut } from '#client/gaps/outcome.ts';
import { FIRST_QUESTION } from '#client/gaps/question.ts';
import { FIRST_ORDER, orderCells } from '#client/gaps/rows.ts';
import { noteStep, NO_STEPS, redoStep, undoStep, type Steps } from '#client/gaps/steps.ts';
import { addSites, activeOf, changeSite, NO_SCENARIOS, removeSite } from '#client/gaps/scenarios.ts';
import { idInAddress, linkTo, readView } from '#client/gaps/views.ts';
import { openWorld } from '#client/gaps/world.ts';
import { packFigures, packPairs, unpackFigures, unpackPairs } from '#shared/gaps/packed-pairs.ts';
import { PairBuilder } from '#shared/gaps/pairs.ts';
import { smallWorld } from './screen-world.ts';

const figures = (...values: number[]) => Float64Array.from(values);
const finite = fc.array(fc.double({ min: 0, max: 300, noNaN: true }), { minLength: 1, maxLength: 40 });

describe('classes', () => {
  const minutes = { measure: 'nearest', minutes: 20 } as const;

  test('of minutes have the limit as an edge, and no way is in the worst', () => {
    const classes = classesOf(minutes, figures(), figures());
    expect(classes.map(({ from }) => from)).toEqual([0, 10, 20, 30, 40]);
    expect([...classify(figures(0, 9.9, 20, 39, 41, Infinity), figures(1, 1, 1, 1, 1, 1), classes)]).toEqual([0, 0, 2, 3, 4, 4]);
  });

  test('a cell where nobody lives, or whose figure is held back, has none', () => {
    expect([...classify(figures(5, 5, 5), figures(0, NaN, 3), classesOf(minutes, figures(), figures()))]).toEqual([NO_CLASS, NO_CLASS, 0]);
  });

  test('of supply have nothing apart, and where the least is the strongest colour is', () => {
    const values = figures(0, 1, 2, 3, 4);
    const classes = classesOf({ measure: '2sfca', minutes: 20 }, values, figures(1, 1, 1, 1, 1));
    expect(classify(values, figures(1, 1, 1, 1, 1), classes)[0]).toBe(0);
    expect(classify(figures(1e-9), figures(1), classes)[0]).toBe(1);
    expect(classes[0]!.fill.colour).toBe(`--g-${classes.length}`);
    expect(classes.at(-1)!.fill.colour).toBe('--g-1');
  });

  test('whatever the values, every cell with people has one', () => {
    fc.assert(
      fc.property(finite, fc.constantFrom('nearest', 'count', '2sfca', 'e2sfca'), (values, measure) => {
        const column = Float64Array.from(values);
        const people = new Float64Array(values.length).fill(2);
        const classes = classesOf({ measure, minutes: 15 }, column, people);
        return classes.length <= 5 && classify(column, people, classes).every((one) => one < classes.length);
      }),
    );
  });
});

describe('drawings', () => {
  test('the curve never falls and ends with all who have a way', () => {
    fc.assert(
      fc.property(finite, (values) => {
        const nearest = Float64Array.from(values);
        const curve = coverageCurve(nearest, new Float64Array(values.length).fill(1), 300);
        const shares = curve.map(({ share }) => share);
        return shares.every((share, i) => i === 0 || share >= shares[i - 1]!) && Math.abs(shares.at(-1)! - 1) < 1e-9;
      }),
    );
    expect(coverageCurve(figures(5, 15, Infinity), figures(10, 30, 60), 20).map(({ share }) => share)).toMatchObject({
      4: 0,
      5: 0.1,
      14: 0.1,
      15: 0.4,
      20: 0.4,
    });
  });

  test('the histogram holds everybody once, those without a way in the last bar', () => {
    const bins = histogram(figures(0, 4, 5, 99, Infinity), figures(1, 2, 4, 8, 16), { width: 5, bins: 3, only: null });
    expect(bins.map(({ people }) => people)).toEqual([3, 4, 24]);
    expect(histogram(figures(0, 4), figures(1, 2), { width: 5, bins: 2, only: Uint8Array.of(0, 1) })[0]!.people).toBe(2);
  });

  test.each([
    [60, 12, 5],
    [45, 12, 5],
    [0.0012, 12, 0.0001],
    [0, 12, 1],
  ])('bars up to %d in %d are %d wide', (most, bins, width) => expect(readableWidth(most, bins)).toBeCloseTo(width, 9));
});

test('a brush chooses from its beginning to before its end, an open one what has no way too, and the map what lies in it', () => {
  const place = { lon: figures(0, 1, 2), lat: figures(0, 0, 0) };
  const values = figures(5, 10, Infinity);
  const all = { brush: null, bounds: null };
  expect(chooseCells(place, values, all)).toBe(null);
  expect([...chooseCells(place, values, { ...all, brush: { from: 5, to: 10 } })!]).toEqual([1, 0, 0]);
  expect([...chooseCells(place, values, { ...all, brush: { from: 10, to: Infinity } })!]).toEqual([0, 1, 1]);
  expect([...chooseCells(place, values, { ...all, bounds: [0.5, -1, 3, 1] })!]).toEqual([0, 1, 1]);
});

test('rows stand by people without help, and each other column orders them too', () => {
  const outcomeOf = (...nearest: number[]) => ({
    values: figures(...nearest),
    nearest: figures(...nearest),
    reached: Uint8Array.from(nearest, (way) => (way <= 15 ? 1 : 0)),
    summary: { demand: 0, reached: 0, unreached: 0, mean: null, median: null },
  });
  const source = {
    demand: figures(10, 500, 0, 20, 30),
    today: outcomeOf(Infinity, 3, 99, 40, Infinity),
    outcome: outcomeOf(Infinity, 3, 99, 40, 4),
    chosen: null,
    nameOf: (cell: number) => ['b', 'a', 'x', 'c10', 'c9'][cell]!,
  };
  const order = (column: Parameters<typeof orderCells>[1]['column'], descending = true) => orderCells(source, { column, descending }, 'en');
  expect(orderCells(source, FIRST_ORDER, 'en').slice(0, 2)).toEqual([3, 0]);
  expect(order('people')).toEqual([1, 4, 3, 0]);
  expect(order('today')).toEqual([0, 4, 3, 1]);
  expect(order('scenario', false)).toEqual([1, 4, 3, 0]);
  expect(order('area', false)).toEqual([1, 0, 4, 3]);
  expect(orderCells({ ...source, chosen: Uint8Array.of(1, 0, 1, 0, 0) }, FIRST_ORDER, 'en')).toEqual([0]);
});

describe('outcome', () => {
  const { population, world: given } = smallWorld();
  const world = openWorld(population, 'walk', given);
  const question = { ...FIRST_QUESTION, minutes: 15 };

  test('a placed site shortens ways and nobody has it worse', () => {
    const today = workOut(world, question, []);
    const then = workOut(world, question, [figures(...world.cells.map((_, i) => i))]);
    expect(then.nearest.every((way, i) => way <= today.nearest[i]!)).toBe(true);
    expect(then.summary.unreached).toBeLessThan(today.summary.unreached);
    const { people, unreached } = unreachedOf(world, 'seniors', then.reached);
    expect(unreached).toBeLessThanOrEqual(people);
  });

  test.each(['count', '2sfca', 'e2sfca', '3sfca', 'm2sfca', 'bfca'] as const)(
    '%s with a placed site is as if it had always stood',
    (measure) => {
      const ways = figures(...world.cells.map((_, i) => 2 * i));
      const standing = new PairBuilder(world.cells.length, world.sites.length + 1);
      for (let i = 0; i < world.cells.length; i++) {
        for (let p = world.pairs.firstPair[i]!; p < world.pairs.firstPair[i + 1]!; p++)
          standing.add(i, world.pairs.site[p]!, world.pairs.cost[p]!);
        if (ways[i]! <= 15) standing.add(i, world.sites.length, ways[i]!);
      }
      const built = { ...world, pairs: standing.finish(), sites: [...world.sites, world.sites[0]!] };
      const placed = workOut(world, { ...question, measure }, [ways]);
      expect([...placed.values]).toEqual([...workOut(built, { ...question, measure }, []).values]);
    },
  );

  test('figures that are held back count as nobody', () => {
    expect(Number.isNaN(world.people.get('seniors')![0])).toBe(true);
    expect(unreachedOf(world, 'seniors', new Uint8Array(world.cells.length)).people).toBe(5 + 6);
  });
});

test('differences are shorter below zero, and a way that was endless in both is the same', () => {
  expect([...differences(figures(5, 20, Infinity, 3), figures(10, 20, Infinity, Infinity))]).toEqual([-5, 0, 0, -Infinity]);
});

test('steps of scenarios are taken back and made again, and ids are never used twice', () => {
  const one = addSites(NO_SCENARIOS, [{ lon: 1, lat: 2, name: null }], 'First');
  const first = noteStep(NO_STEPS, NO_SCENARIOS);
  const site = activeOf(one)!.sites[0]!;
  const moved = changeSite(one, site.id, { lon: 3 });
  const undone = undoStep(noteStep(first, one), moved)!;
  expect(undone.then).toBe(one);
  const start = undoStep(undone.steps, one)!;
  expect(start.then).toBe(NO_SCENARIOS);
  expect(undoStep(start.steps, NO_SCENARIOS)).toBe(undefined);
  expect(redoStep(start.steps, NO_SCENARIOS)!.then).toBe(one);
  const without = removeSite(one, site.id);
  expect(activeOf(without)!.sites).toEqual([]);
  expect(activeOf(addSites(without, [{ lon: 1, lat: 2, name: null }], ''))!.sites[0]!.id).not.toBe(site.id);
});

test('what is dragged is one step, and the next drag another', () => {
  const [drag, next] = [{}, {}];
  const steps = [drag, drag, drag, next, undefined].reduce<Steps<number>>((all, gesture, i) => noteStep(all, i, gesture), NO_STEPS);
  expect(steps.back).toEqual([0, 3, 4]);
});

describe('candidates of a file', () => {
  test('have a position and perhaps a name', () => {
    expect(readCandidates('Name,Latitude,Longitude\nSchool,-30.1,-51.2\n,"1,5",2\n')).toEqual({
      ok: true,
      left: 0,
      candidates: [
        { id: 'file-1', lon: -51.2, lat: -30.1, name: 'School' },
        { id: 'file-2', lon: 2, lat: 1.5, name: null },
      ],
    });
  });

  test('say what a site would cost there, where there is a column of it', () => {
    expect(readCandidates('lon,lat,Cost\n1,2,"40,5"\n')).toEqual({
      ok: true,
      left: 0,
      candidates: [{ id: 'file-1', lon: 1, lat: 2, name: null, cost: 40.5 }],
    });
  });

  test.each([
    ['name,place\na,b\n', { ok: false, why: 'columns' }],
    ['lon,lat\n1,2\n1,\n', { ok: false, why: 'position', row: 2 }],
    ['lon,lat\n1,95\n', { ok: false, why: 'position', row: 1 }],
    ['lon,lat,cost\n1,2,3\n1,2,\n', { ok: false, why: 'cost', row: 2 }],
    ['lon,lat,rent\n1,2,-3\n', { ok: false, why: 'cost', row: 1 }],
  ])('%j is refused with its row', (text, expected) => expect(readCandidates(text)).toEqual(expected));
});

test('a kept view comes back as it was; what another version kept is refused; a link names the view alone', () => {
  const view = {
    question: { ...FIRST_QUESTION, needs: ['food'], usableBy: { 'person.age': 30 } },
    scenarios: addSites(NO_SCENARIOS, [{ lon: 1, lat: 2, name: 'x' }], 'S'),
  };
  expect(readView(JSON.parse(JSON.stringify(view)))).toEqual(view);
  expect(readView({ question: {}, scenarios: {} })).toBe(null);
  const link = linkTo('scn_1', 'http://here');
  expect(link).toBe('http://here/#gaps=scn_1');
  expect(idInAddress(new URL(link).hash)).toBe('scn_1');
  expect(idInAddress('#other')).toBe(null);
});

test('pairs and figures come through the wire as they were, to 32 bits', () => {
  const pairs = new PairBuilder(3, 2);
  pairs.add(0, 1, 0.5);
  pairs.add(2, 0, 1.25);
  const packed = packPairs(pairs.finish());
  expect(unpackPairs(packed)).toMatchObject({ cells: 3, sites: 2, firstPair: Uint32Array.of(0, 1, 1, 2), cost: figures(0.5, 1.25) });
  expect(() => unpackPairs({ ...packed, cells: 4 })).toThrow(RangeError);
  const many = Float64Array.from({ length: 50_001 }, (_, i) => i / 4);
  expect(unpackFigures(packFigures(many))).toEqual(many);
  expect([...unpackFigures(packFigures([Infinity]))]).toEqual([Infinity]);
});

// Copies of junctions beside the plain meaning of a forbidden turn: a search over streets that remembers how it arrived.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { StreetGraph } from '#shared/geo/street-graph.ts';
import { EdgeList } from '#server/streets/edge-list.ts';
import { splitTurns, type Turn } from '#server/streets/turns.ts';

const LENGTH = 100;

interface Net {
  lon: Float64Array;
  lat: Float64Array;
  /** Streets of two directions between two nodes; the number of each is the id of its way. */
  streets: (readonly [number, number])[];
  turns: Turn[];
}

const nets: fc.Arbitrary<Net> = fc.integer({ min: 3, max: 7 }).chain((nodes) => {
  const node = fc.integer({ min: 0, max: nodes - 1 });
  const degrees = fc.array(fc.integer({ min: 0, max: 2000 }), { minLength: nodes, maxLength: nodes });
  return fc
    .record({
      x: degrees,
      y: degrees,
      pairs: fc.uniqueArray(fc.tuple(node, node), {
        minLength: 2,
        maxLength: 9,
        selector: ([a, b]) => `${Math.min(a, b)} ${Math.max(a, b)}`,
      }),
      turns: fc.array(
        fc.record({ rule: fc.constantFrom('no' as const, 'only' as const), from: fc.nat(), to: fc.nat(), atEnd: fc.boolean() }),
        { maxLength: 6 },
      ),
    })
    .map(({ x, y, pairs, turns }) => {
      const streets = pairs.filter(([a, b]) => a !== b && (x[a] !== x[b] || y[a] !== y[b]));
      return {
        lon: Float64Array.from(x, (step) => step * 1e-6),
        lat: Float64Array.from(y, (step) => step * 1e-6),
        streets,
        turns: turns.flatMap(({ rule, from, to, atEnd }): Turn[] => {
          if (streets.length === 0) return [];
          const street = from % streets.length;
          return [{ rule, from: [street], via: streets[street]![atEnd ? 1 : 0], to: [to % streets.length] }];
        }),
      };
    });
});

/** Metres from the middle of a street to the middles of all, over states "on this street, in this direction". */
function plainSearch({ streets, turns }: Net, start: number): number[] {
  // State 2s: along street s, 2s + 1: against it. Its cost: metres from the middle of the first to the end of this one.
  const [sourceOf, targetOf] = [0, 1].map((end) => (state: number) => streets[state >> 1]![(state & 1) === 0 ? end : 1 - end]) as [
    (state: number) => number,
    (state: number) => number,
  ];
  const states = Array.from({ length: 2 * streets.length }, (_, state) => state);
  // In the middle of a street nobody turns round.
  const isPassed = (node: number): boolean => new Set(states.filter((one) => sourceOf(one) === node).map(targetOf)).size === 2;
  const isAllowed = (state: number, next: number): boolean =>
    !(next === (state ^ 1) && isPassed(targetOf(state))) &&
    turns.every(({ rule, from, via, to }) => {
      if (via !== targetOf(state) || !from.includes(state >> 1)) return true;
      if (rule === 'only') return to.includes(next >> 1) || !states.some((other) => sourceOf(other) === via && to.includes(other >> 1));
      return !to.includes(next >> 1);
    });
  const cost = states.map((state) => (state >> 1 === start ? LENGTH / 2 : Infinity));
  for (const _ of states) {
    for (const state of states) {
      for (const next of states) {
        if (sourceOf(next) === targetOf(state) && isAllowed(state, next)) cost[next] = Math.min(cost[next]!, cost[state]! + LENGTH);
      }
    }
  }
  // In the middle of a street half of it is still to go.
  return streets.map((_, s) => (s === start ? 0 : Math.min(cost[2 * s]!, cost[2 * s + 1]!) - LENGTH / 2));
}

test('cars find the shortest way that breaks no rule, walkers the shortest', () => {
  fc.assert(
    fc.property(nets, (net) => {
      const { lon, lat, streets, turns } = net;
      if (streets.length === 0) return;
      const seconds = { walk: LENGTH, drive: LENGTH / 10 };
      const edges = new EdgeList(0);
      for (const [way, [a, b]] of streets.entries()) {
        edges.add({ source: a, target: b, meters: LENGTH, ...seconds, way });
        edges.add({ source: b, target: a, meters: LENGTH, ...seconds, way });
      }
      const graph = new StreetGraph(edges.toGraph({ lon, lat }, splitTurns(edges, Float64Array.from(lon.keys()), turns)));
      const middles = streets.map(([a, b]) => ({ lon: (lon[a]! + lon[b]!) / 2, lat: (lat[a]! + lat[b]!) / 2 }));
      for (const mode of ['drive', 'walk'] as const) {
        const snaps = middles.map((middle) => graph.snap(middle, mode)!);
        // Where streets cross without a junction, a middle may lie on another street.
        const streetOf = snaps.map((snap) => findStreet(graph, streets, snap.leave[0]!.edge));
        if (
          streetOf.some((street, s) => street !== s) ||
          snaps.some(({ leave }) => Math.abs((leave[0]!.meters % LENGTH) - LENGTH / 2) > 0.1)
        )
          continue;
        for (const [s, start] of snaps.entries()) {
          const expected = plainSearch(mode === 'walk' ? { ...net, turns: [] } : net, s);
          const found = graph.toSnaps(start, mode, snaps).meters;
          for (const [t, meters] of expected.entries()) {
            if (meters === Infinity) expect(found[t], `${mode} ${s} → ${t}`).toBe(Infinity);
            else expect(found[t], `${mode} ${s} → ${t}`).toBeCloseTo(meters, 0);
          }
        }
      }
    }),
    { numRuns: 400 },
  );
});

function findStreet(graph: StreetGraph, streets: Net['streets'], edge: number): number {
  const [a, b] = [graph.original(graph.source[edge]!), graph.original(graph.data.target[edge]!)];
  return streets.findIndex(([from, to]) => (from === a && to === b) || (from === b && to === a));
}

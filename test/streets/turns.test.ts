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
        fc.record({
          rule: fc.constantFrom('no' as const, 'only' as const),
          from: fc.nat(),
          to: fc.nat(),
          atEnd: fc.boolean(),
          // Which street is taken next at each node on the way, for rules over several streets.
          between: fc.array(fc.nat(), { maxLength: 2 }),
        }),
        { maxLength: 6 },
      ),
    })
    .map(({ x, y, pairs, turns }) => {
      const streets = pairs.filter(([a, b]) => a !== b && (x[a] !== x[b] || y[a] !== y[b]));
      return {
        lon: Float64Array.from(x, (step) => step * 1e-6),
        lat: Float64Array.from(y, (step) => step * 1e-6),
        streets,
        turns: turns.flatMap(({ rule, from, to, atEnd, between }): Turn[] => {
          if (streets.length === 0) return [];
          const street = from % streets.length;
          const via = [streets[street]![atEnd ? 1 : 0]];
          for (const pick of between) {
            const here = via.at(-1)!;
            const ends = streets.filter((ends) => ends.includes(here)).map(([a, b]) => (a === here ? b : a));
            via.push(ends[pick % ends.length]!);
          }
          return [{ rule, from: [street], via, to: [to % streets.length] }];
        }),
      };
    });
});

/** As many streets as a rule can lead over, the last one included. */
const MEMORY = 3;

/**
 * Metres from the middle of a street to the middles of all: a search that remembers the last streets that were driven, and looks
 * back over them at each junction.
 */
function plainSearch({ streets, turns }: Net, start: number): number[] {
  // Number 2s: along street s, 2s + 1: against it.
  const [sourceOf, targetOf] = [0, 1].map((end) => (one: number) => streets[one >> 1]![(one & 1) === 0 ? end : 1 - end]) as [
    (one: number) => number,
    (one: number) => number,
  ];
  const all = Array.from({ length: 2 * streets.length }, (_, one) => one);
  const leaving = (node: number): number[] => all.filter((one) => sourceOf(one) === node);
  // In the middle of a street nobody turns round who can go on.
  const isPassed = (node: number): boolean => new Set(leaving(node).map(targetOf)).size === 2;
  const forbids = ({ rule, from, via, to }: Turn, driven: readonly number[], next: number): boolean => {
    const over = driven.slice(-via.length);
    const nodes = over.map(targetOf);
    if (over.length < via.length || !from.includes(over[0]! >> 1) || nodes.some((node, k) => node !== via[k])) return false;
    if (rule === 'only') return !to.includes(next >> 1) && leaving(via.at(-1)!).some((one) => to.includes(one >> 1));
    return to.includes(next >> 1) && (next >> 1 !== over.at(-1)! >> 1 || next === (over.at(-1)! ^ 1));
  };
  const listAllowed = (driven: readonly number[]): number[] => {
    const last = driven.at(-1)!;
    const allowed = leaving(targetOf(last)).filter((next) => !turns.some((turn) => forbids(turn, driven, next)));
    const onward = allowed.filter((next) => next !== (last ^ 1));
    return isPassed(targetOf(last)) && onward.length > 0 ? onward : allowed;
  };
  // All streets are of one length: what is met first is nearest.
  const meters = streets.map((_, s) => (s === start ? 0 : Infinity));
  const seen = new Set<string>();
  let front = [[2 * start], [2 * start + 1]];
  for (let away = LENGTH; front.length > 0; away += LENGTH) {
    const then: number[][] = [];
    for (const driven of front) {
      for (const next of listAllowed(driven)) {
        const after = [...driven, next].slice(-MEMORY);
        if (seen.has(after.join(' '))) continue;
        seen.add(after.join(' '));
        meters[next >> 1] = Math.min(meters[next >> 1]!, away);
        then.push(after);
      }
    }
    front = then;
  }
  return meters;
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

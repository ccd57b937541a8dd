// Turn restrictions as OpenStreetMap writes them, relations of from, via and to, into rules over nodes and ways.

import type { OsmMember } from './osm-file.ts';
import type { Turn } from './turns.ts';

export interface WrittenTurn {
  rule: Turn['rule'];
  members: readonly OsmMember[];
}

/** Nodes of a street, by their ids. */
interface Street {
  id: number;
  refs: ArrayLike<number>;
}

/** What of the restrictions can be read; the others are counted: without one via node or a row of via ways, from, or to. */
export function readTurns(written: readonly WrittenTurn[], ways: Iterable<Street>): { turns: Turn[]; unread: number } {
  const named = new Set(written.flatMap(({ members }) => members.map(({ id }) => id)));
  const refsOf = new Map<number, ArrayLike<number>>();
  for (const { id, refs } of ways) if (named.has(id)) refsOf.set(id, refs);
  const turns = written.flatMap(({ rule, members }): Turn[] => {
    const of = (role: string, type: OsmMember['type']): number[] =>
      members.filter((one) => one.role === role && one.type === type).map(({ id }) => id);
    const [from, to, nodes, streets] = [of('from', 'way'), of('to', 'way'), of('via', 'node'), of('via', 'way')];
    if (from.length === 0 || to.length === 0) return [];
    if (nodes.length === 1 && streets.length === 0) return [{ rule, from, via: nodes, to }];
    if (nodes.length > 0 || streets.length === 0) return [];
    const via = followStreets({ from, streets, to }, refsOf);
    return via ? [{ rule, from, via, to }] : [];
  });
  return { turns, unread: written.length - turns.length };
}

/** Nodes from the first street along the ones between to the last, whatever their order in the list; undefined where they do not meet. */
function followStreets(
  { from, streets, to }: { from: readonly number[]; streets: readonly number[]; to: readonly number[] },
  refsOf: ReadonlyMap<number, ArrayLike<number>>,
): number[] | undefined {
  const nodesOf = (ids: readonly number[]): Set<number> => new Set(ids.flatMap((id) => Array.from(refsOf.get(id) ?? [])));
  const [starts, ends] = [nodesOf(from), nodesOf(to)];
  const goOn = (path: readonly number[], left: readonly number[]): number[] | undefined => {
    if (left.length === 0) return ends.has(path.at(-1)!) ? [...path] : undefined;
    for (const id of left) {
      const refs = Array.from(refsOf.get(id) ?? []);
      for (const nodes of [refs, refs.toReversed()]) {
        const begins = path.length === 0 ? starts.has(nodes[0]!) : nodes[0] === path.at(-1);
        const found = begins && goOn([...path, ...nodes.slice(path.length === 0 ? 0 : 1)], left.filter((other) => other !== id)); // prettier-ignore
        if (found) return found;
      }
    }
    return undefined;
  };
  return goOn([], streets);
}

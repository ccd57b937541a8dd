// From an OpenStreetMap extract to a street graph for walking and driving, with what was left out told in numbers.
// Two passes: which nodes streets and turns need, then where these lie.

import { boundsOf, type Bounds } from '#shared/geo/bounds.ts';
import { haversine } from '#shared/geo/distance.ts';
import type { StreetGraphData } from '#shared/geo/street-graph.ts';
import { stopsCars, streetSpeeds, turnRule, type StreetSpeeds } from '#shared/geo/street-profile.ts';
import { Problem } from '#shared/platform/problems.ts';
import { readOsmFile, type OsmMember } from './osm-file.ts';
import { EdgeList } from './edge-list.ts';
import { placeNodes, type PlacedNodes } from './node-ids.ts';
import { leaveOutPieces } from './pieces.ts';
import { findSorted } from './sorted.ts';
import { splitTurns, type Turn } from './turns.ts';

export interface BuiltStreets {
  data: StreetGraphData;
  bounds: Bounds;
  /** What whoever added the file should know. */
  told: string[];
}

interface Way {
  id: number;
  refs: Float64Array;
  speeds: StreetSpeeds;
}

/** Throws a Problem where the file is broken or has no streets. */
export async function buildStreets(file: string): Promise<BuiltStreets> {
  const ways: Way[] = [];
  const turns: Turn[] = [];
  let unread = 0;
  const { bounds } = await readOsmFile(file, {
    way(id, refs, tags) {
      const speeds = refs.length > 1 ? streetSpeeds(tags) : undefined;
      if (speeds) ways.push({ id, refs, speeds });
    },
    relation(_, members, tags) {
      const rule = turnRule(tags);
      if (rule === undefined) return;
      const turn = toTurn(rule, members);
      if (turn) turns.push(turn);
      else unread++;
    },
  });
  if (ways.length === 0) throw new Problem('unprocessable', `${file} has no streets.`);
  const barred = new Set<number>();
  const nodes = await placeNodes(
    file,
    ways.map(({ refs }) => refs),
    (at, _, tags) => void (at >= 0 && stopsCars(tags) && barred.add(at)),
  );
  const { edges, cut } = listEdges(ways, nodes, barred);
  if (edges.count === 0) throw new Problem('unprocessable', `${file} names streets, but not where they lie.`);
  const data = edges.toGraph(nodes, splitTurns(edges, nodes.ids, turns));
  const pieces = leaveOutPieces(data);
  const told = [
    ...(bounds ? [] : ['The file says nothing of its extent: that of its streets was taken. Near its border streets may be missing.']),
    ...(cut > 0 ? [`${cut} pieces of streets lead out of the file and were left out.`] : []),
    ...(unread > 0 ? [`${unread} turn restrictions lead over several streets or are incomplete and were left out.`] : []),
    ...pieces,
  ];
  return { data, bounds: bounds ?? boundsOf(data)!, told };
}

/** One from, one via node, one or more to; undefined where it is another kind. */
function toTurn(rule: Turn['rule'], members: readonly OsmMember[]): Turn | undefined {
  const of = (role: string, type: OsmMember['type']): number[] =>
    members.filter((one) => one.role === role && one.type === type).map(({ id }) => id);
  const [via, ...otherVias] = of('via', 'node');
  const from = of('from', 'way');
  const to = of('to', 'way');
  if (via === undefined || otherVias.length > 0 || from.length === 0 || to.length === 0) return undefined;
  return { rule, from, via, to };
}

const secondsOf = (meters: number, kilometersAnHour: number): number =>
  kilometersAnHour > 0 ? (meters * 3.6) / kilometersAnHour : Infinity;

/** @param barred nodes that let no cars through */
function listEdges(ways: readonly Way[], nodes: PlacedNodes, barred: ReadonlySet<number>): { edges: EdgeList; cut: number } {
  const { lon, lat } = nodes;
  const edges = new EdgeList(2 * ways.reduce((sum, { refs }) => sum + refs.length - 1, 0));
  let cut = 0;
  for (const { id, refs, speeds } of ways) {
    let from = findSorted(nodes.ids, refs[0]!);
    for (let r = 1; r < refs.length; r++) {
      const to = findSorted(nodes.ids, refs[r]!);
      const meters = haversine(lon[from]!, lat[from]!, lon[to]!, lat[to]!);
      if (Number.isNaN(meters)) cut++;
      else if (from !== to) {
        const isBarred = barred.has(from) || barred.has(to);
        const add = (a: number, b: number, way: 'forward' | 'backward'): void => {
          const walk = secondsOf(meters, speeds.walk[way]);
          const drive = isBarred ? Infinity : secondsOf(meters, speeds.drive[way]);
          if (walk < Infinity || drive < Infinity) edges.add({ source: a, target: b, meters, walk, drive, way: id });
        };
        add(from, to, 'forward');
        add(to, from, 'backward');
      }
      from = to;
    }
  }
  return { edges, cut };
}

// From an OpenStreetMap extract to a street graph for walking and driving, with what was left out told in numbers.
// Two passes: which nodes streets and turns need, then where these lie.

import { boundsOf, type Bounds } from '#shared/geo/bounds.ts';
import { haversine } from '#shared/geo/distance.ts';
import type { StreetGraphData } from '#shared/geo/street-graph.ts';
import { stopsCars, stopsWalkers, streetSpeeds, turnRule, type StreetSpeeds } from '#shared/geo/street-profile.ts';
import { Problem } from '#shared/platform/problems.ts';
import { readOsmFile } from './osm-file.ts';
import { EdgeList } from './edge-list.ts';
import { placeNodes, type PlacedNodes } from './node-ids.ts';
import { leaveOutPieces } from './pieces.ts';
import { findSorted } from './sorted.ts';
import { readTurns, type WrittenTurn } from './restrictions.ts';
import { splitTurns } from './turns.ts';

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
  const written: WrittenTurn[] = [];
  const { bounds } = await readOsmFile(file, {
    way(id, refs, tags) {
      const speeds = refs.length > 1 ? streetSpeeds(tags) : undefined;
      if (speeds) ways.push({ id, refs, speeds });
    },
    relation(_, members, tags) {
      const rule = turnRule(tags);
      if (rule !== undefined) written.push({ rule, members });
    },
  });
  if (ways.length === 0) throw new Problem('unprocessable', `${file} has no streets.`);
  const barred: Barred = { cars: new Set(), walkers: new Set() };
  const nodes = await placeNodes(
    file,
    ways.map(({ refs }) => refs),
    (at, _, tags) => {
      if (at >= 0 && stopsCars(tags)) barred.cars.add(at);
      if (at >= 0 && stopsWalkers(tags)) barred.walkers.add(at);
    },
  );
  const { edges, cut } = listEdges(ways, nodes, barred);
  if (edges.count === 0) throw new Problem('unprocessable', `${file} names streets, but not where they lie.`);
  const { turns, unread } = readTurns(written, ways);
  const data = edges.toGraph(nodes, splitTurns(edges, nodes.ids, turns));
  const pieces = leaveOutPieces(data);
  const told = [
    ...(bounds ? [] : ['The file says nothing of its extent: that of its streets was taken. Near its border streets may be missing.']),
    ...(cut > 0 ? [`${cut} pieces of streets lead out of the file and were left out.`] : []),
    ...(unread > 0 ? [`${unread} turn restrictions are incomplete and were left out.`] : []),
    ...pieces,
  ];
  return { data, bounds: bounds ?? boundsOf(data)!, told };
}

const secondsOf = (meters: number, kilometersAnHour: number): number =>
  kilometersAnHour > 0 ? (meters * 3.6) / kilometersAnHour : Infinity;

/** Nodes that let nobody through. */
interface Barred {
  cars: Set<number>;
  walkers: Set<number>;
}

function listEdges(ways: readonly Way[], nodes: PlacedNodes, barred: Barred): { edges: EdgeList; cut: number } {
  const { lon, lat } = nodes;
  const edges = new EdgeList(2 * ways.reduce((sum, { refs }) => sum + refs.length - 1, 0));
  let cut = 0;
  for (const { id, refs, speeds: told } of ways) {
    const places = Uint32Array.from(refs, (ref) => findSorted(nodes.ids, ref));
    const lengths = Float64Array.from(places.subarray(1), (to, r) => haversine(lon[places[r]!]!, lat[places[r]!]!, lon[to]!, lat[to]!));
    const speeds = told.seconds === undefined ? told : atItsOwnPace(told, told.seconds, lengths);
    for (const [r, meters] of lengths.entries()) {
      const [from, to] = [places[r]!, places[r + 1]!];
      if (Number.isNaN(meters)) cut++;
      else if (from !== to) {
        const stops = (nodes: ReadonlySet<number>): boolean => nodes.has(from) || nodes.has(to);
        const add = (source: number, target: number, way: 'forward' | 'backward'): void => {
          const walk = stops(barred.walkers) ? Infinity : secondsOf(meters, speeds.walk[way]);
          const drive = stops(barred.cars) ? Infinity : secondsOf(meters, speeds.drive[way]);
          if (walk < Infinity || drive < Infinity) edges.add({ source, target, meters, walk, drive, way: id });
        };
        add(from, to, 'forward');
        add(to, from, 'backward');
      }
    }
  }
  return { edges, cut };
}

/** The speed at which the whole way takes so many seconds, in the directions that are open. */
function atItsOwnPace({ walk, drive }: StreetSpeeds, seconds: number, lengths: Float64Array): StreetSpeeds {
  const pace = (lengths.reduce((sum, meters) => sum + (meters || 0), 0) / seconds) * 3.6;
  const at = ({ forward, backward }: StreetSpeeds['walk']) => ({ forward: forward && pace, backward: backward && pace });
  return { walk: at(walk), drive: at(drive) };
}

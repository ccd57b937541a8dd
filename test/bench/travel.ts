// Travel on the streets of a city: one place to two hundred, what is reached in 20 minutes, and how soon the streets are ready,
// beside ngraph.path, which searches the same streets for one way at a time.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import createGraph from 'ngraph.graph';
import { nba } from 'ngraph.path';
import { reachRings } from '#shared/geo/reach.ts';
import { NO_JUNCTION, StreetCore } from '#shared/geo/street-core.ts';
import { StreetGraph } from '#shared/geo/street-graph.ts';
import type { Snap } from '#shared/geo/street-snap.ts';
import { createTravelTimes, type StreetRegion, type TravelMode, type TravelPoints } from '#shared/geo/travel.ts';
import { buildStreets } from '#server/streets/build-graph.ts';
import { readStreetFile, writeStreetFile } from '#server/streets/street-file.ts';
import { seeded } from '../directory/resources.ts';
import { gridTown } from '../geo/builders.ts';
import { dataPath } from '../support/data.ts';
import { benchRow, quantile, times, type Bench, type BenchRow } from './bench.ts';

const TARGETS = 200;
const CELLS = 10_000;
const REACH_SECONDS = 20 * 60;
/** Milliseconds. */
const GOALS = { ready: 1000, targets: { walk: 25, drive: 25 }, reach: { walk: 1, drive: 50 } };

export const bench: Bench = {
  name: 'travel',
  what: 'one place to 200 others, 20 minutes around a place, ready from the disk, on the streets of Porto; beside ngraph.path',
  async run() {
    const { region, city } = await readCity();
    const ready = await timeReady(region);
    const graph = new StreetGraph(region.data);
    return [
      benchRow({ id: 'travel.ready', unit: `ms, both modes, ${city}`, ours: ready, goal: { kind: 'oursAtMost', value: GOALS.ready } }),
      ...(['walk', 'drive'] as const).flatMap((mode) => measure(graph, mode)),
      ...timePairs(region),
    ];
  },
};

/** Porto, where the real data is there; else a grid of about as many crossings. */
async function readCity(): Promise<{ region: StreetRegion; city: string }> {
  const file = dataPath('osm', 'porto', 'porto_portugal.osm.pbf');
  if (!file) return { region: { data: gridTown(260) }, city: 'a grid of streets' };
  return { region: await buildStreets(file), city: 'Porto' };
}

/** From the file to the end of the first search of each mode; the least of some, since the disk is shared. */
async function timeReady({ data, bounds }: StreetRegion): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'waypost-bench-'));
  const file = join(folder, 'city.streets');
  const extent = bounds ?? new StreetGraph(data).bounds;
  await writeStreetFile(file, data, { source: 'bench', made: '', attribution: '', bounds: extent });
  const all: number[] = [];
  for (let run = 0; run < 5; run++) {
    const start = performance.now();
    const travel = createTravelTimes([await readStreetFile(file)]);
    const middle = { lon: (extent[0] + extent[2]) / 2, lat: (extent[1] + extent[3]) / 2 };
    for (const mode of ['walk', 'drive'] as const) travel.toPoints(middle, mode, { lon: [middle.lon], lat: [middle.lat] }, {});
    all.push(performance.now() - start);
  }
  await rm(folder, { recursive: true });
  return Math.min(...all);
}

/** Ours and the peer take turns, so that both meet the same machine. */
function measure(graph: StreetGraph, mode: TravelMode): BenchRow[] {
  const core = new StreetCore(graph, mode);
  const [start, ...targets] = pickPlaces(graph, mode, TARGETS + 1) as [Snap, ...Snap[]];
  const findWay = createPeer(graph, core);
  const junctionOf = ({ leave }: Snap): number => core.endOf[leave[0]!.chain]!;
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < 3; round++) {
    ours.push(...times(5, () => graph.toSnaps(start, mode, targets)));
    // One way at a time: twenty of them tell what two hundred take.
    const asked = targets.filter((_, i) => i % 10 === round);
    theirs.push((TARGETS / asked.length) * times(1, () => asked.map((target) => findWay(junctionOf(start), junctionOf(target))))[0]!);
  }
  const reach = times(30, () => graph.search(start, mode, { limit: { seconds: REACH_SECONDS } }));
  const area = times(10, () => reachRings(graph, graph.search(start, mode, { limit: { seconds: REACH_SECONDS } }), REACH_SECONDS));
  const unit = `ms, 1 × ${TARGETS}`;
  const goal = { kind: 'oursAtMost', value: GOALS.targets[mode] } as const;
  return [
    benchRow({
      id: `travel.${mode}.targets`,
      unit,
      ours: Math.min(...ours),
      peer: Math.min(...theirs),
      peerName: 'ngraph.path (NBA*), way by way',
      goal: { kind: 'ratioAtLeast', value: 4 },
    }),
    benchRow({ id: `travel.${mode}.targets.ms`, unit, ours: Math.min(...ours), goal }),
    benchRow({
      id: `travel.${mode}.reach`,
      unit: 'ms, 20 minutes',
      ours: quantile(reach, 0.5),
      goal: { kind: 'oursAtMost', value: GOALS.reach[mode] },
    }),
    benchRow({ id: `travel.${mode}.area`, unit: 'ms, 20 minutes, the area to draw', ours: quantile(area, 0.5) }),
  ];
}

/** Places on streets, all of which can be reached from the first: where the streets are densest, of some places that were looked at. */
function pickPlaces(graph: StreetGraph, mode: TravelMode, count: number): Snap[] {
  const random = seeded(41);
  const { lon, lat } = graph.data;
  // By points of streets, of which there are more where more people live.
  const pick = (): Snap | null => {
    const node = Math.floor(random() * graph.originals);
    return graph.snap({ lon: lon[node]! + (random() - 0.5) / 1000, lat: lat[node]! + (random() - 0.5) / 1000 }, mode);
  };
  const pickOf = (wanted: number, isGood: (place: Snap) => boolean): Snap[] => {
    const places: Snap[] = [];
    while (places.length < wanted) {
      const place = pick();
      if (place && isGood(place)) places.push(place);
    }
    return places;
  };
  const reached = (place: Snap): number => graph.search(place, mode, { limit: { seconds: REACH_SECONDS / 2 } }).reached.length;
  const start = pickOf(60, () => true).reduce((best, place) => (reached(place) > reached(best) ? place : best));
  return [start, ...pickOf(count - 1, (place) => graph.toSnaps(start, mode, [place]).seconds[0]! < Infinity)];
}

/** The peer searches the junctions that we do, not all points of the streets; with the straight line as its guide. */
function createPeer(graph: StreetGraph, core: StreetCore): (from: number, to: number) => unknown {
  const streets = createGraph<{ x: number; y: number }, number>();
  for (let node = 0; node < graph.nodes; node++) {
    const junction = core.junctionOf[node]!;
    if (junction === NO_JUNCTION) continue;
    streets.addNode(junction, { x: graph.flat.x(graph.data.lon[node]!), y: graph.flat.y(graph.data.lat[node]!) });
  }
  for (let chain = 0; chain < core.seconds.length; chain++) {
    const [from, to] = [core.startOf[chain]!, core.endOf[chain]!];
    const seconds = core.seconds[chain]!;
    const known = streets.getLink(from, to);
    if (known === undefined || known === null) streets.addLink(from, to, seconds);
    else known.data = Math.min(known.data, seconds);
  }
  const fastest = graph.fastest(core.mode);
  const finder = nba(streets, {
    oriented: true,
    distance: (_from, _to, link) => link.data,
    heuristic: (from, to) => Math.hypot(from.data.x - to.data.x, from.data.y - to.data.y) / fastest,
  });
  return (from, to) => finder.find(from, to);
}

/** All cells of a city to its sites, and one dragged site: the worker's work. */
function timePairs(region: StreetRegion): BenchRow[] {
  const travel = createTravelTimes([region]);
  const random = seeded(43);
  const [west, south, east, north] = region.bounds ?? new StreetGraph(region.data).bounds;
  const points = (count: number): TravelPoints => ({
    lon: Float64Array.from({ length: count }, () => west + random() * (east - west)),
    lat: Float64Array.from({ length: count }, () => south + random() * (north - south)),
  });
  const cells = points(CELLS);
  const limit = { seconds: 30 * 60 };
  const pins = Array.from({ length: 10 }, () => points(1));
  travel.pairs(cells, 'walk', pins[0]!, limit);
  const sites = points(TARGETS);
  return [
    benchRow({
      id: 'travel.pairs',
      unit: `ms, ${CELLS.toLocaleString('en')} cells × ${TARGETS} sites, 30 min on foot`,
      ours: times(3, () => travel.pairs(cells, 'walk', sites, limit))[0]!,
    }),
    benchRow({
      id: 'travel.drag',
      unit: `ms, ${CELLS.toLocaleString('en')} cells, one new site`,
      ours: quantile(
        times(10, (run) => travel.pairs(cells, 'walk', { ...pins[run]! }, limit)),
        0.5,
      ),
    }),
  ];
}

// The ten nearest of a million points, all of them and with a filter, beside geokdbush with the same filter.

import KDBush from 'kdbush';
import { around } from 'geokdbush';
import { type DirectoryIndex, DirectoryIndexBuilder } from '../../shared/directory/index.ts';
import { syntheticResources } from '../directory/resources.ts';
import { benchRow, quantile, type Bench, type BenchRow } from './bench.ts';

const POINTS = 1_000_000;
const QUERIES = 3000;
const PEER = 'kdbush 4.1 + geokdbush 2.1';

/** Needs by how many of the rows have them. */
const FILTERS = [
  { id: 'nearest-10-filtered', need: 'one-in-20', share: 1 / 20 },
  { id: 'nearest-10-rare', need: 'one-in-2000', share: 1 / 2000 },
];

export const bench: Bench = {
  name: 'nearest',
  what: 'the 10 nearest of 1,000,000 clustered points, microseconds p50 and p99, with no filter, one in 20 and one in 2,000 qualifying',
  async run() {
    const index = buildIndex();
    const tree = new KDBush(index.length);
    for (let row = 0; row < index.length; row++) tree.add(index.lon(row), index.lat(row));
    tree.finish();

    const places = Array.from({ length: QUERIES }, (_, i) => {
      const row = (i * 7919 * 31) % index.length;
      return { lon: index.lon(row) + 0.003, lat: index.lat(row) - 0.002 };
    });
    const rows: BenchRow[] = [
      ...compare(
        'nearest-10',
        places,
        (lon, lat) => index.nearest(lon, lat, { count: 10 }).rows,
        (lon, lat) => around(tree, lon, lat, 10),
      ),
    ];
    for (const { id, need } of FILTERS) {
      const filter = index.rowsWithNeed(need);
      const allowed = new Uint8Array(index.length);
      filter.forEach((row) => (allowed[row] = 1));
      rows.push(
        ...compare(
          id,
          places,
          (lon, lat) => index.nearest(lon, lat, { count: 10, filter }).rows,
          (lon, lat) => around(tree, lon, lat, 10, Infinity, (i) => allowed[i] === 1),
        ),
      );
    }
    return rows;
  },
};

function buildIndex(): DirectoryIndex {
  const builder = new DirectoryIndexBuilder();
  let i = 0;
  for (const resource of syntheticResources(POINTS)) {
    const needs = FILTERS.filter(({ share }) => Math.imul(i, 0x9e3779b1) >>> 0 < share * 2 ** 32).map(({ need }) => need);
    builder.add({ ...resource, needs });
    i++;
  }
  return builder.finish('bench');
}

type Query = (lon: number, lat: number) => ArrayLike<number>;

function compare(id: string, places: readonly { lon: number; lat: number }[], ours: Query, theirs: Query): BenchRow[] {
  for (const { lon, lat } of places.slice(0, 200)) {
    const [a, b] = [ours(lon, lat), theirs(lon, lat)];
    if (a.length !== b.length) throw new Error(`${id}: ${a.length} found here, ${b.length} there`);
  }
  // In turns, so that a busy moment of the machine strikes both.
  const [mine, peer]: [number[], number[]] = [[], []];
  for (const { lon, lat } of places) {
    mine.push(micros(() => ours(lon, lat)));
    peer.push(micros(() => theirs(lon, lat)));
  }
  mine.sort((a, b) => a - b);
  peer.sort((a, b) => a - b);
  return [0.5, 0.99].map((q) =>
    benchRow({
      id: `${id}${q === 0.5 ? '' : '-p99'}`,
      unit: 'µs',
      ours: quantile(mine, q),
      peer: quantile(peer, q),
      peerName: PEER,
      ...(q === 0.5 && { goal: { kind: 'ratioAtLeast' as const, value: 1 } }),
    }),
  );
}

function micros(query: () => unknown): number {
  const start = process.hrtime.bigint();
  query();
  return Number(process.hrtime.bigint() - start) / 1000;
}

// A made-up extract of any size, written block by block: a grid of streets, each of some points, and houses beside them.

import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { PbfWriter } from 'pbf';
import { toBlob, toOsmPbf } from './osm-writer.ts';

/** Nodes and ways of a block, as programs write them. */
const BLOCK = 8000;
/** Points of a street from crossing to crossing. */
const POINTS = 5;
/** Degrees between two points. */
const STEP = 0.0002;

/** Writes about `nodes` nodes; gives how many there are, and ways. */
export async function writeLargeExtract(file: string, nodes: number): Promise<{ nodes: number; ways: number }> {
  // Whole streets of four blocks, so that every node is on one.
  const size = 4 * Math.ceil(Math.sqrt(nodes / (2 * POINTS)) / 4);
  const out = createWriteStream(file);
  const write = async (bytes: Buffer): Promise<void> => {
    if (!out.write(bytes)) await once(out, 'drain');
  };
  const span = size * POINTS * STEP;
  const bounds = [-9, 40, -9 + span, 40 + span] as const;
  await write(toOsmPbf({ nodes: {}, ways: [], bounds }).subarray(0));
  // Node (row, column) of the grid, by points: every fifth row and column is a street.
  const width = size * POINTS + 1;
  const idOf = (x: number, y: number): number => y * width + x + 1;
  let [countNodes, countWays] = [0, 0];
  let columns: { ids: number[]; lons: number[]; lats: number[] } = { ids: [], lons: [], lats: [] };
  const flushNodes = async (): Promise<void> => {
    if (columns.ids.length === 0) return;
    const block = new PbfWriter();
    const deltas = (numbers: readonly number[]): number[] => numbers.map((number, i) => number - (numbers[i - 1] ?? 0));
    block.writeMessage(1, (_: null, table: PbfWriter) => table.writeBytesField(1, new Uint8Array()), null);
    block.writeMessage(
      2,
      (_: null, group: PbfWriter) =>
        group.writeMessage(
          2,
          (__: null, dense: PbfWriter) => {
            dense.writePackedSVarint(1, deltas(columns.ids));
            dense.writePackedSVarint(8, deltas(columns.lats));
            dense.writePackedSVarint(9, deltas(columns.lons));
          },
          null,
        ),
      null,
    );
    countNodes += columns.ids.length;
    columns = { ids: [], lons: [], lats: [] };
    await write(toBlob('OSMData', block.finish()));
  };
  for (let y = 0; y < width; y++) {
    for (let x = 0; x < width; x++) {
      if (x % POINTS !== 0 && y % POINTS !== 0) continue;
      columns.ids.push(idOf(x, y));
      columns.lons.push(Math.round((bounds[0] + x * STEP) * 1e7));
      columns.lats.push(Math.round((bounds[1] + y * STEP) * 1e7));
      if (columns.ids.length === BLOCK) await flushNodes();
    }
  }
  await flushNodes();
  let ways: number[][] = [];
  const flushWays = async (): Promise<void> => {
    if (ways.length === 0) return;
    const block = new PbfWriter();
    const strings = ['', 'highway', 'residential', 'name', 'Rua'];
    block.writeMessage(1, (_: null, table: PbfWriter) => strings.forEach((text) => table.writeBytesField(1, Buffer.from(text))), null);
    block.writeMessage(
      2,
      (_: null, group: PbfWriter) =>
        ways.forEach((refs, i) =>
          group.writeMessage(
            3,
            (__: null, way: PbfWriter) => {
              way.writeVarintField(1, countWays + i + 1);
              way.writePackedVarint(2, [1, 3]);
              way.writePackedVarint(3, [2, 4]);
              way.writePackedSVarint(
                8,
                refs.map((ref, k) => ref - (refs[k - 1] ?? 0)),
              );
            },
            null,
          ),
        ),
      null,
    );
    countWays += ways.length;
    ways = [];
    await write(toBlob('OSMData', block.finish()));
  };
  const line = (along: (k: number) => number): number[] => Array.from({ length: 4 * POINTS + 1 }, (_, k) => along(k));
  for (let a = 0; a <= size; a++) {
    for (let b = 0; b + 4 <= size; b += 4) {
      ways.push(
        line((k) => idOf(b * POINTS + k, a * POINTS)),
        line((k) => idOf(a * POINTS, b * POINTS + k)),
      );
      if (ways.length >= BLOCK) await flushWays();
    }
  }
  await flushWays();
  out.end();
  await once(out, 'close');
  return { nodes: countNodes, ways: countWays };
}

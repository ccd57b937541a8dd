// Writes a PMTiles archive (version 3) as `pmtiles convert` does: one root directory, tiles compressed with gzip.

import { gzipSync } from 'node:zlib';
import { zxyToTileId } from 'pmtiles';

export interface ArchiveTile {
  z: number;
  x: number;
  y: number;
  data: Uint8Array;
}

const HEADER_BYTES = 127;
const GZIP = 2;
const MVT = 1;

/** @param bounds west, south, east, north in degrees */
export function toPmtiles(
  tiles: readonly ArchiveTile[],
  { bounds, metadata }: { bounds: readonly [number, number, number, number]; metadata: object },
): Uint8Array {
  const entries = tiles.map(({ z, x, y, data }) => ({ id: zxyToTileId(z, x, y), data: gzipSync(data) })).sort((a, b) => a.id - b.id);
  const directory = gzipSync(writeDirectory(entries));
  const meta = gzipSync(JSON.stringify(metadata));
  const tileOffset = HEADER_BYTES + directory.length + meta.length;
  const size = entries.reduce((sum, { data }) => sum + data.length, 0);

  const header = Buffer.alloc(HEADER_BYTES);
  header.write('PMTiles');
  header.writeUInt8(3, 7);
  const numbers = [HEADER_BYTES, directory.length, HEADER_BYTES + directory.length, meta.length, tileOffset, 0, tileOffset, size];
  [...numbers, entries.length, entries.length, entries.length].forEach((number, i) => header.writeBigUInt64LE(BigInt(number), 8 + i * 8));
  const zooms = tiles.map(({ z }) => z);
  // Clustered, how directories and tiles are compressed, what the tiles are, and the zooms they are for.
  [1, GZIP, GZIP, MVT, Math.min(...zooms), Math.max(...zooms)].forEach((byte, i) => header.writeUInt8(byte, 96 + i));
  bounds.forEach((degrees, i) => header.writeInt32LE(Math.round(degrees * 1e7), 102 + i * 4));
  return Buffer.concat([header, directory, meta, ...entries.map(({ data }) => data)]);
}

/** Numbers of tiles as differences, runs of one, lengths, and places: 0 for "behind the one before". */
function writeDirectory(entries: readonly { id: number; data: Uint8Array }[]): Uint8Array {
  const numbers = [entries.length];
  entries.forEach(({ id }, i) => numbers.push(id - (entries[i - 1]?.id ?? 0)));
  entries.forEach(() => numbers.push(1));
  entries.forEach(({ data }) => numbers.push(data.length));
  entries.forEach((_, i) => numbers.push(i === 0 ? 1 : 0));
  return Uint8Array.from(numbers.flatMap(toVarint));
}

function toVarint(number: number): number[] {
  return number < 128 ? [number] : [(number % 128) | 128, ...toVarint(Math.floor(number / 128))];
}

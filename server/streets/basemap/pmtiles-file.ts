// Writes a PMTiles archive (version 3): tiles as they come, each different one once, and the directory at the end.
// Format: https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md

import { createHash } from 'node:crypto';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { zxyToTileId } from 'pmtiles';
import type { Bounds } from '#shared/geo/bounds.ts';
import type { CutTile } from './cut-tiles.ts';

export interface ArchiveAbout {
  name: string;
  attribution: string;
  bounds: Bounds;
  minZoom: number;
  maxZoom: number;
  /** Ids of the layers in the tiles. */
  layers: readonly string[];
}

interface Entry {
  tileId: number;
  offset: number;
  length: number;
  runLength: number;
}

const HEADER_SIZE = 127;
/** The root directory must lie in the first 16 KiB: that much is left free for it. */
const ROOT_ROOM = 16_384 - HEADER_SIZE;
const GZIP = 2;
const VECTOR_TILES = 1;

export class PmtilesFile {
  readonly #path: string;
  readonly #handle: FileHandle;
  #written = 0;
  #entries: Entry[] = [];
  #known = new Map<string, { offset: number; length: number }>();

  private constructor(path: string, handle: FileHandle) {
    this.#path = path;
    this.#handle = handle;
  }

  /** The archive takes the place of `path` when it is whole. */
  static async create(path: string): Promise<PmtilesFile> {
    return new PmtilesFile(path, await open(`${path}.part`, 'w'));
  }

  async add({ z, x, y, bytes }: CutTile): Promise<void> {
    const packed = gzipSync(bytes);
    const key = createHash('sha256').update(packed).digest('base64url');
    let content = this.#known.get(key);
    if (!content) {
      content = { offset: this.#written, length: packed.length };
      await this.#handle.write(packed, 0, packed.length, HEADER_SIZE + ROOT_ROOM + this.#written);
      this.#written += packed.length;
      this.#known.set(key, content);
    }
    this.#entries.push({ tileId: zxyToTileId(z, x, y), ...content, runLength: 1 });
  }

  /** Gives how many bytes it has. */
  async finish(about: ArchiveAbout): Promise<number> {
    const addressed = this.#entries.length;
    const entries = joinRuns(this.#entries.sort((a, b) => a.tileId - b.tileId));
    const { root, leaves } = toDirectories(entries);
    const metadata = gzipSync(
      JSON.stringify({
        name: about.name,
        attribution: about.attribution,
        type: 'baselayer',
        vector_layers: about.layers.map((id) => ({ id, fields: {} })),
      }),
    );
    const tiles = HEADER_SIZE + ROOT_ROOM;
    const end = tiles + this.#written;
    const header = toHeader(about, {
      places: [HEADER_SIZE, root.length, end, metadata.length, end + metadata.length, leaves.length, tiles, this.#written],
      counts: [addressed, entries.length, this.#known.size],
    });
    await this.#handle.write(header, 0, header.length, 0);
    await this.#handle.write(root, 0, root.length, HEADER_SIZE);
    await this.#handle.write(metadata, 0, metadata.length, end);
    await this.#handle.write(leaves, 0, leaves.length, end + metadata.length);
    await this.#handle.close();
    await rename(`${this.#path}.part`, this.#path);
    return end + metadata.length + leaves.length;
  }

  /** Gives up: what was written is removed. */
  async abandon(): Promise<void> {
    await this.#handle.close();
    await rm(`${this.#path}.part`, { force: true });
  }
}

/** Neighbours with the same content become one entry. */
function joinRuns(entries: readonly Entry[]): Entry[] {
  const joined: Entry[] = [];
  for (const entry of entries) {
    const last = joined.at(-1);
    if (last && last.offset === entry.offset && last.tileId + last.runLength === entry.tileId) last.runLength++;
    else joined.push({ ...entry });
  }
  return joined;
}

/** One directory where it fits the root's room; else leaves of a size at which their list does. */
function toDirectories(entries: readonly Entry[]): { root: Uint8Array; leaves: Uint8Array } {
  const whole = toDirectory(entries);
  if (whole.length <= ROOT_ROOM) return { root: whole, leaves: new Uint8Array() };
  for (let size = 4096; ; size *= 2) {
    const leaves: Uint8Array[] = [];
    const list: Entry[] = [];
    let offset = 0;
    for (let at = 0; at < entries.length; at += size) {
      const leaf = toDirectory(entries.slice(at, at + size));
      // A run of none says that this is another directory.
      list.push({ tileId: entries[at]!.tileId, offset, length: leaf.length, runLength: 0 });
      leaves.push(leaf);
      offset += leaf.length;
    }
    const root = toDirectory(list);
    if (root.length <= ROOT_ROOM) return { root, leaves: Buffer.concat(leaves) };
  }
}

function toDirectory(entries: readonly Entry[]): Uint8Array {
  const bytes: number[] = [];
  const add = (value: number): void => {
    let rest = value;
    for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
    bytes.push(rest);
  };
  add(entries.length);
  entries.forEach(({ tileId }, i) => add(tileId - (entries[i - 1]?.tileId ?? 0)));
  for (const { runLength } of entries) add(runLength);
  for (const { length } of entries) add(length);
  entries.forEach(({ offset }, i) => {
    const before = entries[i - 1];
    add(before && before.offset + before.length === offset ? 0 : offset + 1);
  });
  return gzipSync(Uint8Array.from(bytes));
}

interface HeaderNumbers {
  /** Offset and length of root, metadata, leaves and tiles. */
  places: readonly number[];
  /** Tiles addressed, entries, contents. */
  counts: readonly number[];
}

function toHeader({ bounds, minZoom, maxZoom }: ArchiveAbout, { places, counts }: HeaderNumbers): Buffer {
  const header = Buffer.alloc(HEADER_SIZE);
  header.write('PMTiles');
  header[7] = 3;
  [...places, ...counts].forEach((value, i) => header.writeBigUInt64LE(BigInt(value), 8 + 8 * i));
  // Not in the order of their numbers: a block's tiles follow each other.
  header.set([0, GZIP, GZIP, VECTOR_TILES, minZoom, maxZoom], 96);
  const degrees = (value: number): number => Math.round(value * 1e7);
  const [west, south, east, north] = bounds;
  [west, south, east, north].forEach((side, i) => header.writeInt32LE(degrees(side), 102 + 4 * i));
  header[118] = Math.min(maxZoom, 12);
  header.writeInt32LE(degrees((west + east) / 2), 119);
  header.writeInt32LE(degrees((south + north) / 2), 123);
  return header;
}

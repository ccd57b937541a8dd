// An OpenStreetMap extract (.osm.pbf): blocks of nodes, ways and relations, read one after another with bounded memory.
// Format: https://wiki.openstreetmap.org/wiki/PBF_Format. What is broken, cut off or packed in a way that nobody reads is refused in words.

import { open, type FileHandle } from 'node:fs/promises';
import { promisify } from 'node:util';
import { inflate } from 'node:zlib';
import { PbfReader } from 'pbf';
import type { Bounds } from '#shared/geo/bounds.ts';
import { Problem } from '#shared/platform/problems.ts';

export type OsmTags = ReadonlyMap<string, string>;

export interface OsmMember {
  type: 'node' | 'way' | 'relation';
  id: number;
  role: string;
}

/** What is called for what is met; what is not asked for is not taken apart. */
export interface OsmVisitor {
  /** `tags` is made only for nodes that have some. Degrees. */
  node?(id: number, position: { lon: number; lat: number }, tags: OsmTags): void;
  way?(id: number, refs: Float64Array, tags: OsmTags): void;
  relation?(id: number, members: readonly OsmMember[], tags: OsmTags): void;
}

/** Sizes that the format allows. */
const LARGEST_HEADER = 64 * 1024;
const LARGEST_BLOB = 32 * 1024 * 1024;
const KNOWN_FEATURES = new Set(['OsmSchema-V0.6', 'DenseNodes']);
const NO_TAGS: OsmTags = new Map();
const unpack = promisify(inflate);

/** Reads the file once and gives its bounding box, null where its header has none. Throws a Problem. */
export async function readOsmFile(file: string, visitor: OsmVisitor): Promise<{ bounds: Bounds | null }> {
  const handle = await open(file).catch((error: NodeJS.ErrnoException) => {
    throw refuse(error.code === 'ENOENT' ? `There is no file ${file}.` : `${file} cannot be read: ${error.message}`);
  });
  let header: { bounds: Bounds | null } | undefined;
  try {
    for (let at = 0; ;) {
      const blob = await readBlob(handle, at, file);
      if (!blob) break;
      at = blob.end;
      if (blob.type === 'OSMHeader') header = readHeader(blob.data, file);
      else if (blob.type === 'OSMData' && header) readBlock(blob.data, visitor);
      else if (blob.type === 'OSMData') throw broken(file, 'its header is missing');
    }
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw broken(file, error instanceof Error ? error.message : String(error));
  } finally {
    await handle.close();
  }
  if (!header) throw broken(file, 'it is empty');
  return header;
}

interface Blob {
  type: string;
  data: Uint8Array;
  end: number;
}

async function readBlob(handle: FileHandle, at: number, file: string): Promise<Blob | null> {
  const length = await readBytes(handle, at, 4);
  if (length.length === 0) return null;
  const headerSize = length.length === 4 ? length.readUInt32BE() : Infinity;
  if (headerSize === 0 || headerSize > LARGEST_HEADER)
    throw broken(file, at === 0 ? 'it does not begin as one' : `there is no block at byte ${at}`);
  const header = new PbfReader(await readBytes(handle, at + 4, headerSize)).readFields(
    (tag, read: { type: string; size: number }, pbf) => {
      if (tag === 1) read.type = pbf.readString();
      else if (tag === 3) read.size = pbf.readVarint();
    },
    { type: '', size: -1 },
  );
  if (!(header.size >= 0 && header.size <= LARGEST_BLOB)) throw broken(file, `the block at byte ${at} has no size that is allowed`);
  const start = at + 4 + headerSize;
  const bytes = await readBytes(handle, start, header.size);
  if (bytes.length < header.size) throw broken(file, `it ends within the block at byte ${at}: it was not copied or downloaded wholly`);
  return { type: header.type, data: await unpackBlob(bytes, file), end: start + header.size };
}

async function unpackBlob(bytes: Uint8Array, file: string): Promise<Uint8Array> {
  const blob = new PbfReader(bytes).readFields((tag, read: { raw?: Uint8Array; zlib?: Uint8Array }, pbf) => {
    if (tag === 1) read.raw = pbf.readBytes();
    else if (tag === 3) read.zlib = pbf.readBytes();
  }, {});
  if (blob.raw) return blob.raw;
  if (!blob.zlib)
    throw refuse(
      `${file} is packed in a way that is not read here. Repack it: osmium cat IN.osm.pbf -o OUT.osm.pbf -f pbf,pbf_compression=zlib`,
    );
  return unpack(blob.zlib, { maxOutputLength: LARGEST_BLOB });
}

async function readBytes(handle: FileHandle, at: number, size: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(size);
  let read = 0;
  while (read < size) {
    const { bytesRead } = await handle.read(bytes, read, size - read, at + read);
    if (bytesRead === 0) break;
    read += bytesRead;
  }
  return bytes.subarray(0, read);
}

function readHeader(data: Uint8Array, file: string): { bounds: Bounds | null } {
  const header = new PbfReader(data).readFields(
    (tag, read: { box: number[] | null; features: string[] }, pbf) => {
      if (tag === 1) read.box = pbf.readMessage((side, box: number[], inner) => void (box[side] = inner.readSVarint()), []);
      else if (tag === 4) read.features.push(pbf.readString());
    },
    { box: null, features: [] },
  );
  const unknown = header.features.filter((feature) => !KNOWN_FEATURES.has(feature));
  if (unknown.length > 0) throw refuse(`${file} asks of its readers what this one does not know: ${unknown.join(', ')}.`);
  const [, west, east, north, south] = (header.box ?? []).map((nanodegrees) => nanodegrees * 1e-9);
  const isWhole = west !== undefined && east !== undefined && north !== undefined && south !== undefined && west < east && south < north;
  return { bounds: isWhole ? [west, south, east, north] : null };
}

/** What all parts of a block share. */
interface Block {
  strings: string[];
  granularity: number;
  latOffset: number;
  lonOffset: number;
}

function readBlock(data: Uint8Array, visitor: OsmVisitor): void {
  const groups: { from: number; to: number }[] = [];
  const pbf = new PbfReader(data);
  const block = pbf.readFields<Block>(
    (tag, read, inner) => {
      if (tag === 1)
        read.strings = inner.readMessage((field, strings: string[], table) => void (field === 1 && strings.push(table.readString())), []);
      else if (tag === 2) {
        // What the numbers of a group mean may stand behind it.
        const to = inner.readVarint() + inner.pos;
        groups.push({ from: inner.pos, to });
        inner.pos = to;
      } else if (tag === 17) read.granularity = inner.readVarint();
      else if (tag === 19) read.latOffset = inner.readVarint(true);
      else if (tag === 20) read.lonOffset = inner.readVarint(true);
    },
    { strings: [], granularity: 100, latOffset: 0, lonOffset: 0 },
  );
  for (const { from, to } of groups) {
    pbf.pos = from;
    pbf.readFields(
      (tag, _, inner) => {
        if (tag === 1 && visitor.node) readNode(inner, block, visitor.node);
        else if (tag === 2 && visitor.node) readDenseNodes(inner, block, visitor.node);
        else if (tag === 3 && visitor.way) readWay(inner, block, visitor.way);
        else if (tag === 4 && visitor.relation) readRelation(inner, block, visitor.relation);
      },
      null,
      to,
    );
  }
}

const degrees = (block: Block, offset: number, steps: number): number => 1e-9 * (offset + block.granularity * steps);

function readNode(pbf: PbfReader, block: Block, visit: NonNullable<OsmVisitor['node']>): void {
  const node = pbf.readMessage(
    (tag, read: { id: number; keys: number[]; values: number[]; lat: number; lon: number }, inner) => {
      if (tag === 1) read.id = inner.readSVarint();
      else if (tag === 2) inner.readPackedVarint(read.keys);
      else if (tag === 3) inner.readPackedVarint(read.values);
      else if (tag === 8) read.lat = inner.readSVarint();
      else if (tag === 9) read.lon = inner.readSVarint();
    },
    { id: 0, keys: [], values: [], lat: 0, lon: 0 },
  );
  const position = { lon: degrees(block, block.lonOffset, node.lon), lat: degrees(block, block.latOffset, node.lat) };
  visit(node.id, position, toTags(block, node.keys, node.values));
}

function readDenseNodes(pbf: PbfReader, block: Block, visit: NonNullable<OsmVisitor['node']>): void {
  const dense = pbf.readMessage(
    (tag, read: { ids: number[]; lats: number[]; lons: number[]; tags: number[] }, inner) => {
      if (tag === 1) inner.readPackedSVarint(read.ids);
      else if (tag === 8) inner.readPackedSVarint(read.lats);
      else if (tag === 9) inner.readPackedSVarint(read.lons);
      else if (tag === 10) inner.readPackedVarint(read.tags);
    },
    { ids: [], lats: [], lons: [], tags: [] },
  );
  let [id, lat, lon, tag] = [0, 0, 0, 0];
  for (let i = 0; i < dense.ids.length; i++) {
    id += dense.ids[i]!;
    lat += dense.lats[i]!;
    lon += dense.lons[i]!;
    let tags: Map<string, string> | undefined;
    // Keys and values of all nodes in one list; 0 ends those of each node.
    for (; tag < dense.tags.length && dense.tags[tag] !== 0; tag += 2) {
      (tags ??= new Map()).set(block.strings[dense.tags[tag]!]!, block.strings[dense.tags[tag + 1]!]!);
    }
    tag++;
    visit(id, { lon: degrees(block, block.lonOffset, lon), lat: degrees(block, block.latOffset, lat) }, tags ?? NO_TAGS);
  }
}

function readWay(pbf: PbfReader, block: Block, visit: NonNullable<OsmVisitor['way']>): void {
  const way = pbf.readMessage(
    (tag, read: { id: number; keys: number[]; values: number[]; refs: number[] }, inner) => {
      if (tag === 1) read.id = inner.readVarint();
      else if (tag === 2) inner.readPackedVarint(read.keys);
      else if (tag === 3) inner.readPackedVarint(read.values);
      else if (tag === 8) inner.readPackedSVarint(read.refs);
    },
    { id: 0, keys: [], values: [], refs: [] },
  );
  let ref = 0;
  visit(
    way.id,
    Float64Array.from(way.refs, (step) => (ref += step)),
    toTags(block, way.keys, way.values),
  );
}

const MEMBER_TYPES = ['node', 'way', 'relation'] as const;

function readRelation(pbf: PbfReader, block: Block, visit: NonNullable<OsmVisitor['relation']>): void {
  const relation = pbf.readMessage(
    (tag, read: { id: number; keys: number[]; values: number[]; roles: number[]; ids: number[]; types: number[] }, inner) => {
      if (tag === 1) read.id = inner.readVarint();
      else if (tag === 2) inner.readPackedVarint(read.keys);
      else if (tag === 3) inner.readPackedVarint(read.values);
      else if (tag === 8) inner.readPackedVarint(read.roles);
      else if (tag === 9) inner.readPackedSVarint(read.ids);
      else if (tag === 10) inner.readPackedVarint(read.types);
    },
    { id: 0, keys: [], values: [], roles: [], ids: [], types: [] },
  );
  let id = 0;
  const members = relation.ids.map((step, i): OsmMember => {
    id += step;
    return { type: MEMBER_TYPES[relation.types[i]!] ?? 'relation', id, role: block.strings[relation.roles[i]!] ?? '' };
  });
  visit(relation.id, members, toTags(block, relation.keys, relation.values));
}

function toTags({ strings }: Block, keys: readonly number[], values: readonly number[]): OsmTags {
  return keys.length === 0 ? NO_TAGS : new Map(keys.map((key, i) => [strings[key]!, strings[values[i]!]!]));
}

function broken(file: string, why: string): Problem {
  return refuse(`${file} is not a whole OpenStreetMap extract (.osm.pbf): ${why}.`);
}

function refuse(message: string): Problem {
  return new Problem('bad_request', message);
}

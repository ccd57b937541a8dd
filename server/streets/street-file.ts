// A street graph on the disk: columns as they lie in memory, so that a city is ready as fast as it can be read.
// "WPSTREET" · length of the head (uint32) · head (JSON) · the columns, each at a multiple of eight bytes; little-endian throughout.

import { mkdir, open, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { StreetRegion } from '#shared/geo/travel.ts';
import type { StreetGraphData } from '#shared/geo/street-graph.ts';

const MAGIC = 'WPSTREET';
const VERSION = 1;
export const ENDING = '.streets';

const COLUMNS = {
  lon: Float64Array,
  lat: Float64Array,
  firstEdge: Uint32Array,
  target: Uint32Array,
  meters: Float32Array,
  walkSeconds: Float32Array,
  driveSeconds: Float32Array,
  standsFor: Uint32Array,
} as const;
type Column = keyof typeof COLUMNS;
const NAMES = Object.keys(COLUMNS) as Column[];
type ColumnKind = { BYTES_PER_ELEMENT: number; new (buffer: ArrayBufferLike, at: number, length: number): ArrayBufferView };

const Head = z.object({
  version: z.literal(VERSION),
  /** Name of the file it was made from, and when (ISO). */
  source: z.string(),
  made: z.string(),
  attribution: z.string(),
  bounds: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  lengths: z.object(Object.fromEntries(NAMES.map((name) => [name, z.number().int().min(0)])) as Record<Column, z.ZodNumber>),
});
export type StreetHead = Omit<z.infer<typeof Head>, 'version' | 'lengths'>;

/** Where the street graphs of a data folder lie. */
export function streetsFolder(dataFolder: string): string {
  return join(dataFolder, 'streets');
}

/** Writes whole or not at all. */
export async function writeStreetFile(file: string, data: StreetGraphData, about: StreetHead): Promise<void> {
  const columns = NAMES.map((name) => data[name] ?? new COLUMNS[name]());
  const lengths = Object.fromEntries(NAMES.map((name, i) => [name, columns[i]!.length]));
  const head = Buffer.from(JSON.stringify({ version: VERSION, ...about, lengths }));
  const start = Buffer.alloc(MAGIC.length + 4);
  start.write(MAGIC);
  start.writeUInt32LE(head.length, MAGIC.length);
  const parts: Uint8Array[] = [start, head, padding(start.length + head.length)];
  for (const column of columns) parts.push(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), padding(column.byteLength));
  await writeFile(`${file}.part`, parts);
  await rename(`${file}.part`, file);
}

function padding(length: number): Uint8Array {
  return new Uint8Array((8 - (length % 8)) % 8);
}

/** Throws an Error in words where the file is none of ours, cut off, or of another version. */
export async function readStreetFile(file: string): Promise<StreetRegion & { about: StreetHead }> {
  const bytes = await readShared(file);
  if (bytes.subarray(0, MAGIC.length).toString() !== MAGIC) throw new Error(`${file} holds no street graph.`);
  const headEnd = MAGIC.length + 4 + bytes.readUInt32LE(MAGIC.length);
  const { lengths, bounds, version: _, ...about } = Head.parse(JSON.parse(bytes.subarray(MAGIC.length + 4, headEnd).toString()));
  let at = headEnd + padding(headEnd).length;
  const columns = NAMES.map((name) => {
    const kind: ColumnKind = COLUMNS[name];
    const size = lengths[name] * kind.BYTES_PER_ELEMENT;
    if (at + size > bytes.length) throw new Error(`${file} is cut off. Add its extract again.`);
    const column = new kind(bytes.buffer, bytes.byteOffset + at, lengths[name]);
    at += size + padding(size).length;
    return [name, column] as const;
  });
  return { data: Object.fromEntries(columns) as unknown as StreetGraphData, bounds, about: { ...about, bounds } };
}

/** The whole file in memory that threads share. */
async function readShared(file: string): Promise<Buffer> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const bytes = Buffer.from(new SharedArrayBuffer(size));
    for (let at = 0; at < size;) {
      const { bytesRead } = await handle.read(bytes, at, size - at, at);
      if (bytesRead === 0) throw new Error(`${file} became shorter while it was read.`);
      at += bytesRead;
    }
    return bytes;
  } finally {
    await handle.close();
  }
}

/** Paths of the street graphs of a data folder, by name. */
export async function listStreetFiles(dataFolder: string): Promise<string[]> {
  const folder = streetsFolder(dataFolder);
  const names = await readdir(folder).catch(() => []);
  return names
    .filter((name) => name.endsWith(ENDING))
    .sort()
    .map((name) => join(folder, name));
}

export async function makeStreetsFolder(dataFolder: string): Promise<string> {
  const folder = streetsFolder(dataFolder);
  await mkdir(folder, { recursive: true });
  return folder;
}

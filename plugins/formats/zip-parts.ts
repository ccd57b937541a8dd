// The parts of a ZIP package (an Excel workbook is one), each unpacked piece by piece when it is asked for. What the
// package says of its sizes is not believed: what comes out is counted.

import { Inflate } from 'fflate';

/** A file that cannot be read, said in words for whoever gave it. */
export class UnreadableFile extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export interface ZipParts {
  has(name: string): boolean;
  /** Throws UnreadableFile where the part is missing, damaged or far larger than the package. */
  unpack(name: string): Generator<Uint8Array>;
}

interface Part {
  method: number;
  packedSize: number;
  size: number;
  header: number;
}

/** All parts together may unpack to this much, and to no more than this many times the package's own size. */
const UNPACKED_LIMIT = 2 ** 30;
const RATIO_LIMIT = 200;
const SMALL = 1 << 20;
const PIECE = 1 << 14;

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_HEADER = 0x04034b50;
const LONGEST_COMMENT = 65_535;

/** Throws UnreadableFile where the bytes are no ZIP package. */
export function openZip(packed: Uint8Array): ZipParts {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  const parts = guarded(() => readDirectory(view, packed));
  const limit = Math.min(UNPACKED_LIMIT, packed.length * RATIO_LIMIT + SMALL);
  return {
    has: (name) => parts.has(name.toLowerCase()),
    *unpack(name) {
      const part = parts.get(name.toLowerCase());
      if (!part) throw damaged();
      let size = 0;
      const pieces: Uint8Array[] = [];
      const feed = feeder(part, (piece) => {
        size += piece.length;
        if (size > limit) {
          throw new UnreadableFile(
            'package_too_large',
            'The file unpacks to far more than its size, so it was not read. Save it again with the program that it belongs to.',
          );
        }
        pieces.push(piece);
      });
      const data = guarded(() => findData(view, packed, part));
      for (let at = 0; at < data.length || at === 0; at += PIECE) {
        guarded(() => feed(data.subarray(at, at + PIECE), at + PIECE >= data.length));
        yield* pieces.splice(0);
      }
      if (size !== part.size) throw damaged();
    },
  };
}

function damaged(): UnreadableFile {
  return new UnreadableFile('package_damaged', 'The file is damaged or was cut off. Save it again and import it again.');
}

/** Whatever goes wrong while reading bytes that do not add up is the file's fault. */
function guarded<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof UnreadableFile ? error : damaged();
  }
}

function readDirectory(view: DataView, packed: Uint8Array): Map<string, Part> {
  const parts = new Map<string, Part>();
  const end = findEnd(view);
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  for (let i = 0; i < count; i++) {
    if (view.getUint32(at, true) !== DIRECTORY_ENTRY) throw damaged();
    const nameLength = view.getUint16(at + 28, true);
    const name = new TextDecoder().decode(packed.subarray(at + 46, at + 46 + nameLength));
    const part = {
      method: view.getUint16(at + 10, true),
      packedSize: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      header: view.getUint32(at + 42, true),
    };
    const key = name.replace(/\\/g, '/').replace(/^\//, '').toLowerCase();
    if (!parts.has(key)) parts.set(key, part);
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return parts;
}

function findEnd(view: DataView): number {
  const first = Math.max(0, view.byteLength - 22 - LONGEST_COMMENT);
  for (let at = view.byteLength - 22; at >= first; at--) if (view.getUint32(at, true) === END_OF_DIRECTORY) return at;
  throw damaged();
}

function findData(view: DataView, packed: Uint8Array, part: Part): Uint8Array {
  if (view.getUint32(part.header, true) !== LOCAL_HEADER) throw damaged();
  const start = part.header + 30 + view.getUint16(part.header + 26, true) + view.getUint16(part.header + 28, true);
  if (start + part.packedSize > packed.length) throw damaged();
  return packed.subarray(start, start + part.packedSize);
}

function feeder(part: Part, take: (piece: Uint8Array) => void): (data: Uint8Array, last: boolean) => void {
  if (part.method === 0) return take;
  if (part.method !== 8) throw damaged();
  const inflate = new Inflate(take);
  return (data, last) => inflate.push(data, last);
}

// Travel pairs as text, so that a browser can work a measure out by itself: three typed arrays in base64, little endian.

import type { TravelPairs } from './pairs.ts';

/** {@link TravelPairs} on the wire. Costs are rounded to 32 bits, so half a million pairs are 5 MB before compression. */
export interface PackedPairs {
  cells: number;
  sites: number;
  /** Uint32, cells + 1 of them. */
  firstPair: string;
  /** Uint32, one for each pair. */
  site: string;
  /** Float32, one for each pair, in the unit of the pairs. */
  cost: string;
}

export function packPairs({ cells, sites, firstPair, site, cost }: TravelPairs): PackedPairs {
  return { cells, sites, firstPair: toBase64(firstPair), site: toBase64(site), cost: toBase64(Float32Array.from(cost)) };
}

/** Throws a RangeError where the columns do not fit together: what came is not what was packed. */
export function unpackPairs({ cells, sites, ...packed }: PackedPairs): TravelPairs {
  const firstPair = new Uint32Array(fromBase64(packed.firstPair));
  const site = new Uint32Array(fromBase64(packed.site));
  const cost = Float64Array.from(new Float32Array(fromBase64(packed.cost)));
  if (firstPair.length !== cells + 1 || firstPair[cells] !== site.length || cost.length !== site.length) {
    throw new RangeError(`Pairs of ${cells} cells came with ${firstPair.length} beginnings, ${site.length} sites and ${cost.length} costs`);
  }
  return { cells, sites, firstPair, site, cost };
}

/** Minutes or other figures, one for each cell, as Float32 in base64. */
export function packFigures(figures: ArrayLike<number>): string {
  return toBase64(Float32Array.from(figures));
}

export function unpackFigures(packed: string): Float64Array {
  return Float64Array.from(new Float32Array(fromBase64(packed)));
}

/** Characters are made of this many bytes at a time: a call takes only so many arguments. */
const CHUNK = 0x6000;

function toBase64({ buffer, byteOffset, byteLength }: Uint32Array | Float32Array): string {
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  let text = '';
  // Each part is a multiple of three bytes, so the parts join without padding between them.
  for (let at = 0; at < bytes.length; at += CHUNK) text += btoa(String.fromCharCode(...bytes.subarray(at, at + CHUNK)));
  return text;
}

function fromBase64(text: string): ArrayBuffer {
  const characters = atob(text);
  const bytes = new Uint8Array(characters.length);
  for (let i = 0; i < characters.length; i++) bytes[i] = characters.charCodeAt(i);
  return bytes.buffer;
}

// @ts-check
// Messages between the server and its plugin host: each a length, a JSON head, and bytes. Whoever sends more than is allowed
// at once is not listened to any longer.

/** @import { Writable } from 'node:stream' */

const LENGTHS = 8;

/** @param {Writable} to @param {unknown} head @param {Uint8Array} [bytes] */
export function writeFrame(to, head, bytes) {
  const text = Buffer.from(JSON.stringify(head));
  const lengths = Buffer.allocUnsafe(LENGTHS);
  lengths.writeUInt32LE(text.length, 0);
  lengths.writeUInt32LE(bytes?.length ?? 0, 4);
  to.cork();
  to.write(lengths);
  to.write(text);
  if (bytes && bytes.length > 0) to.write(bytes);
  to.uncork();
}

/**
 * Takes pieces as they come; throws where a message is larger than `most` bytes.
 * @template Head
 * @param {(head: Head, bytes: Buffer) => void} hear
 * @param {number} most
 * @returns {(chunk: Buffer) => void}
 */
export function createFrameReader(hear, most) {
  /** @type {Buffer[]} */
  let pieces = [];
  let held = 0;
  let wanted = LENGTHS;
  return (chunk) => {
    pieces.push(chunk);
    held += chunk.length;
    if (held < wanted) return;
    let all = pieces.length === 1 ? chunk : Buffer.concat(pieces);
    for (;;) {
      wanted = LENGTHS;
      if (all.length < LENGTHS) break;
      const [head, bytes] = [all.readUInt32LE(0), all.readUInt32LE(4)];
      wanted = LENGTHS + head + bytes;
      if (wanted > most) throw new Error(`A message of ${wanted} bytes is larger than allowed.`);
      if (all.length < wanted) break;
      const content = all.subarray(LENGTHS + head, wanted);
      hear(JSON.parse(all.toString('utf8', LENGTHS, LENGTHS + head)), content);
      all = all.subarray(wanted);
    }
    pieces = all.length > 0 ? [all] : [];
    held = all.length;
  };
}

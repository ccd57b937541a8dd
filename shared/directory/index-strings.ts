// All text of a directory index in one block of bytes: a column holds the place where its text begins.
// An entry is a head byte (length, or a mark for long texts and UUIDs) and UTF-8; place 0 means "nothing".

const LONG = 254;
const UUID = 255;
const UUID_PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Append-only. Equal texts are kept once while `intern` is used; `seal` drops what that needs. */
export class StringPool {
  bytes: Uint8Array;
  /** Where the next entry goes; bytes in use. */
  end = 1;
  #table: Uint32Array | null = new Uint32Array(1 << 10);
  #hashes: Uint32Array | null = new Uint32Array(1 << 10);
  #entries = 0;

  constructor(bytes: Uint8Array = new Uint8Array(1 << 14), end = 1) {
    this.bytes = bytes;
    this.end = end;
  }

  /** The place of a text, or of texts that belong together (read on with `next`). Null and '' alone give 0. */
  intern(...texts: (string | null)[]): number {
    if (texts.length === 1 && (texts[0] === null || texts[0] === '')) return 0;
    const start = this.end;
    for (const text of texts) this.#append(text ?? '');
    if (this.#table === null || this.#hashes === null) return start;
    if (this.#entries * 2 >= this.#table.length) this.#grow();
    const hash = this.#hash(start, this.end);
    const mask = this.#table.length - 1;
    let slot = hash & mask;
    for (let place = this.#table[slot]!; place !== 0; place = this.#table[slot]!) {
      if (this.#hashes[slot] === hash && this.#same(place, start, this.end)) {
        this.end = start;
        return place;
      }
      slot = (slot + 1) & mask;
    }
    this.#table[slot] = start;
    this.#hashes[slot] = hash;
    this.#entries++;
    return start;
  }

  /** The text that begins at `place`. */
  text(place: number): string {
    const bytes = this.bytes;
    const head = bytes[place]!;
    if (head === UUID) return uuidAt(bytes, place + 1);
    const start = head === LONG ? place + 5 : place + 1;
    const length = head === LONG ? this.#longLength(place) : head;
    if (length > 24) return decoder.decode(bytes.subarray(start, start + length));
    let text = '';
    for (let i = start; i < start + length; i++) {
      const byte = bytes[i]!;
      if (byte > 127) return decoder.decode(bytes.subarray(start, start + length));
      text += String.fromCharCode(byte);
    }
    return text;
  }

  /** Whether the UTF-8 of the text that begins at `place` fits. */
  fits(place: number, fits: (bytes: Uint8Array, from: number, to: number) => boolean): boolean {
    const head = this.bytes[place]!;
    if (head === UUID) {
      const uuid = encoder.encode(uuidAt(this.bytes, place + 1));
      return fits(uuid, 0, uuid.length);
    }
    const start = head === LONG ? place + 5 : place + 1;
    return fits(this.bytes, start, start + (head === LONG ? this.#longLength(place) : head));
  }

  /** The place just behind the entry at `place`. */
  next(place: number): number {
    const head = this.bytes[place]!;
    if (head === UUID) return place + 17;
    return head === LONG ? place + 5 + this.#longLength(place) : place + 1 + head;
  }

  /** A hash of the entry at `place`; `hashOf` gives the same for the same text. */
  hashAt(place: number): number {
    return this.#hash(place, this.next(place));
  }

  hashOf(text: string): number {
    const start = this.end;
    this.#append(text);
    const hash = this.#hash(start, this.end);
    this.end = start;
    return hash;
  }

  /** Gives up the table of known texts and the spare room beyond `spare` bytes. Later texts are appended as they come. */
  seal(spare: number): void {
    this.#table = null;
    this.#hashes = null;
    this.bytes = this.bytes.slice(0, Math.min(this.bytes.length, this.end + spare));
  }

  #append(text: string): void {
    const room = text.length * 3 + 5;
    if (this.end + room > this.bytes.length) {
      const larger = new Uint8Array(Math.max(this.bytes.length * 2, this.end + room));
      larger.set(this.bytes.subarray(0, this.end));
      this.bytes = larger;
    }
    const start = this.end;
    if (text.length === 36 && UUID_PATTERN.test(text)) {
      this.bytes[start] = UUID;
      writeUuid(this.bytes, start + 1, text);
      this.end = start + 17;
      return;
    }
    if (text.length < LONG) {
      const length = writeAscii(this.bytes, start + 1, text);
      if (length >= 0) {
        this.bytes[start] = length;
        this.end = start + 1 + length;
        return;
      }
    }
    const { written } = encoder.encodeInto(text, this.bytes.subarray(start + 5));
    if (written < LONG) {
      this.bytes.copyWithin(start + 1, start + 5, start + 5 + written);
      this.bytes[start] = written;
      this.end = start + 1 + written;
    } else {
      this.bytes[start] = LONG;
      for (let i = 0; i < 4; i++) this.bytes[start + 1 + i] = (written >>> (8 * i)) & 255;
      this.end = start + 5 + written;
    }
  }

  #longLength(place: number): number {
    const bytes = this.bytes;
    return bytes[place + 1]! | (bytes[place + 2]! << 8) | (bytes[place + 3]! << 16) | (bytes[place + 4]! << 24);
  }

  /** Whether the entries at two places hold the same text. */
  equal(a: number, b: number): boolean {
    return a === b || this.#same(a, b, this.next(b));
  }

  #same(place: number, start: number, end: number): boolean {
    const bytes = this.bytes;
    for (let i = start; i < end; i++) if (bytes[i] !== bytes[place + i - start]) return false;
    return true;
  }

  /** FNV-1a. */
  #hash(start: number, end: number): number {
    let hash = 0x811c9dc5;
    for (let i = start; i < end; i++) hash = Math.imul(hash ^ this.bytes[i]!, 0x01000193);
    return (hash ^ (hash >>> 15)) >>> 0;
  }

  #grow(): void {
    const oldTable = this.#table!;
    const oldHashes = this.#hashes!;
    const table = new Uint32Array(oldTable.length * 2);
    const hashes = new Uint32Array(table.length);
    const mask = table.length - 1;
    for (let i = 0; i < oldTable.length; i++) {
      if (oldTable[i] === 0) continue;
      let slot = oldHashes[i]! & mask;
      while (table[slot] !== 0) slot = (slot + 1) & mask;
      table[slot] = oldTable[i]!;
      hashes[slot] = oldHashes[i]!;
    }
    this.#table = table;
    this.#hashes = hashes;
  }
}

/** The number of bytes written, or −1 where the text is not plain ASCII. */
function writeAscii(bytes: Uint8Array, at: number, text: string): number {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 127) return -1;
    bytes[at + i] = code;
  }
  return text.length;
}

function writeUuid(bytes: Uint8Array, at: number, text: string): void {
  let out = at;
  for (let i = 0; i < 36;) {
    if (text.charCodeAt(i) === 45) i++;
    bytes[out++] = (nibble(text.charCodeAt(i)) << 4) | nibble(text.charCodeAt(i + 1));
    i += 2;
  }
}

function nibble(code: number): number {
  return code < 58 ? code - 48 : code - 87;
}

function uuidAt(bytes: Uint8Array, at: number): string {
  let text = '';
  for (let i = 0; i < 16; i++) {
    if (i === 4 || i === 6 || i === 8 || i === 10) text += '-';
    text += HEX[bytes[at + i]!];
  }
  return text;
}

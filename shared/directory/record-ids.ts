// Ids of imported records: a UUID that came along is kept. What other rows refer to by a key is named after the key; every
// other record after the number of its input row, so that new records come last in every index, where adding is fast.

import { HSDS_OBJECTS, type HsdsObject } from './hsds.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function isUuid(text: string): boolean {
  return text.length === 36 && UUID.test(text);
}

/** What an id says of its object and of which of the row's records it is, by the ordinal's last digit. */
const TAGS = new Map(
  HSDS_OBJECTS.map((object, index) => {
    const code = (index + 1).toString(16).padStart(2, '0');
    return [object, Array.from({ length: 16 }, (_, digit) => code + digit.toString(16))];
  }),
);

export interface RecordIds {
  /** What all ids of one row are made of, by its key: 32 hexadecimal digits. */
  base(object: HsdsObject, scope: string, key: string): string;
  /** The same by the row's number in the directory, below 2^48: 28 hexadecimal digits. */
  row(number: number): string;
  /** The `ordinal`-th record of an object that belongs to the row. */
  part(base: string, object: HsdsObject, ordinal: number): string;
  /** The id of a record that has this key: the key itself where it is a UUID. */
  of(object: HsdsObject, scope: string, key: string): string;
}

export interface RecordIdOptions {
  /** Name of the source: two sources never share an id made of a key. */
  source: string;
  /** 32 or more hexadecimal digits of a text, without collisions in practice. */
  hash: (text: string) => string;
  /** Of this deployment alone, so that no other one makes the same ids. */
  secret?: string;
}

export function createRecordIds({ source, hash, secret = '' }: RecordIdOptions): RecordIds {
  const tail = hash(`${secret}\u0000${source}`).slice(0, 16);
  let last = cutId('');
  const ids: RecordIds = {
    base: (object, scope, key) => hash(`${source}\u0000${object}\u0000${scope}\u0000${key}`).slice(0, 32),
    row: (number) => number.toString(16).padStart(12, '0') + tail,
    part(base, object, ordinal) {
      const hex = ordinal < 16 ? base : hash(`${base}\u0000${ordinal}`);
      // The records of a row follow one another.
      if (hex !== last.hex) last = cutId(hex);
      return last.head + (TAGS.get(object)?.[ordinal & 15] ?? '000') + last.tail;
    },
    of: (object, scope, key) => (isUuid(key) ? key.toLowerCase() : ids.part(ids.base(object, scope, key), object, 0)),
  };
  return ids;
}

/** Both halves of the ids that are made of these digits. Version 8 of RFC 9562: the layout is our own. */
function cutId(hex: string): { hex: string; head: string; tail: string } {
  return { hex, head: `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8`, tail: `-a${hex.slice(13, 16)}-${hex.slice(16, 28)}` };
}

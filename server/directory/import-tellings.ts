// How often an import tells each record, found in a first pass: with it a second pass knows when it has heard all of one,
// and need not hold what is told once. Some 20 bytes for each id, whatever the records say.

import { hash } from 'node:crypto';
import type { CarriedValue } from '#shared/directory/hsds-tree.ts';
import type { HsdsObject } from '#shared/directory/hsds.ts';

export interface RecordName {
  object: HsdsObject;
  id: string;
}

/** Whole numbers of 32 bits for each record: three of its hash, tellings, values carried to it. */
const WIDTH = 5;
const TOLD = 3;
const CARRIED = 4;
/** In place of a number of carried values: the record is an attribute whose value goes back to where it belongs. */
const PUT_BACK = 0xffffffff;
const FIRST_SLOTS = 1 << 10;
/** Fuller than this, looking up takes long. */
const MOST_FILLED = 0.6;

type Digest = readonly [number, number, number];

export class Tellings {
  #slots = FIRST_SLOTS;
  #cells = new Uint32Array(FIRST_SLOTS * WIDTH);
  #size = 0;
  /** Values that belong to other records: digests of the record and of the attribute that carries it, if any, else of the record again. */
  #carried: number[] = [];

  /** Notes that a record is told once more. */
  tell(record: RecordName): void {
    if (this.#size > this.#slots * MOST_FILLED) this.#grow();
    const digest = digestOf(record);
    const at = this.#find(digest);
    if (this.#cells[at + TOLD] === 0) {
      this.#cells.set(digest, at);
      this.#size++;
    }
    this.#cells[at + TOLD] = (this.#cells[at + TOLD] as number) + 1;
  }

  /** Notes a carried value; the attribute that carries it is told like any other record. */
  carry(value: CarriedValue): void {
    this.#carried.push(...digestOf(value), ...digestOf(value.attribute ?? value));
    if (value.attribute) this.tell(value.attribute);
  }

  /** After the last telling: an attribute whose record is told is none; its value goes back there. */
  finish(): void {
    const cells = this.#cells;
    const find = (i: number): number => this.#find(this.#carried.slice(i, i + 3) as unknown as Digest);
    for (let i = 0; i < this.#carried.length; i += 6) {
      const [record, attribute] = [find(i), find(i + 3)];
      if (cells[record + TOLD] === 0 || cells[record + CARRIED] === PUT_BACK) continue;
      if (attribute !== record) {
        // What is to receive a value itself stays.
        if (cells[attribute + CARRIED] !== 0 && cells[attribute + CARRIED] !== PUT_BACK) continue;
        cells[attribute + CARRIED] = PUT_BACK;
      }
      cells[record + CARRIED] = (cells[record + CARRIED] as number) + 1;
    }
    this.#carried = [];
  }

  /** How many tellings of a record and values for it there are in all; none for an attribute that is put back. */
  expected(record: RecordName): number {
    const at = this.#find(digestOf(record));
    const told = this.#cells[at + TOLD] as number;
    const carried = this.#cells[at + CARRIED] as number;
    return told === 0 || carried === PUT_BACK ? 0 : told + carried;
  }

  isPutBack(attribute: RecordName): boolean {
    return this.#cells[this.#find(digestOf(attribute)) + CARRIED] === PUT_BACK;
  }

  /** Where the record's cells begin, or where they would. */
  #find([a, b, c]: Digest): number {
    const cells = this.#cells;
    for (let slot = a & (this.#slots - 1); ; slot = (slot + 1) & (this.#slots - 1)) {
      const at = slot * WIDTH;
      if (cells[at + TOLD] === 0 || (cells[at] === a && cells[at + 1] === b && cells[at + 2] === c)) return at;
    }
  }

  #grow(): void {
    const before = this.#cells;
    this.#slots *= 2;
    this.#cells = new Uint32Array(this.#slots * WIDTH);
    for (let at = 0; at < before.length; at += WIDTH) {
      if (before[at + TOLD] === 0) continue;
      const cells = before.subarray(at, at + WIDTH);
      this.#cells.set(cells, this.#find([cells[0] as number, cells[1] as number, cells[2] as number]));
    }
  }
}

/** 96 bits: no two of some million records have the same. */
function digestOf({ object, id }: RecordName): Digest {
  const bytes = hash('sha1', `${object} ${id}`, 'buffer');
  return [bytes.readUInt32LE(0), bytes.readUInt32LE(4), bytes.readUInt32LE(8)];
}

// When each distinct timetable of an index is open around one instant: worked out once, however many resources share it.

import type { DirectoryIndex } from '../directory/index.ts';
import { opening } from '../directory/timetable.ts';
import { findZone } from '../directory/zone.ts';
import type { OpenState } from './request.ts';
import { soonPart } from './score.ts';

export const OPEN_STATES = ['open', 'closed', 'unknown'] as const;

/** Being let in takes this long, milliseconds: who arrives later than this before closing may come in vain. */
const STAY = 10 * 60_000;
/** Waiting that is assumed where hours are not known, milliseconds. */
const UNKNOWN_WAIT = 120 * 60_000;

export class OpeningTimes {
  readonly #index: DirectoryIndex;
  readonly #at: number;
  /** By timetable number: 0 not asked yet, else place in OPEN_STATES + 1. */
  readonly #state: Uint8Array;
  /** Open: when it closes. Closed: when it opens. Infinity: never, or not known. */
  readonly #change: Float64Array;
  /** Open: when it opens again after closing; worked out when first needed. */
  readonly #again: Float64Array;
  // What `soon` needs, so that most rows are answered without a question of state; milliseconds from the instant.
  /** Closed: until it opens; else 0. */
  readonly #opensIn: Float64Array;
  /** Open: until it closes; else Infinity. */
  readonly #closesIn: Float64Array;
  /** Hours not known: what is added to the way. */
  readonly #added: Float64Array;

  /** @param at milliseconds since 1970 */
  constructor(index: DirectoryIndex, at: number) {
    this.#index = index;
    this.#at = at;
    const count = index.timetables.length;
    this.#state = new Uint8Array(count);
    this.#change = new Float64Array(count).fill(Infinity);
    this.#again = new Float64Array(count).fill(NaN);
    this.#opensIn = new Float64Array(count);
    this.#closesIn = new Float64Array(count).fill(Infinity);
    this.#added = new Float64Array(count);
  }

  /** Place in OPEN_STATES, as it is at the instant. */
  state(timetable: number): number {
    if (this.#state[timetable] === 0) this.#read(timetable);
    return this.#state[timetable]! - 1;
  }

  /** Milliseconds from the instant until a person whose way takes `way` can be there while it is open; NaN: not known. */
  wait(timetable: number, way: number): number {
    const state = this.state(timetable);
    if (state === 2) return NaN;
    return way < this.#closesIn[timetable]! ? Math.max(way, this.#opensIn[timetable]!) : Math.max(way, this.#reopens(timetable) - this.#at);
  }

  /** How soon they can be there while it is open ({@link soonPart}), less where they arrive so late that they may not be let in. */
  soon(timetable: number, way: number): number {
    if (this.#state[timetable] === 0) this.#read(timetable);
    const wait = Math.max(way, this.#opensIn[timetable]!) + this.#added[timetable]!;
    const left = this.#closesIn[timetable]! - way;
    return left < STAY ? this.#soonBeforeClosing(timetable, way, left) : soonPart(wait, way);
  }

  /** Who arrives at the last moment is let in every second time. */
  #soonBeforeClosing(timetable: number, way: number, left: number): number {
    return left <= 0 ? soonPart(this.wait(timetable, way), way) : soonPart(way, way) * (0.5 + (0.5 * left) / STAY);
  }

  /** For the answer: times of day with the offset of the place itself. */
  describe(timetable: number): OpenState {
    const state = OPEN_STATES[this.state(timetable)]!;
    const change = this.#change[timetable]!;
    if (state === 'unknown' || change === Infinity) return { state };
    const time = toOffsetTime(change, this.#index.timetables[timetable]!.zone);
    return state === 'open' ? { state, until: time } : { state, next: time };
  }

  #read(timetable: number): void {
    const hours = this.#index.timetables[timetable];
    const found = hours ? opening(hours, this.#at) : ({ state: 'unknown' } as const);
    this.#state[timetable] = OPEN_STATES.indexOf(found.state) + 1;
    if (found.state === 'open') {
      this.#change[timetable] = found.until ?? Infinity;
      this.#closesIn[timetable] = this.#change[timetable]! - this.#at;
    } else if (found.state === 'closed') {
      this.#change[timetable] = found.next ?? Infinity;
      this.#opensIn[timetable] = this.#change[timetable]! - this.#at;
    } else this.#added[timetable] = UNKNOWN_WAIT;
  }

  #reopens(timetable: number): number {
    if (Number.isNaN(this.#again[timetable]!)) {
      const later = opening(this.#index.timetables[timetable]!, this.#change[timetable]!);
      this.#again[timetable] = later.state === 'closed' ? (later.next ?? Infinity) : this.#change[timetable]!;
    }
    return this.#again[timetable]!;
  }
}

/** RFC 3339 in the zone of a place: "2026-05-01T17:00:00-04:00". */
function toOffsetTime(instant: number, zone: string | null): string {
  const offset = findZone(zone ?? 'UTC')?.offsetAt(instant) ?? 0;
  const local = new Date(instant + offset).toISOString().slice(0, 19);
  const minutes = Math.abs(Math.round(offset / 60_000));
  const two = (n: number): string => String(n).padStart(2, '0');
  return offset === 0 ? `${local}Z` : `${local}${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

// When each distinct timetable of an index is open around one instant: worked out once, however many resources share it and
// however many ask within the same quarter of an hour.

import type { DirectoryIndex } from '../directory/index.ts';
import { opening, type Opening } from '../directory/timetable.ts';
import { findZone } from '../directory/zone.ts';
import type { OpenState } from './request.ts';
import { soonPart } from './score.ts';

export const OPEN_STATES = ['open', 'closed', 'unknown'] as const;
const [OPEN, CLOSED, UNKNOWN] = [0, 1, 2];

/** Being let in takes this long, milliseconds: who arrives later than this before closing may come in vain. */
const STAY = 10 * 60_000;
/** Waiting that is assumed where hours are not known, milliseconds. */
const UNKNOWN_WAIT = 120 * 60_000;

/** In every zone a day begins with a quarter of an hour. */
const QUARTER = 15 * 60_000;

/** Opening of the timetables of an index, by their number, as it was last asked for: most ask about now. */
class KnownOpenings {
  /** Place in OPEN_STATES. */
  readonly state: Uint8Array;
  /** Holds from this instant on … */
  readonly from: Float64Array;
  /** … up to before this one; 0: not asked yet. */
  readonly to: Float64Array;
  /** Open: when it closes. Closed: when it opens. Infinity: never, or not known. */
  readonly change: Float64Array;
  /** Open: when it opens again after closing; NaN: not asked yet. */
  readonly again: Float64Array;
  /** As it is shown; undefined: not asked yet. */
  readonly described: (OpenState | undefined)[] = [];

  constructor(count: number) {
    this.state = new Uint8Array(count);
    this.from = new Float64Array(count);
    this.to = new Float64Array(count);
    this.change = new Float64Array(count);
    this.again = new Float64Array(count);
  }
}

const knownOpenings = new WeakMap<DirectoryIndex['timetables'], KnownOpenings>();

function openingsOf({ timetables }: DirectoryIndex): KnownOpenings {
  let known = knownOpenings.get(timetables);
  // The list only grows: an index that came from another by a change shares it.
  if (!known || known.state.length < timetables.length) knownOpenings.set(timetables, (known = new KnownOpenings(timetables.length)));
  return known;
}

/** Opening around one instant. */
export class OpeningTimes {
  readonly #index: DirectoryIndex;
  readonly #at: number;
  readonly #known: KnownOpenings;

  /** @param at milliseconds since 1970 */
  constructor(index: DirectoryIndex, at: number) {
    this.#index = index;
    this.#at = at;
    this.#known = openingsOf(index);
  }

  /** Place in OPEN_STATES, as it is at the instant. */
  state(timetable: number): number {
    const { state, from, to } = this.#known;
    if (this.#at < from[timetable]! || this.#at >= to[timetable]!) this.#read(timetable);
    return state[timetable]!;
  }

  /** Milliseconds from the instant until a person whose way takes `way` can be there while it is open; NaN: not known. */
  wait(timetable: number, way: number): number {
    const state = this.state(timetable);
    if (state === UNKNOWN) return NaN;
    const change = this.#known.change[timetable]! - this.#at;
    if (state === CLOSED) return Math.max(way, change);
    return way < change ? way : Math.max(way, this.#reopens(timetable) - this.#at);
  }

  /** How soon they can be there while it is open ({@link soonPart}), less where they arrive so late that they may not be let in. */
  soon(timetable: number, way: number): number {
    const state = this.state(timetable);
    if (state === UNKNOWN) return soonPart(way + UNKNOWN_WAIT, way);
    const left = state === OPEN ? this.#known.change[timetable]! - this.#at - way : Infinity;
    if (left >= STAY || left <= 0) return soonPart(this.wait(timetable, way), way);
    // Who arrives at the last moment is let in every second time.
    return soonPart(way, way) * (0.5 + (0.5 * left) / STAY);
  }

  /** For the answer: times of day with the offset of the place itself. */
  describe(timetable: number): OpenState {
    const state = OPEN_STATES[this.state(timetable)]!;
    return (this.#known.described[timetable] ??= this.#describe(timetable, state));
  }

  #describe(timetable: number, state: OpenState['state']): OpenState {
    const change = this.#known.change[timetable]!;
    if (state === 'unknown' || change === Infinity) return { state };
    const time = toOffsetTime(change, this.#index.timetables[timetable]!.zone);
    return state === 'open' ? { state, until: time } : { state, next: time };
  }

  #read(timetable: number): void {
    const hours = this.#index.timetables[timetable];
    const found: Opening = hours ? opening(hours, this.#at) : { state: 'unknown' };
    const known = this.#known;
    known.state[timetable] = OPEN_STATES.indexOf(found.state);
    const change = found.until ?? found.next ?? Infinity;
    known.change[timetable] = change;
    known.again[timetable] = NaN;
    known.described[timetable] = undefined;
    known.from[timetable] = this.#at;
    known.to[timetable] = Math.min(change, (Math.floor(this.#at / QUARTER) + 1) * QUARTER);
  }

  #reopens(timetable: number): number {
    const { again, change } = this.#known;
    if (Number.isNaN(again[timetable]!)) {
      const later = opening(this.#index.timetables[timetable]!, change[timetable]!);
      again[timetable] = later.state === 'closed' ? (later.next ?? Infinity) : change[timetable]!;
    }
    return again[timetable]!;
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

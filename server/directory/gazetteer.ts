// Places by name, all of them from this machine: addresses, towns and postal codes of the directory, streets and names of
// the basemap. No name that is looked for leaves it. Addresses of hidden sites are not among them (see places-source.ts).

import KDBush from 'kdbush';
import { around } from 'geokdbush';
import { addressIndexWords, addressWords, houseNumber, splitCrossing } from '#shared/directory/address-words.ts';
import { TextIndexBuilder, type TextIndex } from '#shared/directory/search-text.ts';
import { haversine } from '#shared/geo/distance.ts';
import type { LonLat } from '#shared/geo/travel.ts';
import type { Place } from '#shared/plugin-api/functions.ts';

/** A street of one name in one neighbourhood: its lines as [lon, lat]. */
export interface Street {
  name: string;
  near: string;
  lines: [number, number][][];
}

export interface GazetteerSource {
  /** Points with a name; of equal ones one is enough. */
  places: readonly Place[];
  streets: readonly Street[];
}

const KIND_WEIGHT: Record<Place['kind'], number> = { place: 1.5, area: 1.4, postal_code: 1.3, street: 1.2, intersection: 1.1, address: 1 };
/** What lies near counts for half as much again; at this distance for half of that. */
const NEAR_WEIGHT = 0.5;
const NEAR_M = 10_000;
const NEAR_ADDRESS_M = 40;
const NEAR_STREET_M = 150;
const NEAR_PLACE_M = 10_000;
/** Streets whose lines come this near to one another cross. */
const CROSSING_M = 25;
const CROSSING_STREETS = 12;
const METERS_OF_DEGREE = 111_195;
/** Entries that are taken in between two pauses. */
const BATCH = 1000;

export class Gazetteer {
  readonly #entries: Place[];
  readonly #index: TextIndex;
  readonly #streets: readonly Street[];
  /** First entry that is a street: entry `#firstStreet + i` is street i. */
  readonly #firstStreet: number;
  readonly #points: Points;

  private constructor(parts: { entries: Place[]; index: TextIndex; streets: readonly Street[]; points: Points }) {
    this.#entries = parts.entries;
    this.#index = parts.index;
    this.#streets = parts.streets;
    this.#firstStreet = parts.entries.length - parts.streets.length;
    this.#points = parts.points;
  }

  /** Gives `pause` the turn after each batch, so that no request waits for a hundred thousand names. */
  static async build({ places, streets }: GazetteerSource, pause: () => Promise<void>): Promise<Gazetteer> {
    const entries = [...places, ...streets.map(streetPlace)];
    const builder = new TextIndexBuilder();
    const points = new PointsBuilder();
    for (const [i, place] of entries.entries()) {
      const label = addressIndexWords(place.label).map((word) => [word, 8] as const);
      // Codes of several parts ("AM1 2AB") are also typed without the blank.
      if (place.kind === 'postal_code' && label.length > 1) label.push([addressWords(place.label).join(''), 8]);
      builder.add(i, [...label, ...addressIndexWords(place.detail).map((word) => [word, 2] as const)]);
      const street = streets[i - places.length];
      if (street) points.addStreet(i, street);
      else points.add(i, place.lon, place.lat);
      if (i % BATCH === BATCH - 1) await pause();
    }
    const index = builder.finish();
    await pause();
    index.prepareSpelling();
    await pause();
    return new Gazetteer({ entries, index, streets, points: points.finish() });
  }

  get size(): number {
    return this.#entries.length;
  }

  /** The best places for what was typed, best first; of those alike the nearer ones. */
  search(text: string, limit: number, near?: LonLat): Place[] {
    const crossing = splitCrossing(text);
    const found = crossing ? this.#crossings(crossing, limit, near) : [];
    if (found.length < limit) found.push(...this.#byWords(text, limit, near));
    return distinct(found).slice(0, limit);
  }

  /** What stands at a position: an address at hand, else the street, else the place that it lies in. */
  reverse({ lon, lat }: LonLat): Place | null {
    const { tree, entry } = this.#points;
    const within = (meters: number, kinds: readonly Place['kind'][]) => {
      const [found] = around(tree, lon, lat, 1, meters / 1000, (i) => kinds.includes(this.#entries[entry[i]!]!.kind));
      return found === undefined ? undefined : this.#entries[entry[found]!]!;
    };
    const at = within(NEAR_ADDRESS_M, ['address']) ?? within(NEAR_STREET_M, ['street']) ?? within(NEAR_PLACE_M, ['place', 'area']);
    // The place asked for is where the finger was, not where the name stands.
    return at ? { ...at, lon, lat } : null;
  }

  #byWords(text: string, limit: number, near: LonLat | undefined): Place[] {
    const words = [...new Set(addressWords(text))];
    const hits = this.#rank(words, limit * 3, near);
    const number = houseNumber(text);
    if (number === null || words.length < 2) return hits.map((i) => this.#entries[i]!);
    const exact = hits.filter((i) => houseNumber(this.#entries[i]!.label) === number);
    if (exact.length > 0) return exact.map((i) => this.#entries[i]!);
    // The number is not known: the nearest known number of the street, then the street itself.
    const street = this.#rank(
      words.filter((word) => word !== number),
      200,
      near,
    );
    const numberOf = (i: number) => parseInt(houseNumber(this.#entries[i]!.label) ?? '', 10);
    const addresses = street.filter((i) => this.#entries[i]!.kind === 'address' && !Number.isNaN(numberOf(i)));
    const wanted = parseInt(number, 10);
    addresses.sort((a, b) => Math.abs(numberOf(a) - wanted) - Math.abs(numberOf(b) - wanted));
    const streets = street.filter((i) => this.#entries[i]!.kind === 'street');
    return [...addresses.slice(0, 2), ...streets.slice(0, 2), ...hits].map((i) => this.#entries[i]!);
  }

  /** Entries that hold every word, best first. */
  #rank(words: readonly string[], limit: number, near: LonLat | undefined): number[] {
    const scores = new Map<number, number>();
    words.forEach((word, i) => {
      const seen = new Set<number>();
      for (const { word: known, quality } of this.#index.findWords(word)) {
        const rarity = Math.log1p(this.#entries.length / this.#index.frequency(known));
        this.#index.visitRows(known, (entry, weight) => {
          if (seen.has(entry) || (i > 0 && !scores.has(entry))) return;
          seen.add(entry);
          scores.set(entry, (scores.get(entry) ?? 0) + rarity * quality * weight);
        });
      }
      for (const entry of scores.keys()) if (!seen.has(entry)) scores.delete(entry);
    });
    const ranked = [...scores].map(([entry, score]) => {
      const { kind, label, lon, lat } = this.#entries[entry]!;
      // A name of the same number of words is what was meant, not a part of a longer one.
      const whole = addressWords(label).length === words.length ? 1.3 : 1;
      const away = near ? haversine(near.lon, near.lat, lon, lat) : 0;
      return { entry, score: score * KIND_WEIGHT[kind] * whole * (near ? 1 + NEAR_WEIGHT / (1 + away / NEAR_M) : 1) };
    });
    return ranked
      .sort((a, b) => b.score - a.score || a.entry - b.entry)
      .slice(0, limit)
      .map(({ entry }) => entry);
  }

  #crossings([first, second]: [string, string], limit: number, near: LonLat | undefined): Place[] {
    const streetsOf = (text: string) =>
      this.#rank(addressWords(text), 60, near)
        .filter((entry) => entry >= this.#firstStreet)
        .slice(0, CROSSING_STREETS)
        .map((entry) => this.#streets[entry - this.#firstStreet]!);
    const others = streetsOf(second);
    const found: Place[] = [];
    for (const a of streetsOf(first)) {
      for (const b of others) {
        if (a === b || a.name === b.name || found.length >= limit) continue;
        const at = meet(a, b);
        if (at)
          found.push({
            id: `intersection:${a.name}:${b.name}:${a.near}`,
            label: `${a.name} & ${b.name}`,
            detail: a.near,
            kind: 'intersection',
            ...at,
          });
      }
    }
    return found;
  }
}

/** Where entries are; `entry` by number of the point. */
interface Points {
  tree: KDBush;
  entry: Uint32Array;
}

/** Collects every entry's point, and of streets all their corners, at most 60 m apart. */
class PointsBuilder {
  readonly #lon: number[] = [];
  readonly #lat: number[] = [];
  readonly #entry: number[] = [];

  add(entry: number, lon: number, lat: number): void {
    this.#lon.push(lon);
    this.#lat.push(lat);
    this.#entry.push(entry);
  }

  addStreet(entry: number, { lines }: Street): void {
    for (const line of lines) for (const [lon, lat] of dense(line)) this.add(entry, lon, lat);
  }

  finish(): Points {
    // A tree of no points cannot be asked.
    if (this.#entry.length === 0) this.add(0, 0, 0);
    const tree = new KDBush(this.#entry.length);
    for (let i = 0; i < this.#entry.length; i++) tree.add(this.#lon[i]!, this.#lat[i]!);
    return { tree: tree.finish(), entry: Uint32Array.from(this.#entry) };
  }
}

function streetPlace(street: Street): Place {
  const line = street.lines.reduce((longest, one) => (one.length > longest.length ? one : longest));
  const [lon, lat] = line[line.length >> 1]!;
  return { id: `street:${street.name}:${street.near}`, label: street.name, detail: street.near, kind: 'street', lon, lat };
}

function* dense(line: [number, number][]): Generator<[number, number]> {
  for (let i = 0; i < line.length; i++) {
    const [ax, ay] = line[i]!;
    yield [ax, ay];
    const next = line[i + 1];
    if (!next) continue;
    const steps = Math.min(200, Math.ceil(haversine(ax, ay, next[0], next[1]) / 60));
    for (let step = 1; step < steps; step++) yield [ax + ((next[0] - ax) * step) / steps, ay + ((next[1] - ay) * step) / steps];
  }
}

/** Where two streets cross or come within 25 m of each other; null where they do not. */
function meet(a: Street, b: Street): LonLat | null {
  let best: { at: LonLat; meters: number } | null = null;
  for (const lineA of a.lines) {
    for (const lineB of b.lines) {
      for (let i = 0; i + 1 < lineA.length; i++) {
        for (let j = 0; j + 1 < lineB.length; j++) {
          const found = nearestOfSegments(lineA[i]!, lineA[i + 1]!, lineB[j]!, lineB[j + 1]!);
          if (found.meters <= CROSSING_M && (best === null || found.meters < best.meters)) best = found;
        }
      }
    }
  }
  return best?.at ?? null;
}

type Point = [number, number];

/** The middle between the nearest points of two segments, flat: they are a town's streets. */
function nearestOfSegments(a: Point, b: Point, c: Point, d: Point): { at: LonLat; meters: number } {
  const crossing = cross(a, b, c, d);
  if (crossing) return { at: { lon: crossing[0], lat: crossing[1] }, meters: 0 };
  const pairs: [Point, Point][] = [
    [a, onSegment(a, c, d)],
    [b, onSegment(b, c, d)],
    [c, onSegment(c, a, b)],
    [d, onSegment(d, a, b)],
  ];
  const ranked = pairs.map(([p, q]) => ({ at: { lon: (p[0] + q[0]) / 2, lat: (p[1] + q[1]) / 2 }, meters: flatMeters(p, q) }));
  return ranked.reduce((best, one) => (one.meters < best.meters ? one : best));
}

function cross([ax, ay]: Point, [bx, by]: Point, [cx, cy]: Point, [dx, dy]: Point): Point | null {
  const determinant = (bx - ax) * (dy - cy) - (by - ay) * (dx - cx);
  if (determinant === 0) return null;
  const t = ((cx - ax) * (dy - cy) - (cy - ay) * (dx - cx)) / determinant;
  const u = ((cx - ax) * (by - ay) - (cy - ay) * (bx - ax)) / determinant;
  return t >= 0 && t <= 1 && u >= 0 && u <= 1 ? [ax + t * (bx - ax), ay + t * (by - ay)] : null;
}

function onSegment(p: Point, a: Point, b: Point): Point {
  const scale = Math.cos((p[1] * Math.PI) / 180);
  const [x, y] = [(b[0] - a[0]) * scale, b[1] - a[1]];
  const length = x * x + y * y;
  if (length === 0) return a;
  const t = Math.max(0, Math.min(1, ((p[0] - a[0]) * scale * x + (p[1] - a[1]) * y) / length));
  return [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])];
}

function flatMeters([ax, ay]: Point, [bx, by]: Point): number {
  const x = (bx - ax) * Math.cos((ay * Math.PI) / 180);
  return Math.hypot(x, by - ay) * METERS_OF_DEGREE;
}

function distinct(places: readonly Place[]): Place[] {
  const seen = new Set<string>();
  return places.filter((place) => {
    const key = `${place.label} ${place.detail}`;
    return seen.size < seen.add(key).size;
  });
}

// How many people have help within how many minutes, and how many live at which value: what the two drawings show.

export interface CurvePoint {
  minutes: number;
  /** 0 to 1 of all people. */
  share: number;
}

/** Share of the people within each whole minute from 0 to `most`. */
export function coverageCurve(nearest: Float64Array, demand: Float64Array, most: number): CurvePoint[] {
  const within = new Float64Array(most + 1);
  let all = 0;
  for (let i = 0; i < nearest.length; i++) {
    all += demand[i]!;
    const minute = Math.ceil(nearest[i]! - 1e-9);
    if (minute <= most) within[Math.max(0, minute)]! += demand[i]!;
  }
  let sum = 0;
  return Array.from(within, (people, minutes) => ({ minutes, share: all > 0 ? (sum += people) / all : 0 }));
}

export interface Bin {
  /** Values from here (with it) up to `to` (without it); the last one holds all beyond. */
  from: number;
  to: number;
  people: number;
}

/** People by value, in bins of equal width; `only`: 1 for each cell that counts. */
export function histogram(
  values: Float64Array,
  demand: Float64Array,
  { width, bins, only }: { width: number; bins: number; only: Uint8Array | null },
): Bin[] {
  const people = new Float64Array(bins);
  for (let i = 0; i < values.length; i++) {
    if (only && only[i] === 0) continue;
    people[Math.min(bins - 1, Math.floor(values[i]! / width))]! += demand[i]!;
  }
  return Array.from(people, (n, i) => ({ from: i * width, to: i === bins - 1 ? Infinity : (i + 1) * width, people: n }));
}

/** A width of bins that people can read: 1, 2 or 5 times a power of ten, so that about `bins` of them hold up to `most`. */
export function readableWidth(most: number, bins: number): number {
  const raw = most / bins;
  if (!(raw > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(raw));
  return ([1, 2, 5, 10].find((step) => step * power >= raw * 0.999) ?? 10) * power;
}

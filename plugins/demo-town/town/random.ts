// Chance that is the same on every machine and in every run: all of the demo comes from seeds.

/** Numbers from 0 (included) to 1 (excluded), the same for the same seed (mulberry32). */
export class Random {
  #state: number;

  constructor(seed: string | number) {
    this.#state = typeof seed === 'number' ? seed >>> 0 : hashText(seed);
  }

  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    return toShare(Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1));
  }

  between(low: number, high: number): number {
    return low + this.next() * (high - low);
  }

  /** A whole number, both ends included. */
  integer(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  pick<T>(items: readonly T[]): T {
    if (items.length === 0) throw new RangeError('Nothing to pick from');
    return items[Math.floor(this.next() * items.length)] as T;
  }

  /** The same items in another order. */
  shuffle<T>(items: readonly T[]): T[] {
    const shuffled = [...items];
    for (let i = shuffled.length - 1; i > 0; i--) {
      const j = Math.floor(this.next() * (i + 1));
      [shuffled[i], shuffled[j]] = [shuffled[j] as T, shuffled[i] as T];
    }
    return shuffled;
  }
}

function toShare(mixed: number): number {
  let t = mixed;
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}

/** FNV-1a over the text's characters. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** Smooth noise from -1 to 1 over the plane; features are about one unit wide. */
export function smoothNoise(x: number, y: number, seed: number): number {
  const column = Math.floor(x);
  const row = Math.floor(y);
  const fx = ease(x - column);
  const fy = ease(y - row);
  const bottom = mix(corner(column, row, seed), corner(column + 1, row, seed), fx);
  const top = mix(corner(column, row + 1, seed), corner(column + 1, row + 1, seed), fx);
  return mix(bottom, top, fy) * 2 - 1;
}

const ease = (t: number) => t * t * (3 - 2 * t);
const mix = (a: number, b: number, share: number) => a + (b - a) * share;
const corner = (column: number, row: number, seed: number) =>
  toShare(Math.imul(column, 374761393) ^ Math.imul(row, 668265263) ^ Math.imul(seed + 1, 0x9e3779b1));

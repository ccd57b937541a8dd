// How long work of a known size still takes, from how fast it has gone.

const FIRST_WORD_AFTER_MS = 3000;
/** Part that must be done before its speed says anything. */
const FIRST_PART = 0.02;

export interface WorkSoFar {
  rows: number;
  total: number;
  /** ms */
  elapsed: number;
}

/** Whole minutes, 0 for less than one; null while nothing can be said, and when all is read. */
export function minutesLeft({ rows, total, elapsed }: WorkSoFar): number | null {
  if (elapsed < FIRST_WORD_AFTER_MS || rows < total * FIRST_PART || rows === 0 || rows >= total) return null;
  const minutes = ((total - rows) * elapsed) / rows / 60_000;
  return minutes < 0.75 ? 0 : Math.max(1, Math.round(minutes));
}

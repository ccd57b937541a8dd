// What a bench gives: rows in the shape that `npm run bench -- NAME --json` prints.

export interface BenchRow {
  id: string;
  unit: string;
  ours: number;
  peer: number | null;
  /** The peer's name and version; "peer missing" where it is not installed. */
  peerName: string | null;
  /** Above 1 we are better, whatever the unit. */
  ratio: number | null;
  goal: { kind: 'ratioAtLeast' | 'oursAtMost' | 'oursAtLeast'; value: number } | null;
  met: boolean | null;
}

export interface Bench {
  name: string;
  /** One sentence: what is measured, against what. */
  what: string;
  run(): Promise<BenchRow[]>;
}

/** Fills `ratio` and `met`. `better` says which way the unit counts. */
export function benchRow(
  row: Pick<BenchRow, 'id' | 'unit' | 'ours'> & Partial<Pick<BenchRow, 'peer' | 'peerName' | 'goal'>>,
  better: 'lower' | 'higher' = 'lower',
): BenchRow {
  const peer = row.peer ?? null;
  const goal = row.goal ?? null;
  const ratio = peer === null ? null : better === 'lower' ? peer / row.ours : row.ours / peer;
  let met: boolean | null = null;
  if (goal?.kind === 'ratioAtLeast') met = ratio === null ? null : ratio >= goal.value;
  else if (goal?.kind === 'oursAtMost') met = row.ours <= goal.value;
  else if (goal?.kind === 'oursAtLeast') met = row.ours >= goal.value;
  return { id: row.id, unit: row.unit, ours: row.ours, peer, peerName: row.peerName ?? null, ratio, goal, met };
}

/** Runs `once` after a warm-up and gives the sorted times in milliseconds. */
export function times(runs: number, once: (run: number) => unknown): number[] {
  for (let i = 0; i < Math.min(3, runs); i++) once(i);
  const all: number[] = [];
  for (let i = 0; i < runs; i++) {
    const start = performance.now();
    once(i);
    all.push(performance.now() - start);
  }
  return all.sort((a, b) => a - b);
}

export function quantile(sorted: readonly number[], q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}

// Bad data is a value. A refused use is a Problem (problems.ts); a bug throws.

export type Severity = 'error' | 'warning' | 'info';

/** One thing that is wrong with input, placed where the person who gave it can find it. */
export interface Issue {
  /** Stable, machine-readable: `snake_case`. */
  code: string;
  severity: Severity;
  /** Plain words: what is wrong, and what to do. */
  message: string;
  /** Where: a path inside the value, such as `eligible_when.all[2].fact`. */
  path?: string;
  file?: string;
  line?: number;
  column?: number;
}

export type Result<T, I = Issue> = { ok: true; value: T; issues: I[] } | { ok: false; issues: I[] };

export function ok<T, I = Issue>(value: T, issues: I[] = []): Result<T, I> {
  return { ok: true, value, issues };
}

export function fail<I = Issue>(...issues: I[]): { ok: false; issues: I[] } {
  return { ok: false, issues };
}

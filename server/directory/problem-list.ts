// The list of problems as it is asked for: one kind or all, page by page, with or without those that are left as they are.

import type { DirectoryIndex } from '#shared/directory/index.ts';
import type { FoundProblem, ProblemSet } from '#shared/directory/problem-set.ts';
import type { DuplicateReason } from '#shared/directory/duplicates.ts';
import type { ProblemValues } from '#shared/directory/checks.ts';
import type { ServerDeps } from '#server/deps.ts';
import { getProblems, problemKey, readIgnored, type IgnoredProblem, type ProblemKey, type ProblemKind } from './problems.ts';

export interface ProblemQuery {
  /** One kind; absent: all, the gravest first. */
  code?: string | undefined;
  /** Those that are left as they are, instead of those that are open. */
  ignored: boolean;
  offset: number;
  limit: number;
}

/** A listing in a problem, in one line. */
export interface ProblemResource {
  id: string;
  name: string;
  detail: string;
  phone: string | null;
  verified: string | null;
}

export interface ListedProblem extends ProblemKey {
  values: ProblemValues;
  resource: ProblemResource;
  otherResource: ProblemResource | null;
  /** Of duplicates: why, the strongest first. */
  reasons: readonly DuplicateReason[];
  ignored: IgnoredProblem | null;
}

export interface ProblemPage {
  kinds: (ProblemKind & { open: number; ignored: number })[];
  total: number;
  problems: ListedProblem[];
}

export async function listProblems(deps: ServerDeps, { code, ignored, offset, limit }: ProblemQuery): Promise<ProblemPage> {
  const live = getProblems(deps);
  const left = await readIgnored(deps.db);
  const set = await live.current();
  const kinds = live.kinds().map((kind) => {
    const ignoredHere = [...left.keys()].filter((key) => isFound(set, JSON.parse(key) as [string, string, string], kind.code)).length;
    return { ...kind, open: set.count(kind.code) - ignoredHere, ignored: ignoredHere };
  });
  const asked = kinds.filter((kind) => code === undefined || kind.code === code);
  const problems: ListedProblem[] = [];
  let skip = offset;
  for (const kind of asked) {
    const count = ignored ? kind.ignored : kind.open;
    if (skip >= count) {
      skip -= count;
      continue;
    }
    for (const problem of inOrder(kind, set)) {
      if (left.has(problemKey(problem)) !== ignored || skip-- > 0) continue;
      problems.push(tellProblem(set.index, problem, left.get(problemKey(problem)) ?? null));
      if (problems.length === limit) break;
    }
    if (problems.length === limit) break;
    skip = 0;
  }
  return { kinds, total: asked.reduce((sum, kind) => sum + (ignored ? kind.ignored : kind.open), 0), problems };
}

function isFound(set: ProblemSet, [code, id, other]: [string, string, string], wanted: string): boolean {
  return code === wanted && set.find(code, id, other || null) !== undefined;
}

/** What was not checked for longest comes first, before it what never was: the queue of those who call. */
function inOrder(kind: ProblemKind, set: ProblemSet): Iterable<FoundProblem> {
  if (!kind.byAge) return set.list(kind.code);
  const age = ({ values }: FoundProblem) => Number(values['days'] ?? Infinity);
  return [...set.list(kind.code)].sort((a, b) => (age(b) === age(a) ? 0 : age(b) - age(a)) || (a.id < b.id ? -1 : 1));
}

function tellProblem(index: DirectoryIndex, problem: FoundProblem, ignored: IgnoredProblem | null): ListedProblem {
  const { code, id, other, values, candidate } = problem;
  return {
    code,
    id,
    other,
    values,
    resource: tellResource(index, id),
    otherResource: other === null ? null : tellResource(index, other),
    reasons: candidate?.reasons ?? [],
    ignored,
  };
}

function tellResource(index: DirectoryIndex, id: string): ProblemResource {
  const row = index.findRow(id)!;
  const parts = [index.organization(row)?.name, index.address(row) ?? index.location(row)?.name];
  return {
    id,
    name: index.serviceName(row),
    detail: [...new Set(parts.filter((part) => part))].join(' · '),
    phone: index.phone(row),
    verified: index.verified(row),
  };
}

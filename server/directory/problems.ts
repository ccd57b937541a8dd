// Problems of the live directory: found when someone first asks, kept current by each version of the index from then on,
// and what people decided to leave as it is. All is told from the index, which knows of no hidden place where it is.

import type { Kysely } from 'kysely';
import { OWN_CHECKS, toDirectoryCheck, type DataCheck, type DirectoryCheck } from '#shared/directory/checks.ts';
import type { DirectoryIndex } from '#shared/directory/index.ts';
import { ProblemSet } from '#shared/directory/problem-set.ts';
import type { QuickFix } from '#shared/directory/quick-fix.ts';
import type { Database } from '#server/db/schema.ts';
import type { ServerDeps } from '#server/deps.ts';
import { getActorName, type Actor } from '#server/identity/actor.ts';

const ofApp = new WeakMap<ServerDeps, LiveProblems>();

/** The problems of this process, made on first use. */
export function getProblems(deps: ServerDeps): LiveProblems {
  let problems = ofApp.get(deps);
  if (!problems) ofApp.set(deps, (problems = new LiveProblems(deps)));
  return problems;
}

/** What is told of a kind of problem. */
export interface ProblemKind extends Pick<DirectoryCheck, 'code' | 'severity'> {
  byAge: boolean;
  /** The quick fix for it; null: a person must look. */
  fix: string | null;
  button: Pick<QuickFix, 'label' | 'forAll'> | null;
  /** Of contributed checks; the others are known by their code. */
  contributed: Pick<DataCheck, 'label' | 'message'> | null;
}

const DUPLICATES = { code: 'duplicate', severity: 'warning' } as const;

export class LiveProblems {
  readonly #deps: ServerDeps;
  #set: ProblemSet | undefined;
  /** What the set was made with: the day, and the checks that plugins bring. */
  #madeWith = '';
  #building: Promise<ProblemSet> | undefined;

  constructor(deps: ServerDeps) {
    this.#deps = deps;
    // Each version in turn: from one to the next little changes.
    deps.directory.onDidChange((index) => this.#follow(index));
  }

  /** The problems of the index as it is now. */
  async current(): Promise<ProblemSet> {
    await this.#deps.directory.ready;
    for (;;) {
      if (this.#set?.index === this.#deps.directory.current() && this.#madeWith === this.#mark()) return this.#set;
      await (this.#building ??= this.#deps.background.note(this.#build().finally(() => (this.#building = undefined))));
    }
  }

  /** Every kind, the gravest first. */
  kinds(): ProblemKind[] {
    const fixes = this.#deps.registry.getPoint<QuickFix>('fixes').all();
    const tell = (check: Pick<DirectoryCheck, 'code' | 'severity' | 'byAge'>, contributed: ProblemKind['contributed']): ProblemKind => {
      const { code, severity, byAge = false } = check;
      const mends = (named: string) => fixes.find(({ value }) => value.problems.includes(named))?.value;
      const fix = mends(code) ?? (byAge ? mends('unverifiedDays') : undefined);
      return { code, severity, byAge, fix: fix?.id ?? null, button: fix ? { label: fix.label, forAll: fix.forAll } : null, contributed };
    };
    const contributed = this.#contributed().map((check) => tell(toDirectoryCheck(check), { label: check.label, message: check.message }));
    const own = [...OWN_CHECKS, DUPLICATES].map((check) => tell(check, null));
    const order = ['error', 'warning', 'info'];
    return [...own, ...contributed].sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
  }

  #follow(index: DirectoryIndex): void {
    if (this.#set && !this.#set.apply(index)) this.#set = undefined;
  }

  async #build(): Promise<ProblemSet> {
    const started = performance.now();
    const mark = this.#mark();
    const index = this.#deps.directory.current();
    const checks = [...this.#contributed().map(toDirectoryCheck), ...OWN_CHECKS];
    const set = await ProblemSet.build(index, checks, { now: new Date(this.#deps.clock()), pause: this.#deps.background.pause });
    this.#set = set;
    this.#madeWith = mark;
    // What came meanwhile, where it is little; else the caller asks again.
    this.#follow(this.#deps.directory.current());
    this.#deps.log.info({ resources: index.size, milliseconds: Math.round(performance.now() - started) }, 'problems of the directory');
    return set;
  }

  #contributed(): DataCheck[] {
    const own = new Set([DUPLICATES.code, ...OWN_CHECKS.map(({ code }) => code)]);
    const all = this.#deps.registry.getPoint<DataCheck>('dataChecks').all();
    return all.map(({ value }) => value).filter(({ id }) => !own.has(id));
  }

  #mark(): string {
    return `${new Date(this.#deps.clock()).toDateString()} ${JSON.stringify(this.#contributed())}`;
  }
}

/** A problem by its kind and what it is of. */
export interface ProblemKey {
  code: string;
  id: string;
  /** Of duplicates the other resource. */
  other: string | null;
}

export interface IgnoredProblem {
  reason: string;
  /** Name of the account; of the command line its role. */
  by: string;
  at: string;
}

export function problemKey({ code, id, other }: ProblemKey): string {
  const [first, second] = other !== null && other < id ? [other, id] : [id, other ?? ''];
  return JSON.stringify([code, first, second]);
}

/** What is left as it is, by `problemKey`. */
export async function readIgnored(db: Kysely<Database>): Promise<Map<string, IgnoredProblem>> {
  const rows = await db
    .selectFrom('problem_ignored')
    .leftJoin('account', 'account.id', 'problem_ignored.actor')
    .select(['code', 'record_id', 'other_id', 'reason', 'actor', 'at', 'account.name'])
    .execute();
  return new Map(
    rows.map((row) => [
      problemKey({ code: row.code, id: row.record_id, other: row.other_id || null }),
      { reason: row.reason, by: row.name ?? row.actor, at: row.at },
    ]),
  );
}

/** Leaves problems as they are, until someone takes that back. */
export async function ignoreProblems(
  db: Kysely<Database>,
  keys: readonly ProblemKey[],
  { reason, actor, at }: { reason: string; actor: Actor; at: number },
): Promise<void> {
  const rows = keys.map((key) => {
    const [code, record_id, other_id] = JSON.parse(problemKey(key)) as [string, string, string];
    return { code, record_id, other_id, reason, actor: getActorName(actor), at: new Date(at).toISOString() };
  });
  await db
    .insertInto('problem_ignored')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['code', 'record_id', 'other_id']).doUpdateSet((eb) => ({ reason: eb.ref('excluded.reason') })),
    )
    .execute();
}

/** Takes up again what was left. */
export async function unignoreProblems(db: Kysely<Database>, keys: readonly ProblemKey[]): Promise<void> {
  for (const key of keys) {
    const [code, record, other] = JSON.parse(problemKey(key)) as [string, string, string];
    await db.deleteFrom('problem_ignored').where('code', '=', code).where('record_id', '=', record).where('other_id', '=', other).execute();
  }
}

// `waypost problems`: what is wrong in the directory, mended or left as it is, from the command line.

import { parseArgs } from 'node:util';
import { Problem } from '#shared/platform/problems.ts';
import { UsageError, type CliIo, type Command, type ExitCode } from '#server/command.ts';
import type { ServerDeps } from '#server/deps.ts';
import { createLocalActor } from '#server/identity/actor.ts';
import { fixProblems } from './problem-fixes.ts';
import { listProblems, type ListedProblem } from './problem-list.ts';
import { getProblems, ignoreProblems, problemKey, readIgnored, unignoreProblems, type ProblemKey } from './problems.ts';

const SHOWN = 50;
const DUPLICATE = 'duplicate';

const OPTIONS = {
  kind: { type: 'string' },
  'all-of': { type: 'string' },
  reason: { type: 'string' },
  ignored: { type: 'boolean', default: false },
  'dry-run': { type: 'boolean', default: false },
  limit: { type: 'string' },
  offset: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;
type Values = ReturnType<typeof parse>['values'];

/** What each action may be given besides --json. */
const ACTIONS: Readonly<
  Record<string, { options: readonly string[]; run: (io: CliIo, ids: string[], values: Values) => Promise<ExitCode> }>
> = {
  list: { options: ['kind', 'ignored', 'limit', 'offset'], run: list },
  fix: { options: ['kind', 'all-of', 'reason', 'dry-run'], run: fix },
  ignore: { options: ['kind', 'reason'], run: ignore },
  unignore: { options: ['kind'], run: unignore },
};

export const problemsCommand: Command = {
  name: 'problems',
  summary: 'List what is wrong in the directory, mend it or leave it as it is',
  usage: `waypost problems [list] [--kind KIND] [--ignored] [--limit N] [--offset N] [--json]
waypost problems fix ID… [--kind KIND] [--reason TEXT] [--dry-run] [--json]
waypost problems fix --all-of KIND [--reason TEXT] [--dry-run] [--json]
waypost problems ignore ID… --kind KIND --reason TEXT [--json]
waypost problems unignore ID… --kind KIND [--json]

ID is that of a listing, as "waypost problems" tells it. "fix" does what the kind names as its fix, as one act that
"waypost undo" takes back; without --kind each listing must have one problem that can be mended so. --all-of is for kinds
whose fix needs no look at each. "ignore" leaves problems as they are, "unignore" takes them up again; of a duplicate
name both listings. The exit code of "fix" is 1 where there was nothing to mend.`,

  async run(args, io) {
    const { values, positionals } = parse(args);
    const [first = 'list', ...rest] = positionals;
    const action = Object.hasOwn(ACTIONS, first) ? ACTIONS[first] : undefined;
    if (!action) throw new UsageError(`Say what to do: ${Object.keys(ACTIONS).join(', ')}.`);
    for (const [name, value] of Object.entries(values)) {
      if (name !== 'json' && value !== undefined && value !== false && !action.options.includes(name))
        throw new UsageError(`"problems ${first}" takes no --${name}.`);
    }
    return action.run(io, rest, values);
  },
};

async function list(io: CliIo, ids: string[], values: Values): Promise<ExitCode> {
  if (ids.length > 0) throw new UsageError(`"${ids[0]}" is not understood.`);
  const [limit, offset] = [toNumber(values.limit ?? String(SHOWN), '--limit'), toNumber(values.offset ?? '0', '--offset')];
  await using app = await io.openApp();
  if (values.kind !== undefined) assertKind(app, values.kind);
  const page = await listProblems(app, { code: values.kind, ignored: values.ignored, offset, limit });
  if (values.json) io.stdout.write(`${JSON.stringify(page)}\n`);
  else {
    const which = values.ignored ? 'ignored' : 'open';
    for (const kind of page.kinds) {
      if (kind[which] > 0)
        io.stdout.write(
          `${String(kind[which]).padStart(6)}  ${kind.severity.padEnd(7)}  ${kind.code}${kind.fix ? `  (fix: ${kind.fix})` : ''}\n`,
        );
    }
    for (const problem of page.problems) io.stdout.write(`${sayProblem(problem)}\n`);
    io.stdout.write(`${page.total} in all${page.total > page.problems.length ? `, ${page.problems.length} shown` : ''}.\n`);
  }
  return 0;
}

function sayProblem({ code, resource, otherResource, values, ignored }: ListedProblem): string {
  const said = Object.entries(values).map(([name, value]) => `${name}: ${String(value)}`);
  const listings = [resource, ...(otherResource ? [otherResource] : [])].map(
    ({ id, name, detail }) => `${id}  ${name}${detail ? `  (${detail})` : ''}`,
  );
  return [code, ...listings, ...said, ...(ignored ? [`left by ${ignored.by}: ${ignored.reason}`] : [])].join('  ');
}

async function fix(io: CliIo, ids: string[], values: Values): Promise<ExitCode> {
  const all = values['all-of'];
  if ((all === undefined) === (ids.length === 0) || (all !== undefined && values.kind !== undefined))
    throw new UsageError('Say which: ids of listings, or --all-of KIND.');
  await using app = await io.openApp();
  const wanted = all === undefined ? await chooseKind(app, ids, values.kind) : { code: all, ids: await listAll(app, all) };
  const dryRun = values['dry-run'];
  const report = await fixProblems(app, { ...wanted, reason: values.reason ?? null, actor: createLocalActor('steward'), dryRun });
  const act = report.act === null ? '' : ` as act ${report.act}`;
  const skipped = report.skipped.length > 0 ? ` Not mended, since they have no such problem: ${report.skipped.join(', ')}.` : '';
  io.stdout.write(
    values.json ? `${JSON.stringify(report)}\n` : `${dryRun ? 'Would change' : 'Changed'} ${report.fixed} records${act}.${skipped}\n`,
  );
  return report.fixed === 0 ? 1 : 0;
}

/** The one kind of problem that all of them have and that can be mended at once. */
async function chooseKind(app: ServerDeps, ids: string[], code: string | undefined): Promise<{ code: string; ids: string[] }> {
  if (code !== undefined) {
    assertKind(app, code);
    return { code, ids };
  }
  const live = getProblems(app);
  const set = await live.current();
  const fixable = live.kinds().filter((kind) => kind.fix !== null && ids.every((id) => set.find(kind.code, id)));
  const [only] = fixable;
  if (only && fixable.length === 1) return { code: only.code, ids };
  const codes = (fixable.length > 0 ? fixable : live.kinds().filter((kind) => kind.fix !== null)).map((kind) => kind.code);
  const what = only ? 'Several kinds of problems can be mended there' : 'They have no problem in common that can be mended at once';
  throw new Problem('bad_request', `${what}. Say which one: --kind ${codes.join('|')}.`, codes);
}

async function listAll(app: ServerDeps, code: string): Promise<string[]> {
  if (!assertKind(app, code).button?.forAll)
    throw new Problem('bad_request', `Each "${code}" needs a look of its own. Name the listings: waypost problems fix ID… --kind ${code}.`);
  const [set, left] = [await getProblems(app).current(), await readIgnored(app.db)];
  return [...set.list(code)].filter((problem) => !left.has(problemKey(problem))).map(({ id }) => id);
}

async function ignore(io: CliIo, ids: string[], values: Values): Promise<ExitCode> {
  const reason = values.reason?.trim() ?? '';
  if (ids.length === 0 || values.kind === undefined || reason === '')
    throw new UsageError('Say which, and why: ID… --kind KIND --reason TEXT.');
  await using app = await io.openApp();
  const problems = await findProblems(app, ids, values.kind);
  await ignoreProblems(app.db, problems, { reason, actor: createLocalActor('steward'), at: app.clock() });
  io.stdout.write(values.json ? `${JSON.stringify({ ignored: problems })}\n` : `Left ${problems.length} as they are.\n`);
  return 0;
}

async function unignore(io: CliIo, ids: string[], values: Values): Promise<ExitCode> {
  if (ids.length === 0 || values.kind === undefined) throw new UsageError('Say which: ID… --kind KIND.');
  await using app = await io.openApp();
  const problems = await findProblems(app, ids, values.kind);
  await unignoreProblems(app.db, problems);
  io.stdout.write(values.json ? `${JSON.stringify({ open: problems })}\n` : `Took up ${problems.length} again.\n`);
  return 0;
}

/** Throws a Problem that names the first which is none. */
async function findProblems(app: ServerDeps, ids: string[], code: string): Promise<ProblemKey[]> {
  assertKind(app, code);
  if (code === DUPLICATE && ids.length !== 2) throw new UsageError('Of a duplicate name both listings.');
  const keys = code === DUPLICATE ? [{ code, id: ids[0]!, other: ids[1]! }] : ids.map((id) => ({ code, id, other: null }));
  const set = await getProblems(app).current();
  for (const { id, other } of keys) {
    if (!set.find(code, id, other))
      throw new Problem(
        'not_found',
        `${[id, other].filter(Boolean).join(' and ')}: there is no "${code}". "waypost problems --kind ${code}" lists them.`,
      );
  }
  return keys;
}

function assertKind(app: ServerDeps, code: string) {
  const kinds = getProblems(app).kinds();
  const kind = kinds.find((known) => known.code === code);
  const codes = kinds.map((known) => known.code);
  if (!kind) throw new Problem('bad_request', `There is no kind of problem "${code}". Kinds: ${codes.join(', ')}.`, codes);
  return kind;
}

function toNumber(text: string, name: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(number)) throw new UsageError(`${name} must be a whole number, not "${text}".`);
  return number;
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

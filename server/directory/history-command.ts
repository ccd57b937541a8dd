// `waypost acts`, `history` and `undo`.

import { parseArgs } from 'node:util';
import { UsageError, type CliIo, type Command } from '../command.ts';
import { listActs, readTimeline, type ActSummary, type RecordChange } from './history.ts';
import { runUndo } from './undo-run.ts';
import type { UndoConflict } from './undoing.ts';

const ACTS_SHOWN = 50;

export const actsCommand: Command = {
  name: 'acts',
  summary: 'List what was done to the directory',
  usage: `waypost acts [--before ACT] [--limit N] [--json]

Imports, edits, restores and undos, the newest first, ${ACTS_SHOWN} at a time. "waypost undo ACT" takes one back.`,
  async run(args, io) {
    const { values, positionals } = parse(args, {
      before: { type: 'string' },
      limit: { type: 'string' },
      json: { type: 'boolean', default: false },
    });
    if (positionals.length > 0) throw new UsageError(`"${positionals[0] ?? ''}" is not understood.`);
    await using app = await io.openApp();
    const before = values['before'] === undefined ? undefined : toNumber(String(values['before']), '--before');
    const limit = values['limit'] === undefined ? ACTS_SHOWN : toNumber(String(values['limit']), '--limit');
    const acts = await listActs(app.db, { before, limit });
    if (values['json']) io.stdout.write(`${JSON.stringify(acts)}\n`);
    else for (const act of acts) io.stdout.write(`${sayAct(act)}  ${act.changes + act.createdRows} changes\n`);
    return 0;
  },
};

export const historyCommand: Command = {
  name: 'history',
  summary: 'Show what happened to a record',
  usage: `waypost history ID [--before SEQ] [--json]

ID is that of a service, a place, an organization or any other record, be it there or removed. All that belongs to the
record is told with it, the newest first. Where a hidden place is is not told.`,
  async run(args, io) {
    const { values, positionals } = parse(args, { before: { type: 'string' }, json: { type: 'boolean', default: false } });
    const [id] = positionals;
    if (id === undefined || positionals.length > 1) throw new UsageError('Say which record: its id.');
    await using app = await io.openApp();
    const before = values['before'] === undefined ? undefined : toNumber(String(values['before']), '--before');
    const timeline = await readTimeline(app.db, id, { before });
    if (values['json']) io.stdout.write(`${JSON.stringify(timeline)}\n`);
    else {
      io.stdout.write(`${timeline.object} ${timeline.name ?? timeline.id}${timeline.exists ? '' : ' (removed)'}\n`);
      for (const entry of timeline.entries) {
        io.stdout.write(`${sayAct(entry)}\n`);
        for (const change of entry.changes) sayChange(change, io);
      }
    }
    return 0;
  },
};

export const undoCommand: Command = {
  name: 'undo',
  summary: 'Take an act back',
  usage: `waypost undo ACT [--reason TEXT] [--dry-run] [--json]

What the act created goes, what it removed comes back, what it changed is set back, all as one act that can be undone
itself. What was changed since stays as it is and is listed. "waypost acts" lists the acts.`,
  async run(args, io) {
    const { values, positionals } = parse(args, {
      reason: { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    });
    if (positionals.length !== 1) throw new UsageError('Say which act: its number, as "waypost acts" lists it.');
    const act = toNumber(String(positionals[0]), 'ACT');
    await using app = await io.openApp();
    const dryRun = values['dry-run'] === true;
    const at = new Date(app.clock()).toISOString();
    const report = await runUndo(app, act, {
      actor: 'local:steward',
      at,
      reason: (values['reason'] as string | undefined) ?? null,
      dryRun,
    });
    if (values['json']) io.stdout.write(`${JSON.stringify(report)}\n`);
    else {
      const done = dryRun ? 'Would set back' : 'Set back';
      io.stdout.write(`${done} ${report.records} records of act ${act}${report.act === null ? '' : ` as act ${report.act}`}.\n`);
      if (report.conflicts > 0) io.stdout.write(`${report.conflicts} stay as they are now:\n`);
      for (const conflict of report.listed) io.stdout.write(`  ${sayConflict(conflict)}\n`);
    }
    // Everything had been changed since: nothing was taken back.
    return report.records === 0 ? 1 : 0;
  },
};

const WHY: Readonly<Record<UndoConflict['kind'], string>> = {
  changed: 'was changed since',
  in_use: 'has something newer hanging on it',
  gone: 'was removed since, or what it belonged to',
  exists: 'was made again since',
  hidden: 'is hidden, and stays so',
};

function sayConflict({ object, id, name, kind, fields }: UndoConflict): string {
  const which = fields.length > 0 ? `: ${fields.map(({ field }) => field).join(', ')}` : '';
  return `${object} ${name ?? id} ${WHY[kind]}${which}`;
}

function sayAct({ act, at, kind, actor, source, reason, undoes, undoneBy }: ActSummary): string {
  const of = undoes === null ? (source ?? '') : `of act ${undoes}`;
  return [
    String(act).padStart(5),
    at.slice(0, 16).replace('T', ' '),
    kind,
    of,
    `by ${actor}`,
    reason ? `(${reason})` : '',
    undoneBy ? `undone by act ${undoneBy}` : '',
  ]
    .filter((part) => part !== '')
    .join('  ');
}

const OPS = { create: 'added', update: 'changed', delete: 'removed' } as const;

function sayChange({ object, name, id, op, fields }: RecordChange, { stdout }: CliIo): void {
  stdout.write(`         ${OPS[op]} ${object} ${name ?? id}\n`);
  if (op !== 'update') return;
  for (const { field, before, after, withheld } of fields)
    stdout.write(
      `           ${field}: ${withheld ? '(not told: the place is hidden)' : `${before ?? '(empty)'} → ${after ?? '(empty)'}`}\n`,
    );
}

function toNumber(text: string, name: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(number)) throw new UsageError(`${name} must be a whole number, not "${text}".`);
  return number;
}

type Options = NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>['options']>;

function parse(args: string[], options: Options) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

// Takes back an act as one act: what it created goes, what it removed comes back, what it changed is set back, field by
// field. What anyone changed since stays, and is told as a conflict. An undo is an act like any other and can be undone.

import type { Kysely, Transaction } from 'kysely';
import { Problem } from '#shared/platform/problems.ts';
import type { ActWriter } from '../db/acts.ts';
import { getFeedPosition } from '../db/feed.ts';
import type { Database } from '../db/schema.ts';
import { writeDirectoryAct } from './directory-act.ts';
import { readCreations } from './history-state.ts';
import { removeCreated } from './undo-created.ts';
import { bringBackRemoved } from './undo-removed.ts';
import { setBackChanged } from './undo-changed.ts';
import type { UndoConflict, Undoing } from './undoing.ts';

export interface UndoReport {
  /** The act of the undo; null in a trial, and where everything had changed since. */
  act: number | null;
  undoes: number;
  /** Records that were set back. */
  records: number;
  conflicts: number;
  /** The first of them. */
  listed: UndoConflict[];
}

export interface UndoRequest {
  actor: string;
  at: string;
  reason?: string | null;
  /** Tells what would be done, and does nothing. */
  dryRun?: boolean;
  /** A place that was hidden since, or by this act, may be seen again. */
  unhide?: boolean;
}

const LISTED = 200;

/** Thrown to leave nothing of a trial. */
class Nothing extends Error {}

/** Throws a Problem where there is no such act, or nothing of it to take back. */
export async function undoAct(db: Kysely<Database>, actId: number, request: UndoRequest): Promise<UndoReport> {
  const report: UndoReport = { act: null, undoes: actId, records: 0, conflicts: 0, listed: [] };
  const act = { kind: 'undo', actor: request.actor, at: request.at, reason: request.reason ?? null, undoes: actId } as const;
  try {
    await writeDirectoryAct(db, act, async (trx, writer) => {
      const undoing = await begin(trx, writer, actId, {
        unhide: request.unhide === true,
        conflict(conflict) {
          report.conflicts++;
          if (report.listed.length < LISTED) report.listed.push(conflict);
        },
      });
      report.records += await bringBackRemoved(undoing);
      report.records += await setBackChanged(undoing);
      report.records += await removeCreated(undoing);
      if (report.records === 0 || request.dryRun) throw new Nothing();
      await trx
        .updateTable('act')
        .set({ detail: JSON.stringify({ records: report.records, conflicts: report.conflicts }) })
        .where('id', '=', writer.id)
        .execute();
      report.act = writer.id;
    });
  } catch (error) {
    if (!(error instanceof Nothing)) throw error;
    if (report.conflicts === 0 && report.records === 0)
      throw new Problem('unprocessable', `Act ${actId} changed nothing that could be taken back.`);
  }
  return report;
}

async function begin(
  trx: Transaction<Database>,
  writer: ActWriter,
  actId: number,
  options: Pick<Undoing, 'unhide' | 'conflict'>,
): Promise<Undoing> {
  const act = await trx.selectFrom('act').select(['id', 'kind']).where('id', '=', actId).where('id', '<', writer.id).executeTakeFirst();
  if (!act) throw new Problem('not_found', `There is no act ${actId}. "waypost acts" lists them.`);
  if (act.kind === 'demo') throw new Problem('unprocessable', 'The demo is taken out as a whole: "waypost demo remove".');
  const by = await findUndo(trx, actId, writer.id);
  if (by) throw new Problem('conflict', `Act ${actId} has been undone already, by act ${by.id}. Undo act ${by.id} to have it back.`);
  const span = await trx
    .selectFrom('change')
    .select((eb) => [eb.fn.min('seq').as('first'), eb.fn.max('seq').as('last')])
    .where('act_id', '=', actId)
    .executeTakeFirst();
  const [first, last] = [Number(span?.first ?? 0), Number(span?.last ?? 0)];
  const creations = await readCreations(trx, first - 1);
  return {
    trx,
    writer,
    act: { id: actId, first, last },
    position: await getFeedPosition(trx),
    created: creations.filter((range) => range.actId === actId),
    laterRows: Math.min(Infinity, ...creations.filter((range) => range.seq > last).map((range) => range.first)),
    ...options,
  };
}

/** The undo that holds for an act: not one that was itself undone. */
export async function findUndo(
  db: Kysely<Database>,
  actId: number,
  before = Infinity,
): Promise<{ id: number; at: string; actor: string } | undefined> {
  const undos = await db.selectFrom('act').select(['id', 'at', 'actor']).where('undoes', '=', actId).orderBy('id', 'desc').execute();
  const last = undos.find(({ id }) => id < before);
  return last && !(await findUndo(db, last.id, before)) ? last : undefined;
}

// The one way to write the directory. Whatever an act did, by hand, by import or by taking another one back: before it is
// kept, what would give a hidden place away is hidden with it, handouts that tell of it end, and who hid or showed a place
// stands in the audit. No act can forget that, since there is no other way to begin one.

import type { Kysely, Transaction } from 'kysely';
import { foldWords } from '#shared/directory/words.ts';
import { HandoutContent } from '#shared/handout/content.ts';
import { recordAudit } from '#server/audit/audit.ts';
import { writeAct, type ActWriter, type NewAct } from '#server/db/acts.ts';
import type { Database } from '#server/db/schema.ts';
import { isHidden, readHiddenPlaces } from './hidden-places.ts';
import { settleHidden, type HiddenTwin, type SettleRequest } from './hidden-settle.ts';
import { parseBefore } from './history-state.ts';

export interface DirectoryActWriter extends ActWriter {
  /**
   * Hides what would give a hidden place away, and gives those places. Done at the end of each act by itself; called by
   * those who must know what was hidden, or know of texts that say that a place is secret.
   */
  settle(request?: Pick<SettleRequest, 'hides'>): Promise<HiddenTwin[]>;
}

export async function writeDirectoryAct<T>(
  db: Kysely<Database>,
  act: NewAct,
  work: (trx: Transaction<Database>, writer: DirectoryActWriter) => Promise<T>,
): Promise<T> {
  return writeAct(db, act, async (trx, { id, record }) => {
    let isSettled = false;
    const writer: DirectoryActWriter = {
      id,
      async record(changes) {
        isSettled = false;
        await record(changes);
      },
      async settle(request) {
        await auditDecisions(trx, id, act);
        const twins = await settleHidden(trx, { actId: id, ...request });
        if (await changesPlaces(trx, id)) await withdrawHandouts(trx);
        isSettled = true;
        return twins;
      },
    };
    const result = await work(trx, writer);
    if (!isSettled) await writer.settle();
    return result;
  });
}

/** Places that a person's act hid or showed, each with who and why. What an import hides is nobody's decision. */
async function auditDecisions(trx: Transaction<Database>, actId: number, act: NewAct): Promise<void> {
  if (act.kind === 'import' || act.kind === 'demo') return;
  const changes = await trx
    .selectFrom('change')
    .innerJoin('location', 'location.id', 'change.record_id')
    .select(['change.record_id as id', 'change.before', 'location.hidden'])
    .where('change.act_id', '=', actId)
    .where('change.object', '=', 'location')
    .where('change.op', '=', 'update')
    .where((eb) => eb.or([eb('location.hidden', '<>', 0), eb('change.before', 'like', '%"hidden":1%')]))
    .orderBy('change.seq')
    .execute();
  const account = changes.length > 0 && (await trx.selectFrom('account').select('role').where('id', '=', act.actor).executeTakeFirst());
  const actor = { name: act.actor, role: (account || undefined)?.role ?? act.actor.replace(/^local:/, '') };
  // Of several changes of one place the first tells how the act found it.
  const found = Map.groupBy(changes, ({ id }) => id);
  for (const [id, [first]] of found) {
    if (!first || Boolean(parseBefore(first.before)?.['hidden']) === Boolean(first.hidden)) continue;
    await recordAudit(trx, {
      actor,
      at: Date.parse(act.at),
      action: first.hidden ? 'hidden.hide' : 'hidden.show',
      object: 'location',
      recordId: id,
      reason: act.reason ?? (act.undoes === undefined ? '' : `Undo of act ${act.undoes}`),
    });
  }
}

/** Of a place that is new nobody has a handout. */
async function changesPlaces(trx: Transaction<Database>, actId: number): Promise<boolean> {
  const changed = await trx
    .selectFrom('change')
    .select('seq')
    .where('act_id', '=', actId)
    .where('object', '=', 'location')
    .where('op', '=', 'update')
    .limit(1)
    .executeTakeFirst();
  return changed !== undefined;
}

/** Handouts were made before the place was hidden: those that tell where it is, or show a pin of it, end now. */
async function withdrawHandouts(trx: Transaction<Database>): Promise<void> {
  const hidden = await readHiddenPlaces(trx);
  if (hidden.isEmpty) return;
  const redactor = hidden.redactorOfAll();
  const services = await trx
    .selectFrom('service')
    .innerJoin('service_at_location', 'service_at_location.service_id', 'service.id')
    .innerJoin('location', 'location.id', 'service_at_location.location_id')
    .select('service.name')
    .where(isHidden)
    .execute();
  const names = new Set(services.map(({ name }) => foldWords(name ?? '')));
  for (const { token_hash, content } of await trx.selectFrom('handout').select(['token_hash', 'content']).execute()) {
    const { map, ...texts } = HandoutContent.parse(JSON.parse(content));
    const written = JSON.stringify(texts);
    const shows = map !== null && texts.services.some(({ name }) => names.has(foldWords(name.text)));
    if (shows || redactor.text(written) !== written) await trx.deleteFrom('handout').where('token_hash', '=', token_hash).execute();
  }
}

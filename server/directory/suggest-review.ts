// The queue of suggested changes: each as a difference against the record as it is now, taken whole or in part by whoever
// keeps the directory, or declined with a reason. Taking writes an edit like any other, with its history and its undo.

import type { Kysely, Transaction } from 'kysely';
import type { EditIssue, EditValue, RecordEdit } from '#shared/directory/edit.ts';
import type { SuggestedField, SuggestedRecord } from '#shared/directory/suggestion.ts';
import { Problem } from '#shared/platform/problems.ts';
import { getFeedPosition } from '../db/feed.ts';
import type { Database } from '../db/schema.ts';
import { getActorName, type Actor } from '../identity/actor.ts';
import { applyEdits, isSame, readField, withFields } from './edit.ts';
import type { TypeFields } from './edit-check.ts';
import { readHiddenPlaces, type HiddenPlaces } from './hidden-places.ts';
import { keyOf, readNextChanges, readRecords } from './history-state.ts';
import type { StoredRecord } from './record-columns.ts';
import { readSuggestedPage } from './suggest-page.ts';
import { nameOf } from './undo-changed.ts';

export interface Suggestion {
  id: string;
  page: string;
  /** What the page is of; null: it is gone. */
  name: string | null;
  /** Name of the account; null for someone without one. */
  by: string | null;
  at: string;
  comment: string;
  state: Database['suggestion']['state'];
  /** Of one that was decided. */
  decision: { by: string; at: string; reason: string | null; act: number | null } | null;
  records: SuggestedRecord[];
}

export interface SuggestionPage {
  /** Goes with a decision: what was changed since is not overwritten unseen. */
  position: number;
  open: number;
  total: number;
  suggestions: Suggestion[];
}

/** Those that wait, the oldest first; or those that were decided, the newest first. */
export async function listSuggestions(
  db: Kysely<Database>,
  { decided, offset, limit }: { decided: boolean; offset: number; limit: number },
): Promise<SuggestionPage> {
  const position = await getFeedPosition(db);
  const [open, all] = [await countSuggestions(db, true), await countSuggestions(db, false)];
  const rows = await db
    .selectFrom('suggestion')
    .leftJoin('account', 'account.id', 'suggestion.actor')
    .leftJoin('account as decider', 'decider.id', 'suggestion.decided_by')
    .selectAll('suggestion')
    .select(['account.name as by', 'decider.name as decider'])
    .where('suggestion.state', decided ? '<>' : '=', 'open')
    .orderBy(decided ? 'suggestion.decided_at' : 'suggestion.at', decided ? 'desc' : 'asc')
    .orderBy('suggestion.id')
    .offset(offset)
    .limit(limit)
    .execute();
  const hidden = await readHiddenPlaces(db);
  const suggestions: Suggestion[] = [];
  for (const row of rows) {
    const edits = parseEdits(row.edits);
    const { name, tell } = await readSuggestedPage(db, hidden, row.page_id);
    suggestions.push({
      id: row.id,
      page: row.page_id,
      name,
      by: row.by ?? (row.actor === 'anonymous' ? null : row.actor),
      at: row.at,
      comment: tell(row.comment),
      state: row.state,
      decision:
        row.decided_at === null
          ? null
          : { by: row.decider ?? row.decided_by ?? '', at: row.decided_at, reason: row.reason, act: row.act_id },
      records: compareWithNow(edits, await readRecords(db, edits), hidden),
    });
  }
  return { position, open, total: decided ? all - open : open, suggestions };
}

export async function countSuggestions(db: Kysely<Database>, onlyOpen: boolean): Promise<number> {
  let query = db.selectFrom('suggestion').select((eb) => eb.fn.countAll().as('count'));
  if (onlyOpen) query = query.where('state', '=', 'open');
  return Number((await query.executeTakeFirstOrThrow()).count);
}

function compareWithNow(edits: readonly RecordEdit[], current: ReadonlyMap<string, StoredRecord>, hidden: HiddenPlaces): SuggestedRecord[] {
  return edits.map((edit): SuggestedRecord => {
    const { object, id, op } = edit;
    const now = current.get(keyOf(edit));
    const base = op === 'update' ? edit.base : {};
    const set = op === 'delete' ? {} : edit.set;
    // Each as a whole record, since what may be told of a field hangs on what the record belongs to.
    const records = { was: withFields(now ?? {}, base), now: now ?? {}, suggested: withFields({ ...now, ...referencesOf(edit) }, set) };
    const told = {
      was: hidden.withhold(object, records.was),
      now: hidden.withhold(object, records.now),
      suggested: hidden.withhold(object, records.suggested),
    };
    const names = Object.keys(set).filter((name) => !(op === 'create' && name.endsWith('_id')));
    return {
      object,
      id,
      op,
      name: nameOf(object, op === 'create' ? told.suggested : told.now),
      isGone: op !== 'create' && !now,
      fields: names.map((field): SuggestedField => {
        const [was, stands, suggested] = [
          readField(records.was, field),
          readField(records.now, field),
          readField(records.suggested, field),
        ];
        const isTold =
          [told.was, told.now, told.suggested].every((record) => record !== null) &&
          was === readField(told.was!, field) &&
          stands === readField(told.now!, field) &&
          suggested === readField(told.suggested!, field);
        if (!isTold) return { field, was: null, now: null, suggested: null, state: 'withheld' };
        const state = isSame(stands, suggested) ? 'same' : op === 'create' || isSame(stands, was) ? 'open' : 'changed';
        return { field, was, now: stands, suggested, state };
      }),
    };
  });
}

/** What a new record hangs on, as columns. */
function referencesOf(edit: RecordEdit): StoredRecord {
  if (edit.op !== 'create') return {};
  return Object.fromEntries(Object.entries(edit.set).flatMap(([name, value]) => (name.endsWith('_id') ? [[name, String(value)]] : [])));
}

/** Which part of a suggestion is taken: one record of it, of an update only the fields that are named. */
export interface Taken {
  record: number;
  fields?: readonly string[] | undefined;
}

export interface Decision {
  id: string;
  actor: Actor;
  at: number;
  reason: string;
}

export type AcceptOutcome = { accepted: true; act: number | null; records: number } | { accepted: false; issues: EditIssue[] };

/** Throws the Problem `conflict` where it was decided, or the records were changed, since they were looked at. */
export async function acceptSuggestion(
  db: Kysely<Database>,
  decision: Decision & { position: number; take: readonly Taken[] },
  typeFields: TypeFields,
): Promise<AcceptOutcome> {
  const row = await getOpen(db, decision.id);
  const all = parseEdits(row.edits);
  const current = await readRecords(db, all);
  const shown = compareWithNow(all, current, await readHiddenPlaces(db));
  const edits = decision.take.flatMap((taken) => toEdit(all, { taken, shown, current }));
  if (edits.length === 0) throw new Problem('bad_request', 'Choose what to take of it, or decline it.');
  // Read before: whatever stands there stood there when it was looked at, and the edit holds to that.
  if ((await readNextChanges(db, all, decision.position)).size > 0)
    throw new Problem('conflict', 'Someone changed this while you looked at it. Look at the difference again.');
  const account = await db.selectFrom('account').select('name').where('id', '=', row.actor).executeTakeFirst();
  const by = account?.name ?? (row.actor === 'anonymous' ? 'someone without an account' : row.actor);
  const state = countValues(edits) === countValues(all) ? 'accepted' : 'partly';
  const close = (trx: Kysely<Database>, act: number | null) => decide(trx, decision, { state, act });
  const outcome = await applyEdits(
    db,
    { edits, reason: [`Suggested by ${by}`, decision.reason].filter(Boolean).join(': ').slice(0, 500) },
    { actor: decision.actor, at: decision.at, typeFields, detail: { suggestion: decision.id }, beside: close },
  );
  if (!outcome.saved && outcome.conflicts.length > 0)
    throw new Problem('conflict', 'Someone changed this while you looked at it. Look at the difference again.');
  if (!outcome.saved) return { accepted: false, issues: outcome.issues };
  if (outcome.act === null) await close(db, null);
  return { accepted: true, act: outcome.act, records: outcome.records };
}

interface Shown {
  taken: Taken;
  shown: readonly SuggestedRecord[];
  current: ReadonlyMap<string, StoredRecord>;
}

/** The edit as it is to be written: against what stands there now, since that was seen. */
function toEdit(all: readonly RecordEdit[], { taken, shown, current }: Shown): RecordEdit[] {
  const [edit, told] = [all[taken.record], shown[taken.record]];
  if (!edit || !told) throw new Problem('bad_request', `The suggestion has no record ${taken.record}.`);
  const wanted = (name: string) => taken.fields?.includes(name) ?? true;
  if (told.fields.some(({ field, state }) => state === 'withheld' && wanted(field)))
    throw new Problem(
      'bad_request',
      'A part of this may tell where a hidden place is and is not shown. Leave it out, and edit it by hand.',
    );
  if (edit.op !== 'update') return [edit];
  const now = current.get(keyOf(edit));
  if (!now) throw new Problem('conflict', 'This record was removed since it was suggested to change it.');
  const set = Object.fromEntries(Object.entries(edit.set).filter(([name]) => wanted(name)));
  const base: Record<string, EditValue> = Object.fromEntries(Object.keys(set).map((name) => [name, readField(now, name)]));
  return Object.keys(set).length === 0 ? [] : [{ ...edit, set, base }];
}

function countValues(edits: readonly RecordEdit[]): number {
  return edits.reduce((sum, edit) => sum + (edit.op === 'update' ? Object.keys(edit.set).length : 1), 0);
}

/** Declines it: why goes back to who suggested it. */
export async function declineSuggestion(db: Kysely<Database>, decision: Decision): Promise<void> {
  await getOpen(db, decision.id);
  await decide(db, decision, { state: 'declined', act: null });
}

async function getOpen(db: Kysely<Database>, id: string): Promise<Database['suggestion']> {
  const row = await db.selectFrom('suggestion').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw new Problem('not_found', 'There is no such suggestion.');
  if (row.state !== 'open') throw new Problem('conflict', 'Someone has decided about this suggestion already.');
  return row;
}

async function decide(
  db: Kysely<Database> | Transaction<Database>,
  { id, actor, at, reason }: Decision,
  { state, act }: { state: Database['suggestion']['state']; act: number | null },
): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('suggestion')
    .set({ state, act_id: act, decided_by: getActorName(actor), decided_at: new Date(at).toISOString(), reason: reason || null })
    .where('id', '=', id)
    .where('state', '=', 'open')
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw new Problem('conflict', 'Someone has decided about this suggestion already.');
}

function parseEdits(json: string): RecordEdit[] {
  return JSON.parse(json) as RecordEdit[];
}

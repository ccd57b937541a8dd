// Suggested changes: whoever may read the directory says what is wrong in it, by the form of a page. Nothing is written to
// the directory here. The answer says only whether the form was filled in properly: never what stands in a record by now,
// so that nobody learns by guessing.

import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { EditIssue, RecordEdit } from '#shared/directory/edit.ts';
import { REFERENCES_FROM } from '#shared/directory/references.ts';
import { SUGGESTION_LENGTH, toPlainText, type SuggestionRequest } from '#shared/directory/suggestion.ts';
import { Problem } from '#shared/platform/problems.ts';
import type { Database } from '../db/schema.ts';
import { getActorName, type Actor } from '../identity/actor.ts';
import { checkEdits, type TypeFields } from './edit-check.ts';
import { readEditForm, type EditForm } from './edit-form.ts';
import { isSame } from './edit.ts';
import { readHiddenPlaces } from './hidden-places.ts';
import { keyOf } from './history-state.ts';
import { readSuggestedPage } from './suggest-page.ts';

/** Open ones at a time: of one page, and in all. */
const MOST_OF_PAGE = 20;
const MOST_OPEN = 5000;
const LISTED = 50;

export type SuggestOutcome = { sent: true; id: string } | { sent: false; issues: EditIssue[] };

export async function suggestEdits(
  db: Kysely<Database>,
  request: SuggestionRequest,
  { actor, at, typeFields }: { actor: Actor; at: number; typeFields: TypeFields },
): Promise<SuggestOutcome> {
  const comment = toPlainText(request.comment);
  const edits = request.edits.map(toPlainEdit).filter((edit) => edit.op !== 'update' || Object.keys(edit.set).length > 0);
  if (edits.length === 0) throw new Problem('unprocessable', 'Nothing would change. Correct what is wrong, then send it.');
  const written = JSON.stringify(edits);
  if (written.length > SUGGESTION_LENGTH) throw new Problem('too_large', 'This is more than one suggestion can hold. Send it in parts.');
  const outside = listOutside(await readEditForm(db, request.page, typeFields), edits);
  const issues = outside.length > 0 ? outside : await checkEdits(db, { edits, reason: comment }, typeFields);
  if (issues.length > 0) return { sent: false, issues };
  await assertRoom(db, request.page);
  const id = randomUUID();
  await db
    .insertInto('suggestion')
    .values({
      id,
      page_id: request.page,
      edits: written,
      comment,
      actor: getActorName(actor),
      at: new Date(at).toISOString(),
      state: 'open',
      decided_by: null,
      decided_at: null,
      reason: null,
      act_id: null,
    })
    .execute();
  return { sent: true, id };
}

/** Without what is not seen, and of an update only what differs from what was on screen. */
function toPlainEdit(edit: RecordEdit): RecordEdit {
  if (edit.op === 'delete') return edit;
  const set = Object.fromEntries(
    Object.entries(edit.set).map(([name, value]) => [name, typeof value === 'string' ? toPlainText(value) : value]),
  );
  if (edit.op === 'create') return { ...edit, set };
  const changed = Object.entries(set).filter(([name, value]) => !isSame(value, edit.base[name] ?? null));
  const base = Object.fromEntries(changed.map(([name]) => [name, edit.base[name] ?? null]));
  return { ...edit, set: Object.fromEntries(changed), base };
}

/** What is not on the page that was shown: records of others, and what is kept back. Both are refused alike. */
function listOutside({ records }: EditForm, edits: readonly RecordEdit[]): EditIssue[] {
  const shown = new Map(records.map((record) => [keyOf(record), record]));
  const created = new Set(edits.flatMap((edit) => (edit.op === 'create' ? [keyOf(edit)] : [])));
  return edits.flatMap((edit): EditIssue[] => {
    const { object, id } = edit;
    if (edit.op === 'create') {
      return (REFERENCES_FROM.get(object) ?? []).flatMap(({ column, to }) => {
        const owner = edit.set[column];
        const isKnown = owner === undefined || owner === null || [shown, created].some((known) => known.has(`${to} ${String(owner)}`));
        return isKnown ? [] : [{ object, id, field: column, code: 'reference' as const }];
      });
    }
    const record = shown.get(keyOf(edit));
    if (!record) return [{ object, id, field: 'id', code: 'reference' }];
    const names = edit.op === 'update' ? Object.keys(edit.set) : [];
    return names.filter((name) => record.withheld.includes(name)).map((field) => ({ object, id, field, code: 'unknown_field' }));
  });
}

async function assertRoom(db: Kysely<Database>, page: string): Promise<void> {
  const { all, here } = await db
    .selectFrom('suggestion')
    .select((eb) => [eb.fn.countAll().as('all'), eb.fn.sum(eb.case().when('page_id', '=', page).then(1).else(0).end()).as('here')])
    .where('state', '=', 'open')
    .executeTakeFirstOrThrow();
  if (Number(here) < MOST_OF_PAGE && Number(all) < MOST_OPEN) return;
  throw new Problem('too_many_requests', 'Many suggestions are waiting to be looked at already. Please call, or come back another day.');
}

export interface OwnSuggestion {
  id: string;
  page: string;
  /** What the page is of; null: it is gone. */
  name: string | null;
  at: string;
  state: Database['suggestion']['state'];
  reason: string | null;
  decidedAt: string | null;
}

/** What someone with an account suggested and what became of it, the newest first. */
export async function listOwnSuggestions(db: Kysely<Database>, actor: Actor): Promise<OwnSuggestion[]> {
  const rows = await db
    .selectFrom('suggestion')
    .select(['id', 'page_id as page', 'at', 'state', 'reason', 'decided_at as decidedAt'])
    .where('actor', '=', getActorName(actor))
    .orderBy('at', 'desc')
    .orderBy('id')
    .limit(LISTED)
    .execute();
  const hidden = await readHiddenPlaces(db);
  return Promise.all(
    rows.map(async (row) => {
      const { name, tell } = await readSuggestedPage(db, hidden, row.page);
      return { ...row, name, reason: row.reason && tell(row.reason) };
    }),
  );
}

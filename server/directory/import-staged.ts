// Tries of imports as they can be looked at: written when a try has been rolled back, read by the page. What would tell
// where a hidden place is never gets in, not even of places that only the try would have hidden.

import { sql, type Kysely, type Transaction } from 'kysely';
import { z } from 'zod';
import { Choice, ConflictDecisions } from '#shared/directory/conflict-decisions.ts';
import type { HsdsObject } from '#shared/directory/hsds.ts';
import { Problem } from '#shared/platform/problems.ts';
import type { Database } from '../db/schema.ts';
import { isAmong } from './among.ts';
import { createBulkInserter, type Execute } from './bulk-write.ts';
import { readHiddenPlaces, type HiddenPlaces } from './hidden-places.ts';
import type { ImportStage, StagedChange, StagedItem, StageDigests } from './import-stage.ts';

/** Older tries are forgotten. */
const STAGES_KEPT = 5;
/** Before the name of a field, among the counts of outcomes: values of it that are contested. */
const CONTEST = 'contest ';
export const ROWS_AT_ONCE = 200;

export interface NewStage {
  id: string;
  source: string;
  actor: string;
  at: string;
  /** Where the change feed stood when the try began. */
  position: number;
}

/** Writes a try that has been rolled back. */
export async function keepStage(
  db: Kysely<Database>,
  stage: NewStage,
  { items, digests, hidden, execute }: { items: ImportStage; digests: StageDigests; hidden: HiddenPlaces; execute: Execute | undefined },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await forgetOld(trx);
    const bulk = createBulkInserter(trx, execute);
    const counts: Record<string, number> = {};
    let n = 0;
    for (const whole of items.items()) {
      const item = withholdItem(whole, hidden);
      for (const counted of [item.outcome, ...item.contests.map(({ object, field }) => `${CONTEST}${object}.${field}`)])
        counts[counted] = (counts[counted] ?? 0) + 1;
      const { outcome, main, place, key: _key, again: _again, ...content } = item;
      bulk.add('staged_row', {
        stage_id: stage.id,
        n: n++,
        outcome,
        object: main?.object ?? null,
        name: main?.name ?? '',
        place,
        content: JSON.stringify({ ...content, main }),
      });
      if (n % 1000 === 0) await bulk.keepUp();
    }
    await bulk.flush();
    await trx
      .insertInto('import_stage')
      .values({
        ...stage,
        digest: digests.digest,
        shared_digest: digests.shared,
        counts: JSON.stringify(counts),
        decisions: JSON.stringify({ fields: {}, values: {} }),
      })
      .execute();
  });
}

async function forgetOld(trx: Transaction<Database>): Promise<void> {
  const stages = await trx.selectFrom('import_stage').select('id').orderBy('at', 'desc').orderBy('id').execute();
  for (const { id } of stages.slice(STAGES_KEPT - 1)) await forgetStage(trx, id);
}

export async function forgetStage(db: Kysely<Database>, id: string): Promise<void> {
  await db.deleteFrom('staged_row').where('stage_id', '=', id).execute();
  await db.deleteFrom('import_stage').where('id', '=', id).execute();
}

/** Without what would tell where a hidden place is; a part of a record that only tells that is left out. */
function withholdItem(item: StagedItem, hidden: HiddenPlaces): StagedItem {
  if (hidden.isEmpty) return item;
  const { main } = item;
  const told = main && hidden.withhold(main.object, { ...main.links, name: main.name });
  return {
    ...item,
    main: main && (told ? { ...main, name: String(told['name'] ?? '') } : null),
    changes: item.changes.flatMap((change) => withholdChange(change, hidden) ?? []),
    contests: item.contests.flatMap((contest) => {
      const { object, links, field } = contest;
      const ours = hidden.withhold(object, { ...links, [field]: contest.ours });
      const theirs = hidden.withhold(object, { ...links, [field]: contest.theirs });
      return ours && theirs ? { ...contest, ours: ours[field] ?? null, theirs: theirs[field] ?? null } : [];
    }),
  };
}

function withholdChange(change: StagedChange, hidden: HiddenPlaces): StagedChange | null {
  const { object, links, fields } = change;
  const before = hidden.withhold(object, { ...links, ...Object.fromEntries(fields.map(({ field, before: value }) => [field, value])) });
  const after = hidden.withhold(object, { ...links, ...Object.fromEntries(fields.map(({ field, after: value }) => [field, value])) });
  if (!before || !after) return null;
  return {
    ...change,
    fields: fields
      .map(({ field }) => ({ field, before: before[field] ?? null, after: after[field] ?? null }))
      .filter(({ before: was, after: is }) => was !== null || is !== null),
  };
}

export const StagedFilter = z.strictObject({
  outcome: z.enum(['created', 'updated', 'unchanged', 'rejected', 'conflict', 'gone']).optional(),
  object: z.string().max(60).optional(),
  /** Part of a name or of a place in the input. */
  text: z.string().max(200).optional(),
});
export const StagedPage = z.strictObject({
  /** The number of the last row that was seen. */
  after: z.number().int().min(-1).default(-1),
  limit: z.number().int().min(1).max(ROWS_AT_ONCE).default(50),
});

export interface StagedRowView extends Omit<StagedItem, 'key' | 'again' | 'main' | 'contests'> {
  n: number;
  object: HsdsObject | null;
  name: string;
  contests: (Omit<StagedItem['contests'][number], 'links'> & {
    /** Who edited the record here last, and when. */
    by: string | null;
    at: string | null;
  })[];
}

export interface Staged {
  source: string;
  at: string;
  /** Rows by outcome. */
  counts: Record<string, number>;
  /** Fields with values that were edited here and differ from the source, the most frequent first. */
  contested: { object: string; field: string; count: number }[];
  decisions: ConflictDecisions;
  /** Of those that the filter lets through. */
  total: number;
  rows: StagedRowView[];
}

export interface StagedQuery {
  id: string;
  actor: string;
  filter: z.infer<typeof StagedFilter>;
  page: z.infer<typeof StagedPage>;
}

export async function readStaged(db: Kysely<Database>, { id, actor, filter, page }: StagedQuery): Promise<Staged> {
  const stage = await getStage(db, id, actor);
  let wanted = db.selectFrom('staged_row').where('stage_id', '=', id);
  if (filter.outcome !== undefined) wanted = wanted.where('outcome', '=', filter.outcome);
  if (filter.object !== undefined) wanted = wanted.where('object', '=', filter.object);
  if (filter.text?.trim()) {
    const pattern = `%${filter.text
      .trim()
      .toLowerCase()
      .replace(/[\\%_]/g, '\\$&')}%`;
    wanted = wanted.where(sql<boolean>`(lower(name) like ${pattern} escape '\\' or lower(place) like ${pattern} escape '\\')`);
  }
  const [contests, outcomes] = partition(Object.entries(JSON.parse(stage.counts) as Record<string, number>));
  const counts = Object.fromEntries(outcomes);
  const isByOutcome = filter.object === undefined && !filter.text?.trim();
  const total = isByOutcome
    ? Object.entries(counts).reduce(
        (sum, [outcome, count]) => (filter.outcome === undefined || filter.outcome === outcome ? sum + count : sum),
        0,
      )
    : Number((await wanted.select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow()).count);
  const found = await wanted
    .select(['n', 'outcome', 'place', 'content'])
    .where('n', '>', page.after)
    .orderBy('n')
    .limit(page.limit)
    .execute();
  // A place may have been hidden since.
  const hidden = await readHiddenPlaces(db);
  const items = found.map(({ n, outcome, place, content }) => {
    const kept = JSON.parse(content) as Pick<StagedItem, 'main' | 'changes' | 'contests' | 'reasons'>;
    return { n, ...withholdItem({ ...kept, outcome: outcome as StagedItem['outcome'], place, key: null, again: false }, hidden) };
  });
  const decisions = ConflictDecisions.parse(JSON.parse(stage.decisions));
  const editors = await readEditors(db, [...new Set(items.flatMap(({ contests }) => contests.map((contest) => contest.id)))]);
  return {
    source: stage.source,
    at: stage.at,
    counts,
    contested: contests
      .map(([key, count]) => {
        const [object = '', field = ''] = key.slice(CONTEST.length).split(/\.(.*)/s);
        return { object, field, count };
      })
      .sort((a, b) => b.count - a.count),
    decisions,
    total,
    rows: items.map(({ n, outcome, place, main, changes, contests, reasons }) => ({
      n,
      outcome,
      place,
      object: main?.object ?? null,
      name: main?.name ?? '',
      changes,
      reasons,
      contests: contests.map(({ links: _, ...contest }) => ({
        ...contest,
        by: editors.get(contest.id)?.by ?? null,
        at: editors.get(contest.id)?.at ?? null,
      })),
    })),
  };
}

function partition(counts: [string, number][]): [contests: [string, number][], outcomes: [string, number][]] {
  return [counts.filter(([key]) => key.startsWith(CONTEST)), counts.filter(([key]) => !key.startsWith(CONTEST))];
}

/** Who edited each record last. */
async function readEditors(db: Kysely<Database>, ids: readonly string[]): Promise<Map<string, { by: string; at: string }>> {
  const editors = new Map<string, { by: string; at: string }>();
  if (ids.length === 0) return editors;
  const edits = await db
    .selectFrom('change')
    .innerJoin('act', 'act.id', 'change.act_id')
    .leftJoin('account', 'account.id', 'act.actor')
    .select(['change.record_id', 'act.actor', 'account.name', 'act.at'])
    .where(isAmong(db, 'change.record_id', ids))
    .where('act.kind', 'not in', ['import', 'demo'])
    .orderBy('change.seq')
    .execute();
  for (const { record_id, actor, name, at } of edits) editors.set(record_id, { by: name ?? actor, at });
  return editors;
}

/** A try belongs to whoever made it. */
export async function getStage(db: Kysely<Database>, id: string, actor: string): Promise<Database['import_stage']> {
  const stage = await db.selectFrom('import_stage').selectAll().where('id', '=', id).executeTakeFirst();
  if (!stage || stage.actor !== actor) throw new Problem('not_found', 'This preview is no longer kept. Make it again.');
  return stage;
}

export const DecisionInput = z.strictObject({
  /** Null takes a decision back. */
  choice: Choice.nullable(),
  of: z.union([
    z.strictObject({ all: z.literal(true) }),
    z.strictObject({ object: z.string().max(60), field: z.string().max(100) }),
    z.strictObject({ record: z.string().max(100), field: z.string().max(100) }),
  ]),
});

/** Notes a decision; a wider one replaces what was decided within it. */
export async function decideStaged(
  db: Kysely<Database>,
  { id, actor }: { id: string; actor: string },
  { choice, of }: z.infer<typeof DecisionInput>,
): Promise<ConflictDecisions> {
  return db.transaction().execute(async (trx) => {
    // Two decisions at once follow one another.
    await trx
      .updateTable('import_stage')
      .set({ source: sql`source` })
      .where('id', '=', id)
      .execute();
    const before = ConflictDecisions.parse(JSON.parse((await getStage(trx, id, actor)).decisions));
    const after = decide(before, choice, of);
    await trx
      .updateTable('import_stage')
      .set({ decisions: JSON.stringify(after) })
      .where('id', '=', id)
      .execute();
    return after;
  });
}

function decide(before: ConflictDecisions, choice: Choice | null, of: z.infer<typeof DecisionInput>['of']): ConflictDecisions {
  if ('all' in of) return { ...(choice && { all: choice }), fields: {}, values: {} };
  const [part, key] =
    'object' in of ? (['fields', `${of.object}.${of.field}`] as const) : (['values', `${of.record} ${of.field}`] as const);
  const { [key]: _, ...others } = before[part];
  return { ...before, [part]: choice === null ? others : { ...others, [key]: choice } };
}

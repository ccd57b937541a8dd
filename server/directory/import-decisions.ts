// What to do where a value was edited here and the source now gives another one: keep ours, or take theirs. Decided for
// one value, for all values of a field, or for a whole import. What was kept is not asked about again.

import { sql, type Kysely } from 'kysely';
import { z } from 'zod';
import type { HsdsObject } from '#shared/directory/hsds.ts';
import type { Database } from '../db/schema.ts';
import { isAmong } from './among.ts';
import { inPieces } from './bulk-write.ts';

/** Stand for a field where a record as a whole is contested. */
export const DELETED_HERE = '(deleted here)';
export const NOT_IN_INPUT = '(no longer in the input)';

export const Choice = z.enum(['ours', 'theirs']);
export type Choice = z.infer<typeof Choice>;

/** The narrowest decision holds. */
export const ConflictDecisions = z.strictObject({
  all: Choice.optional(),
  /** By object and field, such as `service.name`. */
  fields: z.record(z.string(), Choice).default({}),
  /** By record and field, such as `7d… name`. */
  values: z.record(z.string(), Choice).default({}),
});
export type ConflictDecisions = z.infer<typeof ConflictDecisions>;

export interface ContestedValue {
  object: HsdsObject;
  id: string;
  field: string;
}

export function findDecision(decisions: ConflictDecisions | undefined, { object, id, field }: ContestedValue): Choice | undefined {
  if (!decisions) return undefined;
  return decisions.values[`${id} ${field}`] ?? decisions.fields[`${object}.${field}`] ?? decisions.all;
}

/** What sources gave and was decided against, as JSON by record and field; what an import that was undone decided is forgotten. */
export async function readKeptHere(db: Kysely<Database>, ids: readonly string[]): Promise<Map<string, string>> {
  const kept = new Map<string, string>();
  for (const piece of inPieces(ids, 2000)) {
    const rows = await db
      .selectFrom('kept_here')
      .select(['record_id', 'field', 'value'])
      .where(isAmong(db, 'record_id', piece))
      .where(sql<boolean>`not exists (select 1 from act where act.undoes = kept_here.act_id)`)
      .execute();
    for (const { record_id, field, value } of rows) kept.set(`${record_id} ${field}`, value);
  }
  return kept;
}

// What to do where a value was edited here and the source of an import now gives another one: keep ours, or take
// theirs. Decided for one value, for all values of a field, or for a whole import.

import { z } from 'zod';
import type { HsdsObject } from './hsds.ts';

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

/** A value over which an edit here and the source differ. */
export interface ContestedValue {
  object: HsdsObject;
  id: string;
  field: string;
}

/** What was decided about a value, by the narrowest decision; undefined: nothing yet, so ours stays. */
export function findDecision(decisions: ConflictDecisions | undefined, { object, id, field }: ContestedValue): Choice | undefined {
  if (!decisions) return undefined;
  return decisions.values[`${id} ${field}`] ?? decisions.fields[`${object}.${field}`] ?? decisions.all;
}

// An undo under way, as its steps see it.

import type { Transaction } from 'kysely';
import type { ActWriter } from '../db/acts.ts';
import type { Database } from '../db/schema.ts';
import type { RecordKey } from './history-state.ts';
/** Why a part of an act was not taken back. */
export interface UndoConflict extends RecordKey {
  /**
   * `changed`: it was changed since. `in_use`: something that came later hangs on it. `gone`: it was removed since.
   * `exists`: it was made again since. `hidden`: the place is hidden, and stays so until someone says otherwise.
   */
  kind: 'changed' | 'in_use' | 'gone' | 'exists' | 'hidden';
  name: string | null;
  fields: { field: string; wanted: string | number | null; current: string | number | null }[];
}

/** What the steps of an undo share. */
export interface Undoing {
  trx: Transaction<Database>;
  writer: ActWriter;
  act: { id: number; first: number; last: number };
  /** Number of the last change before the undo. */
  position: number;
  /** Input rows whose records the act created. */
  created: readonly { first: number; last: number }[];
  /** The first input row that came after the act; Infinity: none. */
  laterRows: number;
  unhide: boolean;
  conflict(conflict: UndoConflict): void;
}

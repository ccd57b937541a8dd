// What a migration is.

import type { Transaction } from 'kysely';
import type { Engine } from './open.ts';

/** Changes the schema inside `trx`, the same on every engine; `engine` is for the few types that differ. */
export type Migration = (trx: Transaction<unknown>, engine: Engine) => Promise<void>;

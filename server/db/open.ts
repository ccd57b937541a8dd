// Opens the database that DATABASE_URL names, or the encrypted SQLite file in the data folder.
// The rest of the server sees one Kysely and does not ask which engine it is.

import type { Kysely } from 'kysely';
import type { Disposable } from '#shared/platform/disposable.ts';
import { OperatorProblem } from './operator-problem.ts';
import type { Database } from './schema.ts';

export type Engine = 'sqlite' | 'postgres';

export interface OpenDatabase {
  readonly db: Kysely<Database>;
  readonly engine: Engine;
  /** Where another thread of this process opens the same one. */
  readonly location: DatabaseLocation;
  /** Changes whenever anyone, in this process or another, has written; null where that cannot be told cheaply. */
  version(): string | null;
  /** Calls back soon after someone committed to the feed. Where the engine has no such message, nothing is ever called. */
  listen(onCommit: () => void): Promise<Disposable>;
  close(): Promise<void>;
}

export interface DatabaseLocation {
  /** Folder of the SQLite file; also used with PostgreSQL, for what is no table. */
  dataFolder: string;
  /** `postgres://…`; absent: SQLite. */
  url?: string | undefined;
  /** Of the SQLite file, where it has been found already. */
  key?: Uint8Array | undefined;
}

/** A new database was made: its recovery key is to be shown once. */
export interface OpenedDatabase extends OpenDatabase {
  readonly created: { recoveryKey: string } | null;
}

export async function openDatabase(location: DatabaseLocation): Promise<OpenedDatabase> {
  if (location.url) {
    if (!/^postgres(ql)?:\/\//.test(location.url)) {
      throw new OperatorProblem('DATABASE_URL must start with "postgres://". Leave it out to use SQLite in the data folder.');
    }
    const { openPostgres } = await import('./postgres.ts');
    return Object.assign(openPostgres({ ...location, url: location.url }), { created: null });
  }
  const [{ openSqliteFolder }] = await Promise.all([import('./sqlite.ts')]);
  return openSqliteFolder(location.dataFolder, location.key);
}

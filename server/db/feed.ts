// Follows the changes that any process commits, in order and without gaps. Polled; a message from the engine only
// makes it sooner.

import { Emitter, type Event } from '#shared/platform/event.ts';
import type { OpenDatabase } from './open.ts';
import type { Database } from './schema.ts';

/** One change as followers need it; what the record was before stays in the database. */
export type Change = Omit<Database['change'], 'before' | 'owner_id'>;

export interface ChangeFeed {
  /** Number of the last change that was handed on. */
  readonly position: number;
  readonly onDidChange: Event<readonly Change[]>;
  /** Looks now, and resolves when all that was committed before the call has been handed on. */
  poll(): Promise<void>;
  dispose(): Promise<void>;
}

export interface ChangeFeedOptions {
  /** Last change already known; default: the newest there is, so that only what comes later is heard. */
  from?: number;
  intervalMs?: number;
  onError?: (error: unknown) => void;
}

const BATCH = 2000;
const POSTGRES_INTERVAL_MS = 2000;
const SQLITE_INTERVAL_MS = 200;

export async function createChangeFeed(database: OpenDatabase, options: ChangeFeedOptions = {}): Promise<ChangeFeed> {
  const { db } = database;
  const changed = new Emitter<readonly Change[]>();
  // Read before the counter: a write between the two is then looked for once too often, not once too few.
  let version = database.version();
  let position = options.from ?? (await getFeedPosition(db));
  let running: Promise<void> | null = null;
  let wanted = options.from !== undefined;
  let disposed = false;

  async function readOn(): Promise<void> {
    for (;;) {
      const rows = await db
        .selectFrom('change')
        .select(['seq', 'act_id', 'object', 'record_id', 'op'])
        .where('seq', '>', position)
        .orderBy('seq')
        .limit(BATCH)
        .execute();
      const last = rows.at(-1);
      if (disposed || !last) return;
      position = last.seq;
      changed.fire(rows);
      if (rows.length < BATCH) return;
    }
  }

  async function run(): Promise<void> {
    try {
      while (wanted && !disposed) {
        wanted = false;
        await readOn();
      }
    } finally {
      running = null;
    }
  }

  function poll(): Promise<void> {
    wanted = true;
    running ??= run();
    return running;
  }

  function tick(): void {
    const now = database.version();
    if (now !== null && now === version && !wanted) return;
    version = now;
    poll().catch((error: unknown) => {
      // The database is away for a moment: look again at the next tick.
      version = null;
      options.onError?.(error);
    });
  }

  const listening = await database.listen(tick);
  const timer = setInterval(tick, options.intervalMs ?? (database.engine === 'sqlite' ? SQLITE_INTERVAL_MS : POSTGRES_INTERVAL_MS));
  timer.unref();

  return {
    get position() {
      return position;
    },
    onDidChange: changed.event,
    poll,
    async dispose() {
      disposed = true;
      clearInterval(timer);
      listening.dispose();
      await running?.catch(() => {});
      changed.dispose();
    },
  };
}

/** Number of the newest committed change. */
export async function getFeedPosition(db: OpenDatabase['db']): Promise<number> {
  return (await db.selectFrom('feed').select('value').where('name', '=', 'change').executeTakeFirstOrThrow()).value;
}

// A connection that listens for commits can be lost: a server restarts, a firewall forgets. It comes back by itself.

import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { writeAct } from '#server/db/acts.ts';
import { createChangeFeed } from '#server/db/feed.ts';
import { listenTo } from '#server/db/postgres-listen.ts';
import { eachDatabase, type TestDatabase } from '../support/databases.ts';

const act = { kind: 'edit', actor: 'usr_1', at: '2026-11-22T10:00:00Z' } as const;

eachDatabase('listening', (open, engine) => {
  it.skipIf(engine !== 'postgres')('goes on after the connection was cut, and misses nothing', async () => {
    await using database = await open();
    await using other = await open(database.place);
    // Polled once an hour: what is heard is heard by the message.
    const feed = await createChangeFeed(database, { intervalMs: 3_600_000 });
    const seen: string[] = [];
    feed.onDidChange((changes) => seen.push(...changes.map((change) => change.record_id)));
    const write = (id: string) =>
      writeAct(other.db, act, (_trx, writer) => writer.record([{ object: 'service', recordId: id, op: 'create', before: null }]));

    const first = await listener(other);
    await write('before');
    await expect.poll(() => seen).toEqual(['before']);
    for (const round of ['one', 'two']) {
      const before = await listener(other);
      await sql`select pg_terminate_backend(${before})`.execute(other.db);
      await write(`while away ${round}`);
      await expect.poll(() => seen.at(-1), { timeout: 10_000 }).toBe(`while away ${round}`);
      await expect.poll(() => listener(other), { timeout: 10_000 }).not.toBe(before);
      await write(`after ${round}`);
      await expect.poll(() => seen.at(-1)).toBe(`after ${round}`);
    }
    expect(await listener(other)).not.toBe(first);
    expect(seen).toEqual(['before', 'while away one', 'after one', 'while away two', 'after two']);
    await feed.dispose();
    await expect.poll(() => listener(other)).toBeUndefined();
  });
});

it('begins without a server that answers: the feed is polled, and nothing is thrown', async () => {
  const listening = await listenTo('postgres://127.0.0.1:1/none', 'anything', () => expect.unreachable());
  listening.dispose();
});

/** Process of the server that listens for this database. */
async function listener({ db }: TestDatabase): Promise<number | undefined> {
  const { rows } = await sql<{ pid: number }>`
    select pid from pg_stat_activity where datname = current_database() and query ilike 'listen %'`.execute(db);
  return rows[0]?.pid;
}

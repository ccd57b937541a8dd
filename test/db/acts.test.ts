// Writing with history, and the change feed that follows from it, on both engines.

import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { reserve, writeAct, type NewChange } from '#server/db/acts.ts';
import { createChangeFeed, getFeedPosition, type Change } from '#server/db/feed.ts';
import { eachDatabase } from '../support/databases.ts';

const act = { kind: 'edit', actor: 'usr_1', at: '2026-11-22T10:00:00Z' } as const;
const created = (recordId: string): NewChange => ({ object: 'service', recordId, op: 'create', before: null });

async function waitFor(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(10);
}

eachDatabase('acts and feed', (open, engine) => {
  it('writes the act, its changes and what they were before in one transaction', async () => {
    await using database = await open();
    await writeAct(database.db, { ...act, reason: 'moved', detail: { rows: 2 } }, async (trx, writer) => {
      expect(writer.id).toBe(1);
      await trx
        .insertInto('service')
        .values({ id: 'a', name: 'Pantry' } as never)
        .execute();
      await writer.record([created('a')]);
      await writer.record([{ object: 'phone', recordId: 'b', op: 'update', before: { id: 'b', service_id: 'a', number: 'Old' } }]);
    });
    expect(await database.db.selectFrom('act').selectAll().execute()).toEqual([
      { id: 1, ...act, reason: 'moved', detail: '{"rows":2}', undoes: null },
    ]);
    expect(await database.db.selectFrom('change').selectAll().orderBy('seq').execute()).toEqual([
      { seq: 1, act_id: 1, object: 'service', record_id: 'a', op: 'create', before: null, owner_id: null },
      {
        seq: 2,
        act_id: 1,
        object: 'phone',
        record_id: 'b',
        op: 'update',
        before: '{"id":"b","service_id":"a","number":"Old"}',
        owner_id: 'a',
      },
    ]);
  });

  it('leaves nothing of an act that fails, and gives its numbers back', async () => {
    await using database = await open();
    const failing = writeAct(database.db, act, async (trx, writer) => {
      await writer.record([created('a')]);
      await reserve(trx, 'source_row', 500);
      throw new Error('the cell cannot be read');
    });
    await expect(failing).rejects.toThrow('the cell cannot be read');
    expect(await getFeedPosition(database.db)).toBe(0);
    expect(await database.db.selectFrom('act').selectAll().execute()).toEqual([]);
    await writeAct(database.db, act, async (trx, writer) => {
      expect(writer.id).toBe(1);
      expect(await reserve(trx, 'source_row', 3)).toBe(1);
      expect(await reserve(trx, 'source_row')).toBe(4);
    });
  });

  it('hands on each change once, in order, in batches, from wherever a follower stands', async () => {
    await using database = await open();
    const feed = await createChangeFeed(database);
    const seen: Change[] = [];
    feed.onDidChange((changes) => seen.push(...changes));
    await writeAct(database.db, act, (_trx, writer) => writer.record(Array.from({ length: 4500 }, (_, i) => created(`s${i}`))));
    await feed.poll();
    expect(seen.map((change) => change.seq)).toEqual(Array.from({ length: 4500 }, (_, i) => i + 1));
    expect(feed.position).toBe(4500);
    await feed.dispose();

    const late = await createChangeFeed(database, { from: 4498 });
    const rest: number[] = [];
    late.onDidChange((changes) => rest.push(...changes.map((change) => change.seq)));
    await late.poll();
    expect(rest).toEqual([4499, 4500]);
    await late.dispose();
  });

  it('is told without asking, by this connection and by another', async () => {
    await using database = await open();
    await using other = await open(database.place);
    const feed = await createChangeFeed(database, { intervalMs: engine === 'sqlite' ? 20 : 60_000 });
    const seen: string[] = [];
    feed.onDidChange((changes) => seen.push(...changes.map((change) => change.record_id)));
    await writeAct(database.db, act, (_trx, writer) => writer.record([created('own')]));
    await waitFor(() => seen.length === 1);
    await writeAct(other.db, act, (_trx, writer) => writer.record([created('foreign')]));
    await waitFor(() => seen.length === 2);
    expect(seen).toEqual(['own', 'foreign']);
    await feed.dispose();
  });

  it('lets readers go on while someone writes for long, and tells what is committed, not what is under way', async () => {
    await using database = await open();
    const began = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    const slow = writeAct(database.db, act, async (trx, writer) => {
      await trx
        .insertInto('service')
        .values({ id: 'a', name: 'Pantry' } as never)
        .execute();
      await writer.record([created('a')]);
      began.resolve();
      await release.promise;
    });
    await began.promise;
    expect(await database.db.selectFrom('service').select('id').execute()).toEqual([]);
    expect(await getFeedPosition(database.db)).toBe(0);
    release.resolve();
    await slow;
    expect(await database.db.selectFrom('service').select('id').execute()).toEqual([{ id: 'a' }]);
  });

  it.skipIf(engine === 'postgres')('streams rows while others read and write', async () => {
    await using database = await open();
    const rows = Array.from({ length: 500 }, (_, i) => ({ id: `s${String(i).padStart(3, '0')}`, name: 'x' }));
    await database.db
      .insertInto('service')
      .values(rows as never)
      .execute();
    const seen: string[] = [];
    for await (const row of database.db.selectFrom('service').select('id').orderBy('id').stream(50)) {
      if (seen.length % 100 === 0)
        await database.db
          .insertInto('organization')
          .values({ id: row.id, name: 'o' } as never)
          .execute();
      seen.push(row.id);
    }
    expect(seen).toEqual(rows.map((row) => row.id));
    expect(await database.db.selectFrom('organization').select('id').execute()).toHaveLength(5);
  });

  it('skips no change of a transaction that commits late', async () => {
    await using database = await open();
    await using other = await open(database.place);
    await using reader = await open(database.place);
    const feed = await createChangeFeed(reader);
    const seen: string[] = [];
    feed.onDidChange((changes) => seen.push(...changes.map((change) => `${change.seq} ${change.record_id}`)));

    // The slow one takes its numbers first and commits last; the fast one may not pass it with higher numbers.
    const began = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    const slow = writeAct(database.db, act, async (_trx, writer) => {
      await writer.record([created('slow')]);
      began.resolve();
      await release.promise;
    });
    await began.promise;
    const fast = writeAct(other.db, act, (_trx, writer) => writer.record([created('fast')]));
    await sleep(100);
    await feed.poll();
    expect(seen).toEqual([]);
    release.resolve();
    await slow;
    await fast;
    await feed.poll();
    expect(seen).toEqual(['1 slow', '2 fast']);
    await feed.dispose();
  });
});

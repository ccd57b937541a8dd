// Several processes on the same data: every change is seen by all, in one order, without a gap.

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createChangeFeed } from '#server/db/feed.ts';
import { eachDatabase, type DatabasePlace } from '../support/databases.ts';

const ACTS_EACH = 40;
const WRITERS = 2;

/** Writes acts of one to three changes as fast as it can; the first change of each act is named for the writer and its turn. */
function spawnWriter(place: DatabasePlace, name: string): ChildProcess {
  const program = `
    import { openDatabase } from '#server/db/open.ts';
    import { writeAct } from '#server/db/acts.ts';
    const database = await openDatabase(${JSON.stringify(place)});
    for (let turn = 0; turn < ${ACTS_EACH}; turn++) {
      await writeAct(database.db, { kind: 'import', actor: '${name}', at: new Date().toISOString() }, async (trx, act) => {
        await trx.insertInto('service').values({ id: '${name}-' + turn, name: 'x' }).execute();
        await act.record([{ object: 'service', recordId: '${name}-' + turn, op: 'create', before: null }]);
        for (let more = 0; more < turn % 3; more++) await act.record([{ object: 'phone', recordId: '${name}', op: 'create', before: null }]);
      });
    }
    await database.close();`;
  return spawn(process.execPath, ['--input-type=module-typescript', '--eval', program], { stdio: 'inherit' });
}

eachDatabase('several processes', (open) => {
  it('write beside each other, and a follower sees all of it', async () => {
    await using database = await open();
    const feed = await createChangeFeed(database, { intervalMs: 10 });
    const seen: { seq: number; act: number; id: string }[] = [];
    feed.onDidChange((changes) => seen.push(...changes.map(({ seq, act_id, record_id }) => ({ seq, act: act_id, id: record_id }))));

    const writers = Array.from({ length: WRITERS }, (_, i) => spawnWriter(database.place, `w${i}`));
    const codes = await Promise.all(writers.map(async (writer) => ((await once(writer, 'close')) as [number])[0]));
    expect(codes).toEqual(writers.map(() => 0));
    await feed.poll();
    await feed.dispose();

    expect(seen.map((change) => change.seq)).toEqual(seen.map((_, i) => i + 1));
    expect(seen.map((change) => change.act)).toEqual(seen.map((change) => change.act).toSorted((a, b) => a - b));
    for (let i = 0; i < WRITERS; i++) {
      const turns = seen.filter((change) => change.id.startsWith(`w${i}-`)).map((change) => Number(change.id.split('-')[1]));
      expect(turns).toEqual(Array.from({ length: ACTS_EACH }, (_, turn) => turn));
    }
    const stored = await database.db
      .selectFrom('service')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    expect(stored.count).toBe(WRITERS * ACTS_EACH);
  });
});

it('several processes may make the same new database at once', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'waypost-new-'));
  const env = { ...process.env, XDG_CONFIG_HOME: join(folder, 'config'), WAYPOST_DATA: join(folder, 'data'), DATABASE_URL: '' };
  const answers = await Promise.all(
    [1, 2, 3].map(async () => {
      const child = spawn(process.execPath, ['server/cli.ts', 'user', 'list', '--json'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
      let output = '';
      child.stdout.on('data', (piece) => (output += piece));
      await once(child, 'close');
      return output;
    }),
  );
  rmSync(folder, { recursive: true });
  expect(answers).toEqual(['[]\n', '[]\n', '[]\n']);
});

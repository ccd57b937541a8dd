// Killed at any moment, a writer loses nothing that was committed and leaves nothing half done.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { eachDatabase } from '../support/databases.ts';

const KILLS = 40;

eachDatabase('kill -9', (open, engine) => {
  it('leaves acts whole, numbers dense and the file sound', { timeout: 300_000 }, async () => {
    await using database = await open();
    const program = `
      import { openDatabase } from '#server/db/open.ts';
      import { writeAct } from '#server/db/acts.ts';
      const database = await openDatabase(${JSON.stringify(database.place)});
      for (;;) {
        const id = await writeAct(database.db, { kind: 'import', actor: 'w', at: '' }, async (trx, act) => {
          for (const part of [1, 2, 3]) {
            await trx.insertInto('service').values({ id: act.id + '-' + part, name: 'x' }).execute();
            await act.record([{ object: 'service', recordId: act.id + '-' + part, op: 'create', before: null }]);
          }
          return act.id;
        });
        process.stdout.write(id + '\\n');
      }`;
    let acknowledged = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const writer = spawn(process.execPath, ['--input-type=module-typescript', '--eval', program], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let output = '';
      writer.stdout.on('data', (piece) => (output += piece));
      while (output === '') await sleep(5);
      await sleep((kill * 7) % 50);
      writer.kill('SIGKILL');
      await once(writer, 'close');
      acknowledged = Math.max(acknowledged, ...(output.match(/\d+(?=\n)/g) ?? []).map(Number));
    }
    const acts = await database.db.selectFrom('act').select('id').orderBy('id').execute();
    expect(acts.length).toBeGreaterThanOrEqual(acknowledged);
    expect(acts.map((act) => act.id)).toEqual(acts.map((_, i) => i + 1));
    const changes = await database.db.selectFrom('change').select(['seq', 'record_id']).orderBy('seq').execute();
    expect(changes).toEqual(acts.flatMap(({ id }) => [1, 2, 3].map((part) => ({ seq: (id - 1) * 3 + part, record_id: `${id}-${part}` }))));
    const services = await database.db.selectFrom('service').select('id').execute();
    expect(new Set(services.map((service) => service.id))).toEqual(new Set(changes.map((change) => change.record_id)));
    if (engine === 'sqlite') expect((await sql`pragma integrity_check`.execute(database.db)).rows).toEqual([{ integrity_check: 'ok' }]);
  });
});

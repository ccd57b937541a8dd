// A server that is closed at any moment waits for what it has begun, on both engines: nothing asks a database that is
// gone, nothing fails unheard, and the next start finds everything in order.

import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { getProblems } from '#server/directory/problems.ts';
import { getGeocoder } from '#server/directory/queries.ts';
import { getTextSearch } from '#server/directory/text-search.ts';
import { startServer, warmUp, type RunningServer } from '#server/start.ts';
import { eachDatabase } from '../support/databases.ts';

const ROUNDS = 8;
const LATEST_MS = 500;

/** What is begun and not waited for, up to a base that is read anew while the search before it still answers. */
const BEGINNINGS: readonly ((running: RunningServer) => unknown)[] = [
  ({ app }) => warmUp(app),
  ({ url }) => ask(url, 'directory.status'),
  ({ app }) => getProblems(app).current(),
  ({ app }) => getGeocoder(app).search({ text: 'Main Street', language: 'en', limit: 3 }),
  async ({ app }) => {
    await getTextSearch(app).current();
    app.directory.onDidChange(() => getTextSearch(app).prepare());
    app.registry.contribute('test', { synonyms: [{ language: 'en', terms: { food: ['victuals'] } }] });
  },
];

function ask(url: string, name: string) {
  return fetch(`${url}/api/trpc/${name}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
}

/** Names of promises that were rejected and that nobody had waited for. */
async function hearUnhandled(work: () => Promise<void>): Promise<unknown[]> {
  const heard: unknown[] = [];
  const before = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection');
  process.on('unhandledRejection', (reason) => heard.push(reason));
  try {
    await work();
    // They are told of after the turn in which they were rejected.
    await sleep(1);
  } finally {
    process.removeAllListeners('unhandledRejection');
    for (const listener of before) process.on('unhandledRejection', listener);
  }
  return heard;
}

eachDatabase('closing', (open) => {
  it('waits for whatever was begun, at whatever moment', async () => {
    await using database = await open();
    const said: string[] = [];
    const log = pino({ level: 'warn' }, { write: (line: string) => said.push(line) });
    const start = (demo: boolean) => startServer({ ...database.place, log, demo, host: '127.0.0.1', port: 0 });
    await (await start(true)).stop();
    const unheard = await hearUnhandled(async () => {
      for (let round = 0; round < ROUNDS; round++) {
        const running = await start(false);
        const begun = Promise.allSettled(BEGINNINGS.map((begin) => begin(running)));
        // From at once to long after.
        await sleep((round * LATEST_MS) / ROUNDS);
        await running.stop();
        await begun;
      }
    });
    expect(unheard).toEqual([]);
    expect(said).toEqual([]);
  });
});

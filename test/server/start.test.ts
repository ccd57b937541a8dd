// A first start, as someone meets it who has only just installed: the demo is there, open to anyone, on both engines.

import { expect, it, vi } from 'vitest';
import { addDemos, removeDemos } from '#server/directory/demo.ts';
import { testApp } from '../support/test-app.ts';

const post = (url: string, name: string) =>
  fetch(`${url}/api/trpc/${name}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });

it.each(['sqlite', 'postgres'] as const)('an empty directory gets the demo, to be read without an account (%s)', async (engine) => {
  await using app = await testApp({ engine, demo: true });
  await app.deps.directory.ready;
  const status = (await (await post(app.url, 'directory.status')).json()).result.data;
  expect(status.resources).toBeGreaterThan(200);
  const changes: number[] = [];
  app.deps.feed.onDidChange((batch) => changes.push(...batch.map((change) => change.seq)));

  await removeDemos(app.deps, 'local:admin');
  await app.deps.feed.poll();
  expect(changes.length).toBeGreaterThan(200);
  expect((await post(app.url, 'directory.status')).status).toBe(401);
  expect(await app.deps.db.selectFrom('service').select('id').execute()).toEqual([]);

  await addDemos(app.deps, 'local:admin');
  const countResources = async () => (await (await post(app.url, 'directory.status')).json()).result.data.resources as number;
  await vi.waitFor(async () => expect(await countResources()).toBe(status.resources), { timeout: 30_000, interval: 50 });
});

// Streets from the internet as a person meets them: off until asked for, fetched by this server alone, and said plainly where
// they cannot be had.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWalk } from '../support/walk.ts';
import { openFind } from './scenes.ts';

let works = false;
let asked = 0;
const remote = createServer((_, response) => {
  asked += 1;
  response.writeHead(works ? 204 : 500).end();
});
beforeAll(() => new Promise<void>((resolve) => remote.listen(0, '127.0.0.1', resolve)));
afterAll(() => {
  remote.closeAllConnections();
  remote.close();
});

const walk = startWalk({}, async ({ deps }) => {
  const { port } = remote.address() as AddressInfo;
  await deps.settings.set('deployment', '', { key: 'basemap.internet', value: true });
  await deps.settings.set('deployment', '', { key: 'basemap.internetUrl', value: `http://127.0.0.1:${port}/{z}/{x}/{y}?key=hidden-key` });
});

test('streets from the internet that cannot be had say so, until they can', async () => {
  await using visitor = await walk.visit();
  const { page } = visitor;
  await openFind(page);
  await page.keyboard.press('Alt+y');
  const streets = page.getByRole('switch', { name: 'Streets from the internet' });
  await streets.waitFor();
  expect(await streets.isChecked()).toBe(false);
  expect(asked).toBe(0);

  await streets.click();
  const failing = page.getByText('These streets cannot be had at the moment.', { exact: false });
  await failing.waitFor();
  expect(asked).toBeGreaterThan(0);

  works = true;
  await page.keyboard.press('Escape');
  for (let i = 0; i < 3; i++) await page.keyboard.press('Alt+=');
  await page.keyboard.press('Alt+y');
  await failing.waitFor({ state: 'detached' });
  expect(visitor.foreign).toEqual([]);
  expect(visitor.addresses.join('\n')).not.toContain('hidden-key');
});

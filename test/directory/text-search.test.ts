// The search of a running server follows the directory: small changes are known at once, and nobody waits for many.

import { expect, it } from 'vitest';
import { getTextSearch } from '#server/directory/text-search.ts';
import { importFiles } from '../import/support.ts';
import { testApp } from '../support/test-app.ts';

const FEW = 20;
const MANY = 1500;

it('knows a few new services at once, and answers as before while many are read', async () => {
  await using app = await testApp();
  const { db, directory, feed } = app.deps;
  const search = getTextSearch(app.deps);
  const add = async (source: string, count: number) => {
    const rows = Array.from({ length: count }, (_, i) => `${source}-${i},Pantry ${i} of ${source}`);
    const before = directory.current().version;
    await importFiles(db, { [`${source}.csv`]: ['id,name', ...rows].join('\n') }, { source });
    await feed.poll();
    await expect.poll(() => directory.current().version).not.toBe(before);
  };
  await search.current();
  await add('few', FEW);
  expect((await search.current()).index).toBe(directory.current());

  await add('many', MANY);
  const meanwhile = await Promise.all([search.current(), search.current()]);
  expect(meanwhile.map(({ index }) => index.size)).toEqual([FEW, FEW]);
  const latest = await search.latest();
  expect(latest.index.size).toBe(FEW + MANY);
  expect(latest.find('pantry 1499', { limit: 1 }).map(({ row }) => latest.index.serviceName(row))).toEqual(['Pantry 1499 of many']);
  expect((await search.current()).index.size).toBe(FEW + MANY);
});

// Some thousands of broken files; a million in fuzz.long.test.ts.

import { expect, it } from 'vitest';
import { checkMapping, checkRead, fuzz, SEEDS } from './fuzz.ts';

it('reads the files whole that are going to be broken', async () => {
  for (const seed of SEEDS) {
    const batches = await checkRead(seed, seed.bytes, 1000);
    expect(batches.flatMap(({ rows }) => rows).length).toBeGreaterThan(0);
    expect(batches.flatMap(({ issues }) => issues).filter(({ severity }) => severity === 'error')).toEqual([]);
    checkMapping(batches);
  }
});

it('reads any broken file without a crash, a hang or a silent loss', async () => {
  expect(await fuzz(SEEDS, { from: 0, runs: 8000, mapEvery: 8 })).toBe(1000);
});

it('sees what it looks for', async () => {
  const [seed] = SEEDS;
  await expect(checkRead({ ...seed!, reader: 'ndjson' }, new TextEncoder().encode('{"a":1}\n{"b"'), 100)).resolves.toHaveLength(1);
  expect(() => checkMapping([{ file: 'f', table: 't', columns: [], issues: [], rows: [{ row: 1, values: { x: 'y' } }] }])).not.toThrow();
});

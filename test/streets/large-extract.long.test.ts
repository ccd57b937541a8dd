// An extract of a million points, as of a large county: read, turned into streets and drawn with memory to spare, and told in full.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addExtract } from '#server/streets/add-extract.ts';
import { readStreetFile, streetsFolder } from '#server/streets/street-file.ts';
import { writeLargeExtract } from './large-extract.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waypost-large-'));
});
afterAll(() => rm(folder, { recursive: true }));

test('a million points become streets and a map', async () => {
  const file = join(folder, 'county.osm.pbf');
  const { nodes } = await writeLargeExtract(file, 1_000_000);
  const before = process.memoryUsage().rss;
  const added = await addExtract(folder, file);
  expect(added.nodes).toBe(nodes);
  expect(added.map.tiles).toBeGreaterThan(100);
  expect(added.notes).toEqual(['The file has no water and no coast: all of its area is drawn as land.']);
  const { data } = await readStreetFile(join(streetsFolder(folder), 'county.streets'));
  expect(data.target.length).toBe(added.edges);
  // 4.5 million points took 2.9 GB at their most.
  expect(process.memoryUsage().rss - before).toBeLessThan(1.5e9);
}, 300_000);

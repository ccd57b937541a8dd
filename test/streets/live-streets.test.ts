// Streets that come and go while the server runs: another process adds an extract, the running server answers with it, and its
// browsers hear of it. What is broken or ended half way leaves what was there.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addExtract, removeExtract } from '#server/streets/add-extract.ts';
import { testApp, type TestApp } from '../support/test-app.ts';
import { HARBOUR_MIDDLE, harbourTown } from './harbour-town.ts';
import { toOsmPbf } from './osm-writer.ts';

let app: TestApp;
let file = '';
beforeAll(async () => {
  app = await testApp();
  file = join(app.dataFolder, 'harbour.osm.pbf');
  await writeFile(file, toOsmPbf(harbourTown()));
});
afterAll(() => app[Symbol.asyncDispose]());

const reach = () => app.caller('anonymous').travel.reach({ near: HARBOUR_MIDDLE, mode: 'walk', minutes: 10 });
const maps = async () => (await app.caller('anonymous').directory.basemaps({ language: 'en' })).filter(({ kind }) => kind === 'file');

test('an extract that is added is travelled on and drawn at once, and its removal too, and browsers hear of both', async () => {
  const { streets } = app.deps;
  const heard: number[] = [];
  const listening = new AbortController();
  const news = await app.caller('anonymous').directory.onChange(undefined);
  const hear = (async () => {
    for await (const now of news) {
      heard.push(now.streets);
      if (listening.signal.aborted) return;
    }
  })();
  expect(await reach()).toMatchObject({ estimated: true });
  expect(await maps()).toEqual([]);
  const before = streets.version();

  await addExtract(app.dataFolder, file);
  await streets.refresh();
  expect(streets.version()).toBe(before + 1);
  // The thread takes over by itself, a moment later.
  await expect.poll(async () => (await reach()).estimated, { timeout: 20_000 }).toBe(false);
  const [map] = await maps();
  expect(map).toMatchObject({ id: 'map-harbour', label: 'harbour' });

  // The same name again: other tiles stand under another address.
  await addExtract(app.dataFolder, file);
  await streets.refresh();
  expect((await maps())[0]!.revision).not.toBe(map!.revision);

  expect(await removeExtract(app.dataFolder, 'harbour')).toBe(true);
  await streets.refresh();
  await expect.poll(async () => (await reach()).estimated, { timeout: 20_000 }).toBe(true);
  expect(await maps()).toEqual([]);
  expect(await removeExtract(app.dataFolder, 'harbour')).toBe(false);
  expect(await removeExtract(app.dataFolder, '../harbour')).toBe(false);
  await streets.refresh();
  expect(streets.version()).toBe(before + 3);
  await expect.poll(() => heard.at(-1), { timeout: 20_000 }).toBe(before + 3);
  listening.abort();
  void hear;
});

test('an extract that is broken, or whose process is ended half way, leaves the one before', async () => {
  await addExtract(app.dataFolder, file);
  const kept = async () =>
    Promise.all(['streets/harbour.streets', 'basemaps/harbour.pmtiles'].map((name) => readFile(join(app.dataFolder, name))));
  const before = await kept();
  const whole = await readFile(file);
  await writeFile(file, whole.subarray(0, -30));
  await expect(addExtract(app.dataFolder, file)).rejects.toThrow('it was not copied or downloaded wholly');
  expect(await kept()).toEqual(before);

  await writeFile(file, whole);
  const cli = fileURLToPath(new URL('../../server/cli.ts', import.meta.url));
  const child = spawn(process.execPath, [cli, 'basemap', 'add', file, '--data', app.dataFolder], { stdio: ['ignore', 'ignore', 'pipe'] });
  // It says when it has read the streets and begins to draw.
  for await (const said of child.stderr) if (String(said).includes('Drawing')) break;
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(await kept()).toEqual(before);
  const left = await readdir(join(app.dataFolder, 'basemaps'));
  expect(left.filter((name) => !name.endsWith('.part'))).toEqual(['harbour.pmtiles']);
  await app.deps.streets.refresh();
  expect((await maps()).map(({ id }) => id)).toEqual(['map-harbour']);
});

// Bringing data in and taking it out, by the ways that only a real browser has: folders by drop, a stop in the middle of
// long work, a file that the browser keeps.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { command, mapSheet, openImport, runLongImport, SCENES } from './scenes.ts';
import { openStage, type Stage } from './stage.ts';

const TABLE = 'id,name,address,city,latitude,longitude\n';
let stage: Stage;
let folder: string;
beforeAll(async () => {
  stage = await openStage({ map: false });
  folder = mkdtempSync(join(tmpdir(), 'waypost-drop-'));
  mkdirSync(join(folder, 'county/north'), { recursive: true });
  writeFileSync(join(folder, 'county/larders.csv'), `${TABLE}1,Quay Larder,1 Quay Street,Port Alder,44,-128\n`);
  writeFileSync(join(folder, 'county/north/more.csv'), `${TABLE}2,Hill Larder,2 Hill Street,Port Alder,44.01,-128\n`);
  writeFileSync(join(folder, 'county/.DS_Store'), 'left behind by a system');
  const packed = zipSync({ 'pack/larders.csv': strToU8(`${TABLE}3,Zip Larder,3 Quay Street,Port Alder,44,-128\n`) });
  writeFileSync(join(folder, 'pack.zip'), packed);
});
afterAll(async () => {
  await stage[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

/** Drags a path of this machine onto the import, as a file manager would. */
async function drag(page: Page, path: string): Promise<() => Promise<void>> {
  const session = await page.context().newCDPSession(page);
  const box = await page.locator('.import .drop').boundingBox();
  if (!box) throw new Error('There is nothing to drop onto.');
  const at = { x: box.x + box.width / 2, y: box.y + 30 };
  const data = { items: [], files: [path], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver'] as const) await session.send('Input.dispatchDragEvent', { type, ...at, data });
  return () => session.send('Input.dispatchDragEvent', { type: 'drop', ...at, data }).then(() => undefined);
}

test('a folder is dropped with all that is in it, and what the system left there stays behind', async () => {
  await using visitor = await stage.enter({ as: 'steward' });
  const { page } = visitor;
  await openImport(page);
  const drop = await drag(page, join(folder, 'county'));
  await page.getByText('Let go to read them').waitFor();
  await drop();
  await page.getByText('Quay Larder').first().waitFor();
  await page.getByText('Hill Larder').first().waitFor();
  expect(await page.getByLabel('Name of the source').inputValue()).toBe('county');
  expect(await page.getByText('DS_Store').count()).toBe(0);
});

test('a ZIP package is dropped and read', async () => {
  await using visitor = await stage.enter({ as: 'steward' });
  await openImport(visitor.page);
  await (
    await drag(visitor.page, join(folder, 'pack.zip'))
  )();
  await visitor.page.getByText('Zip Larder').first().waitFor();
});

test('a column that is a part of a value can be given another meaning', async () => {
  await using visitor = await stage.enter({ as: 'steward' });
  const { page } = visitor;
  await mapSheet(page);
  const languages = page.getByLabel('What languages becomes');
  expect(await languages.locator('option:checked').innerText()).toMatch(/^Part of/);
  await languages.selectOption('keep');
  expect(await languages.locator('option:checked').innerText()).toBe('Kept as an attribute');
});

test('a long import is stopped in the middle, and nothing of it was kept', async () => {
  await using visitor = await stage.enter({ as: 'steward' });
  const { page } = visitor;
  await runLongImport(page);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByText('Stopped. Nothing of it was kept.').waitFor();
  // The tab can be closed meanwhile; the mapping is still there.
  await page
    .getByRole('button', { name: /^Close Import data/ })
    .or(page.locator('.tab.on .close'))
    .first()
    .click();
  await command(page, 'directory.import');
  await page.getByRole('button', { name: /^preview/i }).waitFor();
});

test('a coordinator takes the directory out as a package', async () => {
  const scene = SCENES.find(({ name }) => name === 'export');
  if (!scene) throw new Error('There is no scene "export".');
  await using visitor = await stage.enter(scene);
  const { page } = visitor;
  await scene.go(page);
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Make the file' }).click()]);
  expect(download.suggestedFilename()).toBe('waypost-hsds-2026-11-19.zip');
  const inside = unzipSync(readFileSync(await download.path()));
  expect(strFromU8(inside['services.csv'] ?? new Uint8Array())).toContain('Old Town Crisis Center');
  await page.getByText('waypost-hsds-2026-11-19.zip is ready').waitFor();
  expect(visitor.errors).toEqual([]);
});

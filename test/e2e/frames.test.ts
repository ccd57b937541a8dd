// Pages of plugins in the browser: what an honest one can do, and what none can. A page that tries is one file with every attempt.

import type { Request } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { pluginsFolderWith } from '../support/plugins-folder.ts';
import { startWalk } from '../support/walk.ts';
import { openFind } from './scenes.ts';

const folder = pluginsFolderWith('framed');
afterAll(() => folder[Symbol.dispose]());
const walk = startWalk({ pluginsFolder: folder.path });

test('is shut off from everything but its own plugin', async () => {
  await using visitor = await walk.visit();
  const { page } = visitor;
  const outside: Request[] = [];
  page.on('request', (request) => void (request.url().includes('outside.example') && outside.push(request)));
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  await openFind(page);
  const open = async (title: string) => {
    // Keys that are pressed in a frame are the frame's.
    await page.evaluate(() => {
      window.focus();
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    });
    await page.keyboard.press('F1');
    await page.getByRole('dialog').getByRole('combobox').waitFor();
    await page.keyboard.type(title);
    await page.getByRole('option', { name: title }).first().click();
    return page.frameLocator(`iframe[title="${title}"]`);
  };

  const counter = await open('Counter');
  await counter.getByText('en ltr').waitFor();
  await counter.getByRole('button', { name: 'Add two' }).click();
  await counter.getByText('Sum 2').waitFor();
  await counter.getByRole('button', { name: 'Add two' }).click();
  await counter.getByText('Sum 4').waitFor();
  await counter.getByRole('button', { name: 'Add a word' }).click();
  await expect.poll(() => counter.locator('#out').innerText()).not.toContain('Sum');
  // A command that is not its own is not run, its own is.
  await counter.getByRole('button', { name: 'Foreign command' }).click();
  await counter.getByRole('button', { name: 'Own command' }).click();
  await page.getByRole('tab', { name: 'Settings' }).waitFor();
  expect(await page.getByRole('tab', { name: 'Keyboard' }).count()).toBe(0);

  const escape = await open('Escape');
  await escape.getByText('done', { exact: true }).waitFor({ timeout: 60_000 });
  const said = await escape.locator('li').allInnerTexts();
  expect(said.length).toBeGreaterThan(25);
  expect(said.filter((line) => !line.endsWith(': kept in'))).toEqual(['done']);
  expect(new URL(page.url()).origin).toBe(walk.app.url);

  await open('Leave');
  await expect.poll(() => page.frames().some((frame) => frame.url().startsWith('chrome-error:'))).toBe(true);
  expect(new URL(page.url()).origin).toBe(walk.app.url);
  // Whatever was tried was refused by the policy, and never sent.
  const sent = outside.filter((request) => !/csp|blocked/i.test(request.failure()?.errorText ?? 'sent'));
  expect(sent.map((request) => [request.url(), request.failure()])).toEqual([]);
  expect(dialogs).toEqual([]);
});

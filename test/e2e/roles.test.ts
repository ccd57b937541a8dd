// One walk for each role: they sign in as a person does, do what they came for, and are not offered what is not theirs.

import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { ROLES } from '#server/identity/policies.ts';
import { startWalk } from '../support/walk.ts';
import { findFood, results } from './scenes.ts';
import { addWalkers, signIn } from './steps.ts';

const walk = startWalk({ map: false }, (app) => addWalkers(app, ...ROLES));

/** Titles of the commands that the palette offers for a word. */
async function commands(page: Page, word: string): Promise<string[]> {
  await page.keyboard.press('F1');
  const box = page.getByRole('dialog').getByRole('combobox');
  await box.waitFor();
  await page.keyboard.type(word, { delay: 15 });
  await page.waitForTimeout(500);
  const found = await page.getByRole('dialog').getByRole('option').allInnerTexts();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  return found.map((text) => text.split('\n')[0] ?? '');
}

describe('walks by role', () => {
  test('a viewer finds, and is not offered an import', async () => {
    await using visitor = await walk.visit();
    await signIn(visitor.page, 'viewer');
    await findFood(visitor.page);
    expect(await results(visitor.page).count()).toBeGreaterThan(3);
    expect(await commands(visitor.page, 'import')).not.toEqual(expect.arrayContaining([expect.stringMatching(/import/i)]));
    expect(visitor.foreign).toEqual([]);
  });

  test('an intake worker answers the next question and the list changes at once', async () => {
    await using visitor = await walk.visit();
    const { page } = visitor;
    await signIn(page, 'intake');
    await findFood(page);
    const asked = () => visitor.addresses.filter((address) => /\/api\/trpc\/find\.(slice|match)/.test(address)).length;
    const before = asked();
    const question = page.locator('#find-question');
    const first = await question.innerText();
    await page
      .getByRole('button', { name: /don.t know/i })
      .first()
      .click();
    await page.waitForFunction((text) => document.querySelector<HTMLElement>('#find-question')?.innerText !== text, first);
    expect(asked(), 'an answer needs no round trip').toBe(before);
  });

  test('a coordinator finds the same and keeps their place', async () => {
    await using visitor = await walk.visit();
    await signIn(visitor.page, 'coordinator');
    await findFood(visitor.page);
    await results(visitor.page).nth(1).click();
    await visitor.page
      .getByRole('button', { name: /open page/i })
      .first()
      .click();
    await visitor.page.getByRole('heading', { level: 1 }).first().waitFor();
    expect(visitor.foreign).toEqual([]);
  });

  test('a steward imports a sheet in the browser, sees what becomes of it, and finds it', async () => {
    await using visitor = await walk.visit();
    const { page } = visitor;
    await signIn(page, 'steward');
    await page.keyboard.press('F1');
    await page.keyboard.type('import', { delay: 15 });
    await page
      .getByRole('option', { name: /import/i })
      .first()
      .click();
    const sheet = [
      'id,name,address,city,state,zip,phone,latitude,longitude,hours',
      '1,Lighthouse Larder,12 Quay Street,Port Alder,OR,99801,555-0142,44.001,-128.001,Monday: 9:00-12:00',
      '2,,14 Quay Street,Port Alder,OR,99801,555-0143,44.002,-128.002,',
    ].join('\n');
    await page
      .locator('input[type="file"]')
      .first()
      .setInputFiles({ name: 'larders.csv', mimeType: 'text/csv', buffer: Buffer.from(sheet) });
    await page.getByText('Lighthouse Larder').first().waitFor();
    await page
      .getByRole('button', { name: /preview/i })
      .first()
      .click();
    await page
      .getByText(/1 .*(rejected|refused|left out)/i)
      .first()
      .waitFor();
    await page
      .getByRole('button', { name: /^(import|apply)/i })
      .last()
      .click();
    await page.getByRole('button', { name: /import something else/i }).waitFor();
    // The index follows the database within a moment.
    const find = () => walk.app.caller('viewer').directory.search({ text: 'Lighthouse Larder', limit: 1 });
    await expect.poll(async () => (await find())[0]?.name, { timeout: 20_000 }).toBe('Lighthouse Larder');
    await page.keyboard.press('Control+p');
    await page.keyboard.type('lighthouse', { delay: 15 });
    await page
      .getByRole('option', { name: /Lighthouse Larder/ })
      .first()
      .waitFor();
  });

  test('an administrator changes a setting for everyone', async () => {
    await using visitor = await walk.visit();
    const { page } = visitor;
    await signIn(page, 'admin');
    await page.keyboard.press('Control+,');
    await page.getByLabel('Search settings').fill('name');
    await page.getByRole('textbox', { name: /name/i }).last().fill('Wend Valley');
    await page.keyboard.press('Tab');
    await page
      .getByText(/^Saved:/)
      .first()
      .waitFor({ state: 'attached' });
    await page.reload();
    await page.getByText('Wend Valley').first().waitFor();
  });
});

// A plugin from nothing to published with the keyboard alone: every step is reached by keys, says where one is, and stands before
// the accessibility checker. How many presses it takes is told.

import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { axe } from '../support/browser.ts';
import { startWalk } from '../support/walk.ts';
import { openFind } from './scenes.ts';

const walk = startWalk({ map: false });

/** Keys, counted; a text is one press for each letter. */
class Keys {
  presses = 0;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async press(key: string): Promise<void> {
    this.presses += 1;
    await this.#page.keyboard.press(key);
  }

  async type(text: string): Promise<void> {
    this.presses += text.length;
    await this.#page.keyboard.type(text);
  }

  /** Tab, or with Shift, until the element of this name has the focus. */
  async reach(name: string, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    for (let i = 0; i < 90; i++) {
      if ((await this.#focused()) === name) return;
      await this.press(key);
    }
    throw new Error(`"${name}" is not reached by ${key}; the focus is on "${await this.#focused()}".`);
  }

  #focused(): Promise<string> {
    return this.#page.evaluate(() => {
      const element = document.activeElement;
      if (!(element instanceof HTMLElement)) return '';
      const labels = 'labels' in element ? [...((element.labels as NodeListOf<HTMLElement> | null) ?? [])] : [];
      return (element.getAttribute('aria-label') ?? labels[0]?.textContent ?? element.textContent).replace(/\s+/g, ' ').trim();
    });
  }
}

test('a plugin is made and published with the keyboard alone', { timeout: 120_000 }, async () => {
  await using steward = await walk.visitAs('steward');
  const { page } = steward;
  const keys = new Keys(page);
  await openFind(page);
  await keys.press('F1');
  await page.getByRole('dialog').getByRole('combobox').waitFor();
  await keys.type('Make a pl');
  await page.getByRole('option', { name: 'Make a plugin' }).first().waitFor();
  await keys.press('Enter');
  const name = page.getByLabel('What it is called');
  await name.waitFor();
  expect(await axe(page), 'the beginning').toEqual([]);
  await keys.reach('What it is called');
  await keys.type('Repair');
  await keys.press('Enter');

  await page.getByRole('heading', { name: 'What comes next' }).waitFor();
  expect(await axe(page), 'what comes next').toEqual([]);
  await keys.reach('Add a kind of place');
  await keys.press('Enter');
  await page.getByRole('heading', { level: 2, name: 'A new kind of place' }).waitFor();
  await keys.type('Repair café');
  expect(await axe(page), 'a kind of place').toEqual([]);
  await keys.reach('Add a field');
  await keys.press('Enter');
  await keys.reach('What it is called');
  await keys.type('Tools');

  await keys.reach('Add a question', 'Shift+Tab');
  await keys.press('Enter');
  await page.getByRole('heading', { level: 2, name: 'A new question' }).waitFor();
  await keys.type('Owns a bicycle');
  await keys.reach('The question, as it is said');
  await keys.type('Do you have a bicycle?');
  expect(await axe(page), 'a question').toEqual([]);

  await keys.reach('Review and publish', 'Shift+Tab');
  await keys.press('Enter');
  await page.getByRole('button', { name: 'Publish version 1.0.0' }).waitFor();
  expect(await axe(page), 'before publishing').toEqual([]);
  await keys.reach('What changes, in a sentence');
  await keys.type('We begin');
  await keys.press('Enter');
  await page.getByText('Version 1.0.0 is live').first().waitFor();
  expect(await axe(page), 'the versions').toEqual([]);
  console.log(`From nothing to published: ${keys.presses} presses.`);
  expect(keys.presses).toBeLessThan(400);
  expect(steward.errors).toEqual([]);
});

// The screens that are walked, checked by axe and pictured: one function each, from the first screen on.

import type { Page } from 'playwright-core';

export interface Scene {
  name: string;
  /** What is on it, for the list of pictures. */
  what: string;
  go(page: Page): Promise<void>;
  /** Drawn for these sizes only; absent: both. */
  only?: 'desktop' | 'phone';
}

/** Waits until nothing has been asked of the server for a while and the map has had time to draw. */
export async function isStill(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle').catch(() => undefined);
  await page.waitForTimeout(1500);
}

export async function openFind(page: Page): Promise<void> {
  await page.locator('[data-focus="where"]').first().waitFor();
}

export async function findFood(page: Page): Promise<void> {
  await openFind(page);
  const where = page.locator('[data-focus="where"]').first();
  await where.click();
  await page.keyboard.type('mill st & union', { delay: 15 });
  await page
    .getByRole('option', { name: /Mill Street & Union Avenue/ })
    .first()
    .waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.type('food', { delay: 15 });
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await results(page).first().waitFor();
}

/** The rows of the list of matches. */
export function results(page: Page) {
  return page.locator('[data-focus="results"]').getByRole('option');
}

export async function makeHandout(page: Page, language: string): Promise<void> {
  await findFood(page);
  await page.keyboard.press('s');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('s');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('s');
  await page.keyboard.press('Control+Enter');
  const box = page.getByRole('combobox', { name: /language/i }).last();
  await box.waitFor();
  await page.waitForTimeout(500);
  await page.keyboard.type(language, { delay: 15 });
  await page.keyboard.press('Enter');
  await page.locator('article.sheet').waitFor();
}

export const SCENES: Scene[] = [
  { name: 'first', what: 'the first screen: where, what, who, and the town', go: openFind },
  { name: 'find', what: 'matches with verdicts and reasons, list and map in step', go: findFood },
  {
    name: 'resource',
    what: 'a resource beside the map',
    async go(page) {
      await findFood(page);
      await results(page).nth(3).click();
      await page
        .getByRole('button', { name: /open page/i })
        .first()
        .click();
      await page.getByRole('heading', { level: 1 }).first().waitFor();
    },
  },
  {
    name: 'palette',
    what: 'commands, services, places and needs for one typed word',
    only: 'desktop',
    async go(page) {
      await findFood(page);
      await page.keyboard.press('Control+k');
      await page.keyboard.type('shelt', { delay: 15 });
      await page
        .getByRole('option', { name: /shelter/i })
        .first()
        .waitFor();
    },
  },
  { name: 'handout', what: 'the handout in English', go: (page) => makeHandout(page, 'english') },
  { name: 'handout-ar', what: 'the handout in Arabic, right to left', go: (page) => makeHandout(page, 'arab') },
  {
    name: 'browse',
    what: 'the directory without a search: types by shape and colour',
    async go(page) {
      await openFind(page);
      await page
        .getByRole('button', { name: /^directory/i })
        .or(page.getByRole('tab', { name: /^directory/i }))
        .first()
        .click();
      await page.waitForTimeout(1000);
    },
  },
  {
    name: 'settings',
    what: 'settings from contributed schemas',
    only: 'desktop',
    async go(page) {
      await openFind(page);
      await page.keyboard.press('Control+,');
      await page
        .getByRole('searchbox')
        .or(page.getByRole('heading', { name: /settings/i }))
        .first()
        .waitFor();
    },
  },
];

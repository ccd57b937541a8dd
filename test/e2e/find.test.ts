// The Find screen under a slow server and in quick hands: no key is lost, no ring stays where nobody uses the keys, and what
// nearly fits says by how much.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { PHONE } from '../support/browser.ts';
import { findFood, openFind, openResource, results, showNearMiss } from './scenes.ts';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ map: false });
});
afterAll(() => stage[Symbol.asyncDispose]());

test('keys for the list are kept while the first services are on their way', async () => {
  await using visitor = await stage.enter({});
  const { page } = visitor;
  const typed = Promise.withResolvers<void>();
  await page.route(/find\.slice/, (route) => typed.promise.then(() => route.continue()));
  await openFind(page);
  await page.locator('[data-focus="where"]').first().click();
  await page.keyboard.type('mill st & union', { delay: 15 });
  await page
    .getByRole('option', { name: /Mill Street & Union Avenue/ })
    .first()
    .waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.type('food', { delay: 15 });
  await page.getByRole('option').first().waitFor();
  for (const key of ['Enter', 'Enter', 's', 'ArrowDown', 's', 'ArrowDown', 'ArrowDown', 's']) await page.keyboard.press(key);
  expect(await results(page).count(), 'the services come later than the keys').toBe(0);
  typed.resolve();

  await results(page).first().waitFor();
  const tray = page.getByRole('region', { name: 'Shortlist' });
  await tray.waitFor();
  await page.waitForFunction(() => document.querySelectorAll('.tray li').length === 3);
  const names = (await results(page).locator('.name').allInnerTexts()).slice(0, 4);
  expect(await tray.locator('.name').allInnerTexts()).toEqual([names[0], names[1], names[3]]);
  await page.keyboard.press('ArrowUp');
  expect(await results(page).nth(2).getAttribute('aria-selected'), 'the list has the keys').toBe('true');
});

test('on a phone the list shows a ring only to who moves in it by keys', async () => {
  await using visitor = await stage.enter({}, { viewport: PHONE, hasTouch: true, isMobile: true });
  const { page } = visitor;
  await findFood(page);
  const list = page.locator('[data-focus="results"]');
  const ring = () =>
    list.evaluate((element) => [element, ...element.querySelectorAll('li')].some((part) => getComputedStyle(part).outlineStyle !== 'none'));
  await page.waitForFunction(() => document.activeElement?.getAttribute('data-focus') === 'results');
  expect(await ring(), 'after the request was typed').toBe(false);
  await page.keyboard.press('ArrowDown');
  expect(await ring(), 'after an arrow').toBe(true);
  await results(page).nth(1).tap();
  expect(await ring(), 'after a finger').toBe(false);
});

test('a near miss says by how much, and a place that is always open says so', async () => {
  await using visitor = await stage.enter({});
  const { page } = visitor;
  await showNearMiss(page);
  await page.getByText('No, but only by 2 years. Call and ask.').first().waitFor();

  await openResource(page, 'Old Town Crisis');
  await page.getByText('Open day and night', { exact: true }).first().waitFor();
  const week = await page.locator('section', { hasText: 'This week, local time' }).locator('li').allInnerTexts();
  expect(week).toHaveLength(7);
  for (const day of week) expect(day).toMatch(/day: all day$/);
});

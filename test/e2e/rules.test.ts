// One walk of a steward who never touches the mouse: a new rule is begun, written, tried on people, mended and published;
// a narrower version shows who would lose, is published too, and taken back.

import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axe } from '../support/browser.ts';
import { openFind } from './scenes.ts';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ map: false });
});
afterAll(() => stage[Symbol.asyncDispose]());

/** More than any of the screens has places where Tab stops. */
const STOPS = 90;

/** Goes to a place by Tab alone, or back to it by Shift+Tab. */
async function reach(page: Page, place: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await place.waitFor();
  const isThere = () => place.evaluate((element) => element === document.activeElement);
  for (let i = 0; i < STOPS; i++) {
    if (await isThere()) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${key} does not lead to ${String(place)}.`);
}

async function press(page: Page, place: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await reach(page, place, key);
  await page.keyboard.press('Enter');
}

const versionsOf = (rule: string) =>
  stage.app.deps.db.selectFrom('rule_version').select(['version', 'withdrawn_at']).where('rule_id', '=', rule).orderBy('version').execute();

test('a rule is written, tried, mended, published and taken back by keyboard alone', { timeout: 60_000 }, async () => {
  await using visitor = await stage.enter({ as: 'steward' });
  const { page } = visitor;
  const button = (name: string | RegExp, exact = true) => page.getByRole('button', { name, exact });
  const tree = page.getByRole('region', { name: 'Conditions' });
  const grip = (name: RegExp) => tree.getByRole('button', { name });
  const field = (name: string) => tree.getByLabel(name, { exact: true });
  const shown = page.locator('.result');
  const figure = (heading: string, name: string) =>
    page.getByRole('region', { name: heading }).locator('dl > div').filter({ hasText: name }).locator('dd').innerText();

  // Begin: a name is needed, and is all that is needed.
  await openFind(page);
  await page.keyboard.press('F1');
  await page.getByRole('dialog').getByRole('combobox').waitFor();
  await page.keyboard.type('New eligibility rule', { delay: 5 });
  await page
    .getByRole('option', { name: /New eligibility rule/ })
    .first()
    .waitFor();
  await page.keyboard.press('Enter');
  const name = page.getByLabel('Name of what it is for');
  await reach(page, name);
  await page.keyboard.press('Enter');
  await page.getByText('Give it a name.').waitFor();
  await page.keyboard.type('Quay kitchen');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Quay kitchen: who can use it' }).waitFor();
  await tree.waitFor();
  expect(await grip(/^Condition 1 of 1/).getAttribute('aria-label')).toContain('18');
  expect(await shown.innerText()).toContain('Can use');

  // Write: the second condition, field by field. Nobody has asked Ana for her income yet.
  await press(page, tree.getByRole('button', { name: 'Condition', exact: true }));
  await grip(/^Condition 2 of 2/).waitFor();
  const second = tree.getByRole('listitem').nth(1);
  expect(await second.getByLabel('Fact').evaluate((element) => element === document.activeElement), 'the new condition has the keys').toBe(
    true,
  );
  await page.keyboard.type('Household income');
  await reach(page, second.getByLabel('Comparison'));
  await page.keyboard.type('is at most');
  await reach(page, field('Household income: amount or percentage'));
  await page.keyboard.type('part');
  await reach(page, field('Household income: percent'));
  await page.keyboard.press('Control+a');
  await page.keyboard.type('200');
  await reach(page, field('Household income: table'));
  await page.keyboard.type('Federal');
  await expect.poll(() => shown.innerText()).toContain('Ask');
  expect(await grip(/^Condition 2 of 2/).getAttribute('aria-label')).toContain('200');

  // Mend: a group is left empty, and what mends it stands beside it.
  await press(page, tree.getByRole('button', { name: 'Group', exact: true }));
  await grip(/^Condition 3 of 3/).waitFor();
  await reach(page, grip(/^Condition 1 of 1/));
  await page.keyboard.press('Delete');
  await shown.getByText('The rule cannot be tried').first().waitFor();
  await press(page, button('Take the empty group away'));
  await expect.poll(() => tree.getByRole('listitem').count()).toBe(2);

  // Try: who is chosen is told why, and is kept as a test.
  await press(page, button(/^Ben and Lea/));
  await expect.poll(() => shown.innerText()).toContain('Can use');
  await press(page, button('Keep this as a test'));
  await page.getByRole('listitem').filter({ hasText: 'Ben and Lea, 1 child: Can use' }).waitFor();
  expect(await axe(page), 'the builder').toEqual([]);

  // Publish: no version held, so whoever can use it gains. The reason is asked for.
  await press(page, button('Review and publish'), 'Shift+Tab');
  await page.getByRole('heading', { name: 'Who gains, who loses' }).waitFor();
  expect(await figure('1,000 made-up households', 'Gain')).toMatch(/^\+ [1-9]/);
  expect(await figure('1,000 made-up households', 'Lose')).toBe('− 0');
  await press(page, button('Publish'));
  await page.getByText('Say why: others will read it.').waitFor();
  await reach(page, page.getByLabel('Why? (kept with the version)'), 'Shift+Tab');
  await page.keyboard.type('As agreed with the kitchen');
  await press(page, button('Publish'));
  await page.getByText('Version 1 holds').waitFor();

  // Narrow it: Ben's income is too high now, and his test says so before anything is published.
  await reach(page, field('Household income: percent'), 'Shift+Tab');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('130');
  await page.getByText('1 fails').waitFor();
  await press(page, button(/^Delete the test: Ben and Lea/));
  await press(page, button(/^Kofi/), 'Shift+Tab');
  await expect.poll(() => shown.innerText()).toContain('Can use');
  await press(page, button('Keep this as a test'));
  await press(page, button('Review and publish'), 'Shift+Tab');
  await page.getByText('Against version 1, which holds now.').waitFor();
  expect(await figure('1,000 made-up households', 'Lose')).toMatch(/^− [1-9]/);
  expect(await figure('1,000 made-up households', 'Gain')).toBe('+ 0');
  expect(await axe(page), 'the preview').toEqual([]);
  await reach(page, page.getByLabel('Why? (kept with the version)'));
  await page.keyboard.type('Less money this winter');
  await press(page, button(/^Publish: \d+ of 1,000 lose it$/));
  await page.getByText('Version 2 holds').waitFor();

  // Take it back: the version before it holds again, and what was published stays on record.
  await reach(page, page.getByRole('radio', { name: 'Builder' }), 'Shift+Tab');
  await page.keyboard.press('ArrowLeft');
  await press(page, button('Take it back'));
  await reach(page, page.getByLabel('Why? (kept with the version)'));
  await page.keyboard.type('The money came after all');
  await press(page, button('Take back version 2'));
  await page.getByText('Version 1 holds').waitFor();
  const [first, latest] = await versionsOf('own/quay-kitchen');
  expect(first).toEqual({ version: 1, withdrawn_at: null });
  expect(latest).toEqual({ version: 2, withdrawn_at: expect.any(String) });
  expect(visitor.errors).toEqual([]);
  expect(visitor.foreign).toEqual([]);
});

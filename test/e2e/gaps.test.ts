// A coordinator finds where food is missing in the demo town, tries new sites by keyboard, keeps the view and opens it by its link.

import { expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { axe } from '../support/browser.ts';
import { startWalk } from '../support/walk.ts';
import { findFood, runById } from './scenes.ts';
import { askForFood } from './scenes-gaps.ts';

const walk = startWalk();

/** How many people are without, once it differs from `before`. */
async function without(page: Page, before = -1): Promise<number> {
  const read = (text: string) => Number(/^[\d,]+/.exec(text)?.[0].replaceAll(',', '') ?? 0);
  const sentence = page.locator('.gaps .sentence');
  await page.waitForFunction(
    (old) => {
      const text = document.querySelector('.gaps .sentence')?.textContent ?? '';
      return text !== '' && Number(/^[\d,]+/.exec(text)?.[0].replaceAll(',', '') ?? 0) !== old;
    },
    before,
    { timeout: 30_000 },
  );
  return read(await sentence.innerText());
}

test('where food is missing, where next, and a link that opens it again', async () => {
  await using visitor = await walk.visitAs('coordinator');
  const { page, errors } = visitor;
  await askForFood(page);
  const today = await without(page);
  expect(today).toBeGreaterThan(0);
  expect(await axe(page), 'the screen').toEqual([]);

  // Two proposed sites are taken, and the map has them.
  await page.getByRole('button', { name: 'Find the best 2 sites' }).press('Enter');
  await page.getByRole('button', { name: 'Take them into the scenario' }).press('Enter');
  const planned = await without(page, today);
  expect(planned).toBeLessThan(today);
  const marks = page.locator('.planned-marks button');
  expect(await marks.count()).toBe(2);

  // By keyboard: back, forth, one more in the middle of the map, moved by an arrow.
  await page.keyboard.press('Alt+Z');
  expect(await without(page, planned)).toBe(today);
  await page.keyboard.press('Alt+Shift+Z');
  expect(await without(page, today)).toBe(planned);
  await page.keyboard.press('Alt+Shift+P');
  await marks.nth(2).waitFor();
  const before = await marks.nth(2).boundingBox();
  await marks.nth(2).press('Shift+ArrowRight');
  await page.waitForFunction((x) => document.querySelectorAll('.planned-marks button')[2]!.getBoundingClientRect().x > x + 20, before!.x);
  await marks.nth(2).press('Delete');
  await page.waitForFunction(() => document.querySelectorAll('.planned-marks button').length === 2);

  // Kept, and opened by its link in a window that knows nothing of it.
  await page.getByLabel('Name of this view').fill('Two pantries');
  await page.getByRole('button', { name: 'Keep' }).press('Enter');
  await page.getByText('Kept as “Two pantries”').first().waitFor();
  const [view] = await walk.app.deps.db.selectFrom('gap_scenario').select('id').execute();
  await page.goto(`${walk.app.url}/#gaps=${view!.id}`);
  await page.reload();
  expect(await without(page)).toBe(planned);
  expect(page.url()).not.toContain('#');

  // The report says the same, with its map.
  await page.locator('[data-focus="gaps-report"]').press('Enter');
  await page.locator('.sheet img').nth(1).waitFor({ timeout: 30_000 });
  const sheet = await page.locator('.sheet').innerText();
  expect(sheet).toContain(today.toLocaleString('en-US'));
  expect(sheet).toContain(planned.toLocaleString('en-US'));
  expect(await axe(page), 'the report').toEqual([]);
  expect(errors).toEqual([]);
});

test('a search that found nothing is counted once they agree, with a wide area and nothing else', async () => {
  await using visitor = await walk.visitAs('intake', { map: false });
  const { page, addresses, errors } = visitor;
  await findFood(page);
  await runById(page, 'gaps.countUnmet');
  const dialog = page.getByRole('dialog');
  const count = dialog.getByRole('button', { name: 'Count it' });
  await count.waitFor();
  expect(await count.isDisabled()).toBe(true);
  expect(await axe(page), 'the dialog').toEqual([]);
  await dialog.getByLabel('What stood in the way').selectOption('full');
  await dialog.getByLabel('They were told what is kept, and agree that it is counted').check();
  await count.press('Enter');
  await page.getByText('Counted as an unmet need').first().waitFor();
  const rows = await walk.app.deps.db.selectFrom('unmet_request').select(['need', 'why', 'cell', 'requests']).execute();
  expect(rows).toEqual([{ need: 'food', why: 'full', cell: expect.stringMatching(/^87[0-9a-f]{13}$/), requests: 1 }]);
  await runById(page, 'gaps.countUnmet');
  await dialog.getByText('This search is counted already.').waitFor();
  expect(addresses.join(' '), 'no address names the area').not.toContain(rows[0]!.cell);
  expect(errors).toEqual([]);
});

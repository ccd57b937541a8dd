// The handout's language is typed as soon as its tab is there: neither slow services nor a slow language may lose it.

import type { Page, Route } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { startWalk } from '../support/walk.ts';
import { findFood, openHandout } from './scenes.ts';

const walk = startWalk({ map: false });

/** Whether a call brings the texts of Arabic. */
const bringsArabic = (route: Route) =>
  route.request().url().includes('plugins.contributions') && (route.request().postData() ?? '').includes('"ar"');
const bringsServices = (route: Route) => route.request().url().includes('directory.resource');

/** How long the texts of a language are on their way: longer than what follows its choice at once. */
const SLOW_MS = 500;

/** Types the language as soon as that can be done. */
async function typeArabic(page: Page): Promise<void> {
  await findFood(page);
  await openHandout(page);
  await page.keyboard.type('arab', { delay: 15 });
  await page.keyboard.press('Enter');
}

const ARABIC_SHEET = 'article.sheet[lang="ar"]';

describe('a handout in a language that is typed at once', () => {
  const both = ['both', (route: Route) => bringsServices(route) || bringsArabic(route)] as const;
  const each = [['the services', bringsServices] as const, ['the texts of the language', bringsArabic] as const];
  test.each(process.env['WAYPOST_LONG'] === '1' ? [...each, both] : [both])('is in that language where %s come late', async (_, isSlow) => {
    await using visitor = await walk.visit();
    const { page } = visitor;
    const typed = Promise.withResolvers<void>();
    let slow = 0;
    await page.route('**/api/trpc/**', async (route) => {
      if (isSlow(route)) {
        slow += 1;
        await (bringsServices(route) ? typed.promise : new Promise((resolve) => setTimeout(resolve, SLOW_MS)));
      }
      await route.continue();
    });
    await typeArabic(page);
    typed.resolve();
    await page.locator(ARABIC_SHEET).waitFor();
    expect(slow).toBeGreaterThan(0);
  });

  test('says so where the texts of the language do not come, and brings them at the next try', async () => {
    await using visitor = await walk.visit();
    const { page } = visitor;
    let refused = 0;
    await page.route('**/api/trpc/**', (route) => {
      if (!bringsArabic(route) || refused > 0) return route.continue();
      refused += 1;
      return route.abort();
    });
    await typeArabic(page);
    const retry = page.locator('section.preview button');
    await retry.waitFor();
    expect(await page.locator('article.sheet').count()).toBe(0);
    await retry.click();
    await page.locator(ARABIC_SHEET).waitFor();
  });
});

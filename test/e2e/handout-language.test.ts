// The handout's language is typed as soon as its tab is there: neither slow services nor a slow language may lose it.

import type { Page, Route } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { startWalk } from '../support/walk.ts';
import { makeHandout } from './scenes.ts';

const walk = startWalk({ map: false });

const SLOW_MS = 2500;

/** Whether a call brings the texts of Arabic. */
const bringsArabic = (route: Route) =>
  route.request().url().includes('plugins.contributions') && (route.request().postData() ?? '').includes('"ar"');
const bringsServices = (route: Route) => route.request().url().includes('directory.resource');

async function slowDown(page: Page, isSlow: (route: Route) => boolean): Promise<void> {
  await page.route('**/api/trpc/**', async (route) => {
    if (isSlow(route)) await new Promise((resolve) => setTimeout(resolve, SLOW_MS));
    await route.continue();
  });
}

const ARABIC_SHEET = 'article.sheet[lang="ar"]';

describe('a handout in a language that is typed at once', () => {
  test.each([
    ['the services', bringsServices],
    ['the texts of the language', bringsArabic],
    ['both', (route: Route) => bringsServices(route) || bringsArabic(route)],
  ])('is in that language where %s come late', async (_, isSlow) => {
    await using visitor = await walk.visit();
    await slowDown(visitor.page, isSlow);
    await makeHandout(visitor.page, 'arab');
    await visitor.page.locator(ARABIC_SHEET).waitFor({ timeout: 10_000 });
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
    const made = makeHandout(page, 'arab');
    const retry = page.locator('section.preview button');
    await retry.waitFor();
    expect(await page.locator('article.sheet').count()).toBe(0);
    await retry.click();
    await made;
    await page.locator(ARABIC_SHEET).waitFor({ timeout: 10_000 });
  });
});

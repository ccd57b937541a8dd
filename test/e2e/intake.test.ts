// The intake worker's minute: from the empty Find screen to a printed handout in Arabic, by keyboard and by mouse.

import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { Keyboard } from '../support/browser.ts';
import { startWalk } from '../support/walk.ts';
import { openFind, results } from './scenes.ts';

const walk = startWalk();

/** Notes that the page was printed, and what stood on the paper. */
async function watchPrinting(page: Page): Promise<() => Promise<{ text: string; dir: string; fonts: string } | null>> {
  await page.addInitScript(() => {
    window.print = () => {
      window.dispatchEvent(new Event('beforeprint'));
      const sheet = document.querySelector<HTMLElement>('article.sheet');
      Object.assign(window, {
        printed: sheet && { text: sheet.innerText, dir: getComputedStyle(sheet).direction, fonts: getComputedStyle(sheet).fontFamily },
      });
      window.dispatchEvent(new Event('afterprint'));
    };
  });
  await page.reload();
  return async () => {
    await page.waitForFunction(() => 'printed' in window);
    return page.evaluate(() => (window as unknown as { printed: { text: string; dir: string; fonts: string } | null }).printed);
  };
}

describe('the intake walk', () => {
  test('by keyboard only: a printed handout in Arabic in under 25 key presses beside the typed words, and nothing kept of the search', async () => {
    await using visitor = await walk.visit();
    const { page } = visitor;
    const printed = await watchPrinting(page);
    await openFind(page);
    const keys = new Keyboard(page);
    await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'combobox');

    await keys.type('mill st & union');
    await page
      .getByRole('option', { name: /Mill Street & Union Avenue/ })
      .first()
      .waitFor();
    await keys.press('Enter');
    await keys.type('food');
    await page.getByRole('option').first().waitFor();
    await keys.press('Enter');
    await keys.type('shelter');
    await page
      .getByRole('option', { name: /bed|shelter/i })
      .first()
      .waitFor();
    await keys.press('Enter', 'Enter');
    await results(page).first().waitFor();

    await keys.press('s', 'ArrowDown', 's', 'ArrowDown', 's');
    await keys.press('Control+Enter');
    await page
      .getByRole('combobox', { name: /language/i })
      .last()
      .waitFor();
    await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'combobox');
    await keys.type('arab');
    await keys.press('Enter');
    await page.locator('article.sheet[lang="ar"]').waitFor();
    await page.waitForFunction(() => document.activeElement?.tagName === 'BUTTON');
    await keys.press('Enter');

    const paper = await printed();
    expect(paper?.dir).toBe('rtl');
    expect(paper?.text).toMatch(/[\u0600-\u06ff]{4}/);
    expect(paper?.fonts).toMatch(/Noto Sans/);
    expect(paper?.text).toContain('988');
    expect(keys.presses, keys.log.join(' ')).toBeLessThan(25);
    expect(visitor.foreign).toEqual([]);
    expect(visitor.errors).toEqual([]);

    // Nothing of the search stays behind: not in an address, not in the browser.
    const kept = await page.evaluate(async () => {
      const databases = (await indexedDB.databases?.()) ?? [];
      return JSON.stringify({
        local: { ...localStorage },
        session: { ...sessionStorage },
        databases,
        cookies: document.cookie,
        url: location.href,
      });
    });
    expect(kept).not.toMatch(/mill|union|food/i);
    for (const address of visitor.addresses) {
      expect(address).not.toMatch(/mill|union|food\./i);
      // As a longitude of the town begins.
      expect(address).not.toContain('-128.');
    }
  });

  test('by mouse: the same, with a moment to look at each screen', async () => {
    await using visitor = await walk.visit({ map: false });
    const { page } = visitor;
    const printed = await watchPrinting(page);
    await openFind(page);
    const look = () => page.waitForTimeout(200);

    await look();
    await page.getByRole('combobox', { name: /where/i }).first().click();
    await page.keyboard.type('tanner street', { delay: 30 });
    await page
      .getByRole('option', { name: /Tanner Street/ })
      .first()
      .click();
    await look();
    await page
      .getByRole('button', { name: /^food$/i })
      .first()
      .click();
    await results(page).first().waitFor();
    await look();
    for (const i of [0, 1, 2]) {
      await results(page).nth(i).click();
      await page
        .getByRole('button', { name: /^(add to )?shortlist$/i })
        .first()
        .click();
      await look();
    }
    await page
      .getByRole('button', { name: /handout/i })
      .last()
      .click();
    const language = page.getByRole('combobox', { name: /language/i }).last();
    await language.click();
    await page.getByRole('option', { name: /العربية/ }).click();
    await page.locator('article.sheet[lang="ar"]').waitFor();
    await look();
    await page.getByRole('button', { name: /^print/i }).click();
    expect((await printed())?.dir).toBe('rtl');
    expect(visitor.foreign).toEqual([]);
  });
});

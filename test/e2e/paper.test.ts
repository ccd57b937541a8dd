// The handout on paper, as Chromium prints it: three services take one page in every language on both papers, and the
// letters are in the file itself.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Visitor } from '../support/browser.ts';
import { startWalk } from '../support/walk.ts';
import { isStill, makeHandout } from './scenes.ts';

const walk = startWalk({ map: false });
let visitor: Visitor;

beforeAll(async () => {
  visitor = await walk.visit();
  await makeHandout(visitor.page, 'english');
});
afterAll(() => visitor[Symbol.asyncDispose]());

const LANGUAGES = { en: 'english', es: 'span', fr: 'fren', ar: 'arab' };

/** Pages of a PDF, by its own page tree. */
function countPages(pdf: string): number {
  return pdf.match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
}

describe.each(Object.entries(LANGUAGES))('a handout of three services in %s', (language, typed) => {
  test('takes one page of either paper, two in large type, and carries its letters', async () => {
    const { page } = visitor;
    await page.locator('.box [role="combobox"]').click();
    await page.keyboard.type(typed, { delay: 15 });
    await page.keyboard.press('Enter');
    await page.locator(`article.sheet[lang="${language}"]`).waitFor();
    await isStill(page);
    for (const paper of ['Letter', 'A4']) {
      for (const [form, most] of [
        ['Standard', 1],
        ['Large type', 2],
      ] as const) {
        for (const name of [paper, form]) await page.getByRole('radio', { name, exact: true }).click();
        await page.waitForTimeout(200);
        const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
        expect(countPages(pdf), `${language}, ${paper}, ${form}`).toBeLessThanOrEqual(most);
        expect(pdf).toContain('NotoSans');
        if (language === 'ar') expect(pdf).toContain('NotoSansArabic');
      }
    }
    expect(visitor.foreign).toEqual([]);
  });
});

// A steward goes through the problems: says that a listing was checked, leaves one as it is, merges two and takes that back.

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAccount } from '#server/identity/accounts.ts';
import { axe, launchBrowser, visit } from '../support/browser.ts';
import { TEST_PASSWORD, testApp, type TestApp } from '../support/test-app.ts';
import { openFind } from './scenes.ts';

let app: TestApp;
let browser: Browser;
beforeAll(async () => {
  [app, browser] = await Promise.all([testApp({ demo: true }), launchBrowser()]);
  const account = { email: 'steward@example.org', name: 'Walker', role: 'steward', agency: undefined, password: TEST_PASSWORD } as const;
  await createAccount(app.deps.database, account, app.deps.clock());
});
afterAll(async () => {
  await browser.close();
  await app[Symbol.asyncDispose]();
});

async function openProblems(page: Page): Promise<void> {
  await openFind(page);
  await page
    .getByRole('button', { name: /sign in/i })
    .first()
    .click();
  await page.getByLabel(/e-mail/i).fill('steward@example.org');
  await page.getByLabel(/password/i).fill(TEST_PASSWORD);
  await page.keyboard.press('Enter');
  await page
    .getByRole('button', { name: /Walker/ })
    .first()
    .waitFor();
  await page.keyboard.press('F1');
  await page.getByRole('dialog').getByRole('combobox').waitFor();
  await page.keyboard.type('Problems of the directory', { delay: 10 });
  await page
    .getByRole('option', { name: /Problems of the directory/ })
    .first()
    .click();
  await page.getByRole('heading', { name: 'Problems', exact: true }).waitFor();
}

describe('problems of the directory', () => {
  test('are mended, left as they are, and merged', async () => {
    const { page, errors } = await visit(browser, app.url);
    await openProblems(page);
    const kind = (name: string, count: number) => page.getByRole('button', { name: `${name} · ${count}`, exact: true });
    const count = async (name: string) => Number(/\d+$/.exec(await page.getByRole('button', { name: `${name} · ` }).innerText())?.[0]);
    await page.getByRole('button', { name: 'Not checked for long' }).click();
    const old = await count('Not checked for long');
    await page.getByRole('button', { name: 'I checked it today' }).first().click();
    await kind('Not checked for long', old - 1).waitFor();

    await page.getByRole('button', { name: 'Perhaps listed twice' }).click();
    const twice = await count('Perhaps listed twice');
    expect(await axe(page)).toEqual([]);
    await page.getByRole('button', { name: 'Leave as it is' }).first().click();
    await page.getByLabel('Why is this right as it is?').fill('two shifts');
    await page.getByRole('dialog').getByRole('button', { name: 'Leave as it is' }).click();
    await kind('Perhaps listed twice', twice - 1).waitFor();

    await page.getByRole('button', { name: 'Compare and merge' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Two listings become one').waitFor();
    await dialog.getByRole('button', { name: 'Merge', exact: true }).and(page.locator(':enabled')).waitFor();
    expect(await axe(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Merge', exact: true }).click();
    await kind('Perhaps listed twice', twice - 2).waitFor();
    const act = await app.deps.db.selectFrom('act').select(['id', 'reason']).orderBy('id', 'desc').executeTakeFirstOrThrow();
    expect(act.reason).toBe('Merged duplicates');
    await app.caller('steward').history.undo({ act: act.id });
    await kind('Perhaps listed twice', twice - 1).waitFor();
    expect(errors).toEqual([]);
  });
});

// What walks of casework do on the way: sign in as one of the made-up workers, open a client, look at one part of their page.

import type { Page } from 'playwright-core';
import { TEST_PASSWORD } from '../support/test-app.ts';
import { openFind, runById } from './scenes.ts';

export async function signInAs(page: Page, email: string): Promise<void> {
  await openFind(page);
  await page
    .getByRole('button', { name: /sign in/i })
    .first()
    .click();
  await fillSignIn(page, email);
}

/** The dialog is open already. */
export async function fillSignIn(page: Page, email: string): Promise<void> {
  await page.getByLabel(/e-mail/i).fill(email);
  await page.getByLabel(/password/i).fill(TEST_PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByLabel(/password/i).waitFor({ state: 'detached' });
}

export async function openPeople(page: Page): Promise<void> {
  // By its command, because a button of the activity bar also folds away what is open.
  await page.getByRole('button', { name: /^Clients/ }).waitFor();
  await runById(page, 'people.list');
  await page.getByLabel('Find a client by name').waitFor();
}

/** As F5 does: tabs of clients are gone, the list beside them is there again. */
export async function reload(page: Page): Promise<void> {
  await page.reload();
  await page.getByLabel('Find a client by name').waitFor();
}

/** Opens somebody from the list of clients by typing a part of their name. */
export async function openClient(page: Page, name: string): Promise<void> {
  const find = page.getByLabel('Find a client by name');
  await find.fill(name);
  await page
    .getByRole('button', { name: new RegExp(name) })
    .first()
    .waitFor();
  await find.press('Enter');
  await page
    .getByRole('heading', { level: 1, name: new RegExp(name) })
    .first()
    .waitFor();
}

/** Waits until words are on the screen: parts and tabs that were looked at before stay in the page, hidden. */
export async function seeText(page: Page, words: string | RegExp): Promise<void> {
  await page.getByText(words).filter({ visible: true }).first().waitFor();
}

export async function openPart(
  page: Page,
  part: 'Now' | 'Plan' | 'What is known' | 'Consent and referrals' | 'Timeline' | 'Review and closing',
) {
  await page
    .getByRole('navigation', { name: /Parts of the page/ })
    .filter({ visible: true })
    .getByRole('button', { name: part, exact: true })
    .click();
}

/** Says where a search begins, and waits for what is found. */
export async function searchFrom(page: Page, place: string): Promise<void> {
  await page.locator('[data-focus="where"]').first().click();
  await page.keyboard.type(place, { delay: 15 });
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  await page.locator('[data-focus="results"]').getByRole('option').first().waitFor();
  await page.locator('[data-focus="results"]').press('Home');
}

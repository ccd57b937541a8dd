// What several walks do on the way: sign in as someone of a role, run a command from the palette.

import type { Page } from 'playwright-core';
import { createAccount } from '#server/identity/accounts.ts';
import type { Role } from '#server/identity/policies.ts';
import { TEST_PASSWORD, type TestApp } from '../support/test-app.ts';
import { openFind } from './scenes.ts';

/** One account for each role, which `signIn` uses. */
export async function addWalkers({ deps }: TestApp, ...roles: readonly Role[]): Promise<void> {
  for (const role of roles) {
    const account = { email: `${role}@example.org`, name: `Walker ${role}`, role, agency: undefined, password: TEST_PASSWORD };
    await createAccount(deps.database, account, deps.clock());
  }
}

export async function signIn(page: Page, role: Role): Promise<void> {
  await openFind(page);
  await page
    .getByRole('button', { name: /sign in/i })
    .first()
    .click();
  await page.getByLabel(/e-mail/i).fill(`${role}@example.org`);
  await page.getByLabel(/password/i).fill(TEST_PASSWORD);
  await page.keyboard.press('Enter');
  await page
    .getByRole('button', { name: new RegExp(`Walker ${role}`) })
    .first()
    .waitFor();
}

export async function runCommand(page: Page, title: string): Promise<void> {
  await page.keyboard.press('F1');
  await page.getByRole('dialog').getByRole('combobox').waitFor();
  await page.keyboard.type(title, { delay: 10 });
  await page
    .getByRole('option', { name: new RegExp(title, 'i') })
    .first()
    .click();
}

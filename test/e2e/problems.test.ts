// A steward goes through the problems: says that a listing was checked, leaves one as it is, merges two and takes that back.

import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { axe } from '../support/browser.ts';
import { startWalk } from '../support/walk.ts';
import { openFind } from './scenes.ts';
import { runCommand } from './steps.ts';

const walk = startWalk({ map: false });

async function openProblems(page: Page): Promise<void> {
  await openFind(page);
  await runCommand(page, 'Problems of the directory');
  await page.getByRole('heading', { name: 'Problems', exact: true }).waitFor();
}

describe('problems of the directory', () => {
  test('are mended, left as they are, and merged', async () => {
    await using visitor = await walk.visitAs('steward');
    const { page, errors } = visitor;
    await openProblems(page);
    const kind = (name: string, count: number) => page.getByRole('button', { name: `${name} · ${count}`, exact: true });
    const count = async (name: string) => Number(/\d+$/.exec(await page.getByRole('button', { name: `${name} · ` }).innerText())?.[0]);
    await page.getByRole('button', { name: 'Not checked for long' }).click();
    const old = await count('Not checked for long');
    await page.getByRole('button', { name: 'I checked it today' }).first().click();
    await kind('Not checked for long', old - 1).waitFor();
    // On to the next, with one key; and taken back at once.
    await page.waitForFunction(() => document.activeElement?.closest('.actions') != null);
    await page.keyboard.press('v');
    await kind('Not checked for long', old - 2).waitFor();
    await page.getByRole('button', { name: 'Undo', exact: true }).first().click();
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
    const act = await walk.app.deps.db.selectFrom('act').select(['id', 'reason']).orderBy('id', 'desc').executeTakeFirstOrThrow();
    expect(act.reason).toBe('Merged duplicates');
    await walk.app.caller('steward').history.undo({ act: act.id });
    await kind('Perhaps listed twice', twice - 1).waitFor();
    expect(errors).toEqual([]);
  });
});

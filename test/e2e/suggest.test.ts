// An intake worker sees that a listing is wrong and says so on its page; a steward takes a part of it, and the worker reads
// what became of it.

import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { axe } from '../support/browser.ts';
import { startWalk } from '../support/walk.ts';
import { openFind, openResource } from './scenes.ts';
import { runCommand } from './steps.ts';

const walk = startWalk({ map: false });

const NAME = 'Old Town Crisis Center';
const getService = (name: string) =>
  walk.app.deps.db.selectFrom('service').select(['id', 'name', 'email', 'description']).where('name', '=', name).executeTakeFirstOrThrow();

async function suggest(page: Page): Promise<void> {
  await openResource(page, NAME);
  await page.getByRole('button', { name: 'Suggest a change' }).click();
  const form = page.getByRole('form', { name: 'Suggest a change' });
  const service = form.getByRole('region', { name: 'Service', exact: true });
  await service.getByLabel('E-mail').fill('hello');
  await service.getByLabel('Notice').fill('<b>Closed</b> for repairs');
  await form.getByLabel('How do you know?').fill('I was there this morning.');
  // By keyboard, and wrong at first.
  await page.keyboard.press('Control+s');
  await page.getByText('Write an e-mail address').waitFor();
  expect(await axe(page)).toEqual([]);
  await page.keyboard.press('Control+a');
  await page.keyboard.type('crisis@example.org');
  await page.keyboard.press('Control+s');
  await page.getByRole('status').filter({ hasText: 'Sent. Thank you' }).waitFor();
}

describe('suggested changes', () => {
  test('go from a page to a steward, who takes a part, and back', async () => {
    await using worker = await walk.visitAs('intake');
    await suggest(worker.page);
    const before = await getService(NAME);

    await using keeper = await walk.visitAs('steward');
    const { page } = keeper;
    await openFind(page);
    await runCommand(page, 'Problems of the directory');
    await page.getByRole('button', { name: '1 suggestion' }).click();
    const card = page.getByRole('article');
    await card.getByText('Test intake').waitFor();
    await card.getByText('I was there this morning.').waitFor();
    // As text, whatever was typed.
    await card.getByText('<b>Closed</b> for repairs').waitFor();
    expect(await axe(page)).toEqual([]);
    await card.getByRole('checkbox', { name: 'Notice' }).focus();
    await page.keyboard.press('Space');
    await card.getByLabel('How was it checked?').fill('called them');
    await card.getByRole('button', { name: 'Take 1 of 2' }).click();
    await page.getByText('Nothing is waiting').waitFor();
    expect(await getService(NAME)).toEqual({ ...before, email: 'crisis@example.org' });
    await page.getByRole('radio', { name: 'Decided' }).check({ force: true });
    await card.getByText('Taken in part').waitFor();

    await runCommand(worker.page, 'What I suggested');
    await worker.page.getByText('called them').waitFor();
    expect(await axe(worker.page)).toEqual([]);
    expect([...worker.errors, ...keeper.errors, ...worker.foreign, ...keeper.foreign]).toEqual([]);
  });
});

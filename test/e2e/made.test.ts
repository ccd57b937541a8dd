// From nothing to a published plugin in the browser alone, by somebody who does not program: what was typed outlives a reload, what
// is missing is told at its field, and what was published is there at once for whoever searches.

import { expect, test } from 'vitest';
import { axe } from '../support/browser.ts';
import { startWalk } from '../support/walk.ts';
import { addKind, addQuestion, addTable, beginPlugin, openPart, publish, writeRule } from './maker-steps.ts';
import { command } from './scenes.ts';

const walk = startWalk({ map: false });

test('a steward makes a kind of place, a question, a table and a rule, and publishes them', { timeout: 120_000 }, async () => {
  await using visitor = await walk.visitAs('steward');
  const { page } = visitor;
  const part = page.locator('[data-part]');
  await command(page, 'plugins.make');
  await beginPlugin(page, 'Repair at the harbour');
  await addKind(page);
  await addQuestion(page);
  await page.getByText(/^Kept /).waitFor();
  await page.reload();
  await openPart(page, 'Owns a bicycle');
  expect(await part.getByLabel('The question, as it is said').inputValue()).toBe('Do you have a bicycle?');
  await addTable(page);
  expect(await part.getByLabel('Line 3, column County').inputValue()).toBe('3,500');
  expect(await axe(page), 'the table').toEqual([]);

  // What is missing leads to its field.
  await part.getByLabel('Line 2, column City').fill('many');
  await page.getByRole('button', { name: 'Review and publish', exact: true }).first().click();
  await part.getByRole('heading', { name: 'One thing is still missing' }).waitFor();
  await part.getByRole('button', { name: 'Table “Income limit”' }).click();
  const cell = part.getByLabel('Line 2, column City');
  await expect.poll(() => cell.evaluate((element) => element === document.activeElement)).toBe(true);
  expect(await cell.getAttribute('aria-invalid')).toBe('true');
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect.poll(() => cell.inputValue()).toBe('3,200');

  await writeRule(page);
  await publish(page, 'Our first rule');
  await part.getByText('Version 1.0.0 is live').waitFor();
  expect(await axe(page), 'the versions').toEqual([]);

  // Whoever searches can tell it, without a reload.
  await page.getByRole('button', { name: 'Add what is known' }).click();
  await page.keyboard.type('bicycle', { delay: 15 });
  await page.getByRole('option', { name: 'Owns a bicycle' }).click();
  await page.getByText('Do you have a bicycle?').waitFor();
  expect(visitor.errors).toEqual([]);
  expect(visitor.foreign).toEqual([]);
});

// One walk of a steward with a file that is wrong in many ways: understand it, mend it, bring it in, take it back as one
// act, bring it in again, meet an edit of one's own, solve problems, merge two listings, go back to an earlier moment.

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axe } from '../support/browser.ts';
import { command, nextStep, openImport, openResource } from './scenes.ts';
import { openStage, type Stage } from './stage.ts';

/** Of an office program: semicolons, Windows-1252, a position in metres, one not on earth, an open quote, no name. */
const BROKEN = Buffer.from(
  [
    'id;name;address;city;zip;phone;latitude;longitude;hours;spoken there',
    '1;Café Señal;12 Quay Street;Port Alder;99801;555-0142;44.002;-128.001;"Monday: 9:00-12:00, Thursday: 16:00-19:00";English',
    '2;;14 Quay Street;Port Alder;99801;555-0143;44.003;-128.002;;English',
    '3;Saltmarsh Pantry;3 Tanner Street;Port Alder;99801;555-0144;5465596.94;-14249006.14;"Friday: 9:00-12:00";English',
    '4;Ropewalk Community Fridge;77 Ropewalk;Port Alder;99802;ask inside;44.004;-128.005;24/7;English',
    '5;Harbor Breakfast;5 Pier Road;Port Alder;99802;555-0145;95.2;-128.006;"Tuesday: 7:00-10:00";English',
    '6;Harbor Breakfasts;5 Pier Road;Port Alder;99802;555-0145;44.006;-128.006;"Tuesday: 7:00-10:00";English',
    '7;"Old Net Loft;9 Net Street;Port Alder;99802;555-0149;44.007;-128.007;;English',
  ].join('\n'),
  'latin1',
);
const HEAD = 'id,name,address,city,zip,phone,latitude,longitude,hours,spoken there';
const CAFE = '1,Café Señal,12 Quay Street,Port Alder,99801,555-0142,44.002,-128.001,"Monday: 9:00-12:00, Thursday: 16:00-19:00",English';
const FRIDGE = '4,Ropewalk Community Fridge,77 Ropewalk,Port Alder,99802,555-0148,44.004,-128.005,24/7,English';
const BREAKFASTS = [
  '5,Harbor Breakfast,5 Pier Road,Port Alder,99802,555-0145,44.006,-128.006,"Tuesday: 7:00-10:00",English',
  '6,Harbor Breakfasts,5 Pier Road,Port Alder,99802,555-0145,44.006,-128.006,"Tuesday: 7:00-10:00",English',
];
const LOFT = '7,Old Net Loft,9 Net Street,Port Alder,99802,555-0149,44.007,-128.007,,English';
const MENDED = Buffer.from([HEAD, CAFE, FRIDGE, ...BREAKFASTS, LOFT].join('\n'));
/** A month later: the café has another name and telephone, the loft is gone. */
const LATER = Buffer.from([HEAD, CAFE.replace('Café Señal', 'Café del Puerto').replace('0142', '0199'), FRIDGE, ...BREAKFASTS].join('\n'));

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ map: false });
});
afterAll(() => stage[Symbol.asyncDispose]());

async function choose(page: Page, buffer: Buffer): Promise<void> {
  await page.locator('input[type="file"]').first().setInputFiles({ name: 'harbor.csv', mimeType: 'text/csv', buffer });
  await page.getByText('Café').first().waitFor();
}

/** What is said of a place of the file. */
const said = (page: Page, place: string) => page.getByRole('row').filter({ hasText: place }).first();
/** How many rows the preview puts under a heading. */
const count = (page: Page, heading: string) => page.locator('.import dl > div').filter({ hasText: heading }).locator('dd').innerText();
const service = (name: string) =>
  stage.app.deps.db.selectFrom('service').select(['id', 'name', 'status']).where('name', '=', name).executeTakeFirst();

test('a broken file is understood, mended, brought in, taken back, and its listings put in order', { timeout: 120_000 }, async () => {
  await using visitor = await stage.enter({ as: 'steward' });
  const { page } = visitor;

  // Understand: each message says where and what to do.
  await openImport(page);
  await choose(page, BROKEN);
  await page.getByText('Café Señal').first().waitFor();
  await nextStep(page).click();
  await page.getByRole('heading', { name: 'This is what it would do' }).waitFor();
  for (const [place, words] of [
    ['harbor.csv, row 2, name', 'Fill in "name", or leave the row out.'],
    ['harbor.csv, row 3, latitude', 'in metres of a web map and was converted to degrees. Check one of them on the map.'],
    ['harbor.csv, row 4, phone', 'holds no telephone number'],
    ['harbor.csv, row 5, latitude', 'not shown on the map; correct it.'],
    ['harbor.csv, row 7', 'a quote is not closed'],
  ] as const)
    expect(await said(page, place).innerText(), place).toContain(words);
  await page.getByRole('button', { name: /^Not UTF-8/ }).click();
  await page.getByText('save the file as UTF-8 if they are wrong').waitFor();
  expect(await count(page, 'Rejected')).toBe('1');
  expect(await axe(page), 'what is wrong with the file').toEqual([]);

  // Mend: a column by its mapping, the rest in the file.
  await page.getByRole('button', { name: 'Start again' }).click();
  await choose(page, MENDED);
  await page.getByLabel('What spoken there becomes').selectOption('language.name');
  await nextStep(page).click();
  await page.getByRole('heading', { name: 'Row by row' }).waitFor();
  expect([await count(page, 'Created'), await count(page, 'Rejected')]).toEqual(['5', '0']);
  await page.getByText('New Service, Place').first().click();
  await page.getByText('Café Señal').first().waitFor();
  expect(await service('Café Señal')).toBeUndefined();

  // Apply, take it back as one act, apply again.
  await nextStep(page).click();
  await page.getByRole('heading', { name: 'Imported' }).waitFor();
  expect((await service('Café Señal'))?.status).toBe('active');
  await page.getByRole('button', { name: 'What was done, and undo' }).click();
  const acts = page.getByRole('listitem').filter({ hasText: 'harbor' });
  await acts.first().getByRole('button', { name: 'Undo', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Undo', exact: true }).and(page.locator(':enabled')).click();
  await page.getByText('undone').first().waitFor();
  expect(await service('Café Señal')).toBeUndefined();
  await command(page, 'directory.import');
  await page.getByRole('button', { name: 'Import something else' }).click();
  await choose(page, MENDED);
  await page.getByText('The mapping that was kept for this source is used.').waitFor();
  await nextStep(page).click();
  await page.getByRole('heading', { name: 'Row by row' }).waitFor();
  await nextStep(page).click();
  await page.getByRole('heading', { name: 'Imported' }).waitFor();

  // An edit of one's own is never overwritten unasked, and what the source no longer has is closed, not deleted.
  await openResource(page, 'Café Señal');
  await page.keyboard.press('F2');
  const form = page.getByRole('form', { name: 'Edit service' });
  await form.getByLabel('Name', { exact: true }).first().fill('Café Señal, at the quay');
  await page.keyboard.press('Control+s');
  await page.getByText('Saved. The history keeps').first().waitFor();
  await command(page, 'directory.import');
  await page.getByRole('button', { name: 'Import something else' }).click();
  await choose(page, LATER);
  await nextStep(page).click();
  await page.getByRole('heading', { name: 'Row by row' }).waitFor();
  const contest = page.locator('.contest').first();
  expect(await contest.innerText()).toContain('edited by Test steward');
  expect(await contest.locator('dd').allInnerTexts()).toEqual(['Café Señal, at the quay', 'Café del Puerto']);
  expect(await page.getByRole('row').filter({ hasText: 'Old Net Loft' }).first().innerText()).toContain('No longer in the source');
  expect(await axe(page), 'the difference').toEqual([]);
  await contest.getByRole('button', { name: 'Keep ours' }).click();
  await contest.locator('dd.lost').waitFor();
  await page.getByLabel('Close services that the source no longer has. Nothing is deleted.').check();
  await nextStep(page).click();
  await page.getByRole('heading', { name: 'Imported' }).waitFor();
  expect((await service('Café Señal, at the quay'))?.status).toBe('active');
  expect((await service('Old Net Loft'))?.status).toBe('inactive');

  // Problems: one mended at once, one left as it is with its reason, two listings merged into one.
  await command(page, 'edit.problems');
  await page.getByRole('button', { name: /^Not checked for long/ }).click();
  await page.getByRole('button', { name: 'I checked it today' }).first().click();
  await page.getByText('One record was changed.').first().waitFor();
  await page.getByRole('button', { name: /^Perhaps listed twice/ }).click();
  const twins = page.getByRole('listitem').filter({ hasText: 'Harbor Breakfasts' });
  await twins.waitFor();
  const pairs = page.getByRole('listitem').filter({ has: page.getByRole('button', { name: 'Compare and merge' }) });
  const before = await pairs.count();
  await pairs.filter({ hasNotText: 'Harbor Breakfast' }).first().getByRole('button', { name: 'Leave as it is' }).click();
  await page.getByLabel('Why is this right as it is?').fill('Two shifts in one house');
  await page.getByRole('dialog').getByRole('button', { name: 'Leave as it is' }).click();
  await expect.poll(() => pairs.count()).toBe(before - 1);
  await twins.getByRole('button', { name: 'Compare and merge' }).click();
  const dialog = page.getByRole('dialog');
  const merge = dialog.getByRole('button', { name: 'Merge', exact: true });
  await merge.and(page.locator(':enabled')).waitFor();
  expect(await axe(page), 'two listings side by side').toEqual([]);
  await merge.click();
  await expect.poll(() => twins.count()).toBe(0);
  const merged = [await service('Harbor Breakfast'), await service('Harbor Breakfasts')];
  expect(merged.map((each) => each?.status).sort()).toEqual(['active', 'inactive']);

  // Back to what it was before the edit.
  await openResource(page, 'Café Señal, at the quay');
  await page.getByRole('button', { name: 'History', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: /^History of Café Señal/ }).waitFor();
  await page.getByRole('button', { name: 'Restore to here' }).last().click();
  await page.getByRole('dialog').getByText('Café Señal, at the quay').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Restore', exact: true }).click();
  await page.getByText('Restored to an earlier moment').first().waitFor();
  expect((await service('Café Señal'))?.status).toBe('active');
  expect(visitor.errors).toEqual([]);
  expect(visitor.foreign).toEqual([]);
});

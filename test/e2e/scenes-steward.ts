// Screens of whoever keeps the directory: choosing among services, changing many, problems, merging, going back.

import type { Page } from 'playwright-core';
import { callApi, command, dropSheet, isStill, nextStep, openImport, openResource, SHEET, type Scene } from './scenes.ts';

async function lookEverywhere(page: Page): Promise<void> {
  await command(page, 'directory.browse');
  await page.locator('.browse .line input[type="radio"]').nth(1).check({ force: true });
  await isStill(page);
}

async function chooseThree(page: Page): Promise<void> {
  await lookEverywhere(page);
  await page.locator('[data-focus="browse-list"]').focus();
  for (const key of ['ArrowDown', ' ', 'Shift+ArrowDown', 'Shift+ArrowDown']) await page.keyboard.press(key);
  await page.locator('.browse .chosen .primary').waitFor();
}

async function openProblems(page: Page): Promise<void> {
  await command(page, 'edit.problems');
  await page.locator('.page nav button').nth(1).waitFor();
}

/** Names the notice of a service twice, once for all visitors, so that there is something to go back to. */
async function openHistory(page: Page): Promise<void> {
  await openResource(page, 'Old Town Crisis');
  const [hit] = (await callApi(page, 'directory.search', { text: 'Old Town Crisis', limit: 1 })) as [{ id: string }];
  const form = (await callApi(page, 'edit.form', { id: hit.id })) as {
    records: { object: string; id: string; values: Record<string, unknown> }[];
  };
  const service = form.records.find(({ object }) => object === 'service')!;
  const { alert = null, wait_time = null } = service.values;
  if (wait_time !== 'ten minutes') {
    const edit = { op: 'update', object: 'service', id: service.id };
    const notice = 'The door on Ferry Street is closed for repairs. Ring at the back.';
    await callApi(page, 'edit.save', { edits: [{ ...edit, base: { alert }, set: { alert: notice } }], reason: 'Called by the porter' });
    await callApi(page, 'edit.save', { edits: [{ ...edit, base: { wait_time }, set: { wait_time: 'ten minutes' } }] });
  }
  await page.keyboard.press('F1');
  await page.getByRole('dialog').getByRole('combobox').waitFor();
  await page.keyboard.type('edit.history', { delay: 5 });
  await page.getByRole('dialog').getByRole('option').first().click();
  await page.locator('li .ways button:visible').nth(2).waitFor();
}

const SOURCE = 'quay-larders.csv';

/** A sheet that was brought in, one of its services edited here, and the sheet a month later, tried. */
async function tryLaterSheet(page: Page): Promise<void> {
  const [known] = (await callApi(page, 'directory.search', { text: '"Lighthouse Larder"', limit: 1 })) as [{ id: string }?];
  await openImport(page);
  if (!known) {
    await dropSheet(page, SOURCE, SHEET);
    await nextStep(page).click();
    await page.locator('.import .scroll').nth(1).waitFor();
    await nextStep(page).click();
    await page.locator('.import .ways .primary:enabled').waitFor();
    await isStill(page);
    const [added] = (await callApi(page, 'directory.search', { text: '"Lighthouse Larder"', limit: 1 })) as [{ id: string }];
    const form = (await callApi(page, 'edit.form', { id: added.id })) as { records: { object: string; id: string }[] };
    const { id } = form.records.find(({ object }) => object === 'service')!;
    const edit = { op: 'update', object: 'service', id, base: { name: 'Lighthouse Larder' }, set: { name: 'Lighthouse Larder, upstairs' } };
    await callApi(page, 'edit.save', { edits: [edit] });
    await nextStep(page).click();
  }
  const later = SHEET.replace('Lighthouse Larder', 'Lighthouse Pantry').replace('555-0145', '555-0199');
  await dropSheet(page, SOURCE, later.split('\n').slice(0, 5).join('\n'));
  await nextStep(page).click();
  await page.locator('.contest').first().waitFor();
}

export const STEWARD_SCENES: Scene[] = [
  {
    name: 'browse-filters',
    what: 'the directory narrowed by filters, each with how many it would leave',
    as: 'steward',
    async go(page) {
      await lookEverywhere(page);
      await page.locator('.browse .line button').click();
      const needs = page.locator('.facets input[type="checkbox"]');
      await needs.first().check();
      await page.locator('.facets details').nth(1).locator('input[type="checkbox"]').first().check();
    },
  },
  {
    name: 'browse-kind-fields',
    what: 'the directory narrowed to one kind by a field of that kind, which stands on its rows too',
    as: 'steward',
    async go(page) {
      await lookEverywhere(page);
      await page.locator('.browse .line button').click();
      const groups = page.locator('.facets details');
      await groups.nth(1).locator('label').first().click();
      await page.locator('.browse .stated').first().waitFor({ state: 'attached' });
      const field = groups.nth(2).locator('input[type="checkbox"]').first();
      await field.check();
      await field.scrollIntoViewIfNeeded();
    },
  },
  { name: 'browse-chosen', what: 'services chosen for one change of many', as: 'steward', go: chooseThree },
  {
    name: 'bulk',
    what: 'one change for many services, looked at before it is made',
    as: 'steward',
    async go(page) {
      await chooseThree(page);
      await page.locator('.browse .chosen .primary').click();
      await page.locator('form select').first().selectOption('service.wait_time');
      await page.locator('form input[type="text"]').last().fill('Ask at the counter');
      await page.locator('form').press('Enter');
      await page.locator('form button[type="submit"]').click();
      await page.locator('.apply').waitFor();
    },
  },
  { name: 'problems', what: 'what is wrong in the directory, the gravest first, each with its fix', as: 'steward', go: openProblems },
  {
    name: 'merge',
    what: 'two listings side by side, field by field',
    as: 'steward',
    async go(page) {
      await openProblems(page);
      await page.getByRole('button', { name: /Perhaps listed twice|ربما مسجل مرتين/ }).click();
      await page
        .getByRole('button', { name: /Compare and merge|قارن/ })
        .first()
        .click();
      await page.getByRole('dialog').locator('section').first().waitFor();
    },
  },
  { name: 'history', what: 'what was done to a service, field by field, with the ways back', as: 'steward', go: openHistory },
  {
    name: 'restore',
    what: 'what going back to a moment would change',
    as: 'steward',
    async go(page) {
      await openHistory(page);
      await page.locator('li .ways button:visible').last().click();
      await page.getByRole('dialog').locator('.changes').waitFor();
    },
  },
  {
    name: 'import-conflict',
    what: 'a source that differs from what was edited here: both values, and the choice',
    as: 'steward',
    go: tryLaterSheet,
  },
];

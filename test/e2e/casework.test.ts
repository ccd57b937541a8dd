// A story through the product as workers live it: someone new is written down by keyboard, is found help, consents and is referred;
// the partner agency answers; on the phone the worker's day and a note; the supervisor's day. Nothing of a person is in an address.

import { expect, test } from 'vitest';
import { addDemoPeople } from '#server/casework/demo.ts';
import { axe, PHONE } from '../support/browser.ts';
import { TEST_PASSWORD } from '../support/test-app.ts';
import { startWalk } from '../support/walk.ts';
import { openFind, results } from './scenes.ts';
import { fillSignIn, openClient, openPeople, reload, searchFrom, signInAs } from './worker-steps.ts';

const walk = startWalk({ map: false }, async (app) => void (await addDemoPeople(app.deps, TEST_PASSWORD)));

const NAMES = /Rosa|Delgado|Amal|Nadia|5550/;

test('someone new is written down by keyboard alone, found again by name, and a note is kept from anywhere', async () => {
  await using visitor = await walk.visit();
  const { page } = visitor;
  await signInAs(page, 'noor@alder-homes.example');
  await page.keyboard.press('Alt+Shift+C');
  await page.getByRole('heading', { level: 1, name: 'New client' }).waitFor();
  await page.waitForFunction(() => document.activeElement?.matches('.identity input'));
  await page.keyboard.type('Nadia');
  await page.getByLabel('What do they need most, as they say it?').focus();
  await page.keyboard.type('A crib, and somebody to talk to.');
  await page.getByLabel('Add a need').focus();
  await page.keyboard.type('baby supplies');
  await page.keyboard.press('Enter');
  expect(await axe(page), 'someone new').toEqual([]);
  await page.keyboard.press('Control+Enter');
  await page.getByRole('heading', { level: 1, name: 'Nadia' }).first().waitFor();
  await page.getByText('A crib, and somebody to talk to.').first().waitFor();
  await page.getByRole('button', { name: 'Pronouns', exact: true }).waitFor();
  expect(await axe(page), 'the page of a client').toEqual([]);

  await page.keyboard.press('Alt+Q');
  await page.getByRole('dialog').getByLabel('What was said or seen').waitFor();
  await page.keyboard.type('Prefers mornings.');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByText('Prefers mornings.').first().waitFor();
  expect(await page.title()).not.toMatch(NAMES);
  expect(visitor.addresses.filter((address) => NAMES.test(address))).toEqual([]);
  expect(await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))).not.toMatch(NAMES);
  expect(visitor.foreign).toEqual([]);
  expect(visitor.errors).toEqual([]);
});

test(
  'a mother after an eviction: a service is found for her, she consents, and the other agency connects her',
  { timeout: 120_000 },
  async () => {
    await using visitor = await walk.visit();
    const { page } = visitor;
    await signInAs(page, 'noor@alder-homes.example');
    await openPeople(page);
    await openClient(page, 'Rosa');
    await page.getByText('Never').first().waitFor({ state: 'detached' });
    await page.getByText('interpreter needed').first().waitFor();

    // Find opens with her needs and facts; where she is has to be said.
    await page.getByRole('button', { name: 'Find help', exact: true }).nth(1).click();
    await searchFrom(page, 'mill st & union');
    await page.getByText('Searching for Rosa Delgado').first().waitFor();
    await results(page).first().click();
    await page.getByRole('button', { name: 'Refer', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('To whom').selectOption({ label: 'Harbor Link' });
    await dialog.getByRole('button', { name: 'Make a draft' }).click();
    await page.getByText('Not consented yet').waitFor();

    // Consent in her language, then it can be sent.
    await page.getByRole('article').getByRole('button', { name: 'Ask for consent' }).click();
    await page.getByText('Queremos derivarle a Harbor Link').waitFor();
    expect(await axe(page), 'asking for consent').toEqual([]);
    await page.getByRole('button', { name: 'They say yes' }).click();
    await page.getByRole('article').getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByRole('article').getByText('sent', { exact: true }).waitFor();

    await using partner = await walk.visit();
    await signInAs(partner.page, 'tomas@harbor-link.example');
    await partner.page.getByRole('button', { name: /^Clients/ }).click();
    await partner.page.getByRole('button', { name: 'Referrals', exact: true }).click();
    await partner.page
      .getByRole('button', { name: /Alder Family Homes/ })
      .first()
      .click();
    await partner.page.getByText('Rosa Delgado').waitFor();
    expect(await axe(partner.page), 'the inbox').toEqual([]);
    await partner.page.getByRole('button', { name: 'Accept', exact: true }).click();
    await partner.page.getByRole('dialog').getByRole('button', { name: 'Accept', exact: true }).click();
    await partner.page.getByRole('button', { name: 'Connected', exact: true }).click();
    await partner.page.getByRole('dialog').getByRole('button', { name: 'Connected', exact: true }).click();
    await partner.page.getByText('connected').first().waitFor();
    for (const { addresses, foreign, errors } of [visitor, partner]) {
      expect(addresses.filter((address) => NAMES.test(address))).toEqual([]);
      expect(foreign).toEqual([]);
      expect(errors).toEqual([]);
    }
  },
);

test("on the phone: the day, a client who must not be called, a note; and the supervisor's day", async () => {
  await using visitor = await walk.visit({ viewport: PHONE, hasTouch: true });
  const { page } = visitor;
  await openFind(page);
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('button', { name: /sign in/i }).click();
  await fillSignIn(page, 'noor@alder-homes.example');
  await page.getByRole('button', { name: /^Clients/ }).click();
  await openClient(page, 'Amal');
  await page
    .getByText(/Never: call/)
    .first()
    .waitFor();
  expect(await axe(page), 'a client on the phone').toEqual([]);
  await page.getByRole('button', { name: 'Note', exact: true }).click();
  await page.getByLabel('What was said or seen').fill('Came to the library.');
  await page.getByRole('dialog').getByRole('button', { name: 'Keep' }).click();
  await page.getByText('Came to the library.').first().waitFor();

  await using desk = await walk.visit();
  await signInAs(desk.page, 'ines@alder-homes.example');
  await desk.page.getByRole('button', { name: /^Clients/ }).click();
  await desk.page.getByRole('button', { name: 'Team', exact: true }).click();
  await desk.page.getByRole('cell').first().waitFor();
  expect(await axe(desk.page), "the supervisor's day").toEqual([]);
  const waiting = desk.page.getByRole('button', { name: 'Approve' });
  const before = await waiting.count();
  expect(before).toBeGreaterThan(0);
  expect(desk.errors).toEqual([]);
});

test('the record itself: who opened it, a copy for the client, an offer that a colleague accepts, and erasing with the name typed', async () => {
  await using worker = await walk.visit();
  const { page } = worker;
  await signInAs(page, 'noor@alder-homes.example');
  await page.getByRole('button', { name: /^Clients/ }).click();
  await openClient(page, 'Rosa');
  await page.getByRole('button', { name: 'Record', exact: true }).click();
  await page.getByRole('button', { name: 'Show the list' }).click();
  await page.getByRole('cell', { name: 'opened the record' }).first().waitFor();
  expect(await axe(page), 'the record').toEqual([]);
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save the page' }).click();
  expect((await saved).suggestedFilename()).toMatch(/^record-\d{4}-\d\d-\d\d\.html$/);
  await page.getByRole('button', { name: 'Offer to somebody' }).click();
  await page.getByLabel('To whom').selectOption({ label: 'Inês Duarte · Families' });
  await page.getByRole('dialog').getByRole('button', { name: 'Offer', exact: true }).click();
  await page.getByText(/Nothing changes until it is accepted/).waitFor();

  await using desk = await walk.visit();
  await signInAs(desk.page, 'ines@alder-homes.example');
  await desk.page.getByRole('button', { name: /^Clients/ }).click();
  await desk.page.getByText(/offered to you by/).waitFor();
  await desk.page.getByRole('button', { name: /^Accept.*Rosa/ }).click();
  await desk.page.getByText(/offered to you by/).waitFor({ state: 'detached' });
  await openClient(desk.page, 'Rosa');
  await desk.page.getByRole('button', { name: 'Record', exact: true }).click();
  await desk.page.getByRole('button', { name: 'Erase', exact: true }).click();
  const dialog = desk.page.getByRole('dialog');
  const erase = dialog.getByRole('button', { name: 'Erase for good' });
  await dialog.getByLabel(/To confirm, type/).fill('Rosa');
  expect(await erase.isDisabled()).toBe(true);
  expect(await axe(desk.page), 'erasing').toEqual([]);
  await dialog.getByLabel(/To confirm, type/).fill('rosa delgado');
  await desk.page.keyboard.press('Enter');
  await desk.page.getByText('The record is erased.').first().waitFor();
  await reload(page);
  await page.getByLabel('Find a client by name').fill('Rosa');
  await page.getByText('Nobody by this name').first().waitFor();
  for (const { addresses, errors } of [worker, desk]) {
    expect(addresses.filter((address) => NAMES.test(address))).toEqual([]);
    expect(errors).toEqual([]);
  }
});

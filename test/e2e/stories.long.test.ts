// Whole stories through the product, as those who work in them live them: a young man leaving foster care until his case is closed;
// a woman whose household must not find her; the other agency, with an account and without one.

import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { axe, PHONE } from '../support/browser.ts';
import { startWalk } from '../support/walk.ts';
import { hire } from '../casework/staff.ts';
import { write } from '../hidden/shelter.ts';
import { addClients, callAs, findPerson, INES, NOOR, PARTNER, TOMAS } from './clients.ts';
import { callApi, results } from './scenes.ts';
import { openClient, openPart, openPeople, reload, searchFrom, seeText, signInAs } from './worker-steps.ts';

const HIDDEN = '77 Secret Lane';
/** Somebody of another team of the same agency. */
let nights = '';

const walk = startWalk({ map: false }, async (app) => {
  await app.deps.directory.ready;
  const places = await app.deps.db.selectFrom('location').select('id').where('hidden', '!=', 0).execute();
  const changed = new Promise<void>((resolve) => void app.deps.directory.onDidChange(() => resolve()));
  await write(app.deps.db, {
    address: places.map(({ id }) => ({
      id: `secret-${id}`,
      location_id: id,
      address_1: HIDDEN,
      city: 'Port Alder',
      postal_code: '00199',
      country: 'US',
      address_type: 'physical',
    })),
  });
  await app.deps.feed.poll();
  await changed;
  await addClients(app);
  nights = (await hire(app, 'case_manager', { agency: 'Alder Family Homes', team: 'Nights' })).actor.user!.email;
});

/** A worker at their desk, with the list of clients open. */
async function atTheDesk(email: string) {
  const visitor = await walk.visit();
  await signInAs(visitor.page, email);
  await openPeople(visitor.page);
  return visitor;
}

test('a young man leaving foster care: a service from the map into his plan, an appointment, a review, a closing that somebody else approves, and opened again', async () => {
  await using noor = await atTheDesk(NOOR);
  const { page } = noor;
  await openClient(page, 'Jay');
  const reviewed = async (words: string) => {
    await page.getByLabel('What changed, as both see it').fill(words);
    await page.getByRole('button', { name: 'Keep the review' }).click();
    await seeText(page, 'Nothing new is in the record.');
  };
  await openPart(page, 'Review and closing');
  await reviewed('A first look back.');
  await openPart(page, 'Plan');
  await page.getByRole('button', { name: /Find help\s*: Send the form for spring/ }).click();
  await searchFrom(page, 'mill st & union');
  await seeText(page, 'Searching for Jay');
  const found = await results(page).first().locator('.name').innerText();
  await page.getByRole('button', { name: 'Pin to plan' }).click();
  const pinning = page.getByRole('dialog');
  await pinning.getByLabel('To which step').selectOption({ label: 'Apprentice as an electrician: Send the form for spring' });
  await pinning.getByRole('button', { name: 'Pin it' }).click();
  await page.getByRole('button', { name: 'Open the plan' }).click();
  await page.getByRole('heading', { name: 'Plan, version 2' }).waitFor();
  await page.locator('summary', { hasText: found }).click();
  await seeText(page, /Chosen on/);
  expect(await axe(page), 'the plan with a pinned service').toEqual([]);

  await openPart(page, 'Now');
  await page.getByRole('button', { name: 'Appointment', exact: true }).first().click();
  const appointment = page.getByRole('dialog');
  await appointment.getByLabel('What', { exact: true }).fill('Visit to the training place');
  await appointment.getByLabel('Where').fill('Harbor Works, gate 2');
  await appointment.getByRole('button', { name: 'Keep' }).click();
  await seeText(page, 'Visit to the training place');

  await openPart(page, 'Review and closing');
  await seeText(page, `Plan, changed: Send the form for spring`);
  expect(await page.getByText('Plan, new:').count(), 'what stood before is not new').toBe(0);
  await reviewed('The form is nearly done. He sleeps better.');

  await page.getByRole('button', { name: 'Ask to close' }).click();
  for (const question of ['What they need can be reached without us', 'Someone is there for them', 'They know what to do and whom to call'])
    await page.getByRole('group', { name: question }).getByRole('button', { name: 'Yes', exact: true }).click();
  await page.getByRole('combobox', { name: 'A room before I leave the group home' }).selectOption({ label: 'reached' });
  await page.getByRole('combobox', { name: 'Apprentice as an electrician' }).selectOption({ label: 'partly' });
  await page.getByLabel('What was reached, in plain words').fill('Has a room of his own and goes on alone with the apprenticeship.');
  await page.getByRole('button', { name: 'Ask a supervisor to close' }).click();
  await seeText(page, /a supervisor decides/);

  await using ines = await atTheDesk(INES);
  await ines.page.getByRole('button', { name: 'Team', exact: true }).click();
  const closing = ines.page.getByRole('article').filter({ hasText: 'goes on alone with the apprenticeship' });
  await closing.getByRole('button', { name: 'Approve' }).click();
  await closing.waitFor({ state: 'detached' });

  // Months later: the way back leads to where they were.
  await page.reload();
  await openPeople(page);
  await openClient(page, 'Jay');
  await openPart(page, 'Review and closing');
  await seeText(page, /can be opened again with all its history/);
  await page.getByRole('button', { name: 'Open again' }).click();
  const back = page.getByRole('dialog');
  await back.getByRole('textbox').fill('He lost the room.');
  await back.getByRole('button', { name: 'Open again' }).click();
  await back.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Ask to close' }).waitFor();
  await openPart(page, 'Plan');
  await page.getByRole('heading', { name: 'Plan, version 2' }).waitFor();
  await openPart(page, 'Timeline');
  await seeText(page, 'He lost the room.');
  await seeText(page, 'Has a room of his own and goes on alone with the apprenticeship.');

  expect([...noor.errors, ...ines.errors]).toEqual([]);
});

test('a woman fleeing violence: safe contact on every screen, and neither household, nor partner, nor the address give her away', async () => {
  await using noor = await atTheDesk(NOOR);
  const { page } = noor;
  const answers: string[] = [];
  page.on('response', (response) => void response.text().then((text) => answers.push(text), () => undefined)); // prettier-ignore
  await openClient(page, 'Amal');
  await seeText(page, 'By another name');
  const never = page.getByText(/Never: call, visit, and say who is calling/);
  for (const part of ['Plan', 'What is known', 'Consent and referrals', 'Timeline', 'Review and closing', 'Now'] as const) {
    await openPart(page, part);
    await never.filter({ visible: true }).first().waitFor();
  }
  await page.getByRole('button', { name: /Find help\s*: Safe shelter/ }).click();
  await searchFrom(page, 'mill st & union');
  await seeText(page, 'Searching for Amal');
  await never.filter({ visible: true }).first().waitFor();
  await page.getByRole('button', { name: 'Pin to plan' }).click();
  const pinning = page.getByRole('dialog');
  await pinning.getByLabel('Goal', { exact: true }).fill('A night without fear');
  await pinning.getByRole('button', { name: 'Pin it' }).click();
  await page.getByRole('button', { name: 'Open the plan' }).click();
  await seeText(page, 'A night without fear');
  await page.getByRole('button', { name: 'Their copy' }).click();
  await page.locator('article.copy').getByText('A night without fear').waitFor();
  await never.filter({ visible: true }).first().waitFor();
  expect(await page.locator('article.copy').innerText(), 'what she takes home names nobody').not.toMatch(/Amal|Alder Family Homes|555/);
  expect(answers.join('\n').length).toBeGreaterThan(10_000);
  expect(answers.filter((text) => text.includes(HIDDEN))).toEqual([]);

  // Her husband comes to the same agency. His record names her; it tells him and his worker nothing of hers.
  const call = callAs(await walk.app.signInAs(NOOR));
  const amal = await findPerson(call, 'Amal');
  const husband = {
    id: 'mem_wife',
    name: { value: 'My wife' },
    relation: 'partner',
    age: 'not_asked',
    livesWith: { value: true },
    support: 'support',
    mayContact: true,
    emergency: false,
    sees: [],
    personId: amal,
  };
  const { id: karim } = await call<{ id: string }>('people.create', {
    entries: [
      { payload: { kind: 'identity', mode: 'named', givenName: { value: 'Karim' } } },
      { payload: { kind: 'household', members: [husband] }, class: 'supports' },
    ],
  });
  const told = await callApi(page, 'people.get', { person: karim });
  expect(JSON.stringify(told)).toContain('My wife');
  expect(JSON.stringify(told)).not.toContain(amal);
  await openPeople(page);
  await openClient(page, 'Karim');
  await seeText(page, 'My wife');
  expect(await page.getByRole('tabpanel').filter({ visible: true }).innerText()).not.toMatch(/Amal|safe shelter/i);

  // The other agency finds nobody, and an id that it should not have is as good as none.
  await using tomas = await atTheDesk(TOMAS);
  await tomas.page.getByLabel('Find a client by name').fill('Amal');
  await tomas.page.getByText('Nobody by this name').waitFor();
  await tomas.page.keyboard.press('Control+p');
  await tomas.page.getByRole('dialog').getByRole('combobox').waitFor();
  const looked = tomas.page.waitForResponse(/people\.find/);
  await tomas.page.keyboard.type('Amal', { delay: 15 });
  await looked;
  expect(await tomas.page.getByRole('option', { name: /Amal/ }).count()).toBe(0);
  await tomas.page.keyboard.press('Escape');
  const other = callAs(await walk.app.signInAs(TOMAS));
  const refusal = async (person: string) => {
    const refused = await other('people.get', { person }).catch((error: unknown) => String(error));
    return String(refused);
  };
  expect(await refusal(amal)).toBe(await refusal('per_AAAAAAAAAAAAAAAAAAAA'));
  expect([...noor.errors, ...tomas.errors]).toEqual([]);
});

test('an emergency access: a colleague of another team says why and sees all, and the supervisor looks at it', async () => {
  await using colleague = await atTheDesk(nights);
  const { page } = colleague;
  await openClient(page, 'Amal');
  await seeText(page, 'You see the part of this record');
  expect(await page.getByText('back room').count(), 'what she told in confidence').toBe(0);
  await page.getByRole('button', { name: 'Emergency access' }).click();
  await page.getByRole('dialog').getByLabel('What makes it necessary now?').fill('She called from the street and is afraid to go home.');
  await page.getByRole('dialog').getByRole('button', { name: 'Emergency access' }).click();
  await openPart(page, 'Timeline');
  await seeText(page, /back room/);

  await using ines = await atTheDesk(INES);
  await ines.page.getByRole('button', { name: 'Team', exact: true }).click();
  const row = ines.page.getByRole('article').filter({ hasText: 'afraid to go home' });
  await row.getByRole('button', { name: 'It was right' }).click();
  await ines.page.getByRole('dialog').getByRole('textbox').fill('The night team did what it should.');
  await ines.page.getByRole('dialog').getByRole('button', { name: 'It was right' }).click();
  await seeText(ines.page, /The night team did what it should/);
  expect([...colleague.errors, ...ines.errors]).toEqual([]);
});

test('a partner with an account: seen, on the waiting list, accepted, connected; and nothing more once she takes it back', async () => {
  await using tomas = await atTheDesk(TOMAS);
  const { page } = tomas;
  await page.getByRole('button', { name: 'Referrals', exact: true }).click();
  await seeText(page, '1 adult, 2 children');
  expect(await page.getByRole('tabpanel').filter({ visible: true }).innerText(), 'no name before it is opened').not.toMatch(
    /Rosa|Delgado|agy_/,
  );
  await page.getByRole('button', { name: 'Yes, there is room' }).click();
  await page.getByText('1 adult, 2 children').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: /Harbor Family Shelter/ }).first().click(); // prettier-ignore
  await seeText(page, 'Rosa Delgado');
  expect(await page.getByRole('tabpanel').filter({ visible: true }).innerText(), 'only what is consented to').not.toMatch(
    /SNAP|1,450|Mateo|Carmen/,
  );

  await using noor = await atTheDesk(NOOR);
  await openClient(noor.page, 'Rosa');
  await openPart(noor.page, 'Consent and referrals');
  const card = noor.page.getByRole('article').filter({ hasText: 'Harbor Family Shelter' });
  await card.getByText('seen', { exact: true }).waitFor();

  const answer = async (act: string, more?: (dialog: ReturnType<Page['getByRole']>) => Promise<unknown>) => {
    await page.getByRole('button', { name: act, exact: true }).click();
    const dialog = page.getByRole('dialog');
    await more?.(dialog);
    await dialog.getByRole('button', { name: act, exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
  };
  await answer('Waiting list');
  await answer('Accept');
  await answer('Connected');
  await reload(noor.page);
  await openClient(noor.page, 'Rosa');
  await openPart(noor.page, 'Timeline');
  await seeText(noor.page, 'Referral to Harbor Family Shelter (Harbor Link): connected');
  await seeText(noor.page, /· Harbor Link/);
  await openPart(noor.page, 'Consent and referrals');
  await card.getByText('connected', { exact: true }).waitFor();
  await noor.page.getByRole('button', { name: /Withdraw\s*: Harbor Link/ }).click();
  await card.getByText('consent withdrawn', { exact: true }).waitFor();
  await page.getByRole('button', { name: /Harbor Family Shelter/ }).first().click(); // prettier-ignore
  await seeText(page, /Nothing of it may be read any more|not found|no longer/i);
  expect(await page.getByText('Rosa Delgado').count()).toBe(0);
  expect([...tomas.foreign, ...noor.foreign]).toEqual([]);
});

test('a partner without an account: one link, on a phone, shows what is consented to and takes one answer', async () => {
  await using noor = await atTheDesk(NOOR);
  await openClient(noor.page, 'Rosa');
  await openPart(noor.page, 'Consent and referrals');
  const card = noor.page.getByRole('article').filter({ hasText: PARTNER.name });
  await card.getByRole('button', { name: 'A new link' }).click();
  const link = await card.locator('code').innerText();

  await using partner = await walk.visit({ viewport: PHONE, hasTouch: true, isMobile: true });
  const { page } = partner;
  await page.goto(link);
  await seeText(page, 'Rosa Delgado');
  expect(page.url(), 'the code is in no history').not.toContain('#');
  const body = await page.locator('body').innerText();
  expect(body).toContain('Has an eviction notice');
  expect(body).not.toMatch(/SNAP|1,450|Carmen|landlord|Mateo/);
  expect(await axe(page), 'the page of a partner').toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  await page.getByLabel('We take them').check();
  await page.getByRole('textbox').fill('From six on, at the side door.');
  await page.getByRole('button').click();
  await page.getByRole('status').waitFor();

  await page.goto('about:blank');
  await page.goto(link);
  await page.getByRole('alert').waitFor();
  expect(await page.locator('body').innerText()).not.toMatch(/Rosa|Delgado|555/);

  await reload(noor.page);
  await openClient(noor.page, 'Rosa');
  await openPart(noor.page, 'Consent and referrals');
  await card.getByText('accepted', { exact: true }).waitFor();
  await openPart(noor.page, 'Timeline');
  await seeText(noor.page, 'From six on, at the side door.');
  expect(partner.errors.filter((error) => !error.includes('410 (Gone)'))).toEqual([]);
  expect(partner.foreign).toEqual([]);
});

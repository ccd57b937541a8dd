// Casework in rough weather: two windows on one client, a session that ends in the middle of a note, names in any script and
// length, many clients, little room, and a slow network.

import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { axe } from '../support/browser.ts';
import { startWalk } from '../support/walk.ts';
import { hire } from '../casework/staff.ts';
import { addClients, callAs, NOOR, SAM, type Call } from './clients.ts';
import { fillSignIn, openClient, openPart, openPeople, seeText, signInAs } from './worker-steps.ts';

const LONG = 'Maria-Magdalena Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh of the Upper Quay and the Lower Ropewalk '
  .repeat(2)
  .slice(0, 190);
const ARABIC = 'نور الهدى عبد الرحمن (Nour)';
const PARTS = ['Now', 'Plan', 'What is known', 'Consent and referrals', 'Timeline', 'Review and closing'] as const;
let crowded = '';

const walk = startWalk({ map: false }, async (app) => {
  await addClients(app);
  crowded = (await hire(app, 'case_manager', { agency: 'Alder Family Homes', team: 'Crowd' })).actor.user!.email;
});

async function atTheDesk(email: string, options = {}) {
  const visitor = await walk.visit(options);
  await signInAs(visitor.page, email);
  await openPeople(visitor.page);
  return visitor;
}

test('two windows on one client: the second change is told of the first, keeps what was typed, and is kept when meant', async () => {
  await using visitor = await atTheDesk(NOOR);
  const first = visitor.page;
  const second = await visitor.context.newPage();
  await second.goto(walk.app.url);
  await openPeople(second);
  for (const page of [first, second]) {
    await openClient(page, 'Rosa');
    await page.getByRole('button', { name: 'Name and contact' }).click();
  }
  await first.getByRole('dialog').getByRole('textbox', { name: 'Name they use' }).fill('Rosi');
  await first.getByRole('dialog').getByRole('button', { name: 'Keep' }).click();
  await first.getByRole('heading', { level: 1, name: 'Rosi' }).waitFor();

  const dialog = second.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name they use' }).fill('Rosita');
  await dialog.getByRole('button', { name: 'Keep' }).click();
  await dialog.getByRole('alert').getByText('Somebody else changed this meanwhile').waitFor();
  expect(await dialog.getByRole('textbox', { name: 'Name they use' }).inputValue()).toBe('Rosita');
  await dialog.getByRole('button', { name: 'Keep' }).click();
  await second.getByRole('heading', { level: 1, name: 'Rosita' }).waitFor();

  // What only adds does not get in anybody's way.
  for (const [page, note] of [
    [first, 'A note from the first window.'],
    [second, 'A note from the second window.'],
  ] as const) {
    await page.getByRole('button', { name: 'Note', exact: true }).filter({ visible: true }).click();
    await page.getByLabel('What was said or seen').fill(note);
    await page.getByRole('dialog').getByRole('button', { name: 'Keep' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  }
  await openPart(second, 'Timeline');
  await seeText(second, 'A note from the first window.');
});

test('a session that ends in the middle of a note asks to sign in over it, and the note is kept', async () => {
  await using visitor = await atTheDesk(NOOR);
  const { page } = visitor;
  await openClient(page, 'Amal');
  await page.getByRole('button', { name: 'Note', exact: true }).filter({ visible: true }).click();
  await page.getByLabel('What was said or seen').fill('She will be at the library at three.');
  await visitor.context.clearCookies();
  await page.getByRole('dialog').getByRole('button', { name: 'Keep' }).click();
  await page.getByLabel(/password/i).waitFor();
  await fillSignIn(page, NOOR);
  expect(await page.getByLabel('What was said or seen').inputValue()).toBe('She will be at the library at three.');
  await page.getByRole('dialog').getByRole('button', { name: 'Keep' }).click();
  await seeText(page, 'She will be at the library at three.');
});

test('somebody else who signs in after a session ended begins with an empty page', async () => {
  await using visitor = await atTheDesk(NOOR);
  const { page } = visitor;
  await openClient(page, 'Amal');
  await visitor.context.clearCookies();
  await page.getByLabel('Find a client by name').fill('Rosa');
  await page.getByLabel(/password/i).waitFor();
  await page.getByLabel(/e-mail/i).fill(SAM);
  await page.getByLabel(/password/i).fill('a long test password');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /Sam Okafor/ }).first().waitFor(); // prettier-ignore
  expect(await page.getByRole('heading', { level: 1, name: 'Amal' }).count()).toBe(0);
  expect(await page.getByRole('tab').allInnerTexts()).not.toContain('Amal');
});

test('a note that is closed by Escape is there again, for the same client only', async () => {
  await using visitor = await atTheDesk(NOOR);
  const { page } = visitor;
  const note = page.getByLabel('What was said or seen');
  await openClient(page, 'Jay');
  await page.keyboard.press('Alt+q');
  await note.fill('He asked for');
  await page.keyboard.press('Escape');
  await note.waitFor({ state: 'detached' });
  await openClient(page, 'Amal');
  await page.getByRole('button', { name: 'Note', exact: true }).filter({ visible: true }).click();
  expect(await note.inputValue()).toBe('');
  await page.keyboard.press('Escape');
  await openClient(page, 'Jay');
  await page.getByRole('button', { name: 'Note', exact: true }).filter({ visible: true }).click();
  expect(await note.inputValue()).toBe('He asked for');
});

describe('many, long, and from right to left', () => {
  beforeAll(async () => {
    const call: Call = callAs(await walk.app.signInAs(crowded));
    const named = (name: string) => ({ payload: { kind: 'identity', mode: 'named', givenName: { value: name } } });
    for (let i = 0; i < 300; i++) await call('people.create', { entries: [named(`Client number ${i}`)] });
    const { id } = await call<{ id: string }>('people.create', {
      entries: [named(LONG), { payload: { kind: 'words', about: 'needs', text: LONG } }],
    });
    const note = (i: number) => ({
      payload: { kind: 'note', text: `Note ${i}: ${i % 2 ? 'جاءت مع ابنها وسألت عن السكن' : 'she came and asked about housing'}` },
    });
    await call('people.add', { person: id, entries: Array.from({ length: 200 }, (_, i) => note(i)) });
    await call('people.create', { entries: [named(ARABIC)] });
  });

  test('three hundred clients: listed, found by typing, by keys alone', async () => {
    await using visitor = await atTheDesk(crowded);
    const { page } = visitor;
    await page.locator('button.person').nth(300).waitFor();
    await page.getByLabel('Find a client by name').fill('number 217');
    await page.waitForFunction(() => document.querySelectorAll('button.person').length === 1);
    await page.keyboard.press('Tab');
    await page.getByLabel('Find a client by name').press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Client number 217' }).waitFor();
    expect(await axe(page)).toEqual([]);
  });

  test.for([
    ['as usual', { width: 1180, height: 760 }],
    ['at 200 % in a small window', { width: 590, height: 380 }],
    ['at 400 %', { width: 320, height: 480 }],
  ] as const)('nothing sticks out %s', async ([, viewport]) => {
    await using visitor = await walk.visit({ viewport });
    const { page } = visitor;
    await page.setViewportSize({ width: 1180, height: 760 });
    await signInAs(page, crowded);
    await openPeople(page);
    for (const name of ['Nour', 'Maria-Magdalena']) {
      await page.setViewportSize({ width: 1180, height: 760 });
      await openClient(page, name);
      await page.setViewportSize(viewport);
      for (const part of PARTS) {
        await page.getByRole('navigation', { name: /Parts of the page/ }).filter({ visible: true }).getByRole('button').nth(PARTS.indexOf(part)).click(); // prettier-ignore
        await page.locator('.page .part:not([hidden])').filter({ visible: true }).waitFor();
        expect(await sticksOut(page), `${name}: ${part}`).toEqual([]);
      }
    }
  });

  test('two hundred entries: the newest first, the others when asked for, and found by a word', async () => {
    await using visitor = await atTheDesk(crowded);
    const { page } = visitor;
    await openClient(page, 'Maria-Magdalena');
    await openPart(page, 'Timeline');
    await seeText(page, 'Note 199:');
    await page.getByRole('button', { name: /15\d more/ }).click();
    await page.getByLabel('Search in this record').fill('Note 7:');
    await seeText(page, 'Note 7: جاءت');
  });
});

test('a slow network: what is on the way says so, and the last one that was asked for is shown', async () => {
  await using visitor = await atTheDesk(NOOR);
  const { page } = visitor;
  await page.route(/people\.get/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await route.continue();
  });
  await page.locator('button.person').first().waitFor();
  await page.getByLabel('Find a client by name').fill('Darlene');
  await page.getByLabel('Find a client by name').press('Enter');
  await page.getByText('Reading', { exact: true }).first().waitFor({ state: 'attached' });
  await page.getByLabel('Find a client by name').fill('Jay');
  await page.getByLabel('Find a client by name').press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Jay' }).waitFor();
  expect(
    await page
      .getByRole('heading', { level: 1, name: /Darlene/ })
      .filter({ visible: true })
      .count(),
  ).toBe(0);
});

/** Visible parts that reach beyond the window and cannot be scrolled to. */
function sticksOut(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const scrolls = (element: Element | null): boolean =>
      element !== null && (['auto', 'scroll'].includes(getComputedStyle(element).overflowX) || scrolls(element.parentElement)); // prettier-ignore
    return [...document.querySelectorAll('body *')]
      .filter((element) => {
        const { left, right, width } = element.getBoundingClientRect();
        return width > 0 && (right > innerWidth + 1 || left < -1) && element.checkVisibility() && !scrolls(element.parentElement);
      })
      .map((element) => element.outerHTML.slice(0, 120));
  });
}

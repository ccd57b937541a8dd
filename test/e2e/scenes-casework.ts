// Screens of whoever works with clients: the day, one client part by part, what is asked in a dialog, the other agency, the
// supervisor, and the page of a partner without an account.

import type { Page } from 'playwright-core';
import { callApi, command, findFood, results, runById, type Scene } from './scenes.ts';
import { INES, NOOR, PARTNER, TOMAS } from './clients.ts';

const PARTS = ['now', 'plan', 'assessment', 'sharing', 'timeline', 'closing', 'record'] as const;

async function openList(page: Page): Promise<void> {
  await command(page, 'people.list');
  await page.locator('[data-focus="people"]').waitFor();
}

export async function openClient(page: Page, name: string, part: (typeof PARTS)[number] = 'now'): Promise<void> {
  await openList(page);
  await page.locator('[data-focus="people"]').fill(name);
  await page.locator('button.person', { hasText: name }).first().click();
  await page.locator('.page .strip').waitFor();
  if (part !== 'now') await page.locator('.page .bar nav button').nth(PARTS.indexOf(part)).click();
  await page.locator('.page .part:not([hidden])').waitFor();
}

/** What is done with the client in front, chosen from the palette by its id. */
async function withClient(page: Page, name: string, id: string): Promise<void> {
  await openClient(page, name);
  await page.keyboard.press('F1');
  await page.getByRole('dialog').getByRole('combobox').waitFor();
  await page.keyboard.type(id, { delay: 5 });
  await page.getByRole('dialog').getByRole('option').first().click();
}

/** A link of the partner's, new each time, because an old one cannot be told again. */
async function openPartnerLink(page: Page): Promise<void> {
  const [found] = (await callApi(page, 'people.find', { name: 'Rosa' })) as { id: string }[];
  const referrals = (await callApi(page, 'referrals.ofPerson', { person: found!.id })) as { id: string; to: { name: string } }[];
  const referral = referrals.find(({ to }) => to.name === PARTNER.name)!.id;
  const link = (await callApi(page, 'referrals.link', { referral })) as { path: string };
  await page.goto(new URL(link.path, page.url()).href);
  await page.locator('dl').first().waitFor();
}

/** A house of the other agency, one place of which is held for whoever asked. */
async function openPlaces(page: Page): Promise<void> {
  const call = <T>(name: string, input: unknown) => callApi(page, name, input) as Promise<T>;
  if ((await call<unknown[]>('referrals.units', {})).length === 0) {
    const { id: unit } = await call<{ id: string }>('referrals.setUnit', { service: 'family-shelter', name: 'Family rooms', places: 8 });
    const { received } = await call<{ received: { id: string; answer: string | null }[] }>('referrals.rooms', {});
    for (const { id } of received.filter(({ answer }) => answer === null))
      await call('referrals.answerRoom', { question: id, answer: 'yes', hold: { unit, hours: 12 } });
  }
  await command(page, 'places.open');
  await page.locator('.beds .taken').first().waitFor();
}

export const CASEWORK_SCENES: Scene[] = [
  { name: 'casework-list', what: 'my clients by what is due', as: NOOR, go: openList },
  { name: 'casework-now', what: 'a client: their words, needs, strengths, what is next', as: NOOR, go: (page) => openClient(page, 'Rosa') },
  { name: 'casework-safe', what: 'a client under another name, whom nobody may call', as: NOOR, go: (page) => openClient(page, 'Amal') },
  {
    name: 'casework-plan',
    what: 'the plan: goals, steps, what is late or held up',
    as: NOOR,
    go: (page) => openClient(page, 'Rosa', 'plan'),
  },
  {
    name: 'casework-plan-change',
    what: 'changing the plan',
    as: NOOR,
    async go(page) {
      await openClient(page, 'Jay', 'plan');
      await page.locator('.plan header .ways button').first().click();
      await page.locator('.page .part:not([hidden]) form').first().waitFor();
    },
  },
  {
    name: 'casework-template',
    what: 'a plan begun from what often helps in a situation',
    as: NOOR,
    async go(page) {
      await openClient(page, 'Amal', 'plan');
      await page.locator('.page .part:not([hidden]) button.primary').first().click();
      await page.locator('.page .part:not([hidden]) form select').first().selectOption({ index: 1 });
    },
  },
  {
    name: 'casework-letter',
    what: 'a letter that the client takes along, in their language',
    as: NOOR,
    async go(page) {
      await openClient(page, 'Rosa');
      await runById(page, 'people.letter');
      await page.locator('article.letter').waitFor();
      await page.locator('.page .asks input').first().fill('12 Quay Street, Port Alder');
    },
  },
  {
    name: 'casework-headings',
    what: 'a note that begins with headings',
    as: NOOR,
    async go(page) {
      await openClient(page, 'Rosa');
      await runById(page, 'people.note');
      await page.locator('#note select').first().selectOption('crisis');
    },
  },
  {
    name: 'casework-known',
    what: 'what is known, by domain, each with its source',
    as: NOOR,
    go: (page) => openClient(page, 'Rosa', 'assessment'),
  },
  { name: 'casework-sharing', what: 'consents and referrals', as: NOOR, go: (page) => openClient(page, 'Rosa', 'sharing') },
  {
    name: 'casework-consent',
    what: 'asking for consent, read out in the client’s language',
    as: NOOR,
    async go(page) {
      await openClient(page, 'Rosa', 'sharing');
      await page.locator('.page .part .sharing button').first().click();
      await page.getByRole('dialog').locator('blockquote').waitFor();
    },
  },
  {
    name: 'casework-timeline',
    what: 'one timeline of all that was put down',
    as: NOOR,
    go: (page) => openClient(page, 'Rosa', 'timeline'),
  },
  {
    name: 'casework-review',
    what: 'what changed since the last review, and closing',
    as: NOOR,
    go: (page) => openClient(page, 'Jay', 'closing'),
  },
  {
    name: 'casework-record',
    what: 'the record itself: in whose hands it is, export, how long it is kept, who opened it',
    as: NOOR,
    async go(page) {
      await openClient(page, 'Rosa', 'record');
      await page.locator('.page .part:not([hidden]) section').last().locator('button').click();
      await page.locator('.page .part:not([hidden]) table').waitFor();
    },
  },
  {
    name: 'casework-offer',
    what: 'offering a client to a colleague or another agency',
    as: NOOR,
    async go(page) {
      await openClient(page, 'Rosa', 'record');
      await page.locator('.page .part:not([hidden]) section').first().locator('header button').click();
      await page.getByRole('dialog').locator('select').waitFor();
    },
  },
  {
    name: 'casework-erase',
    what: 'erasing: what goes, what stays, and the name typed',
    as: INES,
    async go(page) {
      await openClient(page, 'Rosa', 'record');
      await page.locator('.page .part:not([hidden]) button.danger').click();
      await page.getByRole('dialog').locator('form').waitFor();
    },
  },
  {
    name: 'casework-brief',
    what: 'one page to read before a visit',
    as: NOOR,
    async go(page) {
      await withClient(page, 'Rosa', 'people.brief');
      await page.locator('article.brief').waitFor();
    },
  },
  {
    name: 'casework-copy',
    what: 'the plan as the client takes it home, in their language',
    as: NOOR,
    async go(page) {
      await withClient(page, 'Rosa', 'people.copy');
      await page.locator('article.copy').waitFor();
    },
  },
  {
    name: 'casework-search',
    what: 'help is looked for in somebody’s name: how to speak with them, and the way back',
    as: NOOR,
    async go(page) {
      await openClient(page, 'Amal');
      await page.locator('.page .part:not([hidden]) li button').first().click();
      await page.locator('[data-focus="where"]').first().click();
      await page.keyboard.type('mill st & union', { delay: 15 });
      await page.getByRole('option').first().waitFor();
      await page.keyboard.press('Enter');
      await results(page).first().waitFor();
    },
  },
  {
    name: 'casework-note',
    what: 'a quick note from anywhere',
    as: NOOR,
    async go(page) {
      await openClient(page, 'Rosa');
      await page.keyboard.press('Alt+q');
      await page.getByRole('dialog').locator('textarea').waitFor();
    },
  },
  {
    name: 'casework-new',
    what: 'someone new: only something to call them is needed',
    as: NOOR,
    async go(page) {
      await command(page, 'people.new');
      await page.locator('form .identity').waitFor();
    },
  },
  {
    name: 'casework-keep',
    what: 'a search becomes part of a record only when asked, and shows what would be kept',
    as: NOOR,
    async go(page) {
      await findFood(page);
      await page.keyboard.press('Alt+k');
      await page.getByRole('dialog').locator('form').waitFor();
    },
  },
  {
    name: 'casework-inbox',
    what: 'what another agency refers: only what is consented to',
    as: TOMAS,
    async go(page) {
      await command(page, 'referrals.inbox');
      await page.locator('button.item').first().click();
      await page.locator('.two article').first().waitFor();
    },
  },
  {
    name: 'casework-supervise',
    what: 'the supervisor’s day: who carries what, what waits for a decision',
    as: INES,
    async go(page) {
      await command(page, 'people.supervise');
      await page.locator('.day table').waitFor();
    },
  },
  { name: 'casework-places', what: 'places of an agency, and which are held', as: TOMAS, go: openPlaces },
  { name: 'casework-link', what: 'a partner without an account reads and answers by a link', as: NOOR, go: openPartnerLink },
];

// The screens that are walked, checked by axe and pictured: one function each, from the first screen on.

import type { Page } from 'playwright-core';
import type { Role } from '#server/identity/policies.ts';

export type Worker = `${string}@${string}`;

export function isWorker(as: Role | Worker): as is Worker {
  return as.includes('@');
}

export interface Scene {
  name: string;
  /** What is on it, for the list of pictures. */
  what: string;
  /** Who is signed in: a role, or one of the made-up workers by e-mail, whose clients are then there; absent: nobody. */
  as?: Role | Worker;
  go(page: Page): Promise<void>;
  /** Ends what would be in the way of the next scene. */
  leave?(page: Page): Promise<void>;
  /** Drawn for these sizes only; absent: both. */
  only?: 'desktop' | 'phone';
}

/** Waits until nothing has been asked of the server for a while and the map has had time to draw. */
export async function isStill(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle').catch(() => undefined);
  await page.waitForTimeout(1500);
}

export async function openFind(page: Page): Promise<void> {
  await page.locator('[data-focus="where"]').first().waitFor();
}

export async function findNeed(page: Page, place: string, need: string): Promise<void> {
  await openFind(page);
  const where = page.locator('[data-focus="where"]').first();
  await where.click();
  await page.keyboard.type(place, { delay: 15 });
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.type(need, { delay: 15 });
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
}

export async function findFood(page: Page): Promise<void> {
  await findNeed(page, 'mill st & union', 'food');
  await results(page).first().waitFor();
}

/** Passes over questions until an age is asked for, and tells it: exactly, or with a range where there is no room for a field. */
async function tellAge(page: Page, age: string, range: string): Promise<void> {
  const question = page.locator('.question');
  await question.waitFor();
  for (let asked = await question.locator('h3').innerText(); !/how old/i.test(asked); asked = await question.locator('h3').innerText()) {
    await question.getByRole('button', { name: "Don't know" }).click();
    await page.waitForFunction((before) => document.querySelector('.question h3')?.textContent !== before, asked);
  }
  const field = question.locator('form input');
  if ((await field.count()) === 0) return question.getByRole('button', { name: range }).click();
  await field.fill(age);
  await field.press('Enter');
}

/** Unfolds what cannot be used, and chooses the first that misses by little, else the first. */
async function showRefused(page: Page): Promise<void> {
  await page.locator('button.fold').click();
  await page.locator('[data-focus="results"]').press('End');
}

/** What cannot be used by somebody of 58, and of that the first that misses by little. */
export async function showNearMiss(page: Page): Promise<void> {
  await findFood(page);
  await tellAge(page, '58', '25–59');
  await showRefused(page);
}

/** The rows of the list of matches. */
export function results(page: Page) {
  return page.locator('[data-focus="results"]').getByRole('option');
}

export async function makeHandout(page: Page, language: string): Promise<void> {
  await findFood(page);
  await takeHandout(page, language);
}

/** A handout of three services among those that are found, in a language that is typed. */
export async function takeHandout(page: Page, language: string): Promise<void> {
  await openHandout(page);
  await page.keyboard.type(language, { delay: 15 });
  await page.keyboard.press('Enter');
  await page.locator('article.sheet').waitFor();
}

/** Up to where the language can be typed. */
export async function openHandout(page: Page): Promise<void> {
  await page.keyboard.press('s');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('s');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('s');
  await page.keyboard.press('Control+Enter');
  await page.waitForFunction(() => document.activeElement?.matches('.box [role="combobox"]'));
}

/** Runs a command by its id, which is the same in every language, from the first screen on. */
export async function command(page: Page, id: string): Promise<void> {
  await openFind(page);
  await runById(page, id);
}

/** Runs a command from the palette, whatever is in front. */
export async function runById(page: Page, id: string): Promise<void> {
  await page.keyboard.press('F1');
  await page.getByRole('dialog').getByRole('combobox').waitFor();
  await page.keyboard.type(id, { delay: 5 });
  await page.getByRole('dialog').getByRole('option').first().click();
}

export const SHEET = [
  'id,name,address,city,state,zip,phone,latitude,longitude,hours,languages,notes',
  '1,Lighthouse Larder,12 Quay Street,Port Alder,OR,99801,555-0142,44.001,-128.001,"Monday: 9:00-12:00, Thursday: 16:00-19:00","English, Spanish",Ring twice',
  '2,,14 Quay Street,Port Alder,OR,99801,555-0143,44.002,-128.002,,English,',
  '3,Saltmarsh Pantry,3 Tanner Street,Port Alder,OR,99801,555-0144,95.2,-128.004,by appointment,English,Bring bags',
  '4,Ropewalk Community Fridge,77 Ropewalk,Port Alder,OR,99802,555-0145,44.004,-128.005,24/7,"English, Arabic",',
  '5,Harbor Breakfast,5 Pier Road,Port Alder,OR,99802,not yet,44.006,-128.006,"Tuesday: 7:00-10:00",English,Hot meals',
].join('\n');

export async function openImport(page: Page): Promise<void> {
  await command(page, 'directory.import');
  await page.locator('input[type="file"]').first().waitFor({ state: 'attached' });
}

export async function mapSheet(page: Page): Promise<void> {
  await openImport(page);
  await dropSheet(page, 'harbor-larders.csv', SHEET);
}

/** Gives the open import a file, and waits for what its columns become. */
export async function dropSheet(page: Page, name: string, sheet: string): Promise<void> {
  await page
    .locator('input[type="file"]')
    .first()
    .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(sheet) });
  await page.locator('#import-source').waitFor();
}

/** The next step of an import: the preview, then to apply it. */
export function nextStep(page: Page) {
  return page.locator('.import .ways .primary');
}

async function previewSheet(page: Page): Promise<void> {
  await mapSheet(page);
  await nextStep(page).click();
  await page.locator('.import .pills').nth(1).waitFor();
}

/** Rows enough that an import of them takes a while. */
const LONG = 150_000;

export async function runLongImport(page: Page): Promise<void> {
  await openImport(page);
  const rows = Array.from({ length: LONG }, (_, i) => `${i},Larder ${i},${i} Long Street,Port Alder,OR,${44 + i / 1e6},-128`);
  const buffer = Buffer.from(['id,name,address,city,state,latitude,longitude', ...rows].join('\n'));
  await page.locator('input[type="file"]').first().setInputFiles({ name: 'long-street.csv', mimeType: 'text/csv', buffer });
  await nextStep(page).click();
  await page.getByRole('progressbar').waitFor();
  await page.waitForFunction(() => /[1-9]/.test(document.querySelector('.counts')?.textContent ?? ''));
}

export async function openResource(page: Page, name: string): Promise<void> {
  await openFind(page);
  await page.keyboard.press('Control+p');
  await page.getByRole('dialog').getByRole('combobox').waitFor();
  await page.keyboard.type(name, { delay: 15 });
  await page
    .getByRole('option', { name: new RegExp(name, 'i') })
    .first()
    .click();
  await page
    .getByRole('heading', { level: 1, name: new RegExp(name, 'i') })
    .first()
    .waitFor();
}

/** Asks the server what the page's own code could ask. */
export function callApi(page: Page, name: string, input: unknown): Promise<unknown> {
  return page.evaluate(
    async ([path, body]) => {
      const response = await fetch(path!, { method: 'POST', headers: { 'content-type': 'application/json' }, body: body! });
      return ((await response.json()) as { result: { data: unknown } }).result.data;
    },
    [`/api/trpc/${name}`, JSON.stringify(input)],
  );
}

/** What people of the town noticed, once for every visitor of the scene. */
async function sendSuggestions(page: Page): Promise<void> {
  const call = (name: string, input: unknown) => callApi(page, name, input);
  const { open } = (await call('suggestions.list', {})) as { open: number };
  if (open > 0) return;
  const [hit] = (await call('directory.search', { text: 'Old Town Crisis', limit: 1 })) as [{ id: string }];
  const form = (await call('suggestions.form', { id: hit.id })) as {
    records: { object: string; id: string; values: Record<string, unknown> }[];
  };
  const of = (object: string) => form.records.find((record) => record.object === object)!;
  const [service, phone] = [of('service'), of('phone')];
  const { alert = null, description } = service.values;
  const edits = [
    {
      op: 'update',
      object: 'service',
      id: service.id,
      base: { alert, description, wait_time: 'an hour' },
      set: {
        alert: 'The door on Ferry Street is closed for repairs. Ring at the back.',
        description: `${String(description)} Showers from 7 to 9.`,
        wait_time: 'ten minutes',
      },
    },
    { op: 'create', object: 'language', id: 'new-1', set: { service_id: service.id, name: 'Somali', code: 'so' } },
    { op: 'delete', object: 'phone', id: phone.id },
  ];
  await call('suggestions.send', { page: hit.id, edits, comment: 'I was there this morning with someone, and asked at the desk.' });
  const renamed = {
    op: 'update',
    object: 'service',
    id: service.id,
    base: { name: service.values['name'] },
    set: { name: 'Old Town Crisis House' },
  };
  await call('suggestions.send', { page: hit.id, edits: [renamed] });
}

export async function openRule(page: Page, id: string): Promise<void> {
  await openFind(page);
  await page.keyboard.press('Control+p');
  await page.getByRole('dialog').getByRole('combobox').waitFor();
  await page.keyboard.type(id, { delay: 15 });
  await page.getByRole('option').filter({ hasText: id }).first().click();
  await page.locator('.tree').waitFor();
}

/** Drops the draft that a scene left, so that the next one sees what is published. */
async function dropDraft(page: Page): Promise<void> {
  await page.waitForTimeout(1500);
  const drop = page.locator('[data-drop-draft]');
  if ((await drop.count()) > 0) await drop.click();
  await drop.waitFor({ state: 'detached' });
}

const WORDS =
  'Families with children under 18, and adults 60 and over. Income at or below 185% of the federal poverty level. Veterans first. Must have photo ID. Guests share the chores of the house.';

export const SCENES: Scene[] = [
  { name: 'first', what: 'the first screen: where, what, who, and the town', go: openFind },
  { name: 'find', what: 'matches with verdicts and reasons, list and map in step', go: findFood },
  {
    name: 'why',
    what: 'what is still open of one service, and the question that settles it',
    async go(page) {
      await findFood(page);
      await results(page).nth(4).click();
    },
  },
  {
    name: 'why-not',
    what: 'what cannot be used now, each with the reason, and a near miss',
    go: showNearMiss,
  },
  {
    name: 'nothing',
    what: 'nothing within reach: the nearest that works, and ways on',
    async go(page) {
      await findNeed(page, 'alder falls', 'legal');
    },
  },
  {
    name: 'resource',
    what: 'a resource beside the map',
    async go(page) {
      await findFood(page);
      await results(page).nth(3).click();
      await page.locator('[data-focus="results"]').press('Enter');
      await page.getByRole('heading', { level: 1 }).first().waitFor();
    },
  },
  { name: 'always-open', what: 'a place that is open day and night', go: (page) => openResource(page, 'Old Town Crisis') },
  {
    name: 'palette',
    what: 'commands, services, places and needs for one typed word',
    only: 'desktop',
    async go(page) {
      await findFood(page);
      await page.keyboard.press('Control+k');
      await page.keyboard.type('shelt', { delay: 15 });
      await page
        .getByRole('option', { name: /shelter/i })
        .first()
        .waitFor();
    },
  },
  { name: 'handout', what: 'the handout in English', go: (page) => makeHandout(page, 'english') },
  { name: 'handout-ar', what: 'the handout in Arabic, right to left', go: (page) => makeHandout(page, 'arab') },
  {
    name: 'browse',
    what: 'the directory without a search: types by shape and colour',
    async go(page) {
      await openFind(page);
      await page
        .getByRole('button', { name: /^directory/i })
        .or(page.getByRole('tab', { name: /^directory/i }))
        .first()
        .click();
      await page.waitForTimeout(1000);
    },
  },
  {
    name: 'crisis',
    what: 'crisis lines, one key from everywhere',
    async go(page) {
      await openFind(page);
      const onPhone = page.locator('nav button.danger');
      if ((await onPhone.count()) > 0) await onPhone.click();
      else await page.keyboard.press('F9');
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'sign-in',
    what: 'signing in',
    only: 'desktop',
    async go(page) {
      await openFind(page);
      await page
        .getByRole('button', { name: /sign in|تسجيل/i })
        .first()
        .click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'welcome',
    what: 'the first administrator makes an account with the link from the console',
    async go(page) {
      await page.goto(new URL('/setup?token=of-the-console', page.url()).href);
      await page.getByRole('button').waitFor();
    },
  },
  { name: 'import', what: 'bringing data in: what can be dropped', as: 'steward', go: openImport },
  { name: 'import-mapping', what: 'what each column becomes, with real values', as: 'steward', go: mapSheet },
  { name: 'import-preview', what: 'what the import would do, and what was noticed', as: 'steward', go: previewSheet },
  {
    name: 'import-running',
    what: 'how far a long import is, and how long it still takes',
    as: 'steward',
    go: runLongImport,
    leave: async (page) => {
      await page.locator('.import .progress button').click();
      await page.locator('.import .stopped').waitFor();
    },
  },
  {
    name: 'import-report',
    what: 'what an import did, one kind of issue at a time',
    as: 'steward',
    async go(page) {
      await previewSheet(page);
      await page.locator('.import .pills').first().getByRole('button').nth(1).click();
    },
  },
  {
    name: 'suggest',
    what: 'whoever may not edit suggests a change by the same form',
    as: 'intake',
    async go(page) {
      await openResource(page, 'Old Town Crisis');
      await page.getByRole('button', { name: /suggest a change|اقتراح تغيير/i }).click();
      await page.getByRole('form').waitFor();
    },
  },
  {
    name: 'suggestions',
    what: 'suggested changes as differences: taken in part, changed since, new, removed',
    as: 'steward',
    async go(page) {
      await openFind(page);
      await sendSuggestions(page);
      await command(page, 'edit.suggestions');
      await page.getByRole('article').first().waitFor();
    },
  },
  {
    name: 'export',
    what: 'taking the directory out: format, part, file',
    as: 'coordinator',
    async go(page) {
      await command(page, 'directory.export');
      await page.getByRole('radio').first().waitFor();
    },
  },
  {
    name: 'rules',
    what: 'a rule in the builder: conditions, how it comes out for example people, what the client reads',
    as: 'steward',
    go: (page) => openRule(page, 'alder-housing/family-shelter'),
  },
  {
    name: 'rules-publish',
    what: 'before a rule is published: who gains, who loses',
    as: 'steward',
    async go(page) {
      await openRule(page, 'alder-housing/family-shelter');
      await page.locator('.tree input[type="number"][min="1"]').first().fill('60');
      await page.locator('header .buttons .primary').click();
      await page.locator('.publish').waitFor();
    },
    leave: dropDraft,
  },
  {
    name: 'rules-words',
    what: 'an agency’s own words, as they were read: conditions with their words, and what was not read',
    as: 'steward',
    async go(page) {
      await openRule(page, 'alder-housing/family-shelter');
      await page.locator('.main input[type="radio"][value="words"]').check({ force: true });
      await page.locator('#rule-words').fill(WORDS);
      await page.locator('.words mark').first().waitFor();
    },
    leave: dropDraft,
  },
  {
    name: 'rules-text',
    what: 'a rule as text, with what is wrong and what mends it',
    as: 'steward',
    async go(page) {
      await openRule(page, 'alder-housing/family-shelter');
      await page.locator('.main input[type="radio"][value="text"]').check({ force: true });
      const area = page.locator('.text textarea');
      await area.fill((await area.inputValue()).replace('household.income', 'household.incme').replace('at_least:', 'at_leest:'));
      await page.locator('.issue').first().waitFor();
    },
    leave: dropDraft,
  },
  {
    name: 'settings',
    what: 'settings from contributed schemas',
    only: 'desktop',
    async go(page) {
      await openFind(page);
      await page.keyboard.press('Control+,');
      await page
        .getByRole('searchbox')
        .or(page.getByRole('heading', { name: /settings/i }))
        .first()
        .waitFor();
    },
  },
];

// What somebody does who makes a plugin in the browser: a repair café with its field, its question, its figures, its rule and its check.

import type { Page } from 'playwright-core';

const part = (page: Page) => page.locator('[data-part]');
const label = (page: Page, name: string | RegExp) => part(page).getByLabel(name, { exact: typeof name === 'string' });
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first().click();

export async function beginPlugin(page: Page, title: string): Promise<void> {
  await page.getByLabel('What it is called').fill(title);
  await press(page, 'Begin');
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
}

export async function addLanguage(page: Page, language: string): Promise<void> {
  await label(page, 'Languages').selectOption({ label: language });
}

export async function addKind(page: Page): Promise<void> {
  await press(page, 'Add a kind of place');
  await label(page, 'One such place is called').fill('Repair café');
  await label(page, 'Several are called').fill('Repair cafés');
  await part(page).getByRole('radio', { name: 'Hexagon' }).check({ force: true });
  await part(page).getByRole('radio', { name: 'Wrench' }).check({ force: true });
  await part(page).getByRole('radio', { name: 'Green' }).check({ force: true });
  await label(page, 'Words by which its places are recognised').fill('repair café, fix-it clinic');
  await press(page, 'Add a field');
  await label(page, 'What it is called').fill('Number of workbenches');
  await label(page, 'How it is filled in').selectOption('A number');
  await label(page, 'At the least').fill('1');
  await press(page, 'Add a field');
  await label(page, 'What it is called').last().fill('Tools');
  await label(page, 'How it is filled in').last().selectOption('One of several');
  await press(page, 'Add an answer');
  await label(page, 'Answer 1').fill('Hand tools');
  await press(page, 'Add an answer');
  await label(page, 'Answer 2').fill('Machines');
}

export async function addQuestion(page: Page): Promise<void> {
  await press(page, 'Add a question');
  await label(page, 'What is known by it').fill('Owns a bicycle');
  await label(page, 'The question, as it is said').fill('Do you have a bicycle?');
  await label(page, 'Why it is asked').fill('We repair them without charge.');
}

/** The figures come from a spreadsheet, with their headings. */
export async function addTable(page: Page): Promise<void> {
  await press(page, 'Add a table');
  await label(page, 'What it is called').fill('Income limit');
  await label(page, 'In force from').fill('2026-01-01');
  await label(page, 'Where they come from').fill('Decision of the board');
  await label(page, 'Last compared on').fill('2026-01-05');
  await label(page, 'Line 1, column 1').focus();
  await paste(page, 'People\tCity\tCounty\n1\t$2,400\t2,100\n2\t3,200\t2,800\n3\t4,000\t3,500\n');
  await label(page, /^Each one more, column City/).fill('700');
  await label(page, /^Each one more, column County/).fill('600');
}

async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((copied) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', copied);
    document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}

export async function addCheck(page: Page): Promise<void> {
  await press(page, 'Add a check');
  await label(page, 'What is wrong').fill('A repair café without hours');
  await label(page, 'What to do about it').fill('Ask them on which evenings they repair.');
  await label(page, 'It is told where').selectOption('there are no hours');
  await part(page).getByRole('checkbox', { name: 'Repair cafés' }).check();
}

/** In the rule builder: who owns a bicycle, shown on a person and kept as a test; then back to the plugin. */
export async function writeRule(page: Page): Promise<void> {
  await openPart(page, /^Rules/);
  await label(page, 'A new rule').fill('Repair fund');
  await press(page, 'Write it');
  await page.getByRole('heading', { level: 1, name: 'Repair fund: who can use it' }).waitFor();
  const conditions = page.getByRole('region', { name: 'Conditions' });
  await conditions.getByLabel('Fact').first().selectOption({ label: 'Owns a bicycle' });
  await press(page, 'Keep this as a test');
  await page.getByRole('listitem').filter({ hasText: 'Ana, 2 children: Ask' }).waitFor();
  await press(page, 'Publish with its plugin');
  await openPart(page, /^Rules/);
}

export async function translate(page: Page, words: Readonly<Record<string, string>>): Promise<void> {
  await openPart(page, 'Translation');
  for (const [english, spanish] of Object.entries(words)) await label(page, `“${english}” in Spanish`).fill(spanish);
}

export async function openPart(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('navigation', { name: 'Parts of the plugin' }).getByRole('button', { name }).click();
}

export async function publish(page: Page, reason: string): Promise<void> {
  await press(page, 'Review and publish');
  await label(page, 'What changes, in a sentence').fill(reason);
  await part(page)
    .getByRole('button', { name: /^Publish version/ })
    .click();
  await page
    .getByText(/^Version [\d.]+ is published and live/)
    .first()
    .waitFor();
}

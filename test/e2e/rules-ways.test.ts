// The other ways through the rule builder: by pointer, from an agency's words, in the text, and from one tab into another.

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axe, PHONE } from '../support/browser.ts';
import { findFood, openFind, openRule, results } from './scenes.ts';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ map: false });
});
afterAll(() => stage[Symbol.asyncDispose]());

const tree = (page: Page) => page.getByRole('region', { name: 'Conditions', exact: true });
const tab = (page: Page, name: string) => page.getByRole('radio', { name, exact: true }).check({ force: true });
const ruleText = async (page: Page) => {
  await tab(page, 'Text');
  return page.getByLabel('The rule as text (YAML)').inputValue();
};
const draftOf = (rule: string) => stage.app.deps.db.selectFrom('rule_draft').select('text').where('rule_id', '=', rule).executeTakeFirst();
const versionsOf = (rule: string) => stage.app.deps.db.selectFrom('rule_version').select(['version', 'withdrawn_at']).where('rule_id', '=', rule).execute(); // prettier-ignore

/** Writes a whole rule into the text of the builder. */
async function write(page: Page, text: string): Promise<void> {
  await tab(page, 'Text');
  await page.getByLabel('The rule as text (YAML)').fill(text);
  await tab(page, 'Builder');
}

async function publish(page: Page, reason: string): Promise<void> {
  await page.getByRole('button', { name: 'Review and publish' }).click();
  await page.getByLabel('Why? (kept with the version)').fill(reason);
  await page.getByRole('button', { name: /^Publish/ }).click();
}

test('a condition is dragged over another and into a group; published, it is taken back where that is told', async () => {
  await using visitor = await stage.enter({ as: 'steward' });
  const { page } = visitor;
  await openRule(page, 'alder-college/students');
  await write(
    page,
    `# Kept by the college.
rule: alder-college/students
version: 2
eligible_when:
  all:
    - { id: adult, fact: person.age, at_least: 18 } # the first
    - { id: student, fact: person.student, is: true }
    - any:
        - { id: veteran, fact: person.veteran, is: true }
tests:
  - { name: a child, given: { person.age: 9 }, expect: ineligible }
`,
  );
  const grip = (name: RegExp) => tree(page).getByRole('button', { name });
  const centre = async (name: RegExp, share: number) => {
    const part = grip(name).locator('xpath=ancestor::*[@data-path][1]');
    const { x, y, width, height } = (await part.boundingBox())!;
    return { x: x + width / 3, y: y + height * share };
  };
  const drag = async (from: RegExp, to: RegExp, share: number) => {
    const box = (await grip(from).boundingBox())!;
    const end = await centre(to, share);
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + 20, box.y + 20, { steps: 3 });
    await page.mouse.move(end.x, end.y, { steps: 6 });
    await page.mouse.up();
  };
  await drag(/^Condition 2 of 3/, /^Condition 1 of 3/, 0.2);
  await grip(/^Condition 1 of 3: .*school/).waitFor();
  await drag(/^Condition 2 of 3/, /^Condition 1 of 1/, 0.8);
  await grip(/^Condition 2 of 2: Age/).waitFor();
  const text = await ruleText(page);
  expect(text.replace(/\s+/g, ' ')).toContain(
    'all: - { id: student, fact: person.student, is: true } - any: - { id: veteran, fact: person.veteran, is: true } - { id: adult, fact: person.age, at_least: 18 } # the first',
  );

  // What is let go outside of the tree, or given up, moves nothing.
  await tab(page, 'Builder');
  const first = (await grip(/^Condition 1 of 2: .*school/).boundingBox())!;
  await page.mouse.move(first.x + 5, first.y + 5);
  await page.mouse.down();
  await page.mouse.move(first.x + 40, first.y + 60, { steps: 4 });
  await page.keyboard.press('Escape');
  await page.mouse.up();
  expect(await ruleText(page)).toBe(text);

  await tab(page, 'Builder');
  await page.getByRole('button', { name: /^Delete the test/ }).click();
  await page.getByRole('button', { name: /^Kofi/ }).click();
  await page.getByRole('button', { name: 'Keep this as a test' }).click();
  await publish(page, 'a slip');
  const told = page.getByRole('region', { name: 'Notifications' });
  await told.locator('.title').filter({ hasText: 'Version 2 is published.' }).waitFor();
  await told.getByRole('button', { name: 'Undo' }).click();
  await told.locator('.title').filter({ hasText: 'Version 2 is taken back.' }).waitFor();
  expect(await versionsOf('alder-college/students')).toEqual([{ version: 2, withdrawn_at: expect.any(String) as string }]);
  expect(visitor.errors).toEqual([]);
});

test('in the text a fault leads to its line and is mended there; slips that no test would notice lead to their condition', async () => {
  await using visitor = await stage.enter({ as: 'steward' });
  const { page } = visitor;
  await openRule(page, 'alder-college/students');
  const right = `rule: alder-college/students
version: 2
eligible_when:
  all:
    - { id: student, fact: person.student, is: true } # by card
    - { id: adult, fact: person.age, at_least: 18 }
tests:
  - { name: a young one, given: { person.age: 9 }, expect: ineligible }
  - { name: an old one, given: { person.age: 70, person.student: true }, expect: eligible }
`;
  await tab(page, 'Text');
  const area = page.getByLabel('The rule as text (YAML)');
  await area.fill(right.replace('person.age, at_least', 'person.agee, at_least'));
  const faults = page.getByRole('list', { name: 'What is wrong with the text' });
  await faults.getByText('There is no fact "person.agee".', { exact: false }).waitFor();
  await faults.getByRole('button', { name: 'Line 6' }).click();
  expect(await area.evaluate((element: HTMLTextAreaElement) => element.value.slice(element.selectionStart, element.selectionEnd))).toContain('agee'); // prettier-ignore
  await faults.getByRole('button', { name: 'Write "person.age"' }).click();
  expect(await area.inputValue()).toBe(right);
  await faults.waitFor({ state: 'detached' });
  expect(await axe(page), 'the text').toEqual([]);

  const slips = page.locator('summary').filter({ hasText: 'slips would be noticed' });
  await slips.waitFor();
  await slips.click();
  await page.locator('details').filter({ has: slips }).getByRole('button', { name: /19/ }).click();
  const chosen = tree(page).getByRole('button', { name: /^Condition 2 of 2: Age/ });
  await expect.poll(() => chosen.evaluate((element) => element === document.activeElement)).toBe(true);
  await page.getByRole('button', { name: 'Drop the draft' }).click();
  await expect.poll(() => draftOf('alder-college/students')).toBeUndefined();
  expect(visitor.errors).toEqual([]);
});

test('a draft is read from the words of a service, on a phone: proposed with its words, never published', async () => {
  await using visitor = await stage.enter({ as: 'steward' }, { viewport: PHONE, hasTouch: true, isMobile: true });
  const { page } = visitor;
  await openFind(page);
  const { db } = stage.app.deps;
  const service = await db
    .selectFrom('service')
    .innerJoin('service_at_location', 'service_at_location.service_id', 'service.id')
    .select(['service.id', 'service.name', 'service.eligibility_description as words', 'service_at_location.id as resource'])
    .where('rule', 'is', null)
    .where('eligibility_description', 'like', '%18%')
    .orderBy('service.id')
    .executeTakeFirstOrThrow();
  await openFromSearch(page, service.name!);
  await page.getByRole('button', { name: 'Draft a rule from these words' }).click();
  const words = page.getByLabel('The agency’s own words');
  await expect.poll(() => words.inputValue()).toBe(service.words);
  await words.fill(`${service.words} Must bring a drawing of the harbor.`);
  const found = page.getByRole('region', { name: 'Conditions found' });
  expect(await found.getByRole('checkbox').count()).toBeGreaterThan(0);
  expect(await found.innerText()).toContain('18');
  expect(await page.getByRole('region', { name: 'Not read' }).innerText()).toContain('drawing of the harbor');
  expect(await axe(page), 'from words, on a phone').toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width);

  await page.getByRole('button', { name: 'Take as the conditions' }).click();
  await tree(page).waitFor();
  expect(await tree(page).locator('input').evaluateAll((fields) => fields.map((field) => (field as HTMLInputElement).value).join(' | '))).toContain('drawing of the harbor'); // prettier-ignore
  const drafts = () => db.selectFrom('rule_draft').select('rule_id').where('text', 'like', '%drawing of the harbor%').execute();
  await expect.poll(drafts).toHaveLength(1);
  const [{ rule_id: id } = { rule_id: '' }] = await drafts();
  expect(await versionsOf(id)).toEqual([]);
  expect((await db.selectFrom('service').select('rule').where('id', '=', service.id).executeTakeFirstOrThrow()).rule).toBeNull();
  expect(visitor.errors).toEqual([]);
});

test('a rule that is published in one tab decides in another at once', async () => {
  await using visitor = await stage.enter({ as: 'steward' });
  const { page: find, context } = visitor;
  await findFood(find);
  const names = await results(find).locator('.name').allInnerTexts();
  const { db } = stage.app.deps;
  const ruled = await db.selectFrom('service').select(['name', 'rule']).where('name', 'in', names).where('rule', 'is not', null).orderBy('name').executeTakeFirstOrThrow(); // prettier-ignore
  const verdict = results(find).filter({ hasText: ruled.name! }).first().locator('.verdict');

  const builder = await context.newPage();
  await builder.goto(stage.app.url);
  await openRule(builder, ruled.rule!);
  await write(
    builder,
    `rule: ${ruled.rule}
version: 9
eligible_when:
  all:
    - { id: nobody, fact: household.size, at_least: 99 }
tests:
  - { name: one alone, given: { household.size: 1 }, expect: ineligible }
`,
  );
  const before = await verdict.innerText();
  await publish(builder, 'closed for a while');
  await builder.getByRole('region', { name: 'Notifications' }).locator('.title').filter({ hasText: 'is published.' }).waitFor();
  await expect.poll(() => verdict.innerText(), { timeout: 4000 }).not.toBe(before);
  expect(visitor.errors).toEqual([]);
});

/** Opens the page of a service by its name. */
async function openFromSearch(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+p');
  await page.getByRole('dialog').getByRole('combobox').waitFor();
  await page.keyboard.type(name, { delay: 10 });
  await page.getByRole('option').filter({ hasText: name }).first().click();
  await page.getByRole('heading', { name }).first().waitFor();
}

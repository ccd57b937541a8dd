// The screen "from words" in a real browser: what was read is marked and said, what is unticked goes to staff, a file can be
// opened, and the rule changes only when it is told to.

import '#client/ui/tokens.css';
import '#client/ui/base.css';
import axe from 'axe-core';
import { beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { RuleState } from '#client/rules/state.svelte.ts';
import type { FactDefinition } from '#shared/intake/facts.ts';
import WordsCase from './WordsCase.svelte';

const FACTS = [
  { id: 'person.age', type: 'age', label: 'Age' },
  { id: 'person.veteran', type: 'boolean', label: 'Veteran' },
] as FactDefinition[];
const RULE = `rule: own/garden
version: 1
eligible_when:
  all:
    - { id: adult, fact: person.age, at_least: 21 } # agreed in May
tests: []
`;
const WORDS = 'Adults 18 and older. Veterans. Must finish a tour of the garden.';

let rule: RuleState;
beforeEach(async () => {
  document.title = 'From words';
  document.documentElement.lang = 'en';
  await page.viewport(900, 900);
  await render(WordsCase, { facts: FACTS, text: RULE, onready: (made: RuleState) => (rule = made) });
});

const box = () => page.getByRole('textbox', { name: 'The agency’s own words' });
const condition = (name: RegExp) => page.getByRole('checkbox', { name });
const conditions = () => (rule.written as { eligible_when: { all: Record<string, unknown>[] } }).eligible_when.all;

test('what was read is marked, each condition with its words, and what was not read stays shown', async () => {
  await box().fill(WORDS);
  await expect.element(condition(/18/)).toBeChecked();
  await expect.element(condition(/18/)).toHaveAccessibleDescription(/18 and older/);
  await expect.element(condition(/Veteran/)).toBeChecked();
  const marks = [...document.querySelectorAll('mark')].map((mark) => mark.firstChild?.textContent?.trim());
  expect(marks).toEqual(expect.arrayContaining([expect.stringContaining('18 and older'), expect.stringContaining('Veterans')]));
  await expect.element(page.getByRole('region', { name: 'Not read' }).getByText(/finish a tour of the garden/)).toBeVisible();
  expect(document.querySelector('.text')!.textContent!.replace(/\d(?=\.|$)/g, '')).toContain('Must finish a tour of the garden.');
  expect(rule.text).toBe(RULE);
  const found = await axe.run(document.body);
  expect(found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)}`)).toEqual([]);
});

test('by keyboard: a condition is unticked, its words go to staff, and one undo takes all of it back', async () => {
  await box().fill(WORDS);
  (condition(/Veteran/).element() as HTMLElement).focus();
  await userEvent.keyboard(' ');
  await expect.element(condition(/Veteran/)).not.toBeChecked();
  await page.getByRole('button', { name: 'Take as the conditions' }).click();
  expect(conditions()).toEqual([
    { fact: 'person.age', at_least: 18 },
    { staff_decides: expect.stringMatching(/Veterans.*tour of the garden/) as string },
  ]);
  expect(rule.text).toContain('status: drafted');
  rule.undo();
  expect(rule.text).toBe(RULE);
});

test('beside what stands there, which stays to the letter', async () => {
  await box().fill(WORDS);
  await page.getByRole('button', { name: 'Add to the conditions' }).click();
  expect(rule.text).toContain('{ id: adult, fact: person.age, at_least: 21 } # agreed in May');
  expect(conditions()).toHaveLength(4);
});

test('a file is opened; Spanish is read as Spanish; nothing readable says so', async () => {
  const file = new File(['Adultos de 18 años o más.'], 'quien.txt', { type: 'text/plain' });
  await userEvent.upload(document.querySelector<HTMLInputElement>('input[type="file"]')!, file);
  await expect.element(box()).toHaveValue('Adultos de 18 años o más.');
  await page.getByRole('radio', { name: 'Español' }).click();
  await expect.element(condition(/18/)).toBeChecked();
  await box().fill('See flyer.');
  await expect.element(page.getByText('No condition could be read')).toBeVisible();
  expect(page.getByRole('button', { name: 'Take as the conditions' }).elements()).toEqual([]);
});

test('on a phone, in Arabic letters, nothing is wider than the page', async () => {
  await page.viewport(360, 780);
  document.documentElement.dir = 'rtl';
  await box().fill(`${WORDS} ${'Verylongword'.repeat(12)}`);
  await expect.element(condition(/18/)).toBeVisible();
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(360);
  document.documentElement.dir = 'ltr';
});

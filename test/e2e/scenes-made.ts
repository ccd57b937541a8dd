// Screens of whoever makes a plugin in the browser: its parts, each form, what publishing would mean.

import type { Page } from 'playwright-core';
import { createDraft, type MadeDraft } from '#shared/plugin-api/made/draft.ts';
import { callApi, openFind, runById, type Scene } from './scenes.ts';

const NAME = 'harbour-repair';

function draft(): MadeDraft {
  return {
    ...createDraft('Repair at the harbour', 'en'),
    description: 'Repair cafés, whom their fund serves, and what their listings must say.',
    languages: ['en', 'es', 'ar'],
    types: [
      {
        ...{ key: 't1', id: '', label: { en: 'Repair café', es: 'Café de reparación', ar: 'مقهى إصلاح' }, plural: { en: 'Repair cafés' } },
        ...{ shape: 'hexagon', icon: 'wrench', colour: '--c-benefits', needs: [], words: { en: 'repair café, fix-it clinic' } },
        fields: [
          {
            ...{ key: 'f1', name: '', label: { en: 'Number of workbenches' }, hint: {}, kind: 'number', required: true, open: true },
            ...{ card: true, filter: false, choices: [], least: '1', most: '' },
          },
        ],
      },
    ],
    questions: [
      {
        ...{ key: 'q1', id: '', fact: '', about: 'person', label: { en: 'Owns a bicycle', es: 'Tiene bicicleta' }, asked: true },
        ...{ ask: { en: 'Do you have a bicycle?', es: '¿Tiene bicicleta?', ar: 'هل لديك دراجة؟' } },
        ...{
          why: { en: 'We repair them without charge.' },
          type: 'boolean',
          unit: '',
          sensitivity: 'low',
          choices: [],
          answers: [],
          per: 'month',
          when: '',
        },
      },
    ],
    tables: [
      {
        ...{ key: 't1', id: '', title: { en: 'Income limit' }, by: 'household.size', per: 'month' },
        versions: [
          {
            ...{ key: 'v1', from: '2026-01-01', to: '', source: 'Decision of the board', url: '', checked: '2026-01-05' },
            ...{
              regions: ['City', 'County'],
              rows: [
                ['2,400', '2,100'],
                ['3,200', 'many'],
                ['4,000', '3,500'],
              ],
              more: ['700', '600'],
            },
          },
        ],
      },
    ],
    checks: [
      {
        ...{ key: 'k1', id: '', label: { en: 'A repair café without hours' }, message: { en: 'Ask them on which evenings they repair.' } },
        ...{ severity: 'warning', types: ['#t1'], missing: 'hours', days: '' },
      },
    ],
  };
}

/** The plugin in its tab; its draft is made for the first who comes. */
async function open(page: Page): Promise<void> {
  await openFind(page);
  const made = (await callApi(page, 'made.list', {})) as { name: string }[];
  if (!made.some(({ name }) => name === NAME)) {
    await callApi(page, 'made.begin', { name: NAME, title: 'Repair at the harbour', language: 'en' });
    await callApi(page, 'made.save', { name: NAME, revision: 1, draft: draft() });
  }
  await runById(page, 'plugins.open');
  await page.locator('[data-made-list] button').filter({ hasText: 'Repair at the harbour' }).first().click();
  await page.locator('[data-parts]').waitFor();
}

/** @param index among the parts, as they are listed */
const openPart = (index: number) => async (page: Page) => {
  await open(page);
  await page.locator('[data-parts] li button').nth(index).click();
  await page.locator('[data-part] h2').first().waitFor();
};

export const MADE_SCENES: Scene[] = [
  {
    name: 'plugins',
    as: 'admin',
    what: 'the plugins of this server, and one of them: what it may do, what it adds, its read-me',
    async go(page) {
      await openFind(page);
      await runById(page, 'plugins.open');
      await page.locator('[data-plugin="waypost-formats"] button').first().click();
      await page.locator('[data-plugin-page] h1').waitFor();
    },
  },
  {
    name: 'plugins-impact',
    as: 'admin',
    what: 'who gains and who loses, before a plugin is switched on',
    async go(page) {
      await openFind(page);
      await runById(page, 'plugins.open');
      await page.locator('[data-plugin="waypost-united-kingdom"] [role="switch"]').dispatchEvent('click');
      await page.locator('dialog[open] .impact').first().waitFor();
    },
  },
  {
    name: 'made-begin',
    as: 'steward',
    what: 'a new plugin begins with its name',
    async go(page) {
      await openFind(page);
      await runById(page, 'plugins.make');
      await page.locator('[data-made-begin]').waitFor();
    },
  },
  { name: 'made-about', as: 'steward', what: 'a plugin made here: its parts, and what it is about', go: open },
  { name: 'made-kind', as: 'steward', what: 'a kind of place: its words, its pin, its fields', go: openPart(1) },
  { name: 'made-question', as: 'steward', what: 'a question: how it is said, what its answer is, as it will be asked', go: openPart(2) },
  { name: 'made-table', as: 'steward', what: 'figures by date and region, one of them no figure', go: openPart(3) },
  { name: 'made-words', as: 'steward', what: 'every word of it in one list, to be translated', go: openPart(6) },
  {
    name: 'made-review',
    as: 'steward',
    what: 'what is missing and what publishing would mean',
    async go(page) {
      await open(page);
      await page.locator('[data-made] .primary').click();
      await page.locator('[data-part="review"] form').waitFor();
    },
  },
];

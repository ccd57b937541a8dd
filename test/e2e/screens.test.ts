// The main screens, at a desk in the light and on a phone in the dark, one after another in one page. All others and all
// themes have their turn in the long run.

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dropSheet, findFood, openResource, runById, SHEET, takeHandout } from './scenes.ts';
import { expectPeace, lookAt, SIZES } from './screens.ts';
import { openStage, THEMES, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

type Screens = readonly (readonly [name: string, go: (page: Page) => Promise<unknown>])[];

const MAP: Screens = [['find with the map', findFood]];
const DESK: Screens = [
  ['resource', (page) => openResource(page, 'Old Town Crisis')],
  ['settings', (page) => page.keyboard.press('Control+,').then(() => page.getByLabel('Search settings').waitFor())],
];
const PHONE: Screens = [
  ['find', findFood],
  ['handout in Arabic', (page) => takeHandout(page, 'arab')],
  [
    'import',
    async (page) => {
      await runById(page, 'directory.import');
      await dropSheet(page, 'larders.csv', SHEET);
    },
  ],
];

test.each([
  ['at a desk with the map', { ...SIZES.desktop, ...THEMES.light }, undefined, MAP],
  ['at a desk in the light', { ...SIZES.desktop, ...THEMES.light, map: false }, undefined, DESK],
  ['on a phone in the dark', { ...SIZES.phone, ...THEMES.dark, map: false }, 'steward', PHONE],
] as const)('%s', async (_, look, as, screens) => {
  await using visitor = await stage.enter({ as }, look);
  for (const [name, go] of screens) {
    await go(visitor.page);
    expect(await lookAt(visitor.page), name).toEqual([]);
  }
  expectPeace(visitor);
});

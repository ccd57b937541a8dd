// What plugins add to the workbench, as people meet it: first steps, menus, words for what is empty, pages of services, a board.

import type { Page } from 'playwright-core';
import { callApi, findFood, findNeed, openFind, results, runById, type Scene } from './scenes.ts';

const PIN_MARKS = 'waypost-pin-marks';
const FRONT_DESK = 'waypost-front-desk';

async function openResource(page: Page): Promise<void> {
  await findFood(page);
  await results(page).first().click();
  await runById(page, 'find.openSelected');
  await page.getByRole('tabpanel').getByRole('heading', { level: 1 }).waitFor();
}

async function openBoard(page: Page) {
  await openFind(page);
  await callApi(page, 'plugins.enable', { name: FRONT_DESK, grant: true });
  await page.reload();
  await openFind(page);
  await runById(page, 'front-desk.board');
  return page.frameLocator('iframe');
}
const leaveBoard = (page: Page) => callApi(page, 'plugins.disable', { name: FRONT_DESK }).then(() => undefined);

export const POINTS_SCENES: readonly Scene[] = [
  {
    name: 'points-first-steps',
    what: 'First steps: guides, and the steps of one of them',
    as: 'admin',
    async go(page) {
      await openFind(page);
      await runById(page, 'firstSteps.open');
      await page.getByRole('checkbox').first().click();
      await page.getByRole('checkbox').nth(1).waitFor();
    },
  },
  {
    name: 'points-strip',
    what: 'The line above Find for who is new',
    as: 'intake',
    async go(page) {
      await openFind(page);
      await page.locator('aside .strip, .strip').first().waitFor();
    },
  },
  {
    name: 'points-open-now',
    what: 'A page of a plugin made of lists of the directory',
    async go(page) {
      await openFind(page);
      await runById(page, 'open-now.show');
      await page.locator('section h3 small').first().waitFor();
    },
  },
  {
    name: 'points-menu',
    what: 'The menu of a service, with what plugins add',
    async go(page) {
      await openResource(page);
      await page.locator('header .ways [aria-haspopup="menu"]').last().click();
      await page.getByRole('menu').waitFor();
    },
  },
  {
    name: 'points-marks',
    what: 'Marks of a plugin on the pins, told in the legend',
    as: 'admin',
    async go(page) {
      await openFind(page);
      await callApi(page, 'plugins.enable', { name: PIN_MARKS, grant: true });
      await page.reload();
      await findNeed(page, 'mill st & union', 'bed tonight');
      await results(page).first().waitFor();
    },
    leave: (page) => callApi(page, 'plugins.disable', { name: PIN_MARKS }).then(() => undefined),
  },
  {
    name: 'points-board',
    what: 'The language board of the front desk',
    as: 'admin',
    async go(page) {
      const board = await openBoard(page);
      await board.getByRole('button').nth(3).waitFor();
    },
    leave: leaveBoard,
  },
  {
    name: 'points-board-asked',
    what: 'A question on the language board, answered by pointing',
    as: 'admin',
    async go(page) {
      const board = await openBoard(page);
      await board.getByRole('button').nth(3).click();
      await board.getByRole('button').nth(3).click();
      await board.getByRole('button').nth(1).click();
    },
    leave: leaveBoard,
  },
];

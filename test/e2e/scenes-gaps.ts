// Screens of the coordinator: where help is missing in the demo town, a scenario with proposed sites, the report.

import type { Page } from 'playwright-core';
import { coarseCell } from '#shared/geo/cells.ts';
import type { LonLat } from '#shared/geo/travel.ts';
import type { TestApp } from '../support/test-app.ts';
import { command, findFood, isStill, runById, type Scene } from './scenes.ts';

/** On a phone the parts of the view are folded. Our own unmet needs stay so: open they lie on the map. */
async function unfold(page: Page): Promise<void> {
  const heads = page.locator('.gaps h3 > button');
  for (let i = 0; i < (await heads.count()); i++) {
    const head = heads.nth(i);
    if (i !== (await heads.count()) - 2 && (await head.getAttribute('aria-expanded')) === 'false') await head.click();
  }
}

/** People by tract, with a group among them. */
const PEOPLE = 'tract,name,people,pop_65plus\n0101,Shore,1200,310\n0102,Hill,840,95\n';

async function openGaps(page: Page): Promise<void> {
  await command(page, 'gaps.open');
  await page.locator('.gaps .card, .gaps .sentence').first().waitFor();
}

export async function askForFood(page: Page): Promise<void> {
  await openGaps(page);
  // Food is the first of the tiles, in every language.
  await page.locator('.gaps ul button').first().click();
  await page.locator('.gaps .sentence').waitFor();
}

/** Two sites as they are proposed, taken into a scenario. */
async function takeTwo(page: Page): Promise<void> {
  await askForFood(page);
  await unfold(page);
  const next = page.locator('.next');
  await next.locator('.primary').click();
  await next.locator('ol li').nth(1).waitFor();
}

/** Needs of the town that found no answer in the two quarters before the one that the clock stands in. */
export async function addUnmetNeeds({ deps }: TestApp): Promise<void> {
  const told: [need: string, why: string, at: LonLat, spring: number, summer: number][] = [
    ['food.groceries', 'too_far', { lon: -128.0, lat: 43.975 }, 24, 41],
    ['food.groceries', 'none_there', { lon: -128.09, lat: 43.98 }, 14, 17],
    ['shelter.family', 'full', { lon: -128.0, lat: 44.0 }, 19, 63],
    ['health.dental', 'not_eligible', { lon: -128.0, lat: 44.0 }, 12, 15],
    ['health.dental', 'too_far', { lon: -128.07, lat: 44.04 }, 0, 4],
  ];
  const rows = told.flatMap(([need, why, at, spring, summer]) =>
    Object.entries({ '2026-Q2': spring, '2026-Q3': summer }).map(([quarter, requests]) => ({
      quarter,
      need,
      why,
      cell: coarseCell(at),
      agency_id: '',
      requests,
    })),
  );
  await deps.db
    .insertInto('unmet_request')
    .values(rows.filter(({ requests }) => requests > 0))
    .execute();
}

export const GAPS_SCENES: readonly Scene[] = [
  { name: 'gaps-start', what: 'Gaps: what is missing is chosen', as: 'coordinator', go: openGaps },
  { name: 'gaps-map', what: 'Gaps: food within a quarter of an hour on foot', as: 'coordinator', go: askForFood },
  { name: 'gaps-next', what: 'Gaps: two sites are proposed', as: 'coordinator', go: takeTwo },
  {
    name: 'gaps-scenario',
    what: 'Gaps: the proposed sites in a scenario, people by way',
    as: 'coordinator',
    async go(page) {
      await takeTwo(page);
      await page.locator('.next .ways button').first().click();
      await page.locator('.panel input[type="radio"]').nth(1).check({ force: true });
      await page.locator('.scenarios ol .name').nth(1).waitFor();
      await isStill(page);
    },
  },
  {
    name: 'gaps-swipe',
    what: 'Gaps: today on the left of a line, the scenario on its right',
    as: 'coordinator',
    async go(page) {
      await takeTwo(page);
      await page.locator('.next .ways button').first().click();
      await page.locator('.compare .ways button').nth(1).click();
      await page.locator('.compare table').waitFor();
    },
  },
  {
    name: 'gaps-probe',
    what: 'Gaps: who would have a place near, asked by the menu of the map',
    as: 'coordinator',
    only: 'desktop',
    async go(page) {
      await askForFood(page);
      await isStill(page);
      await page.locator('.stage canvas').click({ button: 'right', position: { x: 620, y: 440 } });
      await page.locator('.stage [role="menu"] button').nth(1).click();
      await page.locator('.stage .card').waitFor();
    },
  },
  {
    name: 'gaps-unmet',
    what: 'Gaps: needs that found no answer, by quarter, need and area',
    as: 'coordinator',
    async go(page) {
      await askForFood(page);
      const fold = page.locator('.gaps h3 > button').nth(-2);
      await fold.click();
      await page.locator('.unmet table').first().waitFor();
      await fold.evaluate((button) => button.scrollIntoView({ block: 'start' }));
    },
  },
  {
    name: 'gaps-count',
    what: 'Find: a search that found nothing is counted, once they agree',
    as: 'intake',
    async go(page) {
      await findFood(page);
      await runById(page, 'gaps.countUnmet');
      await page.getByRole('dialog').getByRole('checkbox').last().check();
    },
    leave: (page) => page.keyboard.press('Escape'),
  },
  {
    name: 'gaps-add',
    what: 'Gaps: a file of people is looked at before it is brought in',
    as: 'coordinator',
    async go(page) {
      await askForFood(page);
      await page.locator('.gaps > .ways button').first().click();
      const dialog = page.getByRole('dialog');
      await dialog.locator('input[type="file"]').setInputFiles({ name: 'tracts.csv', mimeType: 'text/csv', buffer: Buffer.from(PEOPLE) });
      await dialog.getByRole('checkbox').first().check();
    },
    leave: (page) => page.keyboard.press('Escape'),
  },
  {
    name: 'gaps-report',
    what: 'Gaps: the report as it is printed',
    as: 'coordinator',
    async go(page) {
      await takeTwo(page);
      await page.locator('.next .ways button').first().click();
      await page.locator('[data-focus="gaps-report"]').click();
      await page.locator('.sheet img').first().waitFor();
    },
  },
];

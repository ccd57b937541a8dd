// Screens of the coordinator: where help is missing in the demo town, a scenario with proposed sites, the report.

import type { Page } from 'playwright-core';
import { command, isStill, type Scene } from './scenes.ts';

/** On a phone the parts of the view are folded. */
export async function unfold(page: Page): Promise<void> {
  const folded = page.locator('.gaps h3 > button[aria-expanded="false"]');
  while ((await folded.count()) > 0) await folded.first().click();
}

async function openGaps(page: Page): Promise<void> {
  await command(page, 'gaps.open');
  await page.locator('.gaps .card, .gaps .sentence').first().waitFor();
}

export async function askForFood(page: Page): Promise<void> {
  await openGaps(page);
  await page
    .getByRole('button', { name: 'Food', exact: true })
    .or(page.getByRole('button', { name: 'طعام', exact: true }))
    .click();
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

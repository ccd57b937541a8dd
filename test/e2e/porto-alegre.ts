// Porto Alegre as a coordinator would work on it: its streets and map out of an extract, its people brought in by file, its places
// of health care as what stands, a quarter of an hour on foot, where it is missing, two new sites, the report on paper and as files.

import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { DESKTOP, openBrowser, visit, type Visitor } from '../support/browser.ts';
import { dataPath } from '../support/data.ts';
import { testApp, type TestApp } from '../support/test-app.ts';
import { command, isStill } from './scenes.ts';

export const EXTRACT = dataPath('osm', 'porto-alegre', 'poa.osm.pbf');
export const CELLS = dataPath('osm', 'porto-alegre', 'poa_hexgrid.csv');

const MAPPING = `mapping: health
tables:
  - table: '*'
    key: { column: id }
    records:
      - object: organization
        fields: { name: organization }
      - object: service
        fields: { name: name, 'waypost:type': { constant: clinic }, 'waypost:need': { constant: health } }
      - object: location
        fields: { name: name, latitude: lat, longitude: lon }
      - object: service_at_location
        fields: {}
`;

/** The city as an operator sets it up, before its coordinator comes. */
export async function openCity(extract: string, cells: string): Promise<TestApp> {
  return testApp({
    before: async (dataFolder) => {
      await mkdir(dataFolder, { recursive: true });
      const [places, mapping] = [join(dataFolder, 'health.csv'), join(dataFolder, 'health.yaml')];
      await writeFile(places, healthPlaces(await readFile(cells, 'utf8')));
      await writeFile(mapping, MAPPING);
      await waypost(dataFolder, 'basemap', 'add', extract);
      await waypost(dataFolder, 'import', places, '--mapping', mapping, '--source', 'health');
    },
  });
}

const waypost = (dataFolder: string, ...args: string[]) =>
  promisify(execFile)(process.execPath, ['server/cli.ts', ...args, '--data', dataFolder], { encoding: 'utf8' });

/** One place for each cell that has health care. */
function healthPlaces(cells: string): string {
  const [head = '', ...rows] = cells.trim().split('\n');
  const at = (name: string) => head.trim().split(',').indexOf(name);
  const places = rows
    .map((row) => row.trim().split(','))
    .filter((row) => Number(row[at('healthcare')]) > 0)
    .map((row, i) => [row[at('id')], `Health unit ${i + 1}`, 'City health', row[at('lat')], row[at('lon')]].join(','));
  return ['id,name,organization,lat,lon', ...places].join('\n');
}

/** What came out, to be checked. */
export interface Told {
  today: number;
  planned: number;
  estimate: boolean;
  files: Record<'csv' | 'geojson' | 'png', Buffer>;
  pdf: Buffer;
}

export async function enterCity(app: TestApp, locale = 'en-US'): Promise<Visitor> {
  const { cookie } = await app.signIn('coordinator');
  return visit(await openBrowser(), app.url, { viewport: DESKTOP, cookie, locale });
}

/** @param step is called at each step with its name, to take a picture of it */
export async function tellPortoAlegre(page: Page, cells: string, step: (name: string) => Promise<unknown>): Promise<Told> {
  await command(page, 'gaps.open');
  await page.getByText('No population yet').waitFor();
  await step('nobody-yet');
  await bringPeopleIn(page, cells, () => step('people'));
  await page.getByRole('button', { name: 'Health care', exact: true }).click();
  await page.locator('.gaps .sentence').waitFor({ timeout: 60_000 });
  await isStill(page);
  await step('gap');
  const today = await without(page);
  await page.locator('.panel input[type="radio"]').nth(1).check({ force: true });
  await page.getByRole('button', { name: 'Show only 30 +' }).click();
  await step('worst-class');
  await page.getByRole('button', { name: 'Show only 30 +' }).click();
  await page.getByRole('button', { name: 'Find the best 2 sites' }).click();
  await page.locator('.next ol li').nth(1).waitFor({ timeout: 60_000 });
  await isStill(page);
  await step('proposed');
  await page.getByRole('button', { name: 'Take them into the scenario' }).click();
  await page.locator('.scenarios ol .name').nth(1).waitFor();
  await isStill(page);
  await step('scenario');
  const planned = await without(page);
  await page.getByRole('button', { name: 'With today' }).click();
  await page.getByRole('slider', { name: 'Line between the two maps' }).waitFor();
  await isStill(page);
  await step('swipe');
  await page.getByRole('radio', { name: 'Difference' }).check({ force: true });
  await isStill(page);
  await step('difference');
  await page.getByRole('button', { name: 'End the comparison' }).click();
  await page.locator('[data-focus="gaps-report"]').click();
  await page.locator('.sheet img').nth(1).waitFor({ timeout: 60_000 });
  await isStill(page);
  await step('report');
  const files = { csv: await download(page, 'CSV'), geojson: await download(page, 'GeoJSON'), png: await download(page, 'PNG') };
  const estimate = await page.locator('.sheet .tag').isVisible();
  return { today, planned, estimate, files, pdf: await printed(page) };
}

async function bringPeopleIn(page: Page, cells: string, looked: () => Promise<unknown>): Promise<void> {
  await page.getByRole('button', { name: 'Add a population' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('input[type="file"]').setInputFiles({
    name: 'porto-alegre.csv',
    mimeType: 'text/csv',
    buffer: readFileSync(cells),
  });
  await dialog.getByText('1,227 rows of H3 cells').waitFor({ timeout: 30_000 });
  await dialog.getByLabel('Name here').fill('Porto Alegre');
  await dialog.getByLabel('Published by').fill('IBGE, census');
  await dialog.getByLabel('Of when').fill('2010');
  await looked();
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await dialog.waitFor({ state: 'detached', timeout: 60_000 });
}

/** People without, as the sentence says it. */
async function without(page: Page): Promise<number> {
  return Number(/^[\d,]+/.exec(await page.locator('.gaps .sentence').innerText())?.[0].replaceAll(',', ''));
}

async function download(page: Page, name: string): Promise<Buffer> {
  const [file] = await Promise.all([
    page.waitForEvent('download', { timeout: 60_000 }),
    page.getByRole('button', { name, exact: true }).click(),
  ]);
  return readFile(await file.path());
}

/** The paper as the printer would have it: the print dialog is stood in for. */
async function printed(page: Page): Promise<Buffer> {
  await page.evaluate(() => {
    window.print = () => void (document.documentElement.dataset['printed'] = 'yes');
  });
  await page.getByRole('button', { name: 'Print or save as PDF' }).click();
  await page.waitForFunction(() => document.documentElement.dataset['printed'] === 'yes');
  const pdf = await page.pdf({ preferCSSPageSize: false, format: 'A4', printBackground: true });
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  return pdf;
}

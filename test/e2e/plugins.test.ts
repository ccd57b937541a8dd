// What an agency's plugin adds is drawn: its views in side bar and tabs, its commands in the palette, its layer on the map,
// its places in the search. Nothing of it runs in the page.

import type { Page } from 'playwright-core';
import { afterAll, describe, expect, test } from 'vitest';
import { axe } from '../support/browser.ts';
import { tarballOf } from '../plugins/packages.ts';
import { pluginsFolderWith } from '../support/plugins-folder.ts';
import { startWalk } from '../support/walk.ts';
import { openFind } from './scenes.ts';

const folder = pluginsFolderWith('lookout');
afterAll(() => folder[Symbol.dispose]());
const walk = startWalk({ pluginsFolder: folder.path, map: false });

async function runCommand(page: Page, title: string): Promise<void> {
  await page.keyboard.press('F1');
  await page.getByRole('dialog').getByRole('combobox').waitFor();
  await page.keyboard.type(title, { delay: 15 });
  await page.getByRole('option', { name: title }).first().click();
}

describe('a plugin of an agency', () => {
  test('brings a view, drawn from its nodes, commands, tabs and places; what cannot be done or made says so', async () => {
    await using visitor = await walk.visit();
    const { page } = visitor;
    await openFind(page);
    await page.getByRole('button', { name: 'Towers' }).click();
    const side = page.getByRole('complementary', { name: 'Towers' });
    await side.getByText('Who keeps watch tonight').waitFor();
    await side.getByText('Tower <b>two</b> is closed').waitFor();

    expect(await side.getByText('Open until dawn').isVisible()).toBe(false);
    await side.getByText('North shore').click();
    expect(await side.getByText('Open until dawn').isVisible()).toBe(true);
    const cells = await side.getByRole('table', { name: 'Nights on watch' }).getByRole('cell').allInnerTexts();
    expect(cells.map((cell) => cell.trim())).toEqual(['One', '7', 'Two', '1,234', 'Three', '']);
    const bars = await side.locator('.bars .bar').evaluateAll((all) => all.map((bar) => bar.getBoundingClientRect().width));
    expect(bars[1]! / bars[0]!).toBeCloseTo(0.25, 1);
    expect(await axe(page)).toEqual([]);
    expect(visitor.errors).toEqual([]);
    expect(await page.getByRole('button', { name: 'Never shown' }).count()).toBe(0);

    await page.getByRole('button', { name: 'A dead end' }).click();
    await page.getByText('There is no command "no.such.command".').first().waitFor();
    await runCommand(page, 'Open the {watch} report');
    await page.getByRole('tab', { name: 'Watch report' }).waitFor();
    await page.getByRole('tabpanel', { name: 'Watch report' }).getByText('All quiet').waitFor();
    await runCommand(page, 'Broken');
    await page.getByText('The plugin "lookout" could not make the view "broken".').waitFor();

    await page.keyboard.press('Alt+w');
    await openFind(page);
    await page.locator('[data-focus="where"]').first().click();
    await page.keyboard.type('tower seventeen', { delay: 15 });
    await page.getByRole('option', { name: /Tower Seventeen/ }).waitFor();
    expect(visitor.foreign).toEqual([]);
  });

  test('speaks the language of the reader where it can', async () => {
    await using visitor = await walk.visit({ locale: 'es' });
    await visitor.page.getByRole('button', { name: 'Torres' }).click();
    await visitor.page.getByText('Quién vigila esta noche').waitFor();
  });

  test('brings a layer of the map, whose data comes when it is turned on', async () => {
    await using visitor = await walk.visit({ map: true });
    const { page, addresses } = visitor;
    await openFind(page);
    const asked = () => addresses.filter((address) => address.includes('plugins.mapLayer')).length;
    await page.keyboard.press('Alt+y');
    await page.getByRole('switch', { name: 'Area on watch' }).click();
    await expect.poll(asked).toBe(1);
    expect(await page.getByRole('switch', { name: 'Bad style' }).count()).toBe(0);
    await page.getByRole('switch', { name: 'Not there' }).click();
    await page.getByText('The data of the map layer "unread" cannot be read.').first().waitFor();
    expect(await page.getByRole('switch', { name: 'Not there' }).isChecked()).toBe(false);
    expect(await page.getByRole('switch', { name: 'Area on watch' }).isChecked()).toBe(true);
  });
});

describe('the list of plugins', () => {
  test('a package is dropped, looked at, agreed to, switched off and removed', async () => {
    await using visitor = await walk.visitAs('admin');
    const { page } = visitor;
    await openFind(page);
    await runCommand(page, 'Plugins');
    await page.getByRole('heading', { name: 'Plugins', level: 1 }).waitFor();
    await page.getByRole('heading', { name: /Part of Waypost/ }).waitFor();

    const permissions = { network: { 'a.example.org': 'Finds addresses in the county' } };
    const themes = [{ id: 'dusk', label: 'Dusk', base: 'dark', tokens: { '--accent': '#ffcc88' } }];
    const manifest = { displayName: 'Tools of the county', description: 'A theme and a search for addresses', license: 'MIT' };
    const buffer = await tarballOf({
      name: 'county-tools',
      permissions,
      contributes: { themes },
      manifest,
      files: { 'README.md': 'Read me first.' },
    });
    await page.locator('input[accept=".tgz,.tar.gz"]').setInputFiles({ name: 'county-tools.tgz', mimeType: 'application/gzip', buffer });
    const dialog = page.getByRole('dialog', { name: 'Install Tools of the county 1.0.0?' });
    await dialog.getByText('Talk to a.example.org through this server').waitFor();
    await dialog.getByText('Its author says why: Finds addresses in the county').waitFor();
    await dialog.getByText('Adds: 1 theme').waitFor();
    expect(await axe(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Grant this and install' }).click();

    const own = page.getByRole('region', { name: /Installed here/ });
    await own.getByText('Tools of the county').click();
    await own.getByText('Not called yet.').waitFor();
    expect(await axe(page)).toEqual([]);
    await own.getByRole('button', { name: 'Switch off' }).click();
    await own.getByRole('button', { name: 'Switch on' }).waitFor();
    await own.getByRole('button', { name: 'Remove' }).click();
    await own.getByText('None yet.').waitFor();

    const noise = { name: 'noise.tgz', mimeType: 'application/gzip', buffer: Buffer.from('noise') };
    await page.locator('input[accept=".tgz,.tar.gz"]').setInputFiles(noise);
    await page.getByRole('alert').getByText('This is no plugin package').waitFor();
    expect(visitor.foreign).toEqual([]);
  });
});

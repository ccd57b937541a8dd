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
    await page.getByRole('button', { name: 'Plugins', exact: true }).click();
    const side = page.getByRole('complementary', { name: 'Plugins' });
    await side.getByRole('list', { name: 'Part of Waypost' }).waitFor();
    // What is dropped on the map is taken too.
    const drop = (file: { name: string; buffer: Buffer }) =>
      page.evaluate(
        ({ name, bytes }) => {
          const dataTransfer = new DataTransfer();
          dataTransfer.items.add(new File([Uint8Array.from(bytes)], name));
          document
            .querySelector('main, [data-region="editor"], body')
            ?.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true }));
        },
        { name: file.name, bytes: [...file.buffer] },
      );

    const parts = { name: 'county-tools', manifest: { displayName: 'Tools of the county', description: 'A theme', license: 'MIT' } };
    const themes = [{ id: 'dusk', label: 'Dusk', base: 'dark', tokens: { '--accent': '#ffcc88' } }];
    const readme =
      '# Read me first\n\nSee [them](https://example.org/a), not [this](javascript:alert(1)) <img src="https://evil.example/x.png">.';
    const first = { ...parts, contributes: { themes }, files: { 'README.md': readme } };
    await drop({ name: 'county-tools.tgz', buffer: await tarballOf(first) });
    const dialog = page.getByRole('dialog', { name: 'Install Tools of the county 1.0.0?' });
    await dialog.getByText('Adds: 1 theme').waitFor();
    await dialog.getByText('No network').waitFor();
    await dialog.getByRole('button', { name: 'Install and switch on' }).click();
    const own = side.getByRole('list', { name: 'Installed here' });
    await own.getByRole('button', { name: /^Tools of the county/ }).click();
    const tab = page.getByRole('tabpanel', { name: 'Tools of the county' });
    await tab.getByRole('heading', { name: 'Read me first' }).waitFor();
    expect(await tab.getByRole('link').evaluateAll((links) => links.map((link) => link.getAttribute('href')))).toEqual([
      'https://example.org/a',
    ]);
    expect(await tab.locator('img').count()).toBe(0);
    await tab.getByText('1 theme').click();
    await tab.getByText('Dusk').waitFor();

    // An update that asks for more says so before it is taken, and its calls are shown.
    const permissions = { network: { 'a.example.org': 'Finds addresses in the county' } };
    const update = { ...first, version: '1.1.0', permissions, main: 'export default {};' };
    await drop({ name: 'county-tools.tgz', buffer: await tarballOf(update) });
    const growing = page.getByRole('dialog', { name: 'Install Tools of the county 1.1.0?' });
    await growing.getByRole('listitem').filter({ hasText: 'Talk to a.example.org' }).getByText('New').waitFor();
    await growing.getByText('Its author says why: Finds addresses in the county').waitFor();
    expect(await axe(page)).toEqual([]);
    const calls = ['ok', 'ok', 'killed'].map((outcome) => ({
      ...{ plugin: 'county-tools', version: '1.1.0', hash: '', kind: 'geocoder', name: 'county', fields: '[]', cpu_ms: 2 },
      ...{ at: new Date().toISOString(), ms: 12, outcome, detail: null },
    }));
    await walk.app.deps.db.insertInto('plugin_call').values(calls).execute();
    await growing.getByRole('button', { name: 'Grant this and install' }).click();
    const health = tab.getByRole('region', { name: 'Health' });
    await health.getByRole('img', { name: '3 calls in the last 24 hours, at most 3 in one of them' }).waitFor();
    await health.getByText('12 ms').first().waitFor();
    expect(await axe(page)).toEqual([]);

    await side.getByRole('switch', { name: 'Tools of the county is on' }).click({ force: true });
    await tab.getByRole('button', { name: 'Switch on' }).waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await tab.getByRole('button', { name: 'Back to 1.0.0' }).waitFor();
    await side.getByRole('searchbox').or(side.getByLabel('Search plugins')).first().fill('tools county');
    expect(await side.getByRole('switch').count()).toBe(1);
    await tab.getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('dialog', { name: 'Remove Tools of the county?' }).getByRole('button', { name: 'Remove' }).click();
    await side.getByText('No plugin is like that').waitFor();

    await drop({ name: 'noise.tgz', buffer: Buffer.from('noise') });
    await page.getByRole('alert').getByText('This is no plugin package').waitFor();
    expect(visitor.foreign).toEqual([]);
  });
});

// What plugins bring to the workbench as data, in a real browser: it works while the plugin is on, and is gone after.

import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import App from '#client/App.svelte';
import type { Contributions } from '#client/api.ts';
import { registerContributions } from '#client/plugins/register.ts';
import { contributeWorkbench } from '#client/workbench/contribution.ts';
import { Workbench } from '#client/workbench/workbench.svelte.ts';
import EmptyCase from './EmptyCase.svelte';
import type { Disposable } from '#shared/platform/disposable.ts';

const NOTHING = { commands: [], keybindings: [], menus: [], views: [], frames: [], emptyStates: [] };
const contributed: Disposable[] = [];
afterEach(() => contributed.splice(0).forEach((each) => each.dispose()));

test('a key of a plugin runs the command that it names', async () => {
  const heard: unknown[][] = [];
  const workbench = new Workbench();
  contributed.push(contributeWorkbench(workbench));
  contributed.push(workbench.registerCommand({ id: 'test.say', title: 'Say', run: (...args) => heard.push(args) }));
  const keybindings = [{ plugin: 'keys', value: { key: 'Ctrl+Alt+U', command: 'test.say', args: ['hello'] } }];
  const plugin = registerContributions(workbench, { ...NOTHING, keybindings }, 'en');
  await render(App, { workbench });
  await expect.element(page.getByRole('main')).toBeVisible();
  const press = () => userEvent.keyboard('{Control>}{Alt>}u{/Alt}{/Control}');
  await press();
  await expect.poll(() => heard).toEqual([['hello']]);
  plugin.dispose();
  await press();
  expect(heard).toEqual([['hello']]);
});

test('an entry of a plugin stands in the menu that it names, runs there with what the menu was opened on, and goes with the plugin', async () => {
  const heard: unknown[][] = [];
  const workbench = new Workbench();
  contributed.push(contributeWorkbench(workbench));
  contributed.push(workbench.registerCommand({ id: 'test.say', title: 'test.say', run: (...args) => heard.push(args) }));
  contributed.push(workbench.registerMessages({ 'test.say': 'Say' }));
  const on = { args: ['srv_1'], keys: { 'resource.type': 'shelter' } };
  const labels = () => workbench.menuItems('resource', on).map(({ label }) => label);
  const own = workbench.registerMenuEntry({ id: 'own', menu: 'resource', command: 'test.say', group: 'other', order: 0 });
  const menus: Contributions['menus'][number]['value'][] = [
    {
      menu: 'resource',
      command: 'test.say',
      title: { en: 'Beds', es: 'Camas' },
      when: "resource.type == 'shelter'",
      group: 'other',
      order: -50,
    },
    { menu: 'resource', command: 'test.say', title: 'First', group: 'open', order: 0 },
    { menu: 'resource', command: 'test.say', title: 'Of pantries', when: "resource.type == 'pantry'", group: 'open', order: 0 },
    { menu: 'resource', command: 'nobody.brought.it', title: 'Of nobody', group: 'open', order: 0 },
    { menu: 'place', command: 'test.say', title: 'Elsewhere', group: 'open', order: 0 },
    { menu: 'resource', command: 'test.say', title: 'With its own', args: ['own'], group: 'other', order: 9 },
  ];
  const plugin = registerContributions(
    workbench,
    {
      ...NOTHING,
      menus: menus.map((value) => ({ plugin: 'menus', value })),
    },
    'es',
  );
  // What the product has itself comes first in its group, however low a plugin's order.
  expect(labels()).toEqual(['First', 'Say', 'Camas', 'With its own']);
  expect(workbench.menuItems('resource', on).map(({ separated }) => separated)).toEqual([false, true, false, false]);
  for (const item of workbench.menuItems('resource', on).slice(2)) item.run();
  await expect.poll(() => heard).toEqual([['srv_1'], ['own']]);
  plugin.dispose();
  expect(labels()).toEqual(['Say']);
  own.dispose();
  expect(labels()).toEqual([]);
});

test('words of a plugin stand below those of the product where a list is empty, with ways on that can be gone, and go with it', async () => {
  const workbench = new Workbench();
  contributed.push(contributeWorkbench(workbench));
  const heard: unknown[][] = [];
  contributed.push(workbench.registerMessages({ none: 'Nothing here', 'test.go': 'Go' }));
  contributed.push(workbench.registerCommand({ id: 'test.go', title: 'test.go', run: (...args) => heard.push(args) }));
  contributed.push(workbench.registerCommand({ id: 'test.not', title: 'test.go', when: 'nobody.may', run: () => heard.push(['not']) }));
  contributed.push(workbench.registerEmptyState({ id: 'own', at: 'directory', order: 0, title: 'none' }));
  const value = {
    id: 'call',
    at: 'directory' as const,
    title: 'Call <b>211</b>',
    text: '{count} people answer',
    order: -100,
    buttons: [
      { label: 'Begin', command: 'test.go', args: [1] },
      { label: 'Not for you', command: 'test.not' },
      { label: 'Of nobody', command: 'nobody.brought.it' },
    ],
  };
  const elsewhere = { ...value, id: 'other', title: 'Only where text is', when: 'text' };
  const plugin = registerContributions(
    workbench,
    {
      ...NOTHING,
      emptyStates: [
        { plugin: 'words', value },
        { plugin: 'words', value: elsewhere },
      ],
    },
    'en',
  );
  await render(EmptyCase, { workbench, at: 'directory', keys: { text: '' } });
  const said = () => [...document.querySelectorAll('[data-empty]')].map((one) => one.textContent.replace(/\s+/g, ' ').trim());
  expect(said()).toEqual(['Nothing here', 'Call <b>211</b> {count} people answer Begin']);
  await page.getByRole('button', { name: 'Begin' }).click();
  expect(heard).toEqual([[1]]);
  plugin.dispose();
  await expect.poll(said).toEqual(['Nothing here']);
});

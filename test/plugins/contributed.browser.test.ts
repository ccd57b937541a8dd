// What plugins bring to the workbench as data, in a real browser: it works while the plugin is on, and is gone after.

import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import App from '#client/App.svelte';
import { registerContributions } from '#client/plugins/contribution.ts';
import { contributeWorkbench } from '#client/workbench/contribution.ts';
import { Workbench } from '#client/workbench/workbench.svelte.ts';
import type { Disposable } from '#shared/platform/disposable.ts';

const contributed: Disposable[] = [];
afterEach(() => contributed.splice(0).forEach((each) => each.dispose()));

test('a key of a plugin runs the command that it names', async () => {
  const heard: unknown[][] = [];
  const workbench = new Workbench();
  contributed.push(contributeWorkbench(workbench));
  contributed.push(workbench.registerCommand({ id: 'test.say', title: 'Say', run: (...args) => heard.push(args) }));
  const keybindings = [{ plugin: 'keys', value: { key: 'Ctrl+Alt+U', command: 'test.say', args: ['hello'] } }];
  const plugin = registerContributions(workbench, { commands: [], keybindings, views: [], frames: [] }, 'en');
  await render(App, { workbench });
  await expect.element(page.getByRole('main')).toBeVisible();
  const press = () => userEvent.keyboard('{Control>}{Alt>}u{/Alt}{/Control}');
  await press();
  await expect.poll(() => heard).toEqual([['hello']]);
  plugin.dispose();
  await press();
  expect(heard).toEqual([['hello']]);
});

// First steps in a real browser: who is offered a guide, how its steps are ticked, what is kept, and that it goes with its plugin.

import { afterEach, beforeEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { Guides } from '#client/plugins/first-steps/guides.svelte.ts';
import { messages } from '#client/plugins/first-steps-messages.ts';
import { Workbench } from '#client/workbench/workbench.svelte.ts';
import type { Disposable } from '#shared/platform/disposable.ts';
import FirstStepsCase from './FirstStepsCase.svelte';

const undo: Disposable[] = [];
beforeEach(() => localStorage.removeItem('waypost.firstSteps'));
afterEach(() => undo.splice(0).forEach((each) => each.dispose()));

const guide = (id: string, when?: string) => ({
  plugin: 'guides',
  value: {
    id,
    title: { en: `Guide ${id}`, es: `Guía ${id}` },
    order: 0,
    ...(when !== undefined && { when }),
    steps: [
      { id: 'run', title: 'Run it', text: 'Press the button', button: { label: 'Go', command: 'test.go', args: ['far'] } },
      { id: 'place', title: 'Have a place', text: 'Anywhere', completedWhen: 'find.hasPlace && find.count > 2' },
      { id: 'lost', title: 'By hand', text: 'Nothing tells', button: { label: 'Nowhere', command: 'nobody.brought.it' } },
    ],
  },
});

function start(account: string | null): { workbench: Workbench; guides: Guides; heard: unknown[][] } {
  const workbench = new Workbench();
  const heard: unknown[][] = [];
  undo.push(workbench.registerMessages({ ...messages, 'test.go': 'Go' }));
  undo.push(workbench.registerCommand({ id: 'test.go', title: 'test.go', run: (...args) => heard.push(args) }));
  const guides = new Guides(workbench);
  guides.account = account;
  undo.push(guides.follow());
  return { workbench, guides, heard };
}

test('a step is ticked when what it asks for was done, or by hand; what is done is kept by account', async () => {
  const { workbench, guides, heard } = start('usr_1');
  guides.set([guide('one'), guide('admins', 'can.everything')], 'en');
  await render(FirstStepsCase, { workbench, guides });
  await expect.element(page.getByRole('heading', { name: 'Guide one' })).toBeVisible();
  expect(document.body.textContent).not.toContain('Guide admins');
  // A command that nobody brought is not offered.
  expect(page.getByRole('button', { name: 'Nowhere' }).elements()).toHaveLength(0);
  const tick = (name: string) => page.getByRole('checkbox', { name: `Mark “${name}” as done` });

  await page.getByRole('button', { name: 'Go' }).click();
  expect(heard).toEqual([['far']]);
  await expect.element(tick('Run it')).toBeChecked();
  workbench.setContext('find.hasPlace', true);
  workbench.setContext('find.count', 2);
  await expect.element(tick('Have a place')).not.toBeChecked();
  workbench.setContext('find.count', 3);
  await expect.element(tick('Have a place')).toBeChecked();
  await tick('By hand').click();
  await expect.element(page.getByRole('button', { name: 'Guide one Done' })).toBeVisible();
  // Done once is done, whatever holds later; a tick can be taken back by hand.
  workbench.setContext('find.hasPlace', false);
  await expect.element(tick('Have a place')).toBeChecked();
  await tick('By hand').click();
  await expect.element(tick('By hand')).not.toBeChecked();

  const again = start('usr_1');
  again.guides.set([guide('one')], 'es');
  expect(again.guides.offered[0]?.title).toBe('Guía one');
  expect(again.guides.offered[0]?.steps.map((step) => again.guides.isDone(step))).toEqual([true, true, false]);
  const other = start('usr_2');
  other.guides.set([guide('one')], 'en');
  expect(other.guides.offered[0]?.steps.some((step) => other.guides.isDone(step))).toBe(false);
});

test('the line above Find waits for whoever has signed in until it is put away, and goes with the plugin', async () => {
  const { workbench, guides } = start(null);
  const waiting = () => workbench.getContext('firstSteps.waiting');
  guides.set([guide('one')], 'en');
  await expect.poll(() => workbench.getContext('firstSteps.offered')).toBe(true);
  expect(waiting()).toBe(false);
  guides.account = 'usr_3';
  await expect.poll(waiting).toBe(true);
  guides.set([], 'en');
  await expect.poll(waiting).toBe(false);
  expect(workbench.getContext('firstSteps.offered')).toBe(false);
  guides.set([guide('one')], 'en');
  await expect.poll(waiting).toBe(true);
  guides.putAway();
  await expect.poll(waiting).toBe(false);
});

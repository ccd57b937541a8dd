// The frame in a real browser, with a small feature in it: semantics, keys, what survives a reload, the phone's form.

import '#client/ui/tokens.css';
import '#client/ui/base.css';
import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import App from '#client/App.svelte';
import { contributeWorkbench } from '#client/workbench/contribution.ts';
import { Workbench } from '#client/workbench/workbench.svelte.ts';
import type { Disposable } from '#shared/platform/disposable.ts';
import { contributeExample } from './features.ts';

let heard: string[];
let workbench: Workbench;
let contributed: Disposable[];

async function start(): Promise<void> {
  heard = [];
  workbench = new Workbench();
  contributed = [contributeWorkbench(workbench), contributeExample(workbench, heard)];
  await render(App, { workbench });
  await expect.element(page.getByRole('textbox', { name: 'Where' })).toBeInTheDocument();
}

async function listViolations(): Promise<string[]> {
  const found = await axe.run(document.body);
  return found.violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html.slice(0, 200)).join(' | ')}`);
}

beforeEach(async () => {
  localStorage.clear();
  document.title = 'Waypost';
  await page.viewport(1440, 900);
});
afterEach(() => contributed.forEach((each) => each.dispose()));

describe('on a desk', () => {
  test('landmarks, tabs and views are what they look like, and axe finds nothing', async () => {
    await start();
    await expect.element(page.getByRole('banner')).toBeVisible();
    await expect.element(page.getByRole('main')).toBeVisible();
    await expect.element(page.getByRole('contentinfo')).toBeVisible();
    await expect.element(page.getByRole('complementary', { name: 'Find help' })).toBeVisible();
    await expect.element(page.getByRole('button', { name: 'Shortlist, 3' })).toBeVisible();
    await expect.element(page.getByRole('tab', { name: 'Map' })).toHaveAttribute('aria-selected', 'true');
    await expect.element(page.getByRole('tabpanel', { name: 'Map' })).toBeVisible();
    expect(await listViolations()).toEqual([]);
  });

  test('the parts have the sizes that were drawn', async () => {
    await start();
    const box = (selector: string) => document.querySelector(selector)?.getBoundingClientRect();
    expect(box('.title-bar')?.height).toBe(40);
    expect(box('.activity-bar')?.width).toBe(52);
    expect(box('.side')?.width).toBe(412);
    expect(box('.tabs')?.height).toBe(37);
    expect(box('.status-bar')?.height).toBe(26);
  });

  test('tabs: one thing is one tab; closed by key; the pinned one stays; beside makes a second group', async () => {
    await start();
    workbench.openEditor('page', { id: 'a' });
    workbench.openEditor('page', { id: 'b' });
    workbench.openEditor('page', { id: 'a' });
    await expect.element(page.getByRole('tab', { name: 'Page a' })).toHaveAttribute('aria-selected', 'true');
    expect(page.getByRole('tab').elements()).toHaveLength(3);
    (page.getByRole('tab', { name: 'Page a' }).element() as HTMLElement).focus();
    await userEvent.keyboard('{Delete}');
    expect(page.getByRole('tab').elements()).toHaveLength(2);
    workbench.openEditor('page', { id: 'c' }, { beside: true });
    await expect.element(page.getByRole('tablist', { name: 'Editors beside' })).toBeVisible();
    expect(workbench.layout.sideOpen).toBe(false);
    expect(await listViolations()).toEqual([]);
    await userEvent.keyboard('{Alt>}x{/Alt}');
    await expect.element(page.getByRole('tablist', { name: 'Editors beside' })).not.toBeInTheDocument();
    expect(workbench.layout.sideOpen).toBe(true);
    workbench.closeEditor('map', 'map');
    await expect.element(page.getByRole('tab', { name: 'Map' })).toBeVisible();
  });

  test('what was entered in a view stays while another is shown, and while the side bar is closed', async () => {
    await start();
    await page.getByRole('textbox', { name: 'Where' }).fill('Mill Street');
    await page.getByRole('button', { name: 'Shortlist, 3' }).click();
    await userEvent.keyboard('{Control>}b{/Control}');
    await page.getByRole('button', { name: 'Find help' }).click();
    await expect.element(page.getByRole('textbox', { name: 'Where' })).toHaveValue('Mill Street');
  });

  test('layout survives a reload; what is private does not', async () => {
    await start();
    workbench.openEditor('page', { id: 'a' });
    workbench.openEditor('private', { facts: 'secret' });
    workbench.layout.setWidth('find', 333);
    workbench.openView('list');
    expect(JSON.stringify({ ...localStorage })).not.toContain('secret');
    const again = new Workbench();
    const example = contributeExample(again, []);
    expect(again.layout.groups[0]?.editors.map((editor) => editor.id)).toEqual(['map:map', 'page:a']);
    expect(again.layout.widthOf('find', 412)).toBe(333);
    expect(again.view?.id).toBe('list');
    example.dispose();
  });

  test('the side bar is made wider by arrows, and the map keeps half', async () => {
    await start();
    const border = page.getByRole('separator', { name: 'Width of the side bar' });
    (border.element() as HTMLElement).focus();
    await userEvent.keyboard('{ArrowRight}');
    await expect.element(border).toHaveAttribute('aria-valuenow', '428');
    await userEvent.keyboard('{End}');
    await expect.element(border).toHaveAttribute('aria-valuenow', '694');
  });

  test('the command of a view leads to its field, where it names one', async () => {
    await start();
    await userEvent.keyboard('{Alt>}2{/Alt}');
    const field = page.getByRole('complementary', { name: 'Shortlist' }).getByRole('textbox', { name: 'Where' });
    await expect.element(field).toHaveFocus();
    await userEvent.keyboard('{Alt>}1{/Alt}');
    const command = page.getByRole('complementary', { name: 'Find help' }).getByRole('button', { name: 'Say hello' });
    await expect.element(command).toHaveFocus();
  });

  test('F6 goes through the parts of the window', async () => {
    await start();
    await expect.element(page.getByRole('textbox', { name: 'Where' })).toBeVisible();
    const regions: (string | undefined)[] = [];
    for (let i = 0; i < 5; i += 1) {
      await userEvent.keyboard('{F6}');
      regions.push((document.activeElement?.closest('[data-region]') as HTMLElement | null)?.dataset['region']);
    }
    expect(new Set(regions)).toEqual(new Set(['search', 'activity', 'side', 'editor', 'status']));
  });
});

describe('the palette', () => {
  test('finds commands and places, marks, moves, opens beside, and gives the focus back', async () => {
    await start();
    (page.getByRole('textbox', { name: 'Where' }).element() as HTMLElement).focus();
    await userEvent.keyboard('{Control>}k{/Control}');
    const line = page.getByRole('combobox', { name: 'Search and commands' });
    await expect.element(line).toHaveFocus();
    await userEvent.keyboard('hello');
    await expect.element(page.getByRole('option', { name: /hello Street/ })).toHaveAttribute('aria-selected', 'true');
    await expect.element(page.getByRole('option', { name: /Say hello/ })).toBeVisible();
    expect(document.querySelector('mark')?.textContent).toBe('hello');
    expect(await listViolations()).toEqual([]);
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await vi.waitFor(() => expect(heard).toContain('hello beside'), 20_000);
    await expect.element(page.getByRole('textbox', { name: 'Where' })).toHaveFocus();
  });

  test('a first character chooses one kind; "?" tells them', async () => {
    await start();
    workbench.openPalette('>');
    await expect.element(page.getByRole('option', { name: /Say hello/ })).toBeVisible();
    expect(page.getByRole('option', { name: /Street/ }).elements()).toHaveLength(0);
    await page.getByRole('combobox').fill('?');
    await expect.element(page.getByRole('option', { name: 'Type @ for Places' })).toBeVisible();
  });

  test('an answer to an older question is dropped', async () => {
    await start();
    workbench.openPalette();
    await page.getByRole('combobox').fill('slow');
    await page.getByRole('combobox').fill('quick');
    await expect.element(page.getByRole('option', { name: /quick Street/ })).toBeVisible();
    await vi.waitFor(() => expect(heard).toContain('aborted slow'), 20_000);
    expect(page.getByRole('option', { name: /slow Street/ }).elements()).toHaveLength(0);
  });

  test('a command used last stands before its equals', async () => {
    await start();
    workbench.openPalette('>tab');
    await vi.waitFor(() => expect(page.getByRole('option').first().element().textContent).toContain('Next tab'), 20_000);
    await page.getByRole('option', { name: /Previous tab/ }).click();
    workbench.openPalette('>tab');
    await vi.waitFor(() => expect(page.getByRole('option').first().element().textContent).toContain('Previous tab'), 20_000);
  });
});

describe('what is told', () => {
  test('a notification stands in the stack, is said, can be undone, and stays in the list', async () => {
    await start();
    workbench.notify({
      severity: 'success',
      text: 'Removed Riverside',
      actions: [{ label: 'Undo', run: () => void heard.push('undone') }],
    });
    await expect.element(page.getByRole('status').filter({ hasText: 'Removed Riverside' }).first()).toBeInTheDocument();
    await page.getByRole('button', { name: 'Undo' }).click();
    expect(heard).toEqual(['undone']);
    await expect.element(page.getByRole('button', { name: 'Undo' })).not.toBeInTheDocument();
    await page.getByRole('button', { name: 'Notifications, 1 not read' }).click();
    await expect.element(page.getByRole('dialog', { name: 'Notifications' }).getByText('Removed Riverside')).toBeVisible();
    expect(await listViolations()).toEqual([]);
  });

  test('long work shows its count and can be cancelled; short work is never seen', async () => {
    await start();
    workbench.progress('Short').end();
    const work = workbench.progress('Reading rows', () => {
      heard.push('cancelled');
      work.end();
    });
    work.update({ done: 1200, total: 3000 });
    await expect.element(page.getByText('1,200 of 3,000')).toBeVisible();
    expect(page.getByText('Short').elements()).toHaveLength(0);
    await page.getByRole('button', { name: 'Cancel' }).click();
    expect(heard).toEqual(['cancelled']);
    await expect.element(page.getByText('1,200 of 3,000')).not.toBeInTheDocument();
  });
});

describe('on a phone', () => {
  beforeEach(() => page.viewport(390, 844));

  test('sheet, bar of five and targets; axe finds nothing', async () => {
    await start();
    const bar = page.getByRole('navigation', { name: 'Views' });
    await expect.element(bar).toBeVisible();
    expect(
      bar
        .getByRole('button')
        .elements()
        .map((button) => button.textContent.trim().replace(/\s+/g, ' ')),
    ).toEqual(['Find help', 'Shortlist, 3', 'Crisis', 'More'].map((text) => expect.stringContaining(text.split(',')[0] ?? '')));
    for (const button of bar.getByRole('button').elements()) expect(button.getBoundingClientRect().height).toBeGreaterThanOrEqual(44);
    expect(await listViolations()).toEqual([]);
  });

  test('the sheet has three heights, by keyboard', async () => {
    await start();
    const handle = page.getByRole('slider', { name: 'Height of the panel' });
    await expect.element(handle).toHaveAttribute('aria-valuenow', '57');
    (handle.element() as HTMLElement).focus();
    await userEvent.keyboard('{Home}');
    await expect.element(handle).toHaveAttribute('aria-valuenow', '42');
    await userEvent.keyboard('{ArrowUp}');
    await expect.element(handle).toHaveAttribute('aria-valuenow', '57');
    await userEvent.keyboard('{End}');
    await expect.element(handle).toHaveAttribute('aria-valuenow', '92');
  });

  test('a page takes the screen and leads back to the map', async () => {
    await start();
    workbench.openEditor('page', { id: 'a' }, { beside: true });
    await expect.element(page.getByText('{"id":"a"}')).toBeVisible();
    await expect.element(page.getByRole('slider')).not.toBeInTheDocument();
    expect(await listViolations()).toEqual([]);
    await page.getByRole('button', { name: 'Back to the map' }).click();
    await expect.element(page.getByRole('slider')).toBeVisible();
  });
});

test('when a feature leaves, nothing of it is left', async () => {
  await start();
  contributed.pop()?.dispose();
  expect(workbench.views).toEqual([]);
  expect(workbench.commands.find('example.say')).toBeUndefined();
  expect(workbench.quickOpenProviders.map((provider) => provider.id)).toEqual(['commands']);
  expect(workbench.t('example.find')).toBe('example.find');
  await expect.element(page.getByText('Nothing is open')).toBeVisible();
});

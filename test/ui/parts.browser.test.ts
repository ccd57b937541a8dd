// The parts in a real browser: what axe finds in each theme, and that keys do what the pattern promises.

import '#client/ui/tokens.css';
import '#client/ui/base.css';
import axe from 'axe-core';
import { describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import DialogCase from './DialogCase.svelte';
import SuggestBox from '#client/ui/SuggestBox.svelte';
import Gallery from './Gallery.svelte';

const THEMES = ['light', 'dark', 'hc-light', 'hc-dark'];

async function listViolations(): Promise<string[]> {
  const found = await axe.run(document.body, { rules: { 'page-has-heading-one': { enabled: false } } });
  return found.violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
}

describe.each(THEMES)('in %s', (theme) => {
  test('axe finds nothing', async () => {
    document.documentElement.dataset['theme'] = theme;
    document.documentElement.lang = 'en';
    document.title = 'Parts';
    await render(Gallery);
    await vi.waitFor(() => expect(document.querySelector('.skeleton')).toBeVisible(), 20_000);
    await page.getByRole('button', { name: 'More' }).click();
    expect(await listViolations()).toEqual([]);
  });
});

test('in right-to-left, at the largest text and the least width, nothing is wider than the page', async () => {
  document.documentElement.dir = 'rtl';
  document.documentElement.dataset['text'] = 'larger';
  await page.viewport(320, 700);
  await render(Gallery);
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(320);
  document.documentElement.dir = 'ltr';
  document.documentElement.dataset['text'] = 'default';
  await page.viewport(1024, 768);
});

test('a menu opens by arrow, moves by arrows and letters, leaves by Escape and gives the focus back', async () => {
  const onevent = vi.fn();
  await render(Gallery, { onevent });
  const trigger = page.getByRole('button', { name: 'More' });
  trigger.element().focus();
  await userEvent.keyboard('{ArrowDown}');
  await expect.element(page.getByRole('menuitemradio', { name: 'Second' })).toHaveFocus();
  await userEvent.keyboard('{ArrowDown}');
  await expect.element(page.getByRole('menuitem', { name: 'Take away' })).toHaveFocus();
  await userEvent.keyboard('{ArrowDown}');
  await expect.element(page.getByRole('menuitem', { name: 'First' })).toHaveFocus();
  await userEvent.keyboard('t');
  await expect.element(page.getByRole('menuitem', { name: 'Take away' })).toHaveFocus();
  await userEvent.keyboard('{Escape}');
  await expect.element(trigger).toHaveFocus();
  await userEvent.keyboard('{ArrowUp}{Enter}');
  expect(onevent.mock.calls).toEqual([['third']]);
  await expect.element(trigger).toHaveFocus();
});

test('a dialog takes the focus, keeps it, and gives it back on Escape', async () => {
  await render(DialogCase);
  const opener = page.getByRole('button', { name: 'Open' });
  await opener.click();
  const dialog = page.getByRole('dialog', { name: 'A question' });
  await expect.element(dialog).toBeVisible();
  for (let i = 0; i < 4; i += 1) await userEvent.keyboard('{Tab}');
  expect(document.activeElement === document.body || dialog.element().contains(document.activeElement)).toBe(true);
  expect(await listViolations()).toEqual([]);
  await userEvent.keyboard('{Escape}');
  await expect.element(dialog).not.toBeInTheDocument();
  await expect.element(opener).toHaveFocus();
});

test('one of several is chosen by arrows', async () => {
  const onevent = vi.fn();
  await render(Gallery, { onevent });
  (page.getByRole('radio', { name: 'Small' }).element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowRight}');
  expect(onevent).toHaveBeenCalledWith('large');
});

test('a chip and its cross are two buttons', async () => {
  const onevent = vi.fn();
  await render(Gallery, { onevent });
  await page.getByRole('button', { name: 'Remove Food' }).click();
  await page.getByRole('button', { name: '1 Food', exact: true }).click();
  expect(onevent.mock.calls.flat()).toEqual(['no food', 'food']);
});

test('a field says its hint and its error, and empties with its cross', async () => {
  await render(Gallery);
  await expect.element(page.getByRole('textbox', { name: 'E-mail' })).toHaveAccessibleDescription('This is no address.');
  await expect.element(page.getByRole('textbox', { name: 'E-mail' })).toHaveAttribute('aria-invalid', 'true');
  const search = page.getByRole('textbox', { name: 'Search' });
  await expect.element(search).toHaveAccessibleDescription('Any language');
  await page.getByRole('button', { name: 'Clear' }).click();
  await expect.element(search).toHaveValue('');
  await expect.element(search).toHaveFocus();
});

test('an icon has its name and keys in a tooltip when the keyboard comes to it', async () => {
  await render(Gallery);
  (page.getByRole('button', { name: 'Pressed' }).element() as HTMLElement).focus();
  await userEvent.keyboard('{Tab}');
  await expect.element(page.getByRole('button', { name: 'Notifications' })).toHaveFocus();
  await vi.waitFor(() => expect(document.querySelector('[popover].tip:popover-open')?.textContent).toContain('Notifications'), 20_000);
});

test('a glyph of the bundled set and one of the whole set are both drawn', async () => {
  await render(Gallery);
  await vi.waitFor(() => {
    for (const label of ['A heart', 'From the whole set']) {
      expect(document.querySelector(`svg[aria-label="${label}"] path`)?.getAttribute('d')).toMatch(/^M/);
    }
  }, 20_000);
  const all = [...document.querySelectorAll('svg.icon path')].map((path) => path.getAttribute('d') ?? '');
  // Every glyph stands inside its box: joined paths would run out of it.
  for (const path of document.querySelectorAll<SVGPathElement>('svg.icon path')) {
    const box = path.getBBox();
    expect(box.x >= -1 && box.y >= -1 && box.x + box.width <= 25 && box.y + box.height <= 25, path.getAttribute('d') ?? '').toBe(true);
  }
  expect(all.length).toBeGreaterThan(20);
});

test('what asks elsewhere is never picked by Enter alone, and what it brings takes its place', async () => {
  const asked = vi.fn(async () => [{ id: 'there', label: 'Wharf Lane 12' }]);
  const [onpick, onnone] = [vi.fn(), vi.fn()];
  await render(SuggestBox, {
    ...{ name: 'where', label: 'Where', placeholder: '', none: 'Nothing here' },
    ...{ suggest: () => [{ id: 'outside', label: 'Ask elsewhere', more: asked }], onpick, onnone },
  });
  const field = page.getByRole('combobox', { name: 'Where' });
  await userEvent.type(field, 'Wharf');
  await expect.element(page.getByRole('option', { name: 'Nothing here' })).toBeVisible();
  await userEvent.keyboard('{Enter}');
  await vi.waitFor(() => expect(onnone).toHaveBeenCalled());
  expect(asked).not.toHaveBeenCalled();
  await userEvent.keyboard('{ArrowDown}{Enter}');
  await expect.element(page.getByRole('option', { name: 'Wharf Lane 12' })).toBeVisible();
  expect(onpick).not.toHaveBeenCalled();
  await userEvent.keyboard('{Enter}');
  await vi.waitFor(() => expect(onpick).toHaveBeenCalledWith({ id: 'there', label: 'Wharf Lane 12' }));
  expect(asked).toHaveBeenCalledTimes(1);
});

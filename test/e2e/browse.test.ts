// A steward looks through the directory by keyboard alone: narrows it, chooses services, changes them as one, takes it back.

import { describe, expect, test } from 'vitest';
import { axe, PHONE } from '../support/browser.ts';
import { startWalk } from '../support/walk.ts';
import { openFind } from './scenes.ts';
import { runCommand } from './steps.ts';

const walk = startWalk();

describe('the directory as a list', () => {
  test('is narrowed, chosen from, changed and set back by keyboard', async () => {
    await using visitor = await walk.visitAs('steward', { map: false });
    const { page, errors } = visitor;
    await openFind(page);
    await runCommand(page, 'Browse the directory');
    const rows = page.locator('[data-focus="browse-list"]').getByRole('option');
    const focus = () => page.evaluate(() => document.activeElement?.getAttribute('data-focus'));
    await page.waitForFunction(() => document.activeElement?.getAttribute('data-focus') === 'browse');

    // Words are looked for everywhere, and filters say how many each would leave.
    await page.keyboard.type('food', { delay: 15 });
    const total = page.locator('.browse .head p');
    await page.waitForFunction(() => /^\s*\d+ services\s*$/.test(document.querySelector('.browse .head p')?.textContent ?? ''));
    const all = Number(/\d+/.exec(await total.innerText())?.[0]);
    await page.getByRole('button', { name: 'Filters' }).press('Enter');
    const panel = page.getByRole('region', { name: 'Filters', exact: true });
    const pantries = panel.getByRole('checkbox', { name: /^Food pantries/ });
    await pantries.waitFor();
    expect(await axe(page), 'the filters').toEqual([]);
    const count = Number(/\d+$/.exec(await panel.locator('label').filter({ hasText: 'Food pantries' }).innerText())?.[0]);
    expect(count).toBeGreaterThan(2);
    expect(count).toBeLessThan(all);
    await pantries.press(' ');
    await page.getByText(`${count} services`, { exact: true }).first().waitFor();
    expect(await rows.first().getAttribute('aria-setsize')).toBe(String(count));

    // From the box into the list; a stretch, one more and one less.
    await page.locator('[data-focus="browse"]').press('ArrowDown');
    expect(await focus()).toBe('browse-list');
    await page.keyboard.press(' ');
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Shift+ArrowDown');
    await page.getByText('3 chosen').waitFor();
    await page.keyboard.press(' ');
    await page.getByText('2 chosen').waitFor();
    await page.keyboard.press('Control+a');
    await page.getByText(`${count} chosen`).waitFor();
    expect(await axe(page), 'the list with all chosen').toEqual([]);
    expect(await page.getByRole('checkbox', { name: 'Choose all of them' }).isChecked()).toBe(true);

    await page.getByRole('button', { name: 'Change them' }).press('Enter');
    await page.getByText(`${count} services were chosen`).waitFor();
    await page.getByLabel('Field').selectOption({ label: 'Wait' });
    await page.getByLabel('New value').fill('Ask at the counter');
    await page.keyboard.press('Enter');
    const apply = page.getByRole('button', { name: /^Change \d+ records?$/ });
    await apply.press('Enter');
    const changed = () => walk.app.deps.db.selectFrom('service').select('id').where('wait_time', '=', 'Ask at the counter').execute();
    await page
      .getByText(/records were changed/)
      .first()
      .waitFor();
    expect((await changed()).length).toBeGreaterThan(2);
    await page.getByRole('button', { name: 'Undo', exact: true }).first().press('Enter');
    await page
      .getByText(/records were set back/)
      .first()
      .waitFor();
    expect(await changed()).toEqual([]);
    expect(errors).toEqual([]);
  });

  test('holds what the map shows, says what is private, and opens a page', async () => {
    await using visitor = await walk.visitAs('intake');
    const { page, errors } = visitor;
    await openFind(page);
    await runCommand(page, 'Browse the directory');
    await page.getByText(/services on the map/).waitFor();
    await page.getByRole('radio', { name: 'Everywhere' }).press(' ');
    await page.getByText(/^\s*\d+ services\s*$/).waitFor();
    await page.getByRole('button', { name: 'Filters' }).press('Enter');
    await page.getByRole('checkbox', { name: /^Address is private/ }).press(' ');
    const rows = page.locator('[data-focus="browse-list"]').getByRole('option');
    await page.waitForFunction(() =>
      [...document.querySelectorAll('.browse [role="option"]')].every((row) => /Private address/.test(row.textContent ?? '')),
    );
    expect(await rows.count()).toBeGreaterThan(0);
    expect(await page.getByRole('checkbox', { name: 'Choose all of them' }).count(), 'nothing is chosen by who may not edit').toBe(0);
    // On the map there is none of them, and the way back is said.
    await page.getByRole('radio', { name: 'On the map' }).press(' ');
    await page.getByText('No service fits these filters').waitFor();
    expect(await axe(page), 'nothing fits').toEqual([]);
    await page.getByRole('button', { name: 'Look everywhere' }).press('Enter');
    await rows.first().waitFor();
    const name = await rows.first().locator('.name').innerText();
    await page.locator('[data-focus="browse-list"]').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name }).waitFor();
    expect(errors).toEqual([]);
  });

  test('on a phone, with filters in a sheet that says how many are left', async () => {
    await using visitor = await walk.visit({ viewport: PHONE, hasTouch: true, isMobile: true, map: false });
    const { page, errors } = visitor;
    await page.getByRole('button', { name: 'Directory' }).tap();
    await page.getByRole('button', { name: 'Filters' }).tap();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Open now').tap();
    await dialog.getByRole('button', { name: /^Show \d+ services?$/ }).tap();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Remove Open now' }).waitFor();
    expect(await axe(page)).toEqual([]);
    expect(errors).toEqual([]);
  });
});

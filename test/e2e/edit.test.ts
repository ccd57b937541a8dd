// A steward edits a service, sees what it was, takes it back, meets an edit of someone else, and changes many at once.

import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { axe } from '../support/browser.ts';
import { startWalk } from '../support/walk.ts';
import { openFind } from './scenes.ts';
import { runCommand } from './steps.ts';

const walk = startWalk({ map: false });

/** The page of the first service that has a telephone, by quick open. */
async function openService(page: Page): Promise<{ id: string; name: string }> {
  const found = await walk.app.deps.db
    .selectFrom('service')
    .innerJoin('phone', 'phone.service_id', 'service.id')
    .select(['service.id', 'service.name'])
    .where('service.status', '=', 'active')
    .orderBy('service.name')
    .executeTakeFirstOrThrow();
  const name = String(found.name);
  await page.keyboard.press('Control+p');
  await page.getByRole('dialog').getByRole('combobox').waitFor();
  await page.keyboard.type(name, { delay: 5 });
  await page.getByRole('option', { name }).first().click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
  return { id: found.id, name };
}

describe('a steward edits', () => {
  test('a form, both values, the history and the way back', async () => {
    await using visitor = await walk.visitAs('steward');
    const { page } = visitor;
    await openFind(page);
    const { id, name } = await openService(page);

    await page.keyboard.press('F2');
    const form = page.getByRole('form', { name: 'Edit service' });
    await form.waitFor();
    expect(await axe(page), 'the form').toEqual([]);
    const title = form.getByLabel('Name', { exact: true }).first();
    expect(await title.inputValue()).toBe(name);

    // What does not fit is said where it stands, and nothing is saved.
    await form.getByLabel('Web page').first().fill('not an address');
    await page.keyboard.press('Control+s');
    await page.getByText('Write an address that begins with https://.').waitFor();
    await form.getByLabel('Web page').first().fill('https://example.org/help');

    // Someone else changes the notice meanwhile.
    await walk.app.deps.db.updateTable('service').set({ alert: null }).where('id', '=', id).execute();
    await form.getByLabel('Notice').fill('Bring a bag');
    const theirs = await walk.app.caller('admin').edit.save({
      edits: [{ op: 'update', object: 'service', id, base: { alert: null }, set: { alert: 'Closed on Monday' } }],
    });
    expect(theirs.saved).toBe(true);
    await page.keyboard.press('Control+s');
    await page.getByText('Someone else changed one field').waitFor();
    await form.getByText('Closed on Monday').waitFor();
    expect(await axe(page), 'the conflict').toEqual([]);
    await page.getByRole('button', { name: 'Keep mine' }).click();
    await page.keyboard.press('Control+s');
    await page.getByText('Saved. The history keeps').first().waitFor();
    await page.getByText('Bring a bag').first().waitFor();

    await runCommand(page, 'History of this service');
    await page.getByRole('heading', { level: 1, name: `History of ${name}` }).waitFor();
    await page.getByText('Closed on Monday').first().waitFor();
    expect(await axe(page), 'the history').toEqual([]);
    await page.getByRole('button', { name: 'Undo', exact: true }).first().click();
    await page.getByText('One record goes back to what it was.').waitFor();
    expect(await axe(page), 'the undo').toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: 'Undo', exact: true }).click();
    await page.getByText('undone').first().waitFor();
    expect(await walk.app.deps.db.selectFrom('service').select('alert').where('id', '=', id).executeTakeFirst()).toEqual({
      alert: 'Closed on Monday',
    });

    await page.getByRole('button', { name: 'Restore to here' }).last().click();
    await page.getByText('One record would change:').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Restore', exact: true }).click();
    await page.getByText('Restored to an earlier moment').first().waitFor();
    expect((await walk.app.deps.db.selectFrom('service').select('alert').where('id', '=', id).executeTakeFirst())?.alert).not.toBe(
      'Closed on Monday',
    );
    expect(visitor.errors).toEqual([]);
  });

  test('many at once, looked at first, and taken back as one', async () => {
    await using visitor = await walk.visitAs('steward');
    const { page } = visitor;
    await openFind(page);
    await runCommand(page, 'Change many services at once');
    await page.getByLabel('Kind').selectOption({ label: 'Shelters' });
    await page.getByLabel('Field').selectOption({ label: 'Wait' });
    await page.getByLabel('New value').fill('Ask at the door');
    await page.getByRole('button', { name: 'Look at the changes' }).click();
    const apply = page.getByRole('button', { name: /^Change \d+ records$/ });
    await apply.waitFor();
    expect(await axe(page), 'the bulk edit').toEqual([]);
    const count = Number(/\d+/.exec(await apply.innerText())?.[0]);
    expect(count).toBeGreaterThan(3);
    await apply.click();
    await page.getByText(`${count} records were changed`).first().waitFor();
    const changed = () => walk.app.deps.db.selectFrom('service').select('id').where('wait_time', '=', 'Ask at the door').execute();
    expect(await changed()).toHaveLength(count);

    await runCommand(page, 'What was done to the directory');
    await page.getByRole('heading', { level: 1, name: 'What was done' }).waitFor();
    expect(await axe(page), 'the acts').toEqual([]);
    await page.getByRole('button', { name: 'Undo', exact: true }).first().click();
    await page.getByRole('dialog').getByRole('button', { name: 'Undo', exact: true }).click();
    await page.getByText(`${count} records were set back`).first().waitFor();
    expect(await changed()).toHaveLength(0);
    expect(visitor.errors).toEqual([]);
  });
});

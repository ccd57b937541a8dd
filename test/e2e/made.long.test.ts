// The whole way to a published plugin, timed and pictured (pictures/story-made-…): also in Spanish, with a check and a translation,
// seen at once by another person in the edit form, put back, and taken along as a package that the Plugins page takes.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DESKTOP } from '../support/browser.ts';
import { startWalk } from '../support/walk.ts';
import { countActs, takeActs } from './keystroke-level.ts';
import * as maker from './maker-steps.ts';
import { command, openResource, runById } from './scenes.ts';

const walk = startWalk({ map: false });
const folder = join(import.meta.dirname, '../../pictures');

test('from nothing to a published plugin, step by step', { timeout: 300_000 }, async () => {
  mkdirSync(folder, { recursive: true });
  await using steward = await walk.visitAs('steward', { viewport: DESKTOP });
  const { page } = steward;
  const times: { step: string; machine: number; person: number; keys: number; pointings: number; decisions: number }[] = [];
  const step = async (name: string, work: () => Promise<unknown>) => {
    const begun = performance.now();
    await work();
    const { seconds: person, keys, pointings, decisions } = await takeActs(page);
    times.push({ step: name, machine: Math.round(performance.now() - begun) / 1000, person, keys, pointings, decisions });
    await page.screenshot({ path: join(folder, `story-made-${String(times.length).padStart(2, '0')}-${name}.png`) });
  };
  await countActs(page);
  await page.reload();
  await command(page, 'plugins.make');
  await step('name', () => maker.beginPlugin(page, 'Repair at the harbour'));
  await step('language', () => maker.addLanguage(page, 'Spanish'));
  await step('kind', () => maker.addKind(page));
  await step('question', () => maker.addQuestion(page));
  await step('table', () => maker.addTable(page));
  await step('check', () => maker.addCheck(page));
  await step('translation', () =>
    maker.translate(page, { 'Repair café': 'Café de reparación', 'Do you have a bicycle?': '¿Tiene bicicleta?' }),
  );
  await step('rule', () => maker.writeRule(page));
  await step('publish', () => maker.publish(page, 'We begin'));
  // "person": an estimate for somebody practised who knows what to write, not a measurement.
  console.table(times);
  const person = times.reduce((sum, one) => sum + one.person, 0);
  console.log(
    `together ${Math.round(times.reduce((sum, one) => sum + one.machine, 0))} s of the machine; a person: about ${Math.round(person / 60)} min (keystroke-level model)`,
  );
  expect(person).toBeGreaterThan(60);

  // Somebody else edits a place: the kind is there, with its fields.
  await using other = await walk.visitAs('steward', { locale: 'es' });
  await openResource(other.page, 'Old Town Crisis');
  await runById(other.page, 'edit.open');
  await other.page.locator('select:has(option[value="repair-at-the-harbour/repair-cafe"])').selectOption({ label: 'Café de reparación' });
  await other.page.getByLabel('Number of workbenches').fill('0');
  await other.page.getByLabel('Tools').selectOption('Machines');

  // A second version takes the question away; the first one is put back.
  await maker.openPart(page, 'Owns a bicycle');
  await page.getByLabel('The question, as it is said', { exact: true }).fill('Is there a bicycle in your house?');
  await maker.publish(page, 'Said better');
  await page.getByRole('button', { name: 'Put it back' }).click();
  await page.getByText('Version 1.0.0 is live').first().waitFor();
  // What a version changed is told in words, and an earlier one is a step back in the forms.
  await page.getByText('What it changed').click();
  await page.getByText('The question, as it is said', { exact: true }).waitFor();
  await page.getByRole('deletion').getByText('Do you have a bicycle?').waitFor();
  const asked = walk.app.deps.registry.getPoint<{ id: string; ask: Record<string, string> }>('intakeQuestions').all();
  expect(asked.find(({ plugin }) => plugin === 'repair-at-the-harbour')?.value.ask['en']).toBe('Do you have a bicycle?');

  // Two change it at once: whoever comes second is told, and neither loses a word.
  await runById(other.page, 'plugins.open');
  await other.page.locator('[data-made-list] button').first().click();
  await maker.openPart(page, 'About it');
  await other.page.getByLabel('Para qué sirve').fill('Lo que escribió otra persona');
  await other.page.getByText(/^Guardado: /).waitFor();
  const purpose = page.getByLabel('What it is for');
  await purpose.fill('What I wrote');
  await page.getByText('Somebody else changed this plugin meanwhile.').waitFor();
  await page.getByRole('button', { name: 'Show theirs' }).click();
  await expect.poll(() => purpose.inputValue()).toBe('Lo que escribió otra persona');
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect.poll(() => purpose.inputValue()).toBe('What I wrote');
  await page.getByText(/^Kept /).waitFor();
  await maker.openPart(page, 'Versions');

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save its package' }).first().click(),
  ]);
  expect(download.suggestedFilename()).toBe('repair-at-the-harbour-1.1.0.tgz');
  await using admin = await walk.visitAs('admin');
  await command(admin.page, 'plugins.open');
  await admin.page.locator('input[accept=".tgz,.tar.gz"]').setInputFiles(await download.path());
  await admin.page.getByRole('dialog', { name: 'Install Repair at the harbour 1.1.0?' }).waitFor();
  // The browser itself writes down that the server refused what was written second.
  expect(steward.errors).toEqual([expect.stringContaining('409')]);
  expect([...other.errors, ...admin.errors]).toEqual([]);
});

// Legend, drawings, table and report of the coordinator's screen in a real browser, over a world of three cells: each says its
// figures in words, and what is chosen in one is chosen in all.

import '#client/ui/tokens.css';
import '#client/ui/base.css';
import type { Component } from 'svelte';
import { beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import Answer from '#client/gaps/Answer.svelte';
import FiguresPanel from '#client/gaps/FiguresPanel.svelte';
import Legend from '#client/gaps/Legend.svelte';
import ReportSheet from '#client/gaps/ReportSheet.svelte';
import { toCsv, toGeoJson } from '#client/gaps/report-files.ts';
import ScenarioPanel from '#client/gaps/ScenarioPanel.svelte';
import type { GapServer, UnmetCounts } from '#client/gaps/server.ts';
import UnmetPanel from '#client/gaps/UnmetPanel.svelte';
import { unmetMessages } from '#client/gaps/unmet-messages.ts';
import ComparePanel from '#client/gaps/ComparePanel.svelte';
import { messages } from '#client/gaps/messages.ts';
import { screenMessages } from '#client/gaps/screen-messages.ts';
import { GapsSession } from '#client/gaps/session.svelte.ts';
import { messages as parts } from '#client/ui/messages.ts';
import { Workbench } from '#client/workbench/workbench.svelte.ts';
import { packPairs } from '#shared/gaps/packed-pairs.ts';
import { PairBuilder } from '#shared/gaps/pairs.ts';
import GapsCase from './GapsCase.svelte';
import { smallWorld } from './screen-world.ts';

let session: GapsSession;
let workbench: Workbench;

/** The other side of the wire. A new site is one minute from every cell. */
function answering(): GapServer {
  const { population, world } = smallWorld();
  const nobody = () => Promise.reject(new Error('Nobody asks this here.'));
  return {
    populations: () => Promise.resolve([population]),
    world: () => Promise.resolve(world),
    reach: ({ from }) => {
      const pairs = new PairBuilder(from.length, 3);
      for (let row = 0; row < from.length; row++) for (let cell = 0; cell < 3; cell++) pairs.add(row, cell, 1);
      return Promise.resolve({ pairs: packPairs(pairs.finish()), estimated: from.map(() => false) });
    },
    nameOf: () => Promise.resolve('Mill Street'),
    placesOfType: nobody,
    namePlaces: (cells) => Promise.resolve(cells.map(() => null)),
    nameGroups: nobody,
    removePopulation: nobody,
    unmet: ({ need, from }) => Promise.resolve(unmetCounts({ need, from })),
    views: nobody,
    view: nobody,
    keepView: nobody,
    beginUpload: nobody,
    sendFile: nobody,
    lookAt: nobody,
    addPopulation: nobody,
  };
}

const AREA = '872ab2599ffffff';

/** Thirty searches in two quarters, of which those for a dentist are held back. */
function unmetCounts({ need, from }: { need?: string | undefined; from?: string | undefined }): UnmetCounts {
  const told = (count: number | null, complete = true) => ({ count, complete, suppressed: complete ? 0 : 1 });
  const spring = { quarter: '2026-Q2', ...told(need === 'dentist' ? null : 12, need !== 'dentist') };
  const summer = { quarter: '2026-Q3', ...told(need === 'dentist' ? null : 18, need !== 'dentist') };
  const quarters = [{ quarter: '2026-Q1', ...told(0) }, spring, summer].filter(({ quarter }) => quarter >= (from ?? ''));
  return {
    ...told(need === 'dentist' ? null : quarters.reduce((sum, { count }) => sum + (count ?? 0), 0), need !== 'dentist'),
    quarters: quarters.map(({ quarter }) => quarter),
    byQuarter: quarters,
    byWhy: [{ why: 'full', ...told(30) }],
    byNeed: [
      { need: 'food', ...told(30) },
      { need: 'dentist', ...told(null, false) },
    ],
    byCell: [
      { cell: AREA, ...told(24, false) },
      { cell: '852ab25bfffffff', ...told(30) },
    ],
  };
}

beforeEach(async () => {
  localStorage.clear();
  workbench = new Workbench();
  for (const words of [parts, messages, screenMessages, unmetMessages]) workbench.registerMessages(words);
  session = new GapsSession(workbench, answering());
  await session.start();
  session.ask({ needs: ['food'], minutes: 15 });
  await vi.waitFor(() => expect(session.stage).toBe('ready'));
});

const show = (...shown: unknown[]) => render(GapsCase, { workbench, session, parts: shown as Component<Record<string, unknown>>[] });
const rows = () => page.getByRole('grid').getByRole('row');

/** Waits until this stands somewhere in it. */
const says = (where: ReturnType<typeof rows>, text: string) =>
  expect.poll(() => where.element().textContent.replaceAll(/\s+/g, ' ')).toContain(text);

test('the sentence counts people beyond the limit, and says that it is an estimate and what was left out', async () => {
  await show(Answer);
  await says(page.getByRole('status'), '50 people live more than 15 minutes’ walk from the nearest place for food.');
  await says(page.getByRole('main'), 'An estimate: ways are taken as straight lines');
  await says(page.getByRole('main'), '1 has a hidden address and is left out.');
});

test('a class of the legend chooses its cells in the table, and lets go of them', async () => {
  await show(Legend, FiguresPanel);
  await expect.element(rows()).toHaveLength(4);
  const worst = page.getByRole('button', { name: 'Show only 30 +' });
  await worst.click();
  await expect.element(worst).toHaveAttribute('aria-pressed', 'true');
  await expect.element(rows()).toHaveLength(2);
  for (const told of ['South', '50', '40 min']) await says(rows().nth(1), told);
  await worst.click();
  await expect.element(rows()).toHaveLength(4);
});

test('the histogram is a list that is chosen from by key, and says each bar', async () => {
  await show(FiguresPanel);
  await page.getByText('Histogram').click();
  await expect.element(page.getByRole('option', { name: '5–10: 300 people' })).toBeInTheDocument();
  (page.getByRole('listbox').element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowRight}{Enter}');
  await expect.element(rows()).toHaveLength(2);
  expect(session.brush).toEqual({ from: 5, to: 10 });
  await userEvent.keyboard('{Shift>}{ArrowRight}{/Shift}');
  expect(session.brush).toEqual({ from: 5, to: 15 });
  await userEvent.keyboard('{Escape}');
  expect(session.brush).toBe(null);
});

test('the limit is moved on the curve by key, and the sentence follows', async () => {
  await show(Answer, FiguresPanel);
  const limit = page.getByRole('slider');
  await expect.element(limit).toHaveAttribute('aria-valuetext', '90% of the people have a place within 15 minutes.');
  (limit.element() as unknown as HTMLElement).focus();
  await userEvent.keyboard('{PageDown}');
  await says(page.getByRole('status'), '200 people live more than 10 minutes’ walk');
  expect(session.question.minutes).toBe(10);
});

test('the table is sorted by its heads and walked by arrows; the row is the cell that is looked at', async () => {
  await show(FiguresPanel);
  await page.getByRole('button', { name: 'People', exact: true }).click();
  await expect.element(page.getByRole('columnheader', { name: 'People' })).toHaveAttribute('aria-sort', 'descending');
  for (const told of ['North', '300']) await says(rows().nth(1), told);
  (page.getByRole('grid').element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowDown}{ArrowDown}');
  expect(session.cell).toBe(1);
  await expect.element(rows().nth(2)).toHaveAttribute('aria-selected', 'true');
});

test('a placed site is an estimate only until the server has said; undo takes it away', async () => {
  await show(ScenarioPanel);
  session.plans.addSites([{ lon: -122.42, lat: 37.77, name: null }]);
  await vi.waitFor(() => expect(session.plannedWays[0]!.estimated).toBe(false));
  expect(session.outcome.summary.unreached).toBe(0);
  await expect.element(page.getByText('Mill Street')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  expect(session.plans.sites).toEqual([]);
  expect(session.outcome.summary.unreached).toBe(50);
});

test('the report says what was found, how, from which figures, and what is held back', async () => {
  session.plans.addSites([{ lon: -122.42, lat: 37.77, name: 'School' }]);
  await vi.waitFor(() => expect(session.outcome.summary.unreached).toBe(0));
  await show(ReportSheet);
  const sheet = page.getByRole('article');
  await says(sheet, '50 people live more than 15 minutes’ walk');
  await says(sheet, 'Scenario 1 (1 new site): 0 people are still without. 50 people fewer than today.');
  await says(sheet, 'Guagliardo 2004');
  await says(sheet, 'Small Town: Town hall, 2025.');
  await says(sheet, 'An estimate: ways are taken as straight lines');
  await says(sheet, '1 has a hidden address and is left out.');
});

test('a scenario stands beside today, by what tells the two apart, and every act is taken back', async () => {
  await show(ComparePanel);
  session.plans.addSites([{ lon: -122.42, lat: 37.77, name: 'School' }]);
  await vi.waitFor(() => expect(session.outcome.summary.unreached).toBe(0));
  await page.getByRole('button', { name: 'With today' }).click();
  await says(page.getByRole('main'), 'Today5010.0%Scenario 100.0%');
  await says(page.getByRole('main'), '50 people fewer without help than before.');
  expect([...session.compare.classesBefore!]).toEqual([0, 1, 4]);
  expect([...session.cellClasses]).toEqual([0, 0, 0]);
  await page.getByRole('radio', { name: 'Difference' }).click();
  expect([...session.mapValues]).toEqual([-4, -11, -39]);
  session.ask({ minutes: 20 });
  session.ask({ group: 'seniors' });
  session.undo();
  expect(session.question).toMatchObject({ minutes: 20, group: 'all' });
  session.undo();
  session.undo();
  expect(session.question.minutes).toBe(15);
  expect(session.plans.sites).toEqual([]);
  session.redo();
  expect(session.plans.sites).toHaveLength(1);
});

test('our own unmet needs are told as far as they may be, and only areas of one size lie on the map', async () => {
  await show(UnmetPanel);
  await says(page.getByRole('status'), 'Apr – Jun 2026 to Jul – Sep 2026: 30 searches found nothing usable.');
  await says(page.getByRole('table', { name: 'By need' }), 'dentistnot shown');
  await says(page.getByRole('table', { name: 'By area' }), 'at least 24');
  expect(session.unmet.cells).toEqual([AREA]);
  expect(session.unmet.isShown).toBe(true);
  await page.getByLabelText('When').selectOptions('2026-Q3');
  await says(page.getByRole('status'), 'Jul – Sep 2026: 18 searches found nothing usable.');
  await page.getByLabelText('Need').selectOptions('dentist');
  await says(page.getByRole('status'), 'Too few to be shown.');
});

test('files hold every cell, and nothing where a figure is held back', () => {
  const [head, first] = toCsv(session).split('\r\n');
  expect(head).toBe('cell,area,people,seniors,minutes_today,minutes,value,reached,estimate');
  expect(first).toBe('89283082803ffff,North,300,,5,5,5,true,true');
  const { features } = JSON.parse(toGeoJson(session, {})) as { features: { properties: Record<string, unknown> }[] };
  expect(features.map(({ properties }) => properties['kind'])).toEqual(['cell', 'cell', 'cell', 'standing']);
});

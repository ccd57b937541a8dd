// A site dragged over the coordinator's map of 10,000 cells in Chromium, as somebody does it: for each move of the pointer the time
// until the frame that shows it was handed to the screen, out of the browser's own trace.

import { gridDisk, latLngToCell } from 'h3-js';
import type { CDPSession, Page } from 'playwright-core';
import { addPopulation } from '#server/gaps/population/store.ts';
import { closeBrowsers, openBrowser, visit } from '../support/browser.ts';
import { findChromium } from '../support/chromium.ts';
import { testApp, type TestApp } from '../support/test-app.ts';

const CELLS = 10_000;
/** Rings of cells around the middle: enough for so many. */
const RINGS = 58;
const MOVES = 60;
const NAME = 'Ten thousand cells';
const VIEW = { width: 1180, height: 760 };

export interface DragFrames {
  /** Sorted, in milliseconds: from the move to the frame on the screen. */
  shown: number[];
  /** From the move until the page had done its part: without the drawing of this frame, with the wait for those before it. */
  handed: number[];
  /** The page's own part: from when it hears of the move until script, style and hand-over of the frame are done. */
  worked: number[];
}

/** null where Chromium is not installed. */
export async function dragFrames(): Promise<DragFrames | null> {
  if (!findChromium()) return null;
  await using app = await testApp({ demo: true });
  await addCells(app);
  const { cookie } = await app.signIn('coordinator');
  await using visitor = await visit(await openBrowser(), app.url, { viewport: VIEW, cookie });
  const { page } = visitor;
  await openAnalysis(page);
  const session = await page.context().newCDPSession(page);
  const frames = await traceDrag(page, session);
  await closeBrowsers();
  return frames;
}

async function addCells({ deps }: TestApp): Promise<void> {
  const middle = latLngToCell(44.005, -128.0, 9);
  const cells = gridDisk(middle, RINGS).slice(0, CELLS).sort();
  const people = Float64Array.from(cells, (_, i) => 20 + ((i * 37) % 200));
  await addPopulation(
    deps.db,
    { resolution: 9, cells, groups: [{ id: 'all', people }], areas: null, notes: [] },
    { origin: { name: NAME, source: 'made up', vintage: '2026' }, actor: 'bench', at: new Date().toISOString() },
  );
}

async function openAnalysis(page: Page): Promise<void> {
  await page.locator('[data-focus="where"]').first().waitFor({ timeout: 60_000 });
  await page.keyboard.press('F1');
  await page.keyboard.type('gaps.open');
  await page.getByRole('dialog').getByRole('option').first().click();
  await page.getByLabel('Population').selectOption({ label: NAME });
  await page.getByRole('button', { name: 'Food', exact: true }).click();
  await page.locator('.gaps .sentence').waitFor({ timeout: 60_000 });
  await page.getByText(`of ${CELLS.toLocaleString('en')} cells`).waitFor({ timeout: 60_000 });
  await page.getByRole('button', { name: 'In the middle of the map' }).click();
  await page.locator('.planned-marks button').waitFor();
  await page.waitForLoadState('networkidle');
  await page.waitForTimeout(1500);
}

interface TraceEvent {
  name: string;
  ph: string;
  ts: number;
  id?: string;
  id2?: { local?: string };
  args?: { event_latency?: { event_type?: string } };
}

async function traceDrag(page: Page, session: CDPSession): Promise<DragFrames> {
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  await page.evaluate(noteFrames);
  const box = (await page.locator('.planned-marks button').boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  // The first moves warm up what the browser has not run yet.
  for (let i = 1; i <= 10; i++) await move(page, x + i * 2, y);
  await page.evaluate(() => ((globalThis as unknown as { frames: Frame[] }).frames.length = 0));
  await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories: ['cc', 'benchmark', 'input'] } });
  for (let i = 0; i < MOVES; i++) await move(page, x + 20 + 100 * Math.sin(i / 6), y + 60 * Math.cos(i / 5));
  await page.mouse.up();
  const ended = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.end');
  await ended;
  const frames = await page.evaluate(() => (globalThis as unknown as { frames: Frame[] }).frames);
  const sorted = (values: number[]) => values.sort((a, b) => a - b);
  return {
    shown: sorted(latencies(events)),
    handed: sorted(frames.map(({ moved, done }) => done - moved)),
    worked: sorted(frames.map(({ heard, done }) => done - heard)),
  };
}

/** A hand moves on when it sees where it is: no two moves fall into one frame. */
async function move(page: Page, x: number, y: number): Promise<void> {
  await page.mouse.move(x, y);
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
}

/** Of one move, in milliseconds of the page. */
interface Frame {
  moved: number;
  heard: number;
  done: number;
}

/** In the page: each move, and when its frame was worked out, styled and handed over. */
function noteFrames(): void {
  const frames: Frame[] = [];
  Object.assign(globalThis, { frames });
  const { port1, port2 } = new MessageChannel();
  let begun: Omit<Frame, 'done'>[] = [];
  port2.onmessage = () => {
    for (const move of begun) frames.push({ ...move, done: performance.now() });
    begun = [];
  };
  addEventListener(
    'pointermove',
    ({ timeStamp }) => {
      begun.push({ moved: timeStamp, heard: performance.now() });
      requestAnimationFrame(() => port1.postMessage(null));
    },
    { capture: true },
  );
}

/** From the moment a move was made to the moment its frame was shown, in milliseconds. */
function latencies(events: readonly TraceEvent[]): number[] {
  const begun = new Map<string, number>();
  const found: number[] = [];
  for (const { name, ph, ts, id, id2, args } of events.toSorted((a, b) => a.ts - b.ts)) {
    if (name !== 'EventLatency') continue;
    const key = id ?? id2?.local ?? '';
    if (ph === 'b' && /MOUSE_(MOVED|DRAGGED)/.test(args?.event_latency?.event_type ?? '')) begun.set(key, ts);
    const from = begun.get(key);
    if (ph !== 'e' || from === undefined) continue;
    found.push((ts - from) / 1000);
    begun.delete(key);
  }
  return found;
}

// How a screen is looked at: axe finds nothing, no text too pale, nothing sticks out at the side; nothing is asked of another
// origin, and the console stays silent.

import type { BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';
import { axe, DESKTOP, PHONE, type Visitor } from '../support/browser.ts';

/** Movements have ended and late parts are drawn. */
const SETTLED_MS = 600;

export const SIZES: Record<'desktop' | 'phone', BrowserContextOptions> = {
  desktop: { viewport: DESKTOP },
  phone: { viewport: PHONE, hasTouch: true, isMobile: true },
};

/** What is wrong with the screen in front. */
export async function lookAt(page: Page, rules?: readonly string[]): Promise<string[]> {
  await page.waitForTimeout(SETTLED_MS);
  const found = await axe(page, rules);
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  return wider > 0 ? [...found, `${wider} pixels stick out`] : found;
}

export function expectPeace({ foreign, errors }: Visitor): void {
  expect(foreign).toEqual([]);
  expect(errors).toEqual([]);
}

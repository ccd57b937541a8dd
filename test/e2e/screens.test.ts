// Every scene, at desktop and phone size, in light and dark: axe finds nothing, nothing is asked of another origin,
// the console stays silent, and nothing sticks out at the side.

import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axe, DESKTOP, launchBrowser, PHONE, visit } from '../support/browser.ts';
import { testApp, type TestApp } from '../support/test-app.ts';
import { isStill, SCENES } from './scenes.ts';

let app: TestApp;
let browser: Browser;
beforeAll(async () => {
  [app, browser] = await Promise.all([testApp({ demo: true }), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await app[Symbol.asyncDispose]();
});

const LOOKS: Record<string, BrowserContextOptions> = {
  'desktop, light': { viewport: DESKTOP, colorScheme: 'light' },
  'desktop, dark': { viewport: DESKTOP, colorScheme: 'dark' },
  'phone, light': { viewport: PHONE, colorScheme: 'light', hasTouch: true, isMobile: true },
};

describe.each(Object.entries(LOOKS))('%s', (look, options) => {
  const scenes = SCENES.filter((scene) => scene.only !== (look.startsWith('phone') ? 'desktop' : 'phone'));
  test.each(scenes)('$name', async (scene) => {
    await using visitor = await visit(browser, app.url, options);
    await scene.go(visitor.page);
    await isStill(visitor.page);
    expect(await axe(visitor.page)).toEqual([]);
    expect(visitor.foreign).toEqual([]);
    expect(visitor.errors).toEqual([]);
    const wider = await visitor.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wider, 'pixels that stick out').toBeLessThanOrEqual(0);
  });
});

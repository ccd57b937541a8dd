// Every scene, at desktop and phone size, in light and dark: axe finds nothing, nothing is asked of another origin,
// the console stays silent, and nothing sticks out at the side.

import type { BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axe, DESKTOP, PHONE } from '../support/browser.ts';
import { isStill, SCENES } from './scenes.ts';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

const LOOKS: Record<string, BrowserContextOptions> = {
  'desktop, light': { viewport: DESKTOP, colorScheme: 'light' },
  'desktop, dark': { viewport: DESKTOP, colorScheme: 'dark' },
  'phone, light': { viewport: PHONE, colorScheme: 'light', hasTouch: true, isMobile: true },
};

describe.each(Object.entries(LOOKS))('%s', (look, options) => {
  const scenes = SCENES.filter((scene) => scene.only !== (look.startsWith('phone') ? 'desktop' : 'phone'));
  test.each(scenes)('$name', async (scene) => {
    await using visitor = await stage.enter(scene, options);
    await scene.go(visitor.page);
    await isStill(visitor.page);
    expect(await axe(visitor.page)).toEqual([]);
    expect(visitor.foreign).toEqual([]);
    expect(visitor.errors).toEqual([]);
    const wider = await visitor.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wider, 'pixels that stick out').toBeLessThanOrEqual(0);
  });
});

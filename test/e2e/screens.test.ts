// Every scene at desktop and phone size: axe finds nothing, and no text too pale in any of the four themes; nothing is
// asked of another origin, the console stays silent, and nothing sticks out at the side.

import type { BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axe, DESKTOP, PHONE } from '../support/browser.ts';
import { SCENES } from './scenes.ts';
import { openStage, THEMES, wear, type Stage } from './stage.ts';

/** Movements have ended and late parts are drawn. */
const SETTLED_MS = 600;

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

const SIZES: Record<'desktop' | 'phone', BrowserContextOptions> = {
  desktop: { viewport: DESKTOP },
  phone: { viewport: PHONE, hasTouch: true, isMobile: true },
};

describe.each(Object.entries(SIZES))('%s', (size, options) => {
  const scenes = SCENES.filter((scene) => (scene.only ?? size) === size);
  test.each(scenes)('$name', async (scene) => {
    await using visitor = await stage.enter(scene, options);
    await scene.go(visitor.page);
    await visitor.page.waitForTimeout(SETTLED_MS);
    const found: Record<string, string[]> = {};
    for (const [name, theme] of Object.entries(THEMES)) {
      await wear(visitor.page, theme);
      // What is a matter of structure is the same in all of them.
      const said = await axe(visitor.page, theme === THEMES.light ? undefined : ['color-contrast']);
      if (said.length > 0) found[name] = said;
    }
    expect(found).toEqual({});
    expect(visitor.foreign).toEqual([]);
    expect(visitor.errors).toEqual([]);
    const wider = await visitor.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wider, 'pixels that stick out').toBeLessThanOrEqual(0);
  });
});

// How a scene is looked at, at desktop or phone size: axe finds nothing, and no text too pale in any of the four themes;
// nothing is asked of another origin, the console stays silent, and nothing sticks out at the side.

import type { BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axe, DESKTOP, PHONE } from '../support/browser.ts';
import { ALL_SCENES } from './all-scenes.ts';
import { openStage, THEMES, wear, type Stage } from './stage.ts';

/** Movements have ended and late parts are drawn. */
const SETTLED_MS = 600;

export type Size = 'desktop' | 'phone';

const SIZES: Record<Size, BrowserContextOptions> = {
  desktop: { viewport: DESKTOP },
  phone: { viewport: PHONE, hasTouch: true, isMobile: true },
};

/** Walks the scenes that `fits` names. */
export function lookAtScreens(fits: (scene: string, size: Size) => boolean): void {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage[Symbol.asyncDispose]());

  const shown = (size: Size) => ALL_SCENES.filter((scene) => (scene.only ?? size) === size && fits(scene.name, size));
  const sizes = (['desktop', 'phone'] as const).filter((size) => shown(size).length > 0);
  describe.each(sizes)('%s', (size) => {
    test.each(shown(size))('$name', async (scene) => {
      await using visitor = await stage.enter(scene, SIZES[size]);
      await scene.go(visitor.page);
      await visitor.page.waitForTimeout(SETTLED_MS);
      const found: Record<string, string[]> = {};
      for (const [name, theme] of Object.entries(THEMES)) {
        await wear(visitor.page, theme);
        // What is a matter of structure is the same in all of them.
        const said = await axe(visitor.page, theme === THEMES.light ? undefined : ['color-contrast']);
        if (said.length > 0) found[name] = said;
      }
      const wider = await visitor.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      await scene.leave?.(visitor.page);
      expect(found).toEqual({});
      expect(visitor.foreign).toEqual([]);
      expect(visitor.errors).toEqual([]);
      expect(wider, 'pixels that stick out').toBeLessThanOrEqual(0);
    });
  });
}

// Every scene at desktop and phone size, in all four themes.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ALL_SCENES } from './all-scenes.ts';
import { expectPeace, lookAt, SIZES } from './screens.ts';
import { openStage, THEMES, wear, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

describe.each(['desktop', 'phone'] as const)('%s', (size) => {
  test.each(ALL_SCENES.filter((scene) => (scene.only ?? size) === size))('$name', async (scene) => {
    await using visitor = await stage.enter(scene, SIZES[size]);
    await scene.go(visitor.page);
    const found: Record<string, string[]> = {};
    for (const [name, theme] of Object.entries(THEMES)) {
      await wear(visitor.page, theme);
      // What is a matter of structure is the same in all of them.
      const said = await lookAt(visitor.page, theme === THEMES.light ? undefined : ['color-contrast']);
      if (said.length > 0) found[name] = said;
    }
    await scene.leave?.(visitor.page);
    expect(found).toEqual({});
    expectPeace(visitor);
  });
});

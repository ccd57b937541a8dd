// The demo town on a Thursday afternoon that never ends: where scenes are played, the same from run to run.

import type { Page } from 'playwright-core';
import { openBrowser, visit, type BrowserOptions, type Visitor, type VisitOptions } from '../support/browser.ts';
import { testApp, type TestApp } from '../support/test-app.ts';
import { addClients } from './clients.ts';
import { addUnmetNeeds } from './scenes-gaps.ts';
import { isWorker, type Scene } from './scenes.ts';

/** Thursday, 19 November 2026, 16:40 in the demo town. */
export const AT = new Date('2026-11-19T16:40:00-08:00');

/** What a system asks for → the theme that is then worn, as long as nobody has chosen one. */
export const THEMES = {
  light: { colorScheme: 'light', contrast: 'no-preference' },
  dark: { colorScheme: 'dark', contrast: 'no-preference' },
  'hc-light': { colorScheme: 'light', contrast: 'more' },
  'hc-dark': { colorScheme: 'dark', contrast: 'more' },
} as const;
export type ThemeName = keyof typeof THEMES;

/** Changes the theme as a person's system would at dusk, all at once, and waits until it is worn. */
export async function wear(page: Page, theme: (typeof THEMES)[ThemeName]): Promise<void> {
  await page.emulateMedia({ ...theme, reducedMotion: 'reduce' });
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
}

/** A clock that stands still never gives an allowance back. */
const PLENTY = { burst: 1e9, perSecond: 0 };

export interface Stage extends AsyncDisposable {
  app: TestApp;
  /** Opens the product as whoever the scene is for, before its first step. */
  enter(scene: { as?: Scene['as'] | undefined }, options?: VisitOptions & BrowserOptions): Promise<Visitor>;
}

/** @param options of the browser, for visits that do not say otherwise */
export async function openStage({ map }: BrowserOptions = {}): Promise<Stage> {
  const limits = { address: PLENTY, session: PLENTY, signInByAddress: PLENTY };
  const app = await testApp({ demo: true, clock: () => AT.getTime(), limits });
  await addUnmetNeeds(app);
  const cookies = new Map<string, Promise<string>>();
  let clients: Promise<unknown> | undefined;
  const signIn = async (as: NonNullable<Scene['as']>) => {
    if (!isWorker(as)) return (await app.signIn(as)).cookie;
    await (clients ??= addClients(app));
    return (await app.signInAs(as)).cookie;
  };
  return {
    app,
    async enter({ as }, { map: own = map, ...options } = {}) {
      if (as && !cookies.has(as)) cookies.set(as, signIn(as));
      return visit(await openBrowser({ map: own }), app.url, { at: AT, cookie: await cookies.get(as ?? ''), ...options });
    },
    [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
  };
}

// A running product for the walks of one file, which starts before its first walk and ends after its last, and the browser of all.

import { afterAll, beforeAll } from 'vitest';
import type { Role } from '#server/identity/policies.ts';
import { openBrowser, visit, type BrowserOptions, type Visitor, type VisitOptions } from './browser.ts';
import { testApp, type TestApp, type TestAppOptions } from './test-app.ts';

export interface Walk {
  readonly app: TestApp;
  /** Opens the product in a fresh browser profile. */
  visit(options?: VisitOptions & BrowserOptions): Promise<Visitor>;
  /** The same, signed in to a new account of this role. */
  visitAs(role: Role, options?: VisitOptions & BrowserOptions): Promise<Visitor>;
}

/** Those of the browser are for visits that do not say otherwise. */
export interface WalkOptions extends TestAppOptions, BrowserOptions {}

/**
 * The demo town, unless the options say otherwise. To be called at the top of a file or of a `describe`.
 * @param prepare what has to be there before the first walk, such as accounts
 */
export function startWalk({ map, ...options }: WalkOptions = {}, prepare?: (app: TestApp) => Promise<void>): Walk {
  let app: TestApp | undefined;
  const running = (): TestApp => {
    if (!app) throw new Error('The product is started before the first walk, not while walks are listed.');
    return app;
  };
  beforeAll(async () => {
    app = await testApp({ demo: true, ...options });
    await prepare?.(app);
  });
  afterAll(async () => {
    await app?.[Symbol.asyncDispose]();
  });
  const open: Walk['visit'] = async ({ map: own = map, ...visitOptions } = {}) =>
    visit(await openBrowser({ map: own }), running().url, visitOptions);
  return {
    get app() {
      return running();
    },
    visit: open,
    visitAs: async (role, visitOptions) => open({ ...visitOptions, cookie: (await running().signIn(role)).cookie }),
  };
}

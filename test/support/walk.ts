// A running product and a browser for the walks of one file: both start before its first walk and end after its last.

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { launchBrowser, visit, type Visitor, type VisitOptions } from './browser.ts';
import { testApp, type TestApp, type TestAppOptions } from './test-app.ts';

export interface Walk {
  readonly app: TestApp;
  /** Opens the product in a fresh browser profile. */
  visit(options?: VisitOptions): Promise<Visitor>;
}

export interface WalkOptions extends TestAppOptions {
  /** Default true. False where the map is beside the point: as a computer without WebGL shows the product. */
  map?: boolean;
}

/**
 * The demo town, unless the options say otherwise. To be called at the top of a file or of a `describe`.
 * @param prepare what has to be there before the first walk, such as accounts
 */
export function startWalk({ map, ...options }: WalkOptions = {}, prepare?: (app: TestApp) => Promise<void>): Walk {
  let app: TestApp | undefined;
  let browser: Browser | undefined;
  const running = <T>(part: T | undefined): T => {
    if (part === undefined) throw new Error('The product is started before the first walk, not while walks are listed.');
    return part;
  };
  beforeAll(async () => {
    [app, browser] = await Promise.all([testApp({ demo: true, ...options }), launchBrowser({ map })]);
    await prepare?.(app);
  });
  afterAll(async () => {
    await browser?.close();
    await app?.[Symbol.asyncDispose]();
  });
  return {
    get app() {
      return running(app);
    },
    visit: (visitOptions) => visit(running(browser), running(app).url, visitOptions),
  };
}

// Chromium as a person would use it, with every request noted: one browser for all walks of a process, a fresh profile for each visit.

import AxeBuilder from 'axe-core';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';
import { CHROMIUM_ARGUMENTS, findChromium, WITHOUT_WEBGL } from './chromium.ts';

export const DESKTOP = { width: 1440, height: 900 };
/** What an older computer at a desk has. It is drawn without a graphics card here, so every pixel costs. */
const LAPTOP = { width: 1180, height: 760 };
export const PHONE = { width: 390, height: 844 };

export interface BrowserOptions {
  /** Default true. False where the map is beside the point, as on a computer without WebGL: a walk takes half the time. */
  map?: boolean | undefined;
}

const browsers = new Map<boolean, Promise<Browser>>();

/** The browser of this process, which ends with it; a new one where the last has crashed. */
export async function openBrowser({ map = true }: BrowserOptions = {}): Promise<Browser> {
  const open = await browsers.get(map);
  if (open?.isConnected()) return open;
  const browser = launchBrowser(map);
  browsers.set(map, browser);
  return browser;
}

/** For programs; a process of tests closes them by its end. */
export async function closeBrowsers(): Promise<void> {
  await Promise.all([...browsers.values()].map(async (browser) => (await browser).close()));
  browsers.clear();
}

function launchBrowser(map: boolean): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath)
    throw new Error('Chromium is not installed: on Debian "apt-get install chromium"; npm test does so by itself as root.');
  return chromium.launch({ executablePath, headless: true, args: [...CHROMIUM_ARGUMENTS, ...(map ? [] : WITHOUT_WEBGL)] });
}

export interface Visitor extends AsyncDisposable {
  context: BrowserContext;
  page: Page;
  /** Addresses asked for so far that are not of the product's own origin. */
  foreign: string[];
  /** Addresses of every request, to look for what must never be in one. */
  addresses: string[];
  /** Errors that the page's console or scripts reported. */
  errors: string[];
}

export interface VisitOptions extends BrowserContextOptions {
  /** What the browser's clock says for the whole visit; absent: the real time. */
  at?: Date | undefined;
  /** Sends these cookies ("name=value; …"), as of somebody who has signed in. */
  cookie?: string | undefined;
}

/** A fresh browser profile at `origin`. */
export async function visit(browser: Browser, origin: string, { at, cookie, ...options }: VisitOptions = {}): Promise<Visitor> {
  const context = await browser.newContext({ viewport: LAPTOP, locale: 'en-US', timezoneId: 'America/Los_Angeles', ...options });
  if (at) await context.clock.setFixedTime(at);
  for (const pair of cookie?.split('; ') ?? []) {
    const [name = '', value = ''] = pair.split(/=(.*)/s);
    await context.addCookies([{ name, value, url: origin }]);
  }
  const page = await context.newPage();
  const foreign: string[] = [];
  const addresses: string[] = [];
  const errors: string[] = [];
  context.on('request', (request) => {
    const url = request.url();
    addresses.push(url);
    if (!url.startsWith(origin) && !/^(data|blob|about):/.test(url)) foreign.push(url);
  });
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await page.goto(origin);
  return { context, page, foreign, addresses, errors, [Symbol.asyncDispose]: () => context.close() };
}

/** Presses keys and counts them; typed words count apart, as a person would see it. */
export class Keyboard {
  presses = 0;
  readonly log: string[] = [];
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) {
      this.presses += 1;
      this.log.push(key);
      await this.#page.keyboard.press(key);
    }
  }

  async type(words: string): Promise<void> {
    this.log.push(`"${words}"`);
    await this.#page.keyboard.type(words, { delay: 15 });
  }
}

interface AxeViolation {
  id: string;
  impact: string | null;
  help: string;
  nodes: { html: string; failureSummary?: string }[];
}

interface AxeOptions {
  runOnly?: string[];
}

/** What axe finds on the page: WCAG 2.2 A and AA and best practices, or only what `rules` name. */
export async function axe(page: Page, rules?: readonly string[]): Promise<string[]> {
  await page.evaluate(AxeBuilder.source);
  const violations = await page.evaluate(
    async (options) => {
      const engine = (
        globalThis as unknown as { axe: { run(context: Document, options: AxeOptions): Promise<{ violations: AxeViolation[] }> } }
      ).axe;
      return (await engine.run(document, options)).violations;
    },
    rules ? { runOnly: [...rules] } : {},
  );
  return violations.map(
    (violation) =>
      `${violation.id} (${violation.impact}): ${violation.help}\n${violation.nodes.map((node) => `    ${node.html.slice(0, 200)} ${node.failureSummary ?? ''}`).join('\n')}`,
  );
}

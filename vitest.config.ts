// Three kinds of test: `node` (functions, databases, servers), `browser` (components in Chromium), `walk` (as a person would).

import { svelte } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { keepCompiledCode } from './server/compile-cache.ts';
import { CHROMIUM_ARGUMENTS, findChromium } from './test/support/chromium.ts';
import { LongestFirst } from './test/support/order.ts';
import { glyphs } from './client/ui/icons/vite-plugin.ts';

// For every process and thread that the tests start.
keepCompiledCode();

const long = process.env['WAYPOST_LONG'] === '1';
const chromium = findChromium();
/** What is waited for comes as soon as it can; a slow machine may take its time. */
const poll = { timeout: 20_000 };

export default defineConfig({
  test: {
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'node',
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.browser.test.ts', 'test/e2e/**', ...(long ? [] : ['test/**/*.long.test.ts'])],
          globalSetup: ['test/support/global.ts'],
          setupFiles: ['test/support/properties.ts'],
          // Many files in one process: to load the server anew takes longer than most files. What a test changes of the process
          // (environment, timers, listeners) it sets back.
          isolate: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
          expect: { poll },
        },
      },
      {
        plugins: [svelte({ configFile: false }), glyphs()],
        test: {
          name: 'browser',
          include: ['test/**/*.browser.test.ts'],
          testTimeout: 60_000,
          expect: { poll },
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                ...(chromium ? { executablePath: chromium } : {}),
                args: CHROMIUM_ARGUMENTS,
              },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        test: {
          name: 'walk',
          include: ['test/e2e/**/*.test.ts'],
          exclude: long ? [] : ['test/e2e/**/*.long.test.ts'],
          globalSetup: ['test/support/global.ts'],
          // One process, and with it one browser, for many files: what a server compiles once is most of what a short walk takes.
          isolate: false,
          // After all others, two at a time: beside a test that fills both processors a browser would be too slow.
          sequence: { groupOrder: 1 },
          testTimeout: 180_000,
          hookTimeout: 180_000,
          expect: { poll },
        },
      },
    ],
  },
});

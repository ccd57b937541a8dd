// `npm run pictures`: every scene at desktop and phone size, light and dark, right to left and in high contrast,
// into the ignored folder pictures/.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContextOptions } from 'playwright-core';
import { DESKTOP, launchBrowser, PHONE, visit } from '../support/browser.ts';
import { testApp } from '../support/test-app.ts';
import { isStill, SCENES } from './scenes.ts';

interface Look {
  name: string;
  options: BrowserContextOptions;
  phone?: true;
  /** Kept preferences of the workbench, as a person would have set them. */
  preferences?: Record<string, string>;
  scenes?: string[];
}

const LOOKS: Look[] = [
  { name: 'light', options: { viewport: DESKTOP, colorScheme: 'light' } },
  { name: 'dark', options: { viewport: DESKTOP, colorScheme: 'dark' } },
  { name: 'phone-light', phone: true, options: { viewport: PHONE, colorScheme: 'light', hasTouch: true, isMobile: true } },
  { name: 'phone-dark', phone: true, options: { viewport: PHONE, colorScheme: 'dark', hasTouch: true, isMobile: true } },
  { name: 'arabic', options: { viewport: DESKTOP, colorScheme: 'light', locale: 'ar' }, scenes: ['first', 'find'] },
  { name: 'hc-light', options: { viewport: DESKTOP }, preferences: { theme: 'hc-light' }, scenes: ['find'] },
  { name: 'hc-dark', options: { viewport: DESKTOP }, preferences: { theme: 'hc-dark' }, scenes: ['find'] },
];

const folder = join(import.meta.dirname, '../../pictures');
mkdirSync(folder, { recursive: true });
const wanted = process.argv.slice(2);

await using app = await testApp({ demo: true });
const browser = await launchBrowser();
for (const look of LOOKS) {
  for (const scene of SCENES) {
    if (look.scenes && !look.scenes.includes(scene.name)) continue;
    if (scene.only === (look.phone ? 'desktop' : 'phone')) continue;
    const file = `${scene.name}-${look.name}.png`;
    if (wanted.length > 0 && !wanted.some((word) => file.includes(word))) continue;
    await using visitor = await visit(browser, app.url, look.options);
    try {
      if (look.preferences) {
        await visitor.page.evaluate((kept) => localStorage.setItem('waypost.preferences', JSON.stringify(kept)), look.preferences);
        await visitor.page.reload();
      }
      await scene.go(visitor.page);
      await isStill(visitor.page);
    } catch (error) {
      console.error(`${file}: ${String(error).split('\n')[0]}`);
      process.exitCode = 1;
    }
    await visitor.page.screenshot({ path: join(folder, file) });
    console.log(`pictures/${file}: ${scene.what}`);
  }
}
await browser.close();

// `npm run pictures [-- WORD…]`: every scene at desktop and phone size, in every theme, right to left and in longer words, into the
// ignored folder pictures/. A word names part of a file. The clock stands still, so that runs can be compared.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { closeBrowsers, DESKTOP, PHONE } from '../support/browser.ts';
import { ALL_SCENES } from './all-scenes.ts';
import { streetPictures } from './pictures-streets.ts';
import { CELLS, enterCity, EXTRACT, openCity, tellPortoAlegre } from './porto-alegre.ts';
import { isStill } from './scenes.ts';
import { openStage, THEMES, wear, type ThemeName } from './stage.ts';

interface Look {
  /** Before the theme in the file's name. */
  prefix: string;
  options: BrowserContextOptions;
  size: 'desktop' | 'phone';
  themes: readonly ThemeName[];
}

const phone = { viewport: PHONE, hasTouch: true, isMobile: true };
const LOOKS: readonly Look[] = [
  { prefix: '', size: 'desktop', options: { viewport: DESKTOP }, themes: ['light', 'dark', 'hc-light', 'hc-dark'] },
  { prefix: 'phone-', size: 'phone', options: phone, themes: ['light', 'dark'] },
  { prefix: 'arabic-', size: 'desktop', options: { viewport: DESKTOP, locale: 'ar' }, themes: ['light'] },
  { prefix: 'arabic-phone-', size: 'phone', options: { ...phone, locale: 'ar' }, themes: ['light'] },
  { prefix: 'spanish-', size: 'desktop', options: { viewport: DESKTOP, locale: 'es' }, themes: ['light'] },
  { prefix: 'french-phone-', size: 'phone', options: { ...phone, locale: 'fr' }, themes: ['light'] },
];

const STORY = 'story-gaps';
const folder = join(import.meta.dirname, '../../pictures');
mkdirSync(folder, { recursive: true });
const words = process.argv.slice(2);
const isWanted = (file: string) => words.length === 0 || words.some((word) => file.includes(word));

await using stage = await openStage();
for (const { prefix, size, options, themes } of LOOKS) {
  for (const scene of ALL_SCENES) {
    const wanted = themes.map((theme) => ({ theme, file: `${scene.name}-${prefix}${theme}.png` })).filter(({ file }) => isWanted(file));
    if (wanted.length === 0 || (scene.only && scene.only !== size)) continue;
    await using visitor = await stage.enter(scene, options);
    await scene.go(visitor.page).catch((error: unknown) => {
      console.error(`${scene.name}, ${size}: ${String(error).split('\n')[0]}`);
      process.exitCode = 1;
    });
    for (const { theme, file } of wanted) await takePicture(visitor.page, theme, file);
    await scene.leave?.(visitor.page).catch(() => undefined);
    console.log(`${wanted.map(({ file }) => file).join(' ')}: ${scene.what}`);
  }
}
const { options: desktop, themes } = LOOKS[0]!;
const isStreets = (city: string) =>
  words.length === 0 || words.some((word) => `streets-${city}-`.startsWith(word) || word.startsWith(`streets-${city}-`));
for await (const { page, name, what } of streetPictures(isStreets, desktop)) {
  const wanted = themes.map((theme) => ({ theme, file: `${name}${theme}.png` })).filter(({ file }) => isWanted(file));
  for (const { theme, file } of wanted) await takePicture(page, theme, file);
  if (wanted.length > 0) console.log(`${wanted.map(({ file }) => file).join(' ')}: ${what}`);
}
if (isWanted(`${STORY}.png`) && EXTRACT && CELLS) await tellCity(EXTRACT, CELLS);
await closeBrowsers();

/** A real city from its files to its report, where its files are. */
async function tellCity(extract: string, cells: string): Promise<void> {
  await using app = await openCity(extract, cells);
  await using visitor = await enterCity(app);
  const { page } = visitor;
  let number = 0;
  const told = await tellPortoAlegre(page, cells, (name) => {
    number += 1;
    return page.screenshot({ path: join(folder, `${STORY}-${String(number).padStart(2, '0')}-${name}.png`) });
  });
  writeFileSync(join(folder, `${STORY}.pdf`), told.pdf);
  for (const [ending, content] of Object.entries(told.files)) writeFileSync(join(folder, `${STORY}-files.${ending}`), content);
  console.log(
    `${STORY}: ${told.today} people without today, ${told.planned} with two sites; PDF, CSV, GeoJSON and PNG beside the pictures`,
  );
}

async function takePicture(page: Page, theme: ThemeName, file: string): Promise<void> {
  await wear(page, THEMES[theme]);
  await isStill(page);
  await page.screenshot({ path: join(folder, file) });
}

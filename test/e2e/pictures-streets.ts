// Pictures of maps that were drawn of extracts: a made-up harbour town, and Porto and Porto Alegre where their extracts are; from far to
// near, and what is reached on foot and by car. The camera is set as a person does it: by where they are, and then by keys.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { addExtract } from '#server/streets/add-extract.ts';
import type { LonLat } from '#shared/geo/travel.ts';
import { HARBOUR_MIDDLE, harbourTown } from '../streets/harbour-town.ts';
import { toOsmPbf } from '../streets/osm-writer.ts';
import { openBrowser, visit } from '../support/browser.ts';
import { dataPath } from '../support/data.ts';
import { testApp } from '../support/test-app.ts';
import { command, isStill } from './scenes.ts';

interface City {
  name: string;
  /** Null where the extract is not there. */
  extract: string | null;
  middle: LonLat;
}

/** Zoom at which the map shows where somebody is. */
const HERE = 15;
const ZOOMS = { city: 11, district: 13, street: 15, building: 17 } as const;

/** One picture after another, the page as it is to be taken, with the part of its name before the theme. */
export async function* streetPictures(
  isWanted: (city: string) => boolean,
  options: BrowserContextOptions,
): AsyncGenerator<{ page: Page; name: string; what: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'waypost-pictures-'));
  const harbour = join(folder, 'harbour.osm.pbf');
  await writeFile(harbour, toOsmPbf(harbourTown()));
  const cities: City[] = [
    { name: 'harbour', extract: harbour, middle: HARBOUR_MIDDLE },
    { name: 'porto', extract: dataPath('osm', 'porto', 'porto_portugal.osm.pbf'), middle: { lon: -8.611, lat: 41.1496 } },
    { name: 'porto-alegre', extract: dataPath('osm', 'porto-alegre', 'poa.osm.pbf'), middle: { lon: -51.2177, lat: -30.0346 } },
  ];
  await using app = await testApp({ demo: true });
  for (const { name, extract, middle } of cities) {
    if (!isWanted(name)) continue;
    if (extract === null) {
      console.warn(`streets-${name}: SKIPPED, its extract is not there`);
      continue;
    }
    await addExtract(app.dataFolder, extract);
    await app.deps.streets.refresh();
    const geolocation = { longitude: middle.lon, latitude: middle.lat };
    await using visitor = await visit(await openBrowser({ map: true }), app.url, {
      ...options,
      reducedMotion: 'reduce',
      geolocation,
      permissions: ['geolocation'],
    });
    const { page } = visitor;
    await command(page, 'map.locate');
    await isStill(page);
    await page.keyboard.press('Escape');
    let zoom = HERE;
    for (const [scene, wanted] of Object.entries(ZOOMS)) {
      for (; zoom !== wanted; zoom += Math.sign(wanted - zoom)) {
        await page.keyboard.press(wanted > zoom ? 'Alt+=' : 'Alt+-');
        await page.waitForTimeout(300);
      }
      await isStill(page);
      yield { page, name: `streets-${name}-${scene}-`, what: `${name} from the ${scene}` };
    }
    await page.getByRole('button', { name: 'Where this device is' }).click();
    await page.getByRole('button', { name: 'Food', exact: true }).click();
    await isStill(page);
    yield { page, name: `streets-${name}-walk-`, what: `${name}: what is reached on foot` };
    await page.getByRole('button', { name: 'How they travel and how far' }).first().click();
    await page.getByRole('radio', { name: 'By car' }).check({ force: true });
    await page.keyboard.press('Escape');
    await isStill(page);
    yield { page, name: `streets-${name}-drive-`, what: `${name}: what is reached by car` };
  }
  await rm(folder, { recursive: true });
}

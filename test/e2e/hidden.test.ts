// A person's browser never holds where a hidden shelter is: not in what arrives, not on the page, not in its storage.

import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { listAudit } from '#server/audit/audit.ts';
import { axe } from '../support/browser.ts';
import { startWalk } from '../support/walk.ts';
import { write } from '../hidden/shelter.ts';
import { findNeed, isStill, openResource, results } from './scenes.ts';

const ADDRESS = '77 Secret Lane';
let canaries: RegExp[] = [];

const walk = startWalk({}, async ({ deps }) => {
  await deps.directory.ready;
  const places = await deps.db.selectFrom('location').select(['id', 'longitude', 'latitude']).where('hidden', '!=', 0).execute();
  const services = await deps.db
    .selectFrom('service')
    .innerJoin('service_at_location', 'service_at_location.service_id', 'service.id')
    .selectAll('service')
    .where(
      'service_at_location.location_id',
      'in',
      places.map(({ id }) => id),
    )
    .execute();
  const changed = new Promise<void>((resolve) => void deps.directory.onDidChange(() => resolve()));
  await write(deps.db, {
    address: places.map(({ id }) => ({
      id: `canary-${id}`,
      location_id: id,
      address_1: ADDRESS,
      city: 'Port Alder',
      postal_code: '00199',
      country: 'US',
      address_type: 'physical',
    })),
    service: services.map((service) => ({ ...service, description: `We are at ${ADDRESS}. ${service.description ?? ''}` })),
  });
  await deps.feed.poll();
  await changed;
  // As a pair of figures of any precision beyond some ten metres, and as whole units of the index.
  canaries = [
    /Secret Lane/,
    ...places.flatMap(({ longitude, latitude }) => {
      const [lon, lat] = [longitude!, latitude!].map((degrees) => Math.abs(degrees).toFixed(6).slice(0, -2).replace('.', '\\.'));
      const units = [longitude!, latitude!].map((degrees) => new RegExp(`\\b${Math.round(Math.abs(degrees) * 1e7)}\\b`));
      return [new RegExp(`${lon}\\d*\\D{1,20}${lat}|${lat}\\d*\\D{1,20}${lon}`), ...units];
    }),
  ];
});

/** Everything that a page keeps beyond its own life. */
async function storage(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const kept: unknown[] = [{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href, history.state];
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(name!);
        opening.onsuccess = () => resolve(opening.result);
        opening.onerror = () => reject(opening.error!);
      });
      for (const store of database.objectStoreNames) {
        kept.push(
          await new Promise((resolve) => {
            const reading = database.transaction(store).objectStore(store).getAll();
            reading.onsuccess = () => resolve(reading.result);
          }),
        );
      }
    }
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) kept.push(request.url, await (await cache.match(request))?.text());
    }
    return JSON.stringify(kept);
  });
}

test('finding a shelter whose place is hidden, opening its page, reading its handout', async () => {
  await using visitor = await walk.visit();
  const { page, context, addresses } = visitor;
  page.setDefaultTimeout(40_000);
  const bodies: Promise<string>[] = [];
  context.on('response', (response) => {
    // A stream of events has no end; what it tells is a version.
    if (response.url().startsWith('http') && !(response.headers()['content-type'] ?? '').includes('event-stream'))
      bodies.push(
        response.body().then(
          (body) => body.toString('latin1'),
          () => '',
        ),
      );
  });
  await page.reload();
  await findNeed(page, 'mill st & union', 'domestic violence');
  await results(page).first().waitFor();
  const found = page.getByText(/private address/i).first();
  await found.waitFor();
  await found.click();
  await page.keyboard.press('s');
  await isStill(page);
  await page.keyboard.press('Control+Enter');
  await isStill(page);

  const arrived = (await Promise.all(bodies)).join('\n');
  expect(arrived).toContain('Safe house');
  const doors = { arrived, page: await page.content(), storage: await storage(page), addresses: addresses.join('\n') };
  expect(canaries.length).toBeGreaterThan(8);
  for (const [door, text] of Object.entries(doors))
    expect(
      canaries.filter((canary) => canary.test(text)),
      door,
    ).toEqual([]);
});

test('a steward corrects the address of a hidden place, on record, and it stays hidden', async () => {
  await using visitor = await walk.visitAs('steward', { map: false });
  const { page } = visitor;
  await openResource(page, 'Lighthouse Refuge');
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await page.getByRole('button', { name: 'Show where it is' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Why do you need to know?').fill('they moved next door');
  expect(await axe(page)).toEqual([]);
  await page.keyboard.press('Enter');
  const street = page.getByLabel('Street').and(page.locator('input')).filter({ visible: true });
  await street.first().waitFor();
  const before = await street.first().inputValue();
  await street.first().fill('78 Secret Lane');
  expect(await axe(page)).toEqual([]);
  await page.keyboard.press('Control+s');
  await page.getByRole('status').filter({ hasText: 'Saved' }).waitFor();
  expect(before).not.toBe('');
  const { db } = walk.app.deps;
  const { location_id: id } = await db
    .selectFrom('address')
    .select('location_id')
    .where('address_1', '=', '78 Secret Lane')
    .executeTakeFirstOrThrow();
  expect(await db.selectFrom('location').select('hidden').where('id', '=', id).executeTakeFirstOrThrow()).toEqual({ hidden: 1 });
  expect((await listAudit(db, { recordId: id!, limit: 1 }))[0]).toMatchObject({
    action: 'hidden.read',
    role: 'steward',
    reason: 'they moved next door',
  });
  await isStill(page);
  expect(await page.content()).not.toMatch(/Secret Lane/);
  expect(await storage(page)).not.toMatch(/Secret Lane/);
  expect(visitor.errors).toEqual([]);
});

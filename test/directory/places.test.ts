// Places by name: of two alike the nearer one, kept current without being made anew at every change, and never a hidden one.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Gazetteer, type GazetteerSource } from '#server/directory/gazetteer.ts';
import { listAddressPlaces } from '#server/directory/places-source.ts';
import type { Place } from '#shared/plugin-api/functions.ts';
import { testApp, type TestApp } from '../support/test-app.ts';

const address = (label: string, detail: string, lon: number, lat: number): Place => ({
  id: `${label}:${detail}`,
  label,
  detail,
  kind: 'address',
  lon,
  lat,
});

describe('near', async () => {
  const source: GazetteerSource = {
    places: [
      address('12 Main Street', 'Eastport', -70, 44),
      address('12 Main Street', 'Westport', -124, 46),
      { ...address('Mainville', '', -124.1, 46.1), kind: 'place' },
    ],
    streets: [
      { name: 'Main Street', near: 'Eastport', lines: [[[-70, 44], [-70.01, 44]]] }, // prettier-ignore
      { name: 'Main Street', near: 'Westport', lines: [[[-124, 46], [-124.01, 46]]] }, // prettier-ignore
      { name: 'Oak Street', near: 'Eastport', lines: [[[-70.005, 43.99], [-70.005, 44.01]]] }, // prettier-ignore
      { name: 'Oak Street', near: 'Westport', lines: [[[-124.005, 45.99], [-124.005, 46.01]]] }, // prettier-ignore
    ],
  };
  const gazetteer = await Gazetteer.build(source, async () => {});
  const east = { lon: -70.1, lat: 44.1 };
  const west = { lon: -123.9, lat: 46.1 };

  test.each([
    ['12 main st', east, '12 Main Street', 'Eastport'],
    ['12 main st', west, '12 Main Street', 'Westport'],
    ['main street', east, 'Main Street', 'Eastport'],
    ['main street', west, 'Main Street', 'Westport'],
    ['main & oak', east, 'Main Street & Oak Street', 'Eastport'],
    ['main & oak', west, 'Main Street & Oak Street', 'Westport'],
    // What was named wholly is meant, however far.
    ['mainville', east, 'Mainville', ''],
    ['12 main street westport', east, '12 Main Street', 'Westport'],
  ])('"%s" from %j: %s, %s', (text, near, label, detail) => {
    expect(gazetteer.search(text, 5, near)[0]).toMatchObject({ label, detail });
  });

  test('are read in pieces, between which others get their turn', async () => {
    let pieces = 0;
    const many = Array.from({ length: 5000 }, (_, i) => address(`${i} Main Street`, 'Eastport', -70 + i / 1e5, 44));
    const built = await Gazetteer.build({ places: many, streets: [] }, async () => void pieces++);
    expect(built.search('4999 main', 1)[0]?.label).toBe('4999 Main Street');
    expect(pieces).toBeGreaterThanOrEqual(5);
  });

  test('finds the same places wherever one is, in another order', () => {
    const found = (near?: { lon: number; lat: number }) =>
      gazetteer
        .search('main street', 10, near)
        .map(({ id }) => id)
        .sort();
    expect(found(east)).toEqual(found(west));
    expect(found()).toEqual(found(west));
  });
});

describe('in a running server', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await testApp({ demo: true });
  });
  afterAll(() => app[Symbol.asyncDispose]());

  test('an address is not found from the moment on at which its place is hidden', async () => {
    const { db } = app.deps;
    const [known] = (await listAddressPlaces(db, async () => {})).filter(({ kind, label }) => kind === 'address' && /^\d/.test(label));
    const row = await db.selectFrom('address').selectAll().where('address_1', '=', known!.label).executeTakeFirstOrThrow();
    const search = async () => {
      const found = await app
        .caller('viewer')
        .places.search({ text: known!.label, language: 'en', near: { lon: known!.lon, lat: known!.lat } });
      return found.map(({ id }) => id);
    };
    expect(await search()).toContain(known!.id);
    const { writeAct } = await import('#server/db/acts.ts');
    await writeAct(db, { kind: 'edit', actor: 'usr_1', at: '2026-11-22T10:00:00Z' }, async (trx, writer) => {
      await trx.updateTable('location').set({ hidden: 1 }).where('id', '=', row.location_id!).execute();
      await writer.record([{ object: 'location', recordId: row.location_id!, op: 'update', before: {} }]);
    });
    await app.deps.feed.poll();
    expect(await search()).not.toContain(known!.id);
  });
});

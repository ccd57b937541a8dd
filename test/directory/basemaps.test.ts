// The ground that an operator brings: a PMTiles file, and tiles that this server fetches from elsewhere.

import { writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toPmtiles, type ArchiveTile } from '../support/pmtiles-file.ts';
import { testApp, type TestApp } from '../support/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp({ demo: true });
});
afterAll(() => app[Symbol.asyncDispose]());

const fetchTile = (path: string) => fetch(`${app.url}/tiles/basemap/${path}.mvt`);
const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());
const basemaps = () => app.caller('viewer').directory.basemaps({ language: 'en' });

/** The tile at a place. */
function tileAt(z: number, lon: number, lat: number): { z: number; x: number; y: number } {
  const sin = Math.sin((lat * Math.PI) / 180);
  return {
    z,
    x: Math.floor(((lon + 180) / 360) * 2 ** z),
    y: Math.floor((0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)) * 2 ** z),
  };
}

describe("an operator's PMTiles file", () => {
  const places = [tileAt(10, -128, 44), tileAt(13, -128, 44), tileAt(14, -128, 44)];
  let tiles: ArchiveTile[];
  const write = (some: readonly ArchiveTile[], name: string) =>
    writeFileSync(
      join(app.dataFolder, 'basemap.pmtiles'),
      toPmtiles(some, { bounds: [-129, 43, -127, 45], metadata: { name, attribution: '© The county' } }),
    );

  beforeAll(async () => {
    const town = (await basemaps()).find(({ kind, priority }) => kind === 'contributed' && priority > 0)!;
    tiles = await Promise.all(
      places.map(async (at) => ({ ...at, data: await bytesOf(await fetchTile(`${town.id}/${at.z}/${at.x}/${at.y}`)) })),
    );
    expect(tiles.every(({ data }) => data.length > 100)).toBe(true);
    write(tiles, 'County streets');
  });

  test('is listed with its own name, bounds and zooms', async () => {
    const file = {
      id: 'file',
      kind: 'file',
      label: 'County streets',
      attribution: '© The county',
      bounds: [-129, 43, -127, 45],
      minZoom: 10,
      maxZoom: 14,
    };
    await expect.poll(basemaps, { timeout: 30_000 }).toContainEqual(expect.objectContaining(file));
  });

  test('gives the tiles that are in it, and nothing where it has none', async () => {
    for (const { z, x, y, data } of tiles) expect(await bytesOf(await fetchTile(`file/${z}/${x}/${y}`))).toEqual(data);
    expect((await fetchTile('file/14/3/3')).status).toBe(204);
    expect((await fetchTile('file/9/1/1')).status).toBe(204);
    expect((await fetchTile('file/15/1/1')).status).toBe(204);
  });

  test('may be replaced by another while the server runs', async () => {
    const [at] = places as [(typeof places)[number]];
    write([{ ...at, data: tiles[1]!.data }], 'Newer streets');
    await expect.poll(async () => bytesOf(await fetchTile(`file/${at.z}/${at.x}/${at.y}`)), { timeout: 30_000 }).toEqual(tiles[1]!.data);
  });

  test('that is none is left out, and the rest of the ground stays', async () => {
    writeFileSync(join(app.dataFolder, 'basemap.pmtiles'), 'no archive at all');
    await expect.poll(async () => (await basemaps()).map(({ kind }) => kind), { timeout: 30_000 }).toEqual(['contributed', 'contributed']);
    expect((await fetchTile('file/10/1/1')).status).toBe(404);
  });
});

describe('streets from the internet', () => {
  const KEY = 'a-secret-key-of-the-operator';
  const tile = Buffer.from('a vector tile, as far as this server is concerned');
  const asked: IncomingMessage[] = [];
  let answer: (response: ServerResponse) => void;
  let places = 0;
  const remote = createServer((request, response) => {
    asked.push(request);
    answer(response);
  });

  beforeAll(async () => {
    await new Promise<void>((resolve) => remote.listen(0, '127.0.0.1', resolve));
    const { port } = remote.address() as AddressInfo;
    await app.deps.settings.set('deployment', '', { key: 'basemap.internet', value: true });
    await app.deps.settings.set('deployment', '', {
      key: 'basemap.internetUrl',
      value: `http://127.0.0.1:${port}/v4/{z}/{x}/{y}.mvt?key=${KEY}`,
    });
  });
  afterAll(() => {
    remote.closeAllConnections();
    remote.close();
  });

  test('are fetched once, with nothing of who looks at them', async () => {
    await expect.poll(async () => (await basemaps()).map(({ kind }) => kind), { timeout: 30_000 }).toContain('internet');
    answer = (response) => response.end(tile);
    const { cookie } = await app.signIn('viewer');
    const headers = { cookie, referer: `${app.url}/?near=somebody`, 'x-forwarded-for': '198.51.100.7' };
    for (let i = 0; i < 3; i++)
      expect(await bytesOf(await fetch(`${app.url}/tiles/basemap/internet/12/655/1500.mvt`, { headers }))).toEqual(tile);
    expect(asked).toHaveLength(1);
    expect(asked[0]!.url).toBe(`/v4/12/655/1500.mvt?key=${KEY}`);
    const sent = JSON.stringify(asked[0]!.headers);
    for (const of of [cookie, 'somebody', '198.51.100.7', 'waypost']) expect(sent.toLowerCase()).not.toContain(of.toLowerCase());
  });

  test.each<[string, (response: ServerResponse) => void, number]>([
    ['a refusal', (response) => response.writeHead(403).end(`wrong key ${KEY}`), 502],
    ['a fault', (response) => response.writeHead(500).end(), 502],
    ['a way elsewhere', (response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(), 502],
    ['a broken line', (response) => response.socket!.destroy(), 502],
    ['too much', (response) => response.end(Buffer.alloc(5 * 1024 * 1024)), 502],
    ['too much, packed', (response) => response.end(gzipSync(Buffer.alloc(64 * 1024 * 1024))), 502],
    ['nothing there', (response) => response.writeHead(404).end(), 204],
    ['an empty tile', (response) => response.end(), 204],
    ['packed, without saying so', (response) => response.end(gzipSync(tile)), 200],
  ])('%s', async (_, how, status) => {
    answer = how;
    const path = `internet/12/700/${1000 + ++places}`;
    const response = await fetchTile(path);
    expect(response.status).toBe(status);
    const body = await bytesOf(response);
    expect(body).toEqual(status === 200 ? tile : Buffer.alloc(0));
    expect(JSON.stringify([...response.headers])).not.toContain(KEY);
    if (status !== 502) return;
    // What failed is asked for again.
    answer = (again) => again.end(tile);
    expect(await bytesOf(await fetchTile(path))).toEqual(tile);
  });

  test('their key is told to no browser', async () => {
    for (const role of ['anonymous', 'viewer', 'admin'] as const) {
      const caller = app.caller(role);
      const told = [await caller.settings.get(), await caller.plugins.contributions({ language: 'en' }), await caller.session.me()];
      expect(JSON.stringify([...told, role === 'anonymous' ? null : await caller.directory.basemaps({ language: 'en' })])).not.toContain(
        KEY,
      );
    }
    const admin = await app.signIn('admin');
    const response = await admin.fetch('/api/trpc/settings.get', { method: 'POST', headers: { 'content-type': 'application/json' } });
    const body = await response.text();
    expect(response.status).toBe(200);
    expect(body).toContain('"basemap.internetUrl":"••••••••"');
    expect(body).not.toContain(KEY);
  });

  test('turned off, nobody is asked any more', async () => {
    await app.deps.settings.set('deployment', '', { key: 'basemap.internet', value: false });
    const before = asked.length;
    await expect.poll(async () => (await fetchTile('internet/12/1/1')).status, { timeout: 30_000, interval: 500 }).toBe(404);
    const after = asked.length;
    expect(after - before).toBeLessThanOrEqual(1);
    await fetchTile('internet/12/1/2');
    expect(asked.length).toBe(after);
  });
});

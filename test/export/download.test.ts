// Exports from the browser: what is made, who gets it, that it is on record, and that nothing readable lies on the disk.

import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { listAudit } from '#server/audit/audit.ts';
import { ExportPackages } from '#server/directory/export-packages.ts';
import { SealedFile } from '#server/directory/sealed-file.ts';
import { createLocalActor } from '#server/identity/actor.ts';
import { temporaryFolder } from '../import/support.ts';
import { testApp, type SignedIn, type TestApp } from '../support/test-app.ts';

let app: TestApp;
let coordinator: SignedIn;
beforeAll(async () => {
  app = await testApp({ demo: true, clock: () => Date.parse('2026-11-19T16:40:00-08:00') });
  coordinator = await app.signIn('coordinator');
});
afterAll(() => app[Symbol.asyncDispose]());

async function make(person: SignedIn, input: { format: string; source?: string }): Promise<Response> {
  return person.fetch('/api/trpc/exports.make', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
  });
}

async function made(person: SignedIn, input: { format: string; source?: string }) {
  const answer = (await (await make(person, input)).json()) as {
    result: { data: { id: string; name: string; bytes: number; files: string[] } };
  };
  return answer.result.data;
}

test('several files come as one ZIP package, named by format and day', async () => {
  const { id, name, bytes, files } = await made(coordinator, { format: 'hsds' });
  expect(name).toBe('waypost-hsds-2026-11-19.zip');
  const response = await coordinator.fetch(`/api/exports/${id}`);
  expect(response.headers.get('content-disposition')).toBe(`attachment; filename="${name}"`);
  const packed = new Uint8Array(await response.arrayBuffer());
  expect(packed.length).toBe(bytes);
  const inside = unzipSync(packed);
  expect(Object.keys(inside).sort()).toEqual([...files].sort());
  expect(strFromU8(inside['services.csv'] ?? new Uint8Array())).toContain('Old Town Crisis Center');
});

test('one file comes as it is, and a hidden site has no place in it', async () => {
  const { id, name } = await made(coordinator, { format: 'geojson' });
  expect(name).toBe('waypost-geojson-2026-11-19.geojson');
  const { features } = (await (await coordinator.fetch(`/api/exports/${id}`)).json()) as {
    features: { geometry: unknown; properties: Record<string, unknown> }[];
  };
  expect(features.length).toBeGreaterThan(300);
  const refuge = features.filter(({ properties }) => JSON.stringify(properties).includes('Lighthouse Refuge'));
  for (const { geometry } of refuge) expect(geometry).toBeNull();
});

test('only whoever asked for it gets it, and only who may export can ask', async () => {
  const { id } = await made(coordinator, { format: 'csv' });
  const other = await app.signIn('coordinator');
  expect((await other.fetch(`/api/exports/${id}`)).status).toBe(404);
  const worker = await app.signIn('intake');
  expect((await worker.fetch(`/api/exports/${id}`)).status).toBe(403);
  expect((await make(worker, { format: 'csv' })).status).toBe(403);
  expect((await fetch(`${app.url}/api/exports/${id}`)).status).toBe(401);
});

test('a format or a source that is not there is refused in words', async () => {
  expect(await (await make(coordinator, { format: 'shapefile' })).text()).toContain('There is no export format');
  expect(await (await make(coordinator, { format: 'csv', source: 'nobody' })).text()).toContain('There is no source');
});

test('each is on record before it leaves, with who took what and how much', async () => {
  const count = async () => (await listAudit(app.deps.db, { recordId: '*', limit: 100 })).length;
  const before = await count();
  await made(coordinator, { format: 'csv' });
  const [row] = await listAudit(app.deps.db, { recordId: '*', limit: 1 });
  const account = await app.deps.db.selectFrom('account').select('id').where('email', '=', coordinator.email).executeTakeFirstOrThrow();
  const { services } = await app.deps.db
    .selectFrom('service')
    .select((eb) => eb.fn.countAll().as('services'))
    .executeTakeFirstOrThrow();
  expect(row).toMatchObject({
    actor: account.id,
    role: 'coordinator',
    action: 'directory.export',
    object: 'source',
    reason: `csv, ${Number(services)} services`,
  });
  expect(await count()).toBe(before + 1);
  // What is refused left nothing.
  await make(coordinator, { format: 'shapefile' });
  expect(await count()).toBe(before + 1);
});

/** Everything below the folder of exports, as text. */
function onDisk(): string {
  const folder = join(app.dataFolder, 'exports');
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');
}

test('what waits on the disk is sealed, and goes once it was fetched', async () => {
  const packages = new ExportPackages(app.deps);
  const actor = createLocalActor('coordinator');
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const [csv, hsds] = [await packages.make(actor, { format: 'csv' }), await packages.make(actor, { format: 'hsds' })];
    expect(await text(packages.get(csv.id, actor).content())).toContain('Old Town Crisis Center');
    expect(onDisk()).not.toMatch(/Old Town|service|PK\u0003\u0004/);
    packages.noteFetched(csv.id);
    vi.advanceTimersByTime(60_000);
    expect(() => packages.get(csv.id, actor)).toThrow('gone');
    await vi.waitFor(() => expect(existsSync(join(app.dataFolder, 'exports', csv.id))).toBe(false));
    expect(packages.get(hsds.id, actor).bytes).toBe(hsds.bytes);
    vi.advanceTimersByTime(3_600_000);
    await vi.waitFor(() => expect(existsSync(join(app.dataFolder, 'exports', hsds.id))).toBe(false));
  } finally {
    vi.useRealTimers();
    await packages.dispose();
  }
});

test('what a server left behind is removed', async () => {
  const folder = join(app.dataFolder, 'exports', 'of-a-crash');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package'), 'x');
  const old = Date.now() / 1000 - 7200;
  utimesSync(folder, old, old);
  await new ExportPackages(app.deps).dispose();
  await vi.waitFor(() => expect(existsSync(folder)).toBe(false));
});

test('a sealed file that was tampered with is not read to its end', async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'sealed');
  const file = await SealedFile.write(path, ['Night ', 'refuge']);
  expect(file.size).toBe(12);
  expect(await text(file.read())).toBe('Night refuge');
  const bytes = readFileSync(path);
  bytes[3]! ^= 1;
  writeFileSync(path, bytes);
  await expect(text(file.read())).rejects.toThrow();
});

import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
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

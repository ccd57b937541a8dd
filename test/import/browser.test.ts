// Imports as the browser does them: upload over HTTP, suggestion, preview, apply, progress, report.

import { zipSync, strToU8 } from 'fflate';
import { expect, it } from 'vitest';
import { unzip } from '#server/directory/import-files.ts';
import type { ImportState } from '#server/directory/import-jobs.ts';
import { testApp } from '../support/test-app.ts';

const CSV = 'id,name,organization,lat,lon\n1,One,Helpers,40.1,-82.5\n2,,Helpers,40.1,-82.5\n';

async function last(states: AsyncIterable<ImportState>): Promise<ImportState> {
  let state: ImportState | undefined;
  for await (state of states);
  return state!;
}

it('walks from a dropped file to the directory', async () => {
  await using app = await testApp();
  const steward = await app.signIn('steward');
  const call = async (path: string, input: unknown) => {
    const response = await steward.fetch(`/api/trpc/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
    });
    const body = (await response.json()) as { result?: { data: never }; error?: { message: string } };
    if (body.error) throw new Error(body.error.message);
    return body.result!.data as Record<string, never>;
  };
  const { upload } = await call('imports.begin', {});
  const sent = await steward.fetch(`/api/imports/upload/${String(upload)}?name=sites.csv`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv' },
    body: CSV,
  });
  expect(await sent.json()).toEqual({ name: 'sites.csv', size: CSV.length });

  const suggested = (await call('imports.suggest', { upload })) as unknown as {
    mapping: object;
    tables: { rows: number; sample: { records: { object: string }[] }[] }[];
  };
  expect(suggested.tables).toMatchObject([{ table: 'sites', rows: 2, columns: expect.any(Array) as unknown }]);
  expect(suggested.tables[0]?.sample[0]?.records.map(({ object }) => object)).toEqual([
    'service',
    'organization',
    'location',
    'service_at_location',
  ]);
  expect(suggested.tables[0]?.sample[1]).toMatchObject({ records: [], issues: [{ code: 'name_missing' }] });
});

it('previews, runs and reports through the router', async () => {
  await using app = await testApp();
  const imports = app.caller('steward').imports;
  const { upload } = await imports.begin();
  const { writeFile } = await import('node:fs/promises');
  await writeFile(`${app.dataFolder}/uploads/${upload}/sites.csv`, CSV);
  const preview = await imports.preview({ upload, source: 'sites' });
  expect(await last(await imports.progress(preview))).toMatchObject({
    state: 'done',
    summary: { created: 1, rejected: 1 },
    codes: { name_missing: 1 },
    severities: { name_missing: 'error' },
  });
  expect(await imports.staged({ id: preview.job, filter: { outcome: 'created' } })).toMatchObject({
    source: 'sites',
    counts: { created: 1, rejected: 1 },
    rows: [{ name: 'One', place: 'sites.csv:1' }],
  });
  expect(await app.deps.db.selectFrom('service').select('id').execute()).toEqual([]);
  const applied = await imports.run({ upload, source: 'sites' });
  expect(await last(await imports.progress(applied))).toMatchObject({ state: 'done', rows: 2 });
  expect(await imports.report({ ...applied, code: 'name_missing' })).toMatchObject({
    rows: 2,
    created: 1,
    total: 1,
    issues: [{ file: 'sites.csv', row: 2 }],
  });
  expect(await imports.sources()).toMatchObject([{ name: 'sites', rows: 1 }]);
  expect(await imports.history()).toMatchObject([{ source: 'sites', actor: 'local:steward' }]);

  await writeFile(`${app.dataFolder}/uploads/${upload}/sites.csv`, CSV.replace('1,One', '1,Uno'));
  const again = await imports.preview({ upload, source: 'sites' });
  expect(await last(await imports.progress(again))).toMatchObject({ state: 'done', summary: { updated: 1 } });
  expect(await imports.decide({ id: again.job, choice: 'ours', of: { all: true } })).toMatchObject({ all: 'ours' });
  const shown = await imports.applyStage({ upload, stage: again.job });
  expect(await last(await imports.progress(shown))).toMatchObject({ state: 'done', summary: { updated: 1 } });
  expect(await app.deps.db.selectFrom('service').select('name').execute()).toEqual([{ name: 'Uno' }]);
  // By now nothing is to be updated any more.
  const late = await imports.applyStage({ upload, stage: again.job });
  expect(await last(await imports.progress(late))).toMatchObject({
    state: 'failed',
    say: expect.stringContaining('look at it again') as string,
  });
  await expect(app.caller('admin').imports.staged({ id: again.job })).rejects.toThrow('no longer kept');
  await imports.discard({ upload });
  await expect(imports.suggest({ upload })).rejects.toThrow('gone');
});

it('is for those who may import', async () => {
  await using app = await testApp();
  for (const role of ['anonymous', 'viewer', 'intake', 'coordinator'] as const)
    await expect(app.caller(role).imports.begin()).rejects.toThrow();
  const viewer = await app.signIn('viewer');
  const refused = await viewer.fetch('/api/imports/upload/x?name=a.csv', {
    method: 'POST',
    headers: { 'content-type': 'text/csv' },
    body: 'x',
  });
  expect(refused.status).toBe(403);
});

it.each(['../../etc/passwd', '/etc/passwd', '.hidden', 'a/../b.csv', 'a\\b.csv', ''])('refuses the file name %j', async (name) => {
  await using app = await testApp();
  const steward = await app.signIn('steward');
  const { upload } = await app.caller('steward').imports.begin();
  const response = await steward.fetch(`/api/imports/upload/${upload}?name=${encodeURIComponent(name)}`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv' },
    body: 'x',
  });
  expect(response.ok).toBe(false);
});

it('unpacks packages, and refuses those that grow without end', () => {
  expect([...unzip(zipSync({ 'a/services.csv': strToU8('id\n1') }), 'x.zip')].map(([name, bytes]) => [name, bytes.length])).toEqual([
    ['a/services.csv', 4],
  ]);
  expect(() => unzip(zipSync({ 'bomb.csv': new Uint8Array(64 << 20) }, { level: 1 }), 'bomb.zip')).toThrow('unpacks to far more');
  expect(() => unzip(strToU8('PK\u0003\u0004 not really'), 'x.zip')).not.toThrow(TypeError);
});

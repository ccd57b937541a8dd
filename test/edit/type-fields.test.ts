// Fields of a kind of resource on its page: all of them for who has an account, the public ones for visitors, and no word of
// where a hidden place is.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { importFiles } from '../import/support.ts';
import { testApp, type TestApp } from '../support/test-app.ts';

const SITES = [
  'id,name,address,city,state,zip,latitude,longitude,hidden',
  '1,Lighthouse Shelter,12 Quay Street,Port Alder,OR,99801,44.001,-123.001,no',
  '2,Refuge,9 Secret Lane,Port Alder,OR,99801,44.002,-123.002,yes',
].join('\n');
const STATED = {
  resource_type: 'shelter',
  'extra.pets': 'no',
  'extra.couples': false,
  'extra.beds': 40,
  'extra.worker_line': '555-010-0199, ask at 9 Secret Lane',
};

let app: TestApp;
const pages: Record<string, string> = {};
beforeAll(async () => {
  app = await testApp();
  await app.deps.settings.setDemo({ 'access.findWithoutAccount': true });
  await importFiles(app.deps.db, { 'sites.csv': SITES });
  const rows = await app.deps.db
    .selectFrom('service')
    .innerJoin('service_at_location as link', 'link.service_id', 'service.id')
    .select(['service.id', 'service.name', 'link.id as page'])
    .execute();
  for (const { id, name, page } of rows) {
    pages[name ?? ''] = page;
    const edits = [{ op: 'update' as const, object: 'service' as const, id, base: {}, set: STATED }];
    const saved = await app.caller('steward').edit.save({ edits });
    if (!saved.saved) throw new Error(JSON.stringify(saved));
  }
  await app.deps.feed.poll();
});
afterAll(() => app[Symbol.asyncDispose]());

it('tells those with an account all that is stated, in the order of the form', async () => {
  const { fields } = await app.caller('viewer').directory.resource({ id: pages['Lighthouse Shelter']! });
  expect(fields).toEqual([
    { name: 'couples', value: false },
    { name: 'beds', value: 40 },
    { name: 'pets', value: 'no' },
    { name: 'worker_line', value: '555-010-0199, ask at 9 Secret Lane' },
  ]);
});

it('tells visitors what is public, on the page and in the form of a suggestion', async () => {
  const visitor = app.caller('anonymous');
  const id = pages['Lighthouse Shelter']!;
  const { fields } = await visitor.directory.resource({ id });
  expect(fields.map(({ name }) => name)).toEqual(['couples', 'beds', 'pets']);
  const form = await visitor.suggestions.form({ id });
  const service = form.records.find(({ object }) => object === 'service')!;
  expect(service.values).toMatchObject({ 'extra.pets': 'no', 'extra.beds': 40 });
  expect(Object.keys(service.values)).not.toContain('extra.worker_line');
  expect(JSON.stringify(form)).not.toContain('0199');
});

it('takes no suggestion for a field that visitors do not see', async () => {
  const id = pages['Lighthouse Shelter']!;
  const visitor = app.caller('anonymous');
  const service = (await visitor.suggestions.form({ id })).records.find(({ object }) => object === 'service')!;
  const edit = { op: 'update' as const, object: 'service' as const, id: service.id };
  const outcome = await visitor.suggestions.send({
    page: id,
    edits: [{ ...edit, base: { 'extra.worker_line': '' }, set: { 'extra.worker_line': '1' } }],
    comment: '',
  });
  expect(outcome).toMatchObject({ issues: [{ field: 'extra.worker_line', code: 'unknown_field' }] });
});

it('takes the street of a hidden place out of its fields too', async () => {
  const record = await app.caller('viewer').directory.resource({ id: pages['Refuge']! });
  expect(record.hidden).toBe(true);
  expect(record.fields.find(({ name }) => name === 'worker_line')?.value).toContain('555-010-0199');
  expect(JSON.stringify(record)).not.toContain('Secret Lane');
});

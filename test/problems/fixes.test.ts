// Quick fixes as a contribution: an agency's own check with its own button, and what no fix may do.

import { describe, expect, it } from 'vitest';
import { QuickFix } from '#shared/directory/quick-fix.ts';
import { importFiles } from '../import/support.ts';
import { testApp } from '../support/test-app.ts';

const SITES = [
  'id,name,description,address,city,state,zip,phone,latitude,longitude',
  '1,Quay Larder,Bread,12 Quay Street,Port Alder,OR,99801,555-010-0142,44.001,-123.001',
  '2,Mill Kitchen,Soup,40 Mill Road,Port Alder,OR,99801,,44.01,-123.02',
].join('\n');
const CHECK = {
  id: 'example/no_phone',
  label: 'Nobody can call',
  message: 'Say that one should go there.',
  severity: 'warning',
  missing: 'phone',
};
const FIX = {
  id: 'example/walk-in',
  label: { en: 'Say: go there', es: 'Diga: vaya allí' },
  problems: ['example/no_phone'],
  object: 'service',
  set: { application_process: 'Go there, no call is needed.', assured_date: { is: 'today' }, assurer_email: { is: 'me' } },
  forAll: true,
};

it('a fix of a plugin is a button beside its problem, and its edit is undone', async () => {
  await using app = await testApp({ clock: () => Date.parse('2026-11-22T10:00:00Z') });
  await importFiles(app.deps.db, { 'sites.csv': SITES });
  const steward = app.caller('steward');
  const kind = async () => (await steward.problems.list({})).kinds.find(({ code }) => code === CHECK.id);
  const brought = app.deps.registry.contribute('example', { dataChecks: [CHECK], fixes: [FIX] });
  await app.deps.feed.poll();
  await app.deps.directory.ready;
  await expect.poll(async () => (await kind())?.open, { timeout: 20_000 }).toBe(1);
  expect(await kind()).toMatchObject({ fix: FIX.id, button: { label: FIX.label, forAll: true } });

  const { problems } = await steward.problems.list({ code: CHECK.id });
  const ids = problems.map(({ id }) => id);
  const { act, fixed } = await steward.problems.fix({ code: CHECK.id, ids });
  expect(fixed).toBe(1);
  const service = () =>
    app.deps.db
      .selectFrom('service')
      .select(['application_process', 'assured_date'])
      .where('name', '=', 'Mill Kitchen')
      .executeTakeFirstOrThrow();
  expect(await service()).toEqual({ application_process: 'Go there, no call is needed.', assured_date: '2026-11-22' });
  await steward.history.undo({ act: act ?? 0 });
  expect(await service()).toEqual({ application_process: null, assured_date: null });

  // With its plugin the button goes; the product's own stay.
  brought.dispose();
  await expect(steward.problems.fix({ code: CHECK.id, ids })).rejects.toThrow('no quick fix');
  expect((await steward.problems.list({})).kinds.find(({ code }) => code === 'says_closed')).toMatchObject({ fix: 'close' });
});

it('the way of every check by age is that somebody checked it', async () => {
  await using app = await testApp();
  const own = { id: 'example/old', label: 'Old', message: 'Call.', severity: 'info', unverifiedDays: 30 };
  app.deps.registry.contribute('example', { dataChecks: [own] });
  const { kinds } = await app.caller('steward').problems.list({});
  expect(kinds.find(({ code }) => code === own.id)).toMatchObject({ fix: 'verify', byAge: true, button: { forAll: false } });
});

describe('what no fix may do', () => {
  it.each([
    ['show a hidden place', { object: 'location', set: { hidden: false } }, 'may hide a place'],
    ['change what is kept by a machine', { set: { last_modified: '2020-01-01' } }, 'no field "last_modified"'],
    ['change another record than one of the listing', { object: 'organization', set: { name: 'Other' } }, 'service'],
    ['change nothing', { set: {} }, 'Say what it changes'],
    ['run an expression', { set: { name: { is: 'process.env' } } }, 'Invalid'],
  ])('%s', (_, change, message) => {
    const read = QuickFix.safeParse({ ...FIX, ...change });
    expect(read.success).toBe(false);
    expect(read.error?.issues.map((issue) => issue.message).join('\n')).toContain(message);
  });
});

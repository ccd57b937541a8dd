// Every act that may hide or bring back a hidden mark goes through the one mechanism: what would give the place away is
// hidden with it, handouts that tell of it end, and it is on record who decided that.

import { globSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { listAudit } from '#server/audit/audit.ts';
import { findHandout, insertHandout } from '#server/handout/queries.ts';
import type { HandoutContent } from '#shared/handout/content.ts';
import type { RecordEdit } from '#shared/directory/edit.ts';
import { importFiles } from '../import/support.ts';
import { findPostgres } from '../support/postgres-server.ts';
import { testApp, type TestApp } from '../support/test-app.ts';
import { write, type Row } from './shelter.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const SECRET_STREET = '77 N Secret Lane';

const place = (id: string, street: string, organization = 'helpers', lat = 44.9): { location: Row; address: Row; link: Row } => ({
  location: { id, name: `Place ${id}`, organization_id: organization, location_type: 'physical', longitude: -93, latitude: lat, hidden: 0 },
  address: {
    id: `address-${id}`,
    location_id: id,
    address_1: street,
    city: 'Oakdale',
    state_province: 'OH',
    postal_code: '43201',
    country: 'US',
    address_type: 'physical',
  },
  link: { id: `link-${id}`, service_id: `service-${id}`, location_id: id },
});
const service = (id: string, organization: string, name: string): Row => ({
  id: `service-${id}`,
  organization_id: organization,
  name,
  status: 'active',
});

/** A house, an office of the same organization elsewhere, and another organization's stand at the house's door. */
const TOWN = [
  place('house', SECRET_STREET),
  place('office', '5 Office Road', 'helpers', 45.1),
  place('stand', '77 North Secret Ln', 'others'),
];

function handoutOf(address: string): HandoutContent {
  const nothing = { summary: null, hours: { now: '', week: null }, travel: null, bring: null, access: null, cost: null, verified: null };
  return {
    version: 1,
    language: 'en',
    direction: 'ltr',
    paper: 'a4',
    textSize: 12,
    heading: { title: 'Places', subtitle: '', date: 'today', from: null },
    services: [{ number: 1, name: { text: 'Beds', language: 'en' }, address, phones: [], ...nothing }],
    map: null,
    code: null,
    crisis: null,
    footer: [],
  };
}

describe.each(['sqlite', 'postgres'] as const)('every act on %s', (engine) => {
  if (engine === 'postgres' && !findPostgres()) return it.skip('PostgreSQL is not installed');
  let app: TestApp;
  let steward: ReturnType<TestApp['caller']>;
  beforeEach(async () => {
    app = await testApp({ engine, clock: () => NOW });
    steward = app.caller('steward');
    await write(app.deps.db, {
      organization: [
        { id: 'helpers', name: 'Helpers' },
        { id: 'others', name: 'Others' },
      ],
      service: [service('house', 'helpers', 'Beds'), service('office', 'helpers', 'Advice'), service('stand', 'others', 'Advice')],
      location: TOWN.map(({ location }) => location),
      service_at_location: TOWN.map(({ link }) => link),
      address: TOWN.map(({ address }) => address),
    });
  });
  afterEach(() => app[Symbol.asyncDispose]());

  const hidden = async () => {
    const rows = await app.deps.db.selectFrom('location').select('id').where('hidden', '<>', 0).orderBy('id').execute();
    return rows.map(({ id }) => id);
  };
  const decisions = async (recordId: string) =>
    (await listAudit(app.deps.db, { recordId, limit: 10 })).map(({ action, role, reason }) => [action, role, reason]);
  const save = async (...edits: RecordEdit[]) => {
    const outcome = await steward.edit.save({ edits, reason: 'as asked' });
    if (!outcome.saved || outcome.act === null) throw new Error(JSON.stringify(outcome));
    return outcome.act;
  };
  const move = (id: string, base: string, street: string): RecordEdit => ({
    op: 'update',
    object: 'address',
    id: `address-${id}`,
    base: { address_1: base },
    set: { address_1: street },
  });
  const handout = async () => {
    const { token } = await insertHandout(app.deps.db, handoutOf('77 Secret Ln.'), { now: new Date(NOW), expiresAt: new Date(NOW + 9e7) });
    return async () => (await findHandout(app.deps.db, token, new Date(NOW))) !== undefined;
  };
  const hide = () => steward.hidden.hide({ id: 'house', reason: 'a refuge' });
  const show = () => steward.hidden.show({ id: 'house', reason: 'moved out' });
  const lastAct = async () => (await steward.history.acts({ limit: 1 }))[0]!.act;

  it('undo of an un-hiding', async () => {
    await hide();
    await show();
    const shown = await lastAct();
    await save(move('office', '5 Office Road', SECRET_STREET));
    const isThere = await handout();
    expect(await hidden()).toEqual([]);
    const { act } = await steward.history.undo({ act: shown });
    expect(await hidden()).toEqual(['house', 'office']);
    expect(await isThere()).toBe(false);
    expect((await decisions('house'))[0]).toEqual(['hidden.hide', 'steward', `Undo of act ${shown}`]);
    // What hides the twin is no person's decision; and the undo of the undo shows neither.
    expect(await decisions('office')).toEqual([]);
    await steward.history.undo({ act: act! });
    expect(await hidden()).toEqual(['house', 'office']);
  });

  it('restore to when it was hidden', async () => {
    await hide();
    const { entries } = await steward.history.of({ id: 'house' });
    await show();
    await save(move('office', '5 Office Road', SECRET_STREET));
    const isThere = await handout();
    await steward.history.restore({ id: 'house', seq: entries[0]!.seq, reason: 'it is one again' });
    expect(await hidden()).toEqual(['house', 'office']);
    expect(await isThere()).toBe(false);
    expect((await decisions('house')).slice(0, 2)).toEqual([
      ['hidden.hide', 'steward', 'it is one again'],
      ['hidden.show', 'steward', 'moved out'],
    ]);
  });

  it('undo that brings an address back', async () => {
    await save(move('office', '5 Office Road', SECRET_STREET));
    const away = await save(move('office', SECRET_STREET, '6 Office Road'));
    await hide();
    expect(await hidden()).toEqual(['house']);
    await steward.history.undo({ act: away });
    expect(await hidden()).toEqual(['house', 'office']);
  });

  it('undo of a removal, which brings a whole record back', async () => {
    await save(move('office', '5 Office Road', SECRET_STREET));
    const gone = await save({ op: 'delete', object: 'address', id: 'address-office' });
    await hide();
    expect(await hidden()).toEqual(['house']);
    await steward.history.undo({ act: gone });
    expect(await hidden()).toEqual(['house', 'office']);
  });

  it('one change for many', async () => {
    await hide();
    await app.deps.feed.poll();
    await app.deps.directory.ready;
    const request = {
      select: { ids: ['link-office'] },
      change: { action: 'set' as const, object: 'address' as const, field: 'address_1', value: '77 North Secret Lane' },
    };
    await vi.waitFor(() => expect(app.deps.directory.current().findRow('link-office')).toBeDefined());
    const { digest } = await steward.edit.bulkPreview(request);
    await steward.edit.bulk({ ...request, digest });
    expect(await hidden()).toEqual(['house', 'office']);
  });

  it('merging two listings', async () => {
    await hide();
    expect(await hidden()).toEqual(['house']);
    const pair = { keep: 'link-office', other: 'link-stand' };
    const { digest } = await steward.problems.mergePreview(pair);
    await steward.problems.merge({ ...pair, digest, parts: { service_at_location: 'both' } });
    expect(await hidden()).toEqual(['house', 'stand']);
  });

  it('a quick fix', async () => {
    await save(
      { op: 'update', object: 'service', id: 'service-house', base: { name: 'Beds' }, set: { name: 'Domestic violence shelter' } },
      move('office', '5 Office Road', SECRET_STREET),
    );
    const isThere = await handout();
    await app.deps.feed.poll();
    await app.deps.directory.ready;
    await vi.waitFor(async () => {
      const { problems } = await steward.problems.list({ code: 'may_be_hidden' });
      expect(problems.map(({ id }) => id)).toContain('link-house');
    });
    await steward.problems.fix({ code: 'may_be_hidden', ids: ['link-house'] });
    expect(await hidden()).toEqual(['house', 'office']);
    expect(await isThere()).toBe(false);
    expect((await decisions('house'))[0]?.[0]).toBe('hidden.hide');
  });

  it('an import, and its undo keeps them hidden', async () => {
    const row = (street: string, more: string) => `1,Beds,Haven,${street},Oakdale,OH,43201,${more}`;
    const file = (more: string) => ({
      'sites.csv': [
        'id,name,organization,address,city,state,zip,description',
        row('3 Dove Way', more),
        row('3 Dove Way', '').replace('1,Beds', '2,Desk'),
      ].join('\n'),
    });
    await importFiles(app.deps.db, file(''));
    expect(await hidden()).toEqual([]);
    await importFiles(app.deps.db, file('The location is confidential.'));
    expect(await hidden()).toHaveLength(2);
    await steward.history.undo({ act: await lastAct() });
    expect(await hidden()).toHaveLength(2);
  });

  it('keeps nothing where the decision cannot be put on record', async () => {
    await hide();
    await show();
    const shown = await lastAct();
    await app.deps.db.schema.dropTable('audit').execute();
    await expect(steward.history.undo({ act: shown })).rejects.toThrow();
    expect(await hidden()).toEqual([]);
  });
});

it('no part of the server writes an act beside the mechanism', () => {
  const files = globSync('server/**/*.ts').filter((path) => /\bwriteAct\b/.test(readFileSync(path, 'utf8')));
  expect(files.map((path) => path.replaceAll('\\', '/')).sort()).toEqual(['server/db/acts.ts', 'server/directory/directory-act.ts']);
});

// Edits by hand through the API: what is checked, what is kept, what someone else did meanwhile, and undoing it.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RecordEdit } from '#shared/directory/edit.ts';
import { importFiles } from '../import/support.ts';
import { findPostgres } from '../support/postgres-server.ts';
import { testApp, type TestApp } from '../support/test-app.ts';

const SITES = [
  'id,name,address,city,state,zip,phone,latitude,longitude',
  '1,Lighthouse Larder,12 Quay Street,Port Alder,OR,99801,555-010-0142,44.001,-123.001',
  '2,Harbor House,14 Quay Street,Port Alder,OR,99801,555-010-0143,44.002,-123.002',
].join('\n');

for (const engine of ['sqlite', 'postgres'] as const) {
  describe.skipIf(engine === 'postgres' && !findPostgres())(`editing on ${engine}`, () => {
    let app: TestApp;
    let steward: ReturnType<TestApp['caller']>;
    beforeAll(async () => {
      app = await testApp({ engine });
      steward = app.caller('steward');
      await importFiles(app.deps.db, { 'sites.csv': SITES });
      await app.deps.feed.poll();
    });
    afterAll(() => app[Symbol.asyncDispose]());

    const pageOf = async (name: string) => {
      const service = await app.deps.db.selectFrom('service').select('id').where('name', '=', name).executeTakeFirstOrThrow();
      const link = await app.deps.db
        .selectFrom('service_at_location')
        .select('id')
        .where('service_id', '=', service.id)
        .executeTakeFirstOrThrow();
      return { page: link.id, service: service.id };
    };
    const update = (
      object: RecordEdit['object'],
      id: string,
      [base, set]: [Record<string, string | number | null>, Record<string, string | number | null>],
    ): RecordEdit => ({
      op: 'update',
      object,
      id,
      base,
      set,
    });

    it('fills the form with the records of a page', async () => {
      const { page, service } = await pageOf('Lighthouse Larder');
      const form = await steward.edit.form({ id: page });
      expect(form.records.map(({ object }) => object).sort()).toEqual(['address', 'location', 'phone', 'service', 'service_at_location']);
      expect(form.records.find(({ object }) => object === 'service')).toMatchObject({
        id: service,
        values: { name: 'Lighthouse Larder', status: 'active' },
        withheld: [],
      });
      await expect(app.caller('coordinator').edit.form({ id: page })).rejects.toThrow('Your role does not allow this.');
    });

    it('keeps an edit as one act, tells it field by field, and takes it back as one', async () => {
      const { page, service } = await pageOf('Lighthouse Larder');
      const saved = await steward.edit.save({
        edits: [
          update('service', service, [
            { description: null, url: null },
            { description: 'Bread and soup', url: 'https://larder.example' },
          ]),
          { op: 'create', object: 'phone', id: 'new', set: { service_id: service, number: '555-010-0199', type: 'voice' } },
          { op: 'create', object: 'language', id: 'spoken', set: { phone_id: 'new', code: 'es' } },
        ],
        reason: 'called them',
      });
      expect(saved).toMatchObject({ saved: true, records: 3 });
      const act = saved.saved ? (saved.act ?? 0) : 0;
      const timeline = await steward.history.of({ id: page });
      expect(timeline).toMatchObject({ name: 'Lighthouse Larder', exists: true });
      expect(timeline.entries[0]).toMatchObject({ act, kind: 'edit', actor: 'local:steward', reason: 'called them', undoneBy: null });
      const changes = timeline.entries[0]?.changes ?? [];
      expect(changes.map(({ object, op }) => `${op} ${object}`).sort()).toEqual(['create language', 'create phone', 'update service']);
      expect(changes.find(({ object }) => object === 'service')?.fields).toEqual([
        { field: 'description', before: null, after: 'Bread and soup' },
        { field: 'url', before: null, after: 'https://larder.example' },
      ]);
      expect(timeline.entries.at(-1)).toMatchObject({ kind: 'import', source: 'test' });

      await steward.history.undo({ act });
      const form = await steward.edit.form({ id: page });
      expect(form.records.find(({ object }) => object === 'service')?.values).toMatchObject({ description: null, url: null });
      expect(form.records.filter(({ object }) => object === 'phone')).toHaveLength(1);
      expect((await steward.history.acts()).slice(0, 2)).toMatchObject([
        { kind: 'undo', undoes: act },
        { act, undoneBy: act + 1, changes: 3 },
      ]);
    });

    it('shows both values where someone else changed the field meanwhile, and writes nothing', async () => {
      const { service } = await pageOf('Harbor House');
      const before = await steward.history.acts();
      await app.caller('admin').edit.save({ edits: [update('service', service, [{ description: null }, { description: 'Theirs' }])] });
      const outcome = await steward.edit.save({
        edits: [
          update('service', service, [
            { description: null, url: null },
            { description: 'Mine', url: 'https://harbor.example' },
          ]),
        ],
      });
      expect(outcome).toMatchObject({
        saved: false,
        conflicts: [
          { object: 'service', id: service, field: 'description', base: null, yours: 'Mine', theirs: 'Theirs', by: 'local:admin' },
        ],
      });
      expect((await steward.history.acts()).length).toBe(before.length + 1);
      // Another field of the same record is no conflict, nor is the value that both gave.
      const other = [
        update('service', service, [
          { description: null, email: null },
          { description: 'Theirs', email: 'us@harbor.example' },
        ]),
      ];
      expect(await steward.edit.save({ edits: other })).toMatchObject({ saved: true, records: 1 });
      const gone = await steward.edit.save({ edits: [update('phone', 'not-there', [{ number: '1' }, { number: '2' }])] });
      expect(gone).toMatchObject({ saved: false, conflicts: [{ object: 'phone', field: null }] });
    });

    it.each([
      ['service', { name: '' }, 'name required'],
      ['service', { url: 'javascript:alert(1)' }, 'url uri'],
      ['service', { email: 'nobody' }, 'email email'],
      ['service', { status: 'open' }, 'status choice'],
      ['service', { minimum_age: 12, maximum_age: 5 }, 'minimum_age order, maximum_age order'],
      ['service', { minimum_age: -1 }, 'minimum_age range'],
      ['service', { assured_date: '2026-02-30' }, 'assured_date date'],
      ['service', { resource_type: 'castle' }, 'resource_type choice'],
      ['service', { rule: 'x' }, 'rule unknown_field'],
      ['service', { organization_id: 'x' }, 'organization_id unknown_field'],
      ['service', { name: 'x'.repeat(501) }, 'name long'],
    ] as const)('refuses for a %s: %o', async (object, set, said) => {
      const { service } = await pageOf('Harbor House');
      const outcome = await steward.edit.save({ edits: [{ op: 'update', object, id: service, base: {}, set }] });
      expect(outcome.saved ? [] : outcome.issues.map(({ field, code }) => `${field} ${code}`).join(', ')).toBe(said);
    });

    it('keeps the fields that a kind of resource brings with what HSDS has no field for', async () => {
      const { page, service } = await pageOf('Lighthouse Larder');
      const set = { resource_type: 'shelter', 'extra.couples': false, 'extra.pets': 'no', 'extra.longest_stay_days': 30 };
      expect(await steward.edit.save({ edits: [{ op: 'update', object: 'service', id: service, base: {}, set }] })).toMatchObject({
        saved: true,
      });
      const form = await steward.edit.form({ id: page });
      expect(form.records.find(({ object }) => object === 'service')?.values).toMatchObject(set);
      const wrong = { 'extra.longest_stay_days': 0, 'extra.pets': 'perhaps', 'extra.made_up': 'x' };
      const outcome = await steward.edit.save({ edits: [{ op: 'update', object: 'service', id: service, base: {}, set: wrong }] });
      expect(outcome.saved ? [] : outcome.issues.map(({ field, code }) => `${field} ${code}`)).toEqual([
        'extra.longest_stay_days range',
        'extra.pets choice',
        'extra.made_up unknown_field',
      ]);
      const [entry] = (await steward.history.of({ id: page })).entries;
      await steward.history.undo({ act: entry?.act ?? 0 });
    });

    it('asks for what a new record needs, and for what it refers to', async () => {
      const outcome = await steward.edit.save({
        edits: [
          { op: 'create', object: 'phone', id: 'a', set: { service_id: 'nowhere' } },
          { op: 'create', object: 'schedule', id: 'b', set: { freq: 'WEEKLY', opens_at: '25:00' } },
        ],
      });
      expect(outcome.saved ? [] : outcome.issues.map(({ object, field, code }) => `${object} ${field} ${code}`)).toEqual([
        'phone number required',
        'schedule opens_at time',
        'phone service_id reference',
      ]);
    });

    it('hides a place with a reason, on record, and tells nobody where it is', async () => {
      const { page } = await pageOf('Harbor House');
      const form = await steward.edit.form({ id: page });
      const place = form.records.find(({ object }) => object === 'location');
      const address = form.records.find(({ object }) => object === 'address');
      const hide = (reason?: string) =>
        steward.edit.save({
          edits: [{ op: 'update', object: 'location', id: place?.id ?? '', base: { hidden: 0 }, set: { hidden: true } }],
          ...(reason ? { reason } : {}),
        });
      await steward.edit.save({
        edits: [update('address', address?.id ?? '', [{ address_1: '14 Quay Street' }, { address_1: '14A Quay Street' }])],
      });
      expect(await hide()).toMatchObject({ saved: false, issues: [{ field: 'hidden', code: 'reason' }] });
      expect(await hide('a shelter')).toMatchObject({ saved: true });
      expect(await app.deps.db.selectFrom('audit').select(['action', 'record_id', 'reason']).execute()).toEqual([
        { action: 'hidden.hide', record_id: place?.id, reason: 'a shelter' },
      ]);
      const told = JSON.stringify([
        await steward.edit.form({ id: page }),
        await steward.history.of({ id: page }),
        await steward.history.acts(),
      ]);
      expect(told).not.toMatch(/Quay|44\.002|123\.002/);
      // Guessing where it is by an edit tells nothing either.
      const guess = await steward.edit.save({ edits: [update('location', place?.id ?? '', [{ latitude: 44 }, { latitude: 45 }])] });
      expect(guess).toMatchObject({ saved: false, conflicts: [{ field: 'latitude', theirs: null }] });
    });

    it('restores a page to a moment, and only what was seen', async () => {
      const { page, service } = await pageOf('Lighthouse Larder');
      const moment = (await steward.history.of({ id: page })).entries[0]?.seq ?? 0;
      const phone = await app.deps.db.selectFrom('phone').selectAll().where('number', 'like', '%0142').executeTakeFirstOrThrow();
      await steward.edit.save({
        edits: [
          update('service', service, [{ name: 'Lighthouse Larder' }, { name: 'Larder' }]),
          { op: 'delete', object: 'phone', id: phone.id },
          { op: 'create', object: 'language', id: 'l', set: { service_id: service, code: 'fr' } },
        ],
      });
      const preview = await steward.history.restorePreview({ id: page, seq: moment });
      expect(preview.changes.map(({ object, op }) => `${op} ${object}`).sort()).toEqual([
        'create phone',
        'delete language',
        'update service',
      ]);
      await steward.edit.save({ edits: [update('service', service, [{ alert: null }, { alert: 'Closed on Monday' }])] });
      await expect(steward.history.restore({ id: page, seq: moment, position: preview.position })).rejects.toThrow('Someone changed this');
      expect(await steward.history.restore({ id: page, seq: moment, reason: 'a mistake' })).toMatchObject({ records: 3 });
      expect(await app.deps.db.selectFrom('phone').selectAll().where('id', '=', phone.id).executeTakeFirst()).toEqual(phone);
      const again = await app.deps.db.selectFrom('service').select(['name', 'alert']).where('id', '=', service).executeTakeFirst();
      expect(again).toEqual({ name: 'Lighthouse Larder', alert: null });
      const [entry] = (await steward.history.of({ id: page })).entries;
      expect(entry).toMatchObject({ kind: 'restore', reason: 'a mistake' });
      await steward.history.undo({ act: entry?.act ?? 0 });
      expect(await app.deps.db.selectFrom('phone').select('id').where('id', '=', phone.id).executeTakeFirst()).toBeUndefined();
      await expect(steward.history.restore({ id: page, seq: 0 })).rejects.toThrow('It was not in the directory at that moment.');
    });

    it('changes many at once: looked at first, done as seen, undone as one', async () => {
      await app.deps.feed.poll();
      const request = {
        select: { filter: {} },
        change: { action: 'set' as const, object: 'service' as const, field: 'assured_date', value: '2026-11-01' },
      };
      const preview = await steward.edit.bulkPreview(request);
      expect(preview).toMatchObject({ selected: 2, changed: 2, unchanged: 0 });
      expect(preview.changes[0]?.fields).toEqual([{ field: 'assured_date', before: null, after: '2026-11-01' }]);
      await expect(steward.edit.bulk({ ...request, digest: 'other' })).rejects.toThrow('changed since you looked');
      const done = await steward.edit.bulk({ ...request, digest: preview.digest, reason: 'called all' });
      expect(done.records).toBe(2);
      expect(await steward.edit.bulkPreview(request)).toMatchObject({ changed: 0, unchanged: 2 });
      await steward.history.undo({ act: done.act });
      expect(await app.deps.db.selectFrom('service').select('assured_date').distinct().execute()).toEqual([{ assured_date: null }]);

      const add = { select: request.select, change: { action: 'add' as const, list: 'language' as const, value: 'so' } };
      const seen = await steward.edit.bulkPreview(add);
      expect(seen).toMatchObject({ changed: 2 });
      const added = await steward.edit.bulk({ ...add, digest: seen.digest });
      expect(await steward.edit.bulkPreview(add)).toMatchObject({ changed: 0, unchanged: 2 });
      await steward.history.undo({ act: added.act });
      expect(await app.deps.db.selectFrom('language').select('id').where('code', '=', 'so').execute()).toEqual([]);
      for (const field of ['name', 'hidden', 'latitude', 'organization_id', 'nonsense']) {
        const change = { action: 'set' as const, object: 'location' as const, field, value: 1 };
        await expect(steward.edit.bulkPreview({ select: request.select, change })).rejects.toThrow('cannot be given to many');
      }
    });
  });
}

// Problems through the API on both engines: what is told, that a change is followed, quick fixes and merges with their
// undo, what is left as it is, and that a hidden place is in none of it.

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { importFiles } from '../import/support.ts';
import { findPostgres } from '../support/postgres-server.ts';
import { testApp, type TestApp } from '../support/test-app.ts';

const NOW = Date.parse('2026-11-22T10:00:00Z');
const SITES = [
  'id,name,description,address,city,state,zip,phone,hours,latitude,longitude',
  '1,Lighthouse Larder Pantry,Bread,12 Quay Street,Port Alder,OR,99801,555-010-0142,Mon 9am-5pm,44.001,-123.001',
  '2,LIGHTHOUSE LARDER PANTRY,,12 Quay St.,Port Alder,OR,99801,555-010-0142,,44.0011,-123.0011',
  '3,Mill Road Clinic,This office is permanently closed.,40 Mill Road,Port Alder,OR,99801,,Mon-Fri 9am-5pm,44.01,-123.02',
  '4,Harbor Domestic Violence Shelter,Beds,9 Lamp Lane,Port Alder,OR,99801,555-010-0199,,44.02,-123.03',
  '5,Dove House (confidential),Beds,77 Secret Court,Port Alder,OR,99801,555-010-0142,,44.0012,-123.0012',
  ...[6, 7, 8, 9].map((i) => `${i},Station ${i},Help,${i} Elm Street,Port Alder,OR,99801,555-010-02${i}0,,44.00${i},-123.00${i}`),
  '10,Far Away Kitchen,Soup,1 Elm Street,Port Alder,OR,99801,555-010-0333,,40,-100',
].join('\n');

for (const engine of ['sqlite', 'postgres'] as const) {
  describe.skipIf(engine === 'postgres' && !findPostgres())(`problems on ${engine}`, () => {
    let app: TestApp;
    let steward: ReturnType<TestApp['caller']>;
    beforeAll(async () => {
      app = await testApp({ engine, clock: () => NOW });
      steward = app.caller('steward');
      await importFiles(app.deps.db, { 'sites.csv': SITES });
      await followed();
    });
    afterAll(() => app[Symbol.asyncDispose]());

    /** Until the index knows what was committed. */
    async function followed(): Promise<void> {
      await app.deps.feed.poll();
      const { value } = await app.deps.db.selectFrom('feed').select('value').where('name', '=', 'change').executeTakeFirstOrThrow();
      await app.deps.directory.ready;
      await vi.waitFor(() => expect(app.deps.directory.current().version.split('-')[0]).toBe(String(value)), { timeout: 5000 });
    }
    const list = async (code: string, ignored = false) => (await app.caller('viewer').problems.list({ code, ignored })).problems;
    const names = async (code: string) => (await list(code)).map(({ resource }) => resource.name).sort();
    const undo = async (act: number | null) => {
      await steward.history.undo({ act: act ?? 0 });
      await followed();
    };

    it('tells what is wrong, the gravest first, with how many of each', async () => {
      const { kinds, total, problems } = await app.caller('viewer').problems.list({ limit: 200 });
      expect(kinds.map(({ severity }) => severity)).toEqual([...kinds.map(({ severity }) => severity)].sort((a, b) => rank(a) - rank(b)));
      expect(total).toBe(kinds.reduce((sum, { open }) => sum + open, 0));
      expect(problems).toHaveLength(total);
      expect(await names('says_closed')).toEqual(['Mill Road Clinic']);
      expect(await names('may_be_hidden')).toEqual(['Harbor Domestic Violence Shelter']);
      expect(await names('no_phone')).toEqual(['Mill Road Clinic']);
      expect(await names('far_from_town')).toEqual(['Far Away Kitchen']);
      expect((await names('not_verified')).length).toBe(10);
      expect(await names('no_hours')).not.toContain('Mill Road Clinic');
      const pages = [
        await app.caller('viewer').problems.list({ limit: 7 }),
        await app.caller('viewer').problems.list({ offset: 7, limit: 200 }),
      ];
      expect(pages.flatMap((page) => page.problems)).toEqual(problems);
      await expect(app.caller('viewer').problems.fix({ code: 'says_closed', ids: ['x'] })).rejects.toThrow(
        'Your role does not allow this.',
      );
    });

    it('tells nothing of where a hidden place is, and pairs it with nobody', async () => {
      const told = JSON.stringify(await app.caller('viewer').problems.list({ limit: 200 }));
      expect(told).toContain('Dove House');
      for (const secret of ['Secret Court', '77 ', '44.0012', '123.0012', '99801']) expect(told).not.toContain(secret);
      expect((await list('duplicate')).map(({ resource, otherResource }) => [resource.name, otherResource?.name].sort())).toEqual([
        ['LIGHTHOUSE LARDER PANTRY', 'Lighthouse Larder Pantry'],
      ]);
    });

    it('fixes several as one act, which undo takes back', async () => {
      const before = await list('not_verified');
      const report = await steward.problems.fix({ code: 'not_verified', ids: [...before.slice(0, 3).map(({ id }) => id), 'nobody'] });
      expect(report).toMatchObject({ fixed: 3, skipped: ['nobody'] });
      await followed();
      expect((await list('not_verified')).map(({ id }) => id)).toEqual(before.slice(3).map(({ id }) => id));
      await undo(report.act);
      expect(await list('not_verified')).toEqual(before);
      await expect(steward.problems.fix({ code: 'no_phone', ids: ['x'] })).rejects.toThrow('no quick fix');
    });

    it('closes what says that it is closed, and hides what should be hidden', async () => {
      const [closed] = await list('says_closed');
      const report = await steward.problems.fix({ code: 'says_closed', ids: [closed!.id] });
      await followed();
      expect(app.deps.directory.current().findRow(closed!.id)).toBeUndefined();
      expect(await names('says_closed')).toEqual([]);
      expect(await names('no_phone')).toEqual([]);
      await undo(report.act);
      expect(await names('says_closed')).toEqual(['Mill Road Clinic']);
      const [shelter] = await list('may_be_hidden');
      await steward.problems.fix({ code: 'may_be_hidden', ids: [shelter!.id] });
      await followed();
      expect(await names('may_be_hidden')).toEqual([]);
      expect(JSON.stringify(await app.caller('viewer').problems.list({ limit: 200 }))).not.toContain('Lamp Lane');
      expect((await app.deps.db.selectFrom('audit').select('action').execute()).map(({ action }) => action)).toContain('hidden.hide');
    });

    it('takes a position away that cannot be right', async () => {
      const [far] = await list('far_from_town');
      expect(far?.values).toMatchObject({ town: 'Port Alder' });
      await steward.problems.fix({ code: 'far_from_town', ids: [far!.id] });
      await followed();
      expect(await names('far_from_town')).toEqual([]);
      expect(await names('no_position')).toEqual(['Far Away Kitchen']);
    });

    it('leaves as it is what someone says, until that is taken back', async () => {
      const [one] = await list('no_phone');
      const key = { code: 'no_phone', id: one!.id, other: null };
      await steward.problems.ignore({ problems: [key], reason: 'walk-in only' });
      expect(await list('no_phone')).toEqual([]);
      expect(await list('no_phone', true)).toMatchObject([{ id: one!.id, ignored: { reason: 'walk-in only', by: 'local:steward' } }]);
      const kind = (await app.caller('viewer').problems.list({})).kinds.find(({ code }) => code === 'no_phone');
      expect(kind).toMatchObject({ open: 0, ignored: 1 });
      await steward.problems.unignore({ problems: [key] });
      expect(await list('no_phone')).toEqual([one]);
      const [pair] = await list('duplicate');
      await steward.problems.ignore({ problems: [{ code: 'duplicate', id: pair!.other!, other: pair!.id }], reason: 'two shifts' });
      expect(await list('duplicate')).toEqual([]);
      await steward.problems.unignore({ problems: [{ code: 'duplicate', id: pair!.id, other: pair!.other }] });
      expect(await list('duplicate')).toHaveLength(1);
    });

    it('merges two listings field by field as one act, and takes that back', async () => {
      const [pair] = await list('duplicate');
      const listings = [pair!.resource, pair!.otherResource!];
      const keep = listings.find(({ name }) => name.startsWith('LIGHT'))!.id;
      const other = listings.find(({ name }) => name.startsWith('Light'))!.id;
      const preview = await steward.problems.mergePreview({ keep, other });
      expect(preview.fields.map(({ name, choice }) => [name, choice])).toEqual([
        ['name', 'keep'],
        ['description', 'other'],
      ]);
      expect(preview.parts.map(({ object, choice }) => [object, choice]).sort()).toEqual([
        ['phone', 'keep'],
        ['schedule', 'other'],
        ['service_at_location', 'keep'],
      ]);
      const before = await records(app);
      await expect(steward.problems.merge({ keep, other, digest: 'stale' })).rejects.toThrow('changed meanwhile');
      expect(await records(app)).toEqual(before);
      const { act } = await steward.problems.merge({ keep, other, digest: preview.digest, fields: { name: 'other' } });
      await followed();
      const index = app.deps.directory.current();
      expect(index.findRow(other)).toBeUndefined();
      const merged = index.resource(index.findRow(keep)!);
      expect(merged).toMatchObject({ service: { name: 'Lighthouse Larder Pantry' }, summary: 'Bread', phone: '555-010-0142' });
      expect(merged.timetable?.lines).toHaveLength(1);
      expect(await list('duplicate')).toEqual([]);
      await undo(act);
      expect(await records(app)).toEqual(before);
      expect(await list('duplicate')).toHaveLength(1);
    });

    it('does not merge what is hidden', async () => {
      const [pair] = await list('duplicate');
      const dove = (await list('not_verified')).find(({ resource }) => resource.name.startsWith('Dove'))!;
      await expect(steward.problems.mergePreview({ keep: pair!.id, other: dove.id })).rejects.toThrow('hidden place');
    });
  });
}

function rank(severity: string): number {
  return ['error', 'warning', 'info'].indexOf(severity);
}

async function records(app: TestApp) {
  const tables = ['service', 'phone', 'schedule', 'service_at_location'] as const;
  return Promise.all(tables.map((table) => app.deps.db.selectFrom(table).selectAll().orderBy('id').execute()));
}

// Hiding, showing and reading on record; what an import may not undo; and what is hidden because it would give away.

import { describe, expect, it } from 'vitest';
import { sql } from 'kysely';
import { findAuditFault, listAudit, recordAudit } from '#server/audit/audit.ts';
import { writeAct } from '#server/db/acts.ts';
import { createTypeFields } from '#server/directory/edit-check.ts';
import { applyEdits } from '#server/directory/edit.ts';
import { hidePlace, readPlace, showPlace } from '#server/directory/hidden-acts.ts';
import { readHiddenPlaces } from '#server/directory/hidden-places.ts';
import { insertHandout, findHandout } from '#server/handout/queries.ts';
import { createLocalActor } from '#server/identity/actor.ts';
import type { OpenDatabase } from '#server/db/open.ts';
import { createRegistry } from '#server/plugins/load.ts';
import { codes, importFiles } from '../import/support.ts';
import { eachDatabase } from '../support/databases.ts';
import { shelterTown, write } from './shelter.ts';

const actor = createLocalActor('steward');
const NOW = Date.parse('2026-11-22T12:00:00Z');
const by = (id: string) => ({ actor, id, reason: 'asked for by the shelter' });
const deps = ({ db }: OpenDatabase) => ({ db, clock: () => NOW });

async function hiddenNames({ db }: OpenDatabase): Promise<string[]> {
  const rows = await db.selectFrom('location').select('name').where('hidden', '!=', 0).execute();
  return rows.map(({ name }) => name ?? '').sort();
}

const SITES = 'id,name,organization,address,city,state,zip,lat,lon,phone,description';
const site = (id: number, name: string, address: string, more = '', organization = 'Helpers', lat = 40.1 + id / 100) =>
  [id, name, organization, address, 'Oakdale', 'OH', 43201, lat, -82.5, '555-010-0001', more].join(',');
const file = (...rows: string[]) => ({ 'sites.csv': [SITES, ...rows].join('\n') });

eachDatabase('hidden places', (open) => {
  it('are hidden, read and shown by people, each on record in the act itself', async () => {
    await using database = await open();
    await write(database.db, shelterTown());
    expect(await hidePlace(deps(database), by('pantry-hall'))).toEqual({ id: 'hall', name: 'Lakeside hall', hidden: true, also: [] });
    expect(await hiddenNames(database)).toContain('Lakeside hall');
    expect(await readPlace(deps(database), by('hall'))).toMatchObject({
      lon: -93.15,
      lat: 44.96,
      addresses: [{ address_1: '12 Quay Street' }],
    });
    await showPlace(deps(database), by('hall'));
    expect(await hiddenNames(database)).not.toContain('Lakeside hall');
    await expect(readPlace(deps(database), by('hall'))).rejects.toThrow('not hidden');
    await expect(hidePlace(deps(database), by('nowhere'))).rejects.toThrow('no such place');
    const rows = await listAudit(database.db, { recordId: 'hall', limit: 10 });
    expect(rows.map(({ action, role, reason }) => [action, role, reason])).toEqual(
      ['hidden.show', 'hidden.read', 'hidden.hide'].map((action) => [action, 'steward', 'asked for by the shelter']),
    );
    expect(await findAuditFault(database.db)).toBeNull();
  });

  it('tell nothing where the record of it cannot be written', async () => {
    await using database = await open();
    await write(database.db, shelterTown());
    await database.db.schema.dropTable('audit').execute();
    await expect(readPlace(deps(database), by('house'))).rejects.toThrow();
    await expect(showPlace(deps(database), by('house'))).rejects.toThrow();
    expect(await hiddenNames(database)).toHaveLength(1);
  });

  it('end the handouts that tell where they are, and no other', async () => {
    await using database = await open();
    const { location, ...town } = shelterTown();
    await write(database.db, { ...town, location: location!.map((row) => ({ ...row, hidden: 0 })) });
    const handout = (address: string | null, name: string) => ({
      version: 1 as const,
      language: 'en',
      direction: 'ltr' as const,
      paper: 'a4' as const,
      textSize: 12,
      heading: { title: 'Places', subtitle: '', date: 'today', from: null },
      services: [
        {
          number: 1,
          name: { text: name, language: 'en' },
          summary: null,
          hours: { now: '', week: null },
          address,
          travel: null,
          bring: null,
          phones: [],
          access: null,
          cost: null,
          verified: null,
        },
      ],
      map: null,
      code: null,
      crisis: null,
      footer: [],
    });
    const times = { now: new Date(NOW), expiresAt: new Date(NOW + 86_400_000) };
    const [told, other] = [
      await insertHandout(database.db, handout('77 Secret Ln., Whispering Pines', 'Night refuge'), times),
      await insertHandout(database.db, handout('12 Quay Street', 'Lakeside Pantry'), times),
    ];
    await hidePlace(deps(database), by('refuge-house'));
    expect(await findHandout(database.db, told.token, times.now)).toBeUndefined();
    expect(await findHandout(database.db, other.token, times.now)).toBeDefined();
  });

  it('stay hidden when the source no longer says so, and shown when a person said so', async () => {
    await using database = await open();
    const first = await importFiles(database.db, file(site(1, 'Haven', 'Confidential'), site(2, 'Pantry', '2 Main St')));
    expect(codes(first)).toMatchObject({ location_hidden: 1 });
    await importFiles(database.db, file(site(1, 'Haven', '77 Secret Lane'), site(2, 'Pantry', '2 Main St')));
    expect(await hiddenNames(database)).toEqual(['Haven']);
    const { id } = await database.db.selectFrom('location').select('id').where('name', '=', 'Haven').executeTakeFirstOrThrow();
    await showPlace(deps(database), by(id));
    await importFiles(database.db, file(site(1, 'Haven', 'Confidential', 'new'), site(2, 'Pantry', '2 Main St')));
    await importFiles(database.db, file(site(1, 'Haven', '77 Secret Lane', 'newer'), site(2, 'Pantry', '2 Main St')));
    expect(await hiddenNames(database)).toEqual([]);
  });

  it.each([
    ['the same address, written otherwise', site(2, 'Office', '77 N. SECRET LN'), ['Haven', 'Office']],
    ['the same name at the same position', site(2, 'Haven', '5 Other St', '', 'Helpers', 40.11), ['Haven', 'Haven']],
    ['the same position alone', site(2, 'Office', '5 Other St', '', 'Helpers', 40.11), ['Haven']],
    ['another organization', site(2, 'Cafe', '77 North Secret Lane', '', 'Others'), ['Haven']],
  ])('take with them what would give them away: %s', async (_, row, names) => {
    await using database = await open();
    const report = await importFiles(database.db, file(site(1, 'Haven', '77 N Secret Lane', 'The location is confidential.'), row));
    expect(await hiddenNames(database)).toEqual(names);
    expect(codes(report)['location_hidden_too'] ?? 0).toBe(names.length - 1);
    const again = await importFiles(database.db, file(site(1, 'Haven', '77 N Secret Lane', 'The location is confidential.'), row));
    expect(again).toMatchObject({ created: 0, updated: 0, unchanged: 2 });
  });

  it('are hidden by what a service in another file says', async () => {
    await using database = await open();
    const report = await importFiles(database.db, {
      'organizations.csv': 'id,name,description\no1,Helpers,We help',
      'services.csv': 'id,organization_id,name,description,status\ns1,o1,Nights,The shelter is at an undisclosed location.,active',
      'locations.csv': 'id,location_type,name,latitude,longitude\nl1,physical,House,44.98,-93.12',
      'services_at_location.csv': 'id,service_id,location_id\nx1,s1,l1',
    });
    expect(codes(report)).toMatchObject({ location_hidden: 1 });
    expect(await hiddenNames(database)).toEqual(['House']);
  });

  it('by an edit take with them what would give them away', async () => {
    await using database = await open();
    await importFiles(database.db, file(site(1, 'Haven', '77 N Secret Lane'), site(2, 'Office', '77 North Secret Ln')));
    const { id } = await database.db.selectFrom('location').select('id').where('name', '=', 'Haven').executeTakeFirstOrThrow();
    const edits = [{ op: 'update' as const, object: 'location' as const, id, base: { hidden: 0 }, set: { hidden: 1 } }];
    const saved = await applyEdits(
      database.db,
      { edits, reason: 'they asked' },
      { actor, at: NOW, typeFields: createTypeFields(createRegistry()) },
    );
    expect(saved).toMatchObject({ saved: true });
    expect(await hiddenNames(database)).toEqual(['Haven', 'Office']);
  });

  it('hold back what belongs to them in any record, and nothing else', async () => {
    await using database = await open();
    const town = shelterTown();
    await write(database.db, town);
    const hidden = await readHiddenPlaces(database.db);
    expect(hidden.withhold('address', town.address![0]!)).toBeNull();
    expect(hidden.withhold('address', town.address![1]!)).toBe(town.address![1]);
    expect(hidden.withhold('service', town.service![2]!)).toBe(town.service![2]);
    expect(hidden.withhold('location', town.location![0]!)).toMatchObject({
      longitude: null,
      latitude: null,
      transportation: null,
      name: 'The house at …',
    });
    expect(hidden.withhold('phone', town.phone![0]!)).toMatchObject({ number: '555-010-0142' });
  });
});

eachDatabase('the audit', (open) => {
  const entry = { actor, at: NOW, action: 'hidden.read' as const, object: 'location', recordId: 'x', reason: 'because' };
  const fill = (database: OpenDatabase) =>
    database.db.transaction().execute(async (trx) => {
      for (let i = 0; i < 5; i++) await recordAudit(trx, { ...entry, recordId: `x${i}` });
    });

  it('is only ever added to', async () => {
    await using database = await open();
    await fill(database);
    await expect(database.db.updateTable('audit').set({ reason: 'another' }).execute()).rejects.toThrow('only ever added to');
    await expect(database.db.deleteFrom('audit').execute()).rejects.toThrow('only ever added to');
  });

  describe('finds what was done to it all the same', () => {
    it.each([
      ['an edit', sql`update audit set reason = 'another' where seq = 3`, 3],
      ['a dropped row', sql`delete from audit where seq = 2`, 2],
      ['a dropped end', sql`delete from audit where seq = 5`, 5],
      ['another order', sql`update audit set seq = case seq when 2 then 30 else seq end`, 2],
    ])('%s', async (_, query, seq) => {
      await using database = await open();
      await fill(database);
      expect(await findAuditFault(database.db)).toBeNull();
      if (database.engine === 'sqlite')
        for (const verb of ['update', 'delete']) await sql`drop trigger ${sql.ref(`audit_no_${verb}`)}`.execute(database.db);
      else await sql`drop trigger audit_no_change on audit`.execute(database.db);
      await query.execute(database.db);
      expect(await findAuditFault(database.db)).toBe(seq);
    });
  });

  it('says nothing that was not done', async () => {
    await using database = await open();
    const failed = writeAct(database.db, { kind: 'edit', actor: 'test', at: '2026-11-22T00:00:00Z' }, async (trx) => {
      await recordAudit(trx, entry);
      throw new Error('on the way');
    });
    await expect(failed).rejects.toThrow('on the way');
    expect(await listAudit(database.db, { limit: 10 })).toEqual([]);
    await fill(database);
    expect(await findAuditFault(database.db)).toBeNull();
  });
});

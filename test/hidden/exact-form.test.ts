// The address of a hidden place in the edit form: shown to the few who may know, on record, corrected without being shown
// to anyone else, and not written over by those who do not see it.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RecordEdit } from '#shared/directory/edit.ts';
import { listAudit } from '#server/audit/audit.ts';
import { createLocalActor } from '#server/identity/actor.ts';
import { createAppRouter } from '#server/router.ts';
import { createCallerFactory } from '#server/trpc.ts';
import { findPostgres } from '../support/postgres-server.ts';
import { testApp, type TestApp } from '../support/test-app.ts';
import { CANARY, SECRET, shelterTown, write } from './shelter.ts';

const address = (street: string): RecordEdit => ({
  op: 'update',
  object: 'address',
  id: 'a1',
  base: { address_1: '77 Secret Lane' },
  set: { address_1: street },
});

describe.each(['sqlite', 'postgres'] as const)('the form of a hidden place on %s', (engine) => {
  if (engine === 'postgres' && !findPostgres()) return it.skip('PostgreSQL is not installed');
  let app: TestApp;
  let steward: ReturnType<TestApp['caller']>;
  beforeAll(async () => {
    app = await testApp({ engine });
    steward = app.caller('steward');
    await write(app.deps.db, shelterTown());
  });
  afterAll(() => app[Symbol.asyncDispose]());
  const ask = (role: Parameters<TestApp['caller']>[0], id = 'refuge-house', reason = 'they moved next door') =>
    app.caller(role).hidden.form({ id, reason });

  it('tells where it is to those who may know, with the reason on record, and nobody else', async () => {
    const form = await ask('steward');
    expect(form.records.find(({ object }) => object === 'location')).toMatchObject({
      values: { latitude: SECRET.lat, longitude: SECRET.lon },
      withheld: [],
    });
    expect(form.records.find(({ id }) => id === 'a1')).toMatchObject({ values: { address_1: '77 Secret Lane' } });
    const [row] = await listAudit(app.deps.db, { recordId: 'house', limit: 1 });
    expect(row).toMatchObject({ action: 'hidden.read', actor: 'local:steward', reason: 'they moved next door' });
    // Texts of what is no place stay as they are told: they may name other places too.
    const others = form.records.filter(({ object }) => object !== 'location' && object !== 'address');
    expect(JSON.stringify(others)).not.toMatch(CANARY);
    for (const role of ['viewer', 'intake', 'coordinator'] as const)
      await expect(ask(role)).rejects.toThrow('Your role does not allow this.');
    await expect(ask('steward', 'refuge-house', ' ')).rejects.toThrow('say why');
    await expect(ask('steward', 'pantry-hall')).rejects.toThrow('not hidden');
    expect(await listAudit(app.deps.db, { recordId: 'hall', limit: 1 })).toEqual([]);
  });

  it('keeps it hidden when it is corrected', async () => {
    const moved = { latitude: SECRET.lat + 0.2, longitude: SECRET.lon };
    const position: RecordEdit = {
      op: 'update',
      object: 'location',
      id: 'house',
      base: { latitude: SECRET.lat },
      set: { latitude: moved.latitude },
    };
    expect(await steward.edit.save({ edits: [address('78 Secret Lane'), position] })).toMatchObject({ saved: true, records: 2 });
    const place = await app.deps.db
      .selectFrom('location')
      .select(['hidden', 'latitude', 'cell'])
      .where('id', '=', 'house')
      .executeTakeFirstOrThrow();
    expect(place).toMatchObject({ hidden: 1, latitude: moved.latitude });
    expect((await ask('steward')).records.find(({ id }) => id === 'a1')?.values['address_1']).toBe('78 Secret Lane');
    const told = [
      await steward.edit.form({ id: 'refuge-house' }),
      await steward.history.of({ id: 'refuge-house' }),
      await app.caller('viewer').directory.resource({ id: 'refuge-house' }),
    ];
    expect(JSON.stringify(told)).not.toMatch(/secret|45\.18/i);
    // What someone else saved meanwhile is told as changed, without its value.
    const stale = await steward.edit.save({ edits: [address('79 Secret Lane')] });
    expect(stale).toMatchObject({ saved: false, conflicts: [{ field: 'address_1', theirs: null }] });
  });

  it('is not written over, nor shown again, by those who may edit but not know', async () => {
    const actor = createLocalActor('steward');
    const permissions = new Set([...actor.permissions].filter((permission) => permission !== 'hidden.read'));
    const editor = createCallerFactory(createAppRouter(app.deps))({ actor: { ...actor, permissions }, address: '' });
    const refused = async (edit: RecordEdit) => {
      const outcome = await editor.edit.save({ edits: [edit], reason: 'a test' });
      expect(outcome, JSON.stringify(edit)).toMatchObject({ saved: false, issues: [{ code: 'unknown_field' }] });
    };
    await refused(address('1 Other Street'));
    await refused({ op: 'delete', object: 'address', id: 'a1' });
    const set = {
      location_id: 'house',
      address_1: '1 Other Street',
      city: 'x',
      state_province: 'x',
      postal_code: '1',
      country: 'US',
      address_type: 'physical',
    };
    await refused({ op: 'create', object: 'address', id: 'new-1', set });
    await refused({ op: 'update', object: 'location', id: 'house', base: { latitude: null }, set: { latitude: 1 } });
    await refused({ op: 'update', object: 'location', id: 'house', base: { hidden: 1 }, set: { hidden: false } });
    await refused({ op: 'update', object: 'service', id: 'refuge', base: { description: null }, set: { description: 'Beds' } });
    const email: RecordEdit = { op: 'update', object: 'service', id: 'refuge', base: { email: null }, set: { email: 'a@example.org' } };
    expect(await editor.edit.save({ edits: [email] })).toMatchObject({ saved: true });
  });
});

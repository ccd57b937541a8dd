// Going back to an older backup does not bring an erased person back: the server erases them again before it answers anybody, in the
// copy that was made before, on either engine, with no key but the deployment's.

import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { expect, it } from 'vitest';
import { findAuditFault, listAudit } from '#server/audit/audit.ts';
import { openApp } from '#server/app.ts';
import { createLog } from '#server/log.ts';
import { CANARY_ENTRIES, findCanaries } from './canaries.ts';
import { dumpDatabase } from './dump.ts';
import { callAs, hire, type Member } from './staff.ts';
import { copyPlace, eachDatabase, type DatabasePlace } from '../support/databases.ts';

const openAt = (place: DatabasePlace) => openApp({ ...place, log: createLog({ level: 'fatal' }) });

eachDatabase('an erased person', (open, engine) => {
  it('stays erased in a backup that is older than the erasure, and everybody else comes back', async () => {
    const { place, close } = await open();
    await close();
    let worker: Member;
    let boss: Member;
    let id = '';
    let other = '';
    {
      await using app = await openAt(place);
      worker = await hire({ deps: app }, 'case_manager', { agency: 'Harbor House', team: 'families' });
      boss = await hire({ deps: app }, 'supervisor', { agency: 'Harbor House', team: 'families' });
      ({ id } = await worker.call.people.create({ entries: CANARY_ENTRIES }));
      ({ id: other } = await worker.call.people.create({ entries: [{ payload: { kind: 'note', text: 'Stays.' } }] }));
    }
    const backup = await copyPlace(place);
    const listFile = await (async () => {
      await using app = await openAt(place);
      const call = callAs(app, boss.actor);
      expect(await call.people.erase({ person: id, why: 'asked_by_person' })).toMatchObject({ listed: true });
      return app.casework.erased.file;
    })();
    expect(readFileSync(listFile, 'utf8')).toBe(`${id}\n`);

    {
      await using app = await openAt(backup);
      const call = callAs(app, worker.actor);
      await expect(call.people.get({ person: id })).rejects.toThrow(/no such record/);
      expect((await call.people.get({ person: other })).entries).toHaveLength(1);
      expect(await call.people.find({ name: 'Byname' })).toEqual([]);
      const [row] = await listAudit(app.casework.db, { recordId: id, limit: 1 });
      expect(row).toMatchObject({ action: 'person.refused' });
      const again = (await listAudit(app.casework.db, { recordId: id, limit: 10 })).find(({ action }) => action === 'person.erase');
      expect(again).toMatchObject({ actor: 'system', reason: 'restored' });
      expect(await findAuditFault(app.casework.db)).toBeNull();
      const dump = await dumpDatabase(app.casework.db as unknown as Kysely<never>, engine === 'postgres' ? 'casework' : undefined);
      expect(findCanaries(dump)).toEqual([]);
      const left = await app.casework.db.selectFrom('person_entry').select('id').where('person_id', '=', id).execute();
      expect(left).toEqual([]);
    }
    // A list that was lost is made again of what the database knows, so that the next older backup is held to it as well.
    rmSync(listFile);
    await (await openAt(place))[Symbol.asyncDispose]();
    expect(readFileSync(listFile, 'utf8')).toBe(`${id}\n`);
  });

  it('of another deployment is none of this one’s', async () => {
    const { place, close } = await open();
    await close();
    await using app = await openAt(place);
    const worker = await hire({ deps: app }, 'case_manager', { agency: 'Harbor House' });
    const { id } = await worker.call.people.create({ entries: [] });
    writeFileSync(join(app.casework.erased.file, '..', 'another-key.txt'), `${id}\n`, { flag: 'a' });
    expect(app.casework.erased.ids()).not.toContain(id);
  });
});

// An erased person is gone: their words from every answer, their key from every page of the database's files as they are when
// decrypted, free pages and log included, and from every backup made later. The audit stays, and names nobody.

import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { describe, expect, it } from 'vitest';
import { findAuditFault, listAudit } from '#server/audit/audit.ts';
import { backUp, toCaseworkCopy } from '#server/db/backup.ts';
import { deriveKey, unseal } from '#server/db/case-keys.ts';
import { CASEWORK_FILE } from '#server/db/casework.ts';
import { openConnection } from '#server/db/sqlite.ts';
import { testApp, type TestApp } from '../support/test-app.ts';
import { CANARY_ENTRIES, consentTo, findCanaries } from './canaries.ts';
import { dumpDatabase } from './dump.ts';
import { hire } from './staff.ts';

/** The bytes of a database file with its encryption taken off: every page as it lies there, unused ones too. */
function readPages(file: string, key: Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'waypost-pages-'));
  const copy = join(folder, 'copy.db');
  try {
    copyFileSync(file, copy);
    if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${copy}-wal`);
    const raw = openConnection(copy, key);
    raw.pragma('journal_mode = delete');
    raw.pragma("rekey = ''");
    raw.close();
    return readFileSync(copy, 'latin1');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function takeIn(app: TestApp) {
  const worker = await hire(app, 'case_manager', { agency: 'Harbor House', team: 'families' });
  const boss = await hire(app, 'supervisor', { agency: 'Harbor House', team: 'families' });
  const { id } = await worker.call.people.create({ entries: [...CANARY_ENTRIES, { payload: consentTo('agy_other', ['identity']) }] });
  const { id: other } = await worker.call.people.create({ entries: [{ payload: { kind: 'note', text: 'Stays.' } }] });
  await boss.call.people.breakGlass({ person: id, reason: 'Canarysafety is in danger.' });
  const db = app.deps.casework.db;
  const { key } = await db.selectFrom('person').select('key').where('id', '=', id).executeTakeFirstOrThrow();
  const entries = await db.selectFrom('person_entry').selectAll().where('person_id', '=', id).execute();
  const tokens = await db.selectFrom('person_name_token').select('token').where('person_id', '=', id).execute();
  expect(entries.length).toBeGreaterThan(10);
  expect(tokens.length).toBeGreaterThan(2);
  return { worker, boss, id, other, key: Buffer.from(key!), entries, tokens: tokens.map((row) => row.token) };
}

describe.each(['sqlite', 'postgres'] as const)('an erased person on %s', (engine) => {
  it('is in no answer and no table, and stays in the audit without a name', async () => {
    await using app = await testApp({ engine });
    const { worker, boss, id, other, key, entries, tokens } = await takeIn(app);
    expect(await boss.call.people.erase({ person: id, why: 'asked_by_person' })).toEqual({ forgotten: true, listed: true });
    await expect(worker.call.people.get({ person: id })).rejects.toThrow(/no such record/);
    expect(await worker.call.people.find({ name: 'Byname' })).toEqual([]);
    expect((await worker.call.caseload.mine()).people.map((listed) => listed.id)).toEqual([other]);
    expect(await boss.call.people.glassQueue()).toEqual([]);
    expect((await worker.call.people.get({ person: other })).entries).toHaveLength(1);

    const dump = await dumpDatabase(app.deps.casework.db as unknown as Kysely<never>, engine === 'postgres' ? 'casework' : undefined);
    const secrets = [key.toString('latin1'), ...entries.map((entry) => Buffer.from(entry.payload).toString('latin1')), ...tokens];
    expect(secrets.filter((secret) => dump.includes(JSON.stringify(secret).slice(1, -1)))).toEqual([]);
    const rows = await listAudit(app.deps.casework.db, { recordId: id, limit: 100 });
    expect(rows.at(-1)).toMatchObject({ action: 'person.create', actor: worker.id });
    expect(rows.some((row) => row.action === 'person.erase' && row.reason === 'broken_glass asked_by_person')).toBe(true);
    expect(findCanaries(JSON.stringify(rows))).toEqual([]);
    expect(await findAuditFault(app.deps.casework.db)).toBeNull();
  });

  it('cannot be half erased: nobody deletes the entry of a person who was not, and nobody changes one', async () => {
    await using app = await testApp({ engine });
    const { id } = await takeIn(app);
    const db = app.deps.casework.db;
    await expect(db.deleteFrom('person_entry').where('person_id', '=', id).execute()).rejects.toThrow(/goes only with the key/);
    await expect(db.updateTable('person_entry').set({ class: 'notes' }).where('person_id', '=', id).execute()).rejects.toThrow(
      /never changed/,
    );
  });
});

describe('the files of an erased person', () => {
  it('hold nothing of the key or the sealed words: not in a page, a free page, the log, or a later backup', async () => {
    await using app = await testApp();
    const { boss, id, key, entries, tokens } = await takeIn(app);
    const { key: deploymentKey } = app.deps.database.location;
    const fileKey = deriveKey(deploymentKey!, 'casework file');
    const file = join(app.dataFolder, CASEWORK_FILE);
    const secrets = [key, ...entries.map((entry) => Buffer.from(entry.payload))].map((bytes) => bytes.toString('latin1'));
    // The search can fail: before, everything is found, and the words themselves not even then.
    const before = readPages(file, fileKey);
    expect(before.includes(secrets[0]!)).toBe(true);
    expect(tokens.every((token) => before.includes(token))).toBe(true);
    expect(findCanaries(before)).toEqual([]);
    // Whoever holds the deployment's key and the row opens the words: it is the row that has to go.
    const row = entries.find((entry) => entry.class === 'safety')!;
    const label = ['entry', id, row.id, row.seq, row.kind, row.class, row.at, row.author, row.agency_id];
    expect(JSON.stringify(unseal(app.deps.casework.keys.unwrap(id, key), label, row.payload))).toContain('Canary');

    await boss.call.people.erase({ person: id, why: 'asked_by_person' });
    expect(existsSync(`${file}-wal`) ? readFileSync(`${file}-wal`).length : 0).toBe(0);
    const previous = process.env['WAYPOST_KEY_FILE'];
    const folder = mkdtempSync(join(tmpdir(), 'waypost-later-'));
    try {
      const keyFile = join(folder, 'the.key');
      const { writeFileSync } = await import('node:fs');
      writeFileSync(keyFile, Buffer.from(deploymentKey!).toString('hex'));
      process.env['WAYPOST_KEY_FILE'] = keyFile;
      backUp(app.dataFolder, join(folder, 'later.db'));
    } finally {
      if (previous === undefined) delete process.env['WAYPOST_KEY_FILE'];
      else process.env['WAYPOST_KEY_FILE'] = previous;
    }
    const places = { file: readPages(file, fileKey), backup: readPages(toCaseworkCopy(join(folder, 'later.db')), fileKey) };
    rmSync(folder, { recursive: true, force: true });
    for (const [name, pages] of Object.entries(places)) {
      expect([name, pages.includes(id)]).toEqual([name, true]);
      expect([name, [...secrets, ...tokens].filter((secret) => pages.includes(secret)).length]).toEqual([name, 0]);
    }
  });
});

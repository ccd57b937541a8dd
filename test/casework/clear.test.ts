// What stands in the clear: every column of every table of both databases, every file, and the log of a server that was asked all
// there is to ask, rightly and wrongly. No word that was put into a record is in any of it.

import { Writable } from 'node:stream';
import { sql, type Kysely } from 'kysely';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { testApp, type SignedIn, type TestApp } from '../support/test-app.ts';
import { CANARY_ENTRIES, findCanaries } from './canaries.ts';
import { dumpDatabase, readFolder } from './dump.ts';

async function post(person: SignedIn, procedure: string, input: unknown, query = false): Promise<{ status: number; text: string }> {
  const headers = { 'content-type': 'application/json', ...(query && { 'x-http-method-override': 'GET' }) };
  const response = await person.fetch(`/api/trpc/people.${procedure}`, { method: 'POST', headers, body: JSON.stringify(input) });
  return { status: response.status, text: await response.text() };
}

async function askEverything(app: TestApp): Promise<string> {
  const worker = await app.signIn('case_manager', { agency: 'Harbor House' });
  const stranger = await app.signIn('case_manager', { agency: 'Other Shore' });
  const created = await post(worker, 'create', { entries: CANARY_ENTRIES });
  expect(created.status).toBe(200);
  const { id } = (JSON.parse(created.text) as { result: { data: { id: string } } }).result.data;
  const canary = 'CanarynotesZq';
  expect((await post(worker, 'get', { person: id }, true)).text).toContain(canary);
  expect((await post(worker, 'find', { name: 'CanaryidentityZq' }, true)).text).toContain('CanaryidentityZq');
  expect((await post(worker, 'exportPage', { person: id, language: 'ar' })).text).toContain(canary);
  // Wrongly: what was typed comes back in no answer that refuses it.
  const note = { payload: { kind: 'note', text: canary } };
  const wrong = [
    await post(worker, 'add', { person: canary, entries: [note] }),
    await post(worker, 'add', { person: id, entries: [{ payload: { kind: canary, text: canary } }] }),
    await post(worker, 'add', { person: id, entries: [{ ...note, class: canary }] }),
    await post(worker, 'add', { person: id, entries: [{ payload: { kind: 'note', text: [canary] } }] }),
    await post(worker, 'add', { person: id, entries: [note], revision: 0 }),
    await post(worker, 'add', { person: id, entries: [{ payload: { ...note.payload, kind: 'identity', pronouns: canary } }] }),
    await post(stranger, 'add', { person: id, entries: [note] }),
    await post(stranger, 'get', { person: id }, true),
    await post(stranger, 'find', { name: 'x'.repeat(101) }, true),
  ];
  expect(wrong.map((answer) => answer.status)).toEqual([400, 400, 400, 400, 409, 400, 404, 404, 400]);
  expect(findCanaries(wrong.map((answer) => answer.text).join('\n'))).toEqual([]);
  expect((await post(stranger, 'find', { name: 'CanaryidentityZq' }, true)).text).not.toContain(id);
  return id;
}

describe.each(['sqlite', 'postgres'] as const)('in the clear on %s', (engine) => {
  it('stands nothing that was said: in no column, no file, no log, no refusal', async () => {
    let logged = '';
    const log = pino({ level: 'trace' }, new Writable({ write: (chunk, _encoding, done) => ((logged += String(chunk)), done()) }) as never);
    await using app = await testApp({ engine, log });
    await askEverything(app);
    // Something unforeseen is noted by where it happened, never by what was written.
    await sql`drop table ${engine === 'postgres' ? sql.id('casework', 'person_name_token') : sql.id('person_name_token')}`.execute(
      app.deps.casework.db,
    );
    const worker = await app.signIn('intake', { agency: 'Harbor House' });
    const broken = await post(worker, 'create', { entries: CANARY_ENTRIES });
    expect([broken.status, findCanaries(broken.text)]).toEqual([500, []]);
    expect(broken.text).not.toMatch(/person_name_token|\.ts|stack/);
    expect(logged).toContain('procedure failed');
    expect(findCanaries(logged)).toEqual([]);

    const clear = [
      await dumpDatabase(app.deps.db as unknown as Kysely<never>),
      await dumpDatabase(app.deps.casework.db as unknown as Kysely<never>, engine === 'postgres' ? 'casework' : undefined),
      readFolder(app.dataFolder),
    ];
    expect(clear[1]).toContain('person_entry');
    expect(findCanaries(clear.join('\n'))).toEqual([]);
  });
});

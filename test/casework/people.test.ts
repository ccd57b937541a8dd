// Taking someone in, opening and adding to a record, finding by name: on both engines, as staff of two agencies.

import { describe, expect, it } from 'vitest';
import { foldRecord } from '#shared/casework/record.ts';
import { findAuditFault, listAudit } from '#server/audit/audit.ts';
import { testApp } from '../support/test-app.ts';
import { hire } from './staff.ts';

describe.each(['sqlite', 'postgres'] as const)('people on %s', (engine) => {
  it('are taken in, opened, added to and found again', async () => {
    await using app = await testApp({ engine });
    const maria = await hire(app, 'case_manager', { agency: 'Harbor House', team: 'families' });
    const { id } = await maria.call.people.create({
      entries: [
        { payload: { kind: 'identity', mode: 'named', givenName: { value: 'José' }, familyName: { value: 'Núñez-Ortega' } } },
        { payload: { kind: 'words', about: 'needs', text: 'A door that locks.' } },
      ],
    });
    await maria.call.people.add({ person: id, entries: [{ payload: { kind: 'note', text: 'Called the landlord.' } }] });
    const opened = await maria.call.people.get({ person: id });
    expect(opened.person).toMatchObject({ id, status: 'open', worker: maria.id, team: 'families', revision: 3 });
    expect(opened.access.relation).toBe('own');
    const record = foldRecord(opened.entries);
    expect(record.identity.givenName).toEqual({ value: 'José' });
    expect(record.words.needs.map((words) => words.text)).toEqual(['A door that locks.']);
    expect(record.notes.map((note) => note.text)).toEqual(['Called the landlord.']);

    for (const name of ['jose', 'Nun', 'ortega jos', 'JOSÉ NÚÑEZ'])
      expect([name, (await maria.call.people.find({ name })).map((found) => [found.id, found.label])]).toEqual([
        name,
        [[id, 'José Núñez-Ortega']],
      ]);
    for (const name of ['mar', 'josef', 'ose', 'nunez garcia']) expect([name, await maria.call.people.find({ name })]).toEqual([name, []]);
    expect((await maria.call.caseload.mine()).people.map((listed) => listed.label)).toEqual(['José Núñez-Ortega']);

    const rows = await listAudit(app.deps.casework.db, { recordId: id, limit: 20 });
    expect(rows.map((row) => row.action).reverse()).toEqual([
      'person.create',
      'person.write',
      'person.read',
      ...['jose', 'Nun', 'ortega jos', 'JOSÉ NÚÑEZ'].map(() => 'person.found'),
    ]);
    expect(await findAuditFault(app.deps.casework.db)).toBeNull();
  });

  it('are no concern of another agency: the same answer as for nobody', async () => {
    await using app = await testApp({ engine });
    const here = await hire(app, 'case_manager', { agency: 'Harbor House' });
    const there = await hire(app, 'supervisor', { agency: 'Other Shore' });
    const { id } = await here.call.people.create({
      entries: [{ payload: { kind: 'identity', mode: 'alias', alias: { value: 'Bluebird' } } }],
    });
    const nobody = id.replace(/.{4}$/, 'zzzz');
    const answers = await Promise.all(
      [id, nobody].map((person) => there.call.people.get({ person }).catch((error: Error) => String(error))),
    );
    expect(answers[0]).toBe(answers[1]);
    expect(answers[0]).toMatch(/no such record/);
    expect(await there.call.people.find({ name: 'Bluebird' })).toEqual([]);
    expect((await there.call.caseload.mine()).people).toEqual([]);
    const [row] = await listAudit(app.deps.casework.db, { recordId: id, limit: 1 });
    expect(row).toMatchObject({ action: 'person.refused', actor: there.id });
  });
});

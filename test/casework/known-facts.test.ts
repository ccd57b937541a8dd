// Facts that are kept for deciding a caseload: always those of the record, corrected and by class, and gone with the person.

import { describe, expect, it } from 'vitest';
import { mayServe } from '#shared/casework/eligibility-changes.ts';
import { createAreas } from '#shared/eligibility/areas.ts';
import { foldRecord, toFacts } from '#shared/casework/record.ts';
import { FIELD_CLASSES, type FieldClass } from '#shared/intake/field-class.ts';
import { readEntries } from '#server/casework/entries.ts';
import { inCasework } from '#server/casework/gate.ts';
import { readFactEntries } from '#server/casework/known-facts.ts';
import { testApp, type TestApp } from '../support/test-app.ts';
import { hire } from './staff.ts';

/** What is kept, and what the entries say, of a person. */
async function readBoth({ deps }: TestApp, id: string, classes: ReadonlySet<FieldClass>) {
  return inCasework(deps, async (trx) => {
    const { key } = await trx.selectFrom('person').select('key').where('id', '=', id).executeTakeFirstOrThrow();
    const person = { id, key: deps.casework.keys.unwrap(id, key!) };
    const kept = (await readFactEntries(trx, [{ ...person, classes }])).get(id)!;
    const said = await readEntries(trx, person, { classes, kinds: ['fact', 'correction'] });
    return { kept: toFacts(foldRecord(kept)), said: toFacts(foldRecord(said)), entries: kept.length };
  });
}

const fact = (id: string, told: unknown) => ({ payload: { kind: 'fact', fact: id, told, source: 'said', asOf: '2026-11-01' } as never });

describe.each(['sqlite', 'postgres'] as const)('on %s', (engine) => {
  it('is what the entries say after each of them, by class; an older record is read from its entries; erased it is gone', async () => {
    await using app = await testApp({ engine });
    const worker = await hire(app, 'case_manager', { agency: 'Harbor House' });
    const boss = await hire(app, 'supervisor', { agency: 'Harbor House' });
    const every = new Set(FIELD_CLASSES);
    const { id } = await worker.call.people.create({
      entries: [fact('household.size', { value: 2 }), { payload: { kind: 'note', text: 'n' } }],
    });
    const steps = [
      [fact('household.income', { value: { value: 900, per: 'month' } }), fact('person.sober', { value: true })],
      [fact('household.size', { value: 3 })],
      [{ payload: { kind: 'note', text: 'Nothing new.' } as never }],
      [fact('household.income', 'declined')],
    ];
    for (const entries of steps) {
      await worker.call.people.add({ person: id, entries });
      const { kept, said } = await readBoth(app, id, every);
      expect(kept).toEqual(said);
    }
    const { entries } = await worker.call.people.get({ person: id });
    const size = entries.findLast(({ payload }) => payload.kind === 'fact' && payload.fact === 'household.size')!;
    const correction = { kind: 'correction', of: size.id, payload: null, reason: 'Somebody else.' } as const;
    await worker.call.people.add({ person: id, entries: [{ payload: correction, class: size.class }] });
    const corrected = await readBoth(app, id, every);
    expect(corrected.kept).toEqual(corrected.said);
    expect(corrected.kept['household.size']).toMatchObject({ value: 2 });

    const narrow = await readBoth(app, id, new Set<FieldClass>(['money']));
    expect(narrow.kept).toEqual(narrow.said);
    expect(Object.keys(narrow.kept)).toEqual(['household.income']);

    await app.deps.casework.db.deleteFrom('person_facts').execute();
    const older = await readBoth(app, id, every);
    expect(older.kept).toEqual(corrected.kept);
    await worker.call.people.add({ person: id, entries: [{ payload: { kind: 'note', text: 'Again.' } }] });
    expect(await app.deps.casework.db.selectFrom('person_facts').select('person_id').execute()).toEqual([{ person_id: id }]);

    await boss.call.people.erase({ person: id, why: 'ordered' });
    expect(await app.deps.casework.db.selectFrom('person_facts').select('person_id').execute()).toEqual([]);
  });
});

it('a service of areas in none of which the person is known to live is left out, and no other', () => {
  const square = (lon: number, lat: number) => [[lon, lat], [lon + 1, lat], [lon + 1, lat + 1], [lon, lat + 1], [lon, lat]] as const; // prettier-ignore
  const areas = createAreas([
    { id: 'us/ca/north', rings: [square(0, 1)] },
    { id: 'us/ca/south', rings: [square(0, 0)] },
  ]);
  const south = { kind: 'point', lon: 0.5, lat: 0.5 } as const;
  expect(mayServe(south, ['us/ca/north'], areas)).toBe(false);
  expect(mayServe(south, ['us/ca/north', 'us/ca/south'], areas)).toBe(true);
  expect(mayServe(south, [], areas)).toBe(true);
  expect(mayServe(south, ['somewhere without an outline'], areas)).toBe(true);
  expect(mayServe({ kind: 'words', values: ['us/ca/south'] }, ['us/ca/north'], areas)).toBe(false);
  expect(mayServe(undefined, ['us/ca/north'], areas)).toBe(true);
});

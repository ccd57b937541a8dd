// The fold of a record: what the entries say, and the laws that hold for any of them.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allowedClasses, ENTRY_KINDS, EntryPayload, type RecordEntry } from '#shared/casework/entry.ts';
import { foldRecord, toFacts } from '#shared/casework/record.ts';
import { isClosed, lastClosing, stageOf } from '#shared/casework/stage.ts';
import { FIELD_CLASSES, type FieldClass } from '#shared/intake/field-class.ts';
import { EXAMPLE_KINDS, exampleOf, personEntries } from './entries.ts';

const word = (fieldClass: FieldClass, n: number) => `Canary-${fieldClass}-${n}`;

/** Entries of any kinds and classes, some of them corrections, every text naming the class that it is in. */
const anyEntries = fc
  .array(
    fc.record({
      kind: fc.constantFrom(...EXAMPLE_KINDS),
      fieldClass: fc.constantFrom(...FIELD_CLASSES),
      minute: fc.nat(20),
      corrects: fc.option(fc.nat(30), { nil: undefined, freq: 3 }),
      struckOut: fc.boolean(),
    }),
    { maxLength: 30 },
  )
  .map((drafts) => {
    const entries: RecordEntry[] = [];
    drafts.forEach(({ kind, fieldClass, minute, corrects, struckOut }, n) => {
      const at = new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();
      const base = { id: `e${String(n).padStart(3, '0')}`, personId: 'p', at, author: 'w', agency: 'a' };
      const original = corrects === undefined ? undefined : entries[corrects];
      if (original && original.payload.kind !== 'correction') {
        const replaced = struckOut ? null : exampleOf(original.payload.kind, word(original.class, n));
        const payload = EntryPayload.parse({ kind: 'correction', of: original.id, payload: replaced, reason: word(original.class, n) });
        entries.push({ ...base, class: original.class, payload });
      } else entries.push({ ...base, class: fieldClass, payload: exampleOf(kind, word(fieldClass, n)) });
    });
    return entries;
  });

describe('laws', () => {
  test('the order of arrival does not matter', () => {
    fc.assert(
      fc.property(
        anyEntries.chain((entries) => fc.tuple(fc.constant(entries), fc.shuffledSubarray(entries, { minLength: entries.length }))),
        ([entries, shuffled]) => {
          expect(foldRecord(shuffled)).toEqual(foldRecord(entries));
        },
      ),
    );
  });

  test('what was filtered out is nowhere in the record, and what was not is in its timeline', () => {
    fc.assert(
      fc.property(anyEntries, fc.uniqueArray(fc.constantFrom(...FIELD_CLASSES)), (entries, seen) => {
        const visible = entries.filter((entry) => seen.includes(entry.class));
        const text = JSON.stringify(foldRecord(visible));
        for (const { class: fieldClass } of entries) if (!seen.includes(fieldClass)) expect(text).not.toContain(`Canary-${fieldClass}-`);
        for (const entry of visible) expect(text).toContain(entry.id);
      }),
    );
  });

  test('a correction keeps the original: every wording ever entered is still there', () => {
    fc.assert(
      fc.property(anyEntries, (entries) => {
        const { timeline } = foldRecord(entries);
        const kept = timeline.flatMap((item) => [item.payload, ...item.earlier.map((each) => each.payload)]);
        const entered = entries.map(({ payload }) => (payload.kind === 'correction' ? payload.payload : payload));
        const sorted = (list: unknown[]) => list.map((each) => JSON.stringify(each)).sort();
        expect(sorted(kept)).toEqual(sorted(entered));
      }),
    );
  });

  test('a record is plain data: it travels as JSON and comes back the same', () => {
    fc.assert(
      fc.property(anyEntries, (entries) => {
        expect(JSON.parse(JSON.stringify(foldRecord(entries)))).toEqual(foldRecord(entries));
      }),
    );
  });
});

test('every kind has an example, and no two persons are one record', () => {
  expect([...EXAMPLE_KINDS, 'correction'].sort()).toEqual([...ENTRY_KINDS].sort());
  const [a, b] = [personEntries('p1'), personEntries('p2')];
  a.add({ kind: 'note', text: 'one' });
  b.add({ kind: 'note', text: 'two' });
  expect(() => foldRecord([...a.entries, ...b.entries])).toThrow(/one person/);
  expect(foldRecord([]).identity).toMatchObject({ mode: 'anonymous', nameUsed: 'not_asked' });
});

describe('what entries add up to', () => {
  test('unknown, not asked and declined stay apart, and what is not said again stays', () => {
    const { entries, add } = personEntries();
    add({ kind: 'identity', mode: 'alias', alias: { value: 'Blue coat' }, birthDate: 'declined' }, { class: 'identity' });
    add({ kind: 'identity', pronouns: 'unknown' }, { class: 'identity' });
    expect(foldRecord(entries).identity).toMatchObject({
      mode: 'alias',
      alias: { value: 'Blue coat' },
      birthDate: 'declined',
      pronouns: 'unknown',
      givenName: 'not_asked',
    });
  });

  test('needs of all classes stand in the order of the person', () => {
    const { entries, add } = personEntries();
    add({
      kind: 'needs',
      needs: [
        { need: 'food', rank: 3 },
        { need: 'shelter', rank: 1 },
      ],
    });
    add({ kind: 'needs', needs: [{ need: 'safety.shelter', rank: 2 }] }, { class: 'safety' });
    expect(foldRecord(entries).needs.map(({ need }) => need)).toEqual(['shelter', 'safety.shelter', 'food']);
    add({ kind: 'needs', needs: [{ need: 'food', rank: 1 }] });
    expect(foldRecord(entries).needs.map(({ need }) => need)).toEqual(['food', 'safety.shelter']);
  });

  test('a fact keeps what was told before, with source and day, and goes to matching as it was told', () => {
    const { entries, add } = personEntries();
    const income = { kind: 'fact', fact: 'household.income' };
    add({ ...income, told: { value: { value: 900, per: 'month' } }, source: 'said', asOf: '2026-01-05' }, { class: 'money' });
    add(
      {
        ...income,
        told: { value: { value: 1100, per: 'month' } },
        source: 'document',
        asOf: '2026-01-20',
        verified: { on: '2026-01-21', how: 'pay slip' },
      },
      { class: 'money' },
    );
    add({ kind: 'fact', fact: 'person.gender', told: 'declined', source: 'said', asOf: '2026-01-05' }, { class: 'identity' });
    add({ kind: 'fact', fact: 'person.age', told: 'unknown', source: 'said', asOf: '2026-01-05' }, { class: 'identity' });
    const record = foldRecord(entries);
    expect(record.facts['household.income']).toMatchObject({ source: 'document', before: [{ source: 'said', asOf: '2026-01-05' }] });
    expect(toFacts(record)).toEqual({
      'household.income': { value: 1100, per: 'month', asOf: '2026-01-20' },
      'person.gender': { declined: true },
    });
  });

  test('the last correction holds, at the place and time of the original; a struck out one leaves the record and stays in the timeline', () => {
    const { entries, add } = personEntries();
    const note = add({ kind: 'note', text: 'He is her brother.' }, { class: 'notes' });
    add({ kind: 'correction', of: note.id, payload: { kind: 'note', text: 'He is her cousin.' }, reason: 'misheard' }, { class: 'notes' });
    expect(foldRecord(entries).notes).toMatchObject([{ text: 'He is her cousin.', entry: { entryId: note.id, at: note.at } }]);
    add({ kind: 'correction', of: note.id, payload: null, reason: 'of another person' }, { class: 'notes' });
    const { notes, timeline } = foldRecord(entries);
    expect(notes).toEqual([]);
    expect(timeline).toMatchObject([
      {
        payload: null,
        corrected: { reason: 'of another person', entry: { entryId: 'ent_0002' } },
        earlier: [
          { entry: { entryId: 'ent_0000' }, payload: { text: 'He is her brother.' } },
          { entry: { entryId: 'ent_0001' }, payload: { text: 'He is her cousin.' } },
        ],
      },
    ]);
  });

  test('a correction in another class than its original corrects nothing', () => {
    const { entries, add } = personEntries();
    const note = add({ kind: 'note', text: 'Original' }, { class: 'health' });
    add({ kind: 'correction', of: note.id, payload: null, reason: 'hide it' }, { class: 'notes' });
    expect(foldRecord(entries).notes).toMatchObject([{ text: 'Original' }]);
  });

  test('things that are told again and again show how they stand now', () => {
    const { entries, add } = personEntries();
    const visit = { kind: 'appointment', appointment: 'a1', what: 'Dentist', when: '2026-02-01T10:00:00.000Z' };
    add({ ...visit, state: 'planned' });
    add({ kind: 'appointment', appointment: 'a2', what: 'Court', when: '2026-01-20T10:00:00.000Z', state: 'planned' }, { class: 'legal' });
    add({ ...visit, state: 'missed', barrier: 'transport' });
    expect(foldRecord(entries).appointments.map(({ what, state }) => [what, state])).toEqual([
      ['Court', 'planned'],
      ['Dentist', 'missed'],
    ]);
  });

  test('a case that is opened again is where it was, with all that was there, and can be closed a second time', () => {
    const { entries, add } = personEntries();
    const yes = { value: true } as const;
    const close = (closing: string) => {
      const checklist = { accessStable: yes, supportInPlace: yes, knowsWayBack: yes };
      add({ kind: 'closing', closing, reason: 'goals_reached', summary: 'Done.', checklist, goals: { g1: 'reached' }, followUpDays: [30] });
      add({ kind: 'closing_decided', closing, decision: 'approved' });
    };
    const steps = [{ id: 's1', text: 'Sign', kind: 'task', who: 'alone' }, { id: 's2', text: 'Move in', kind: 'task', who: 'together' }]; // prettier-ignore
    add({ kind: 'needs', needs: [{ need: 'housing', rank: 1 }] });
    add({ kind: 'plan', reason: 'First', plan: { goals: [{ id: 'g1', text: 'A flat', horizon: 'long', steps }] }, agreed: { on: '2026-01-05', language: 'en', how: 'spoken' } }); // prettier-ignore
    add({ kind: 'progress', of: 's1', state: 'done' });
    const before = foldRecord(entries);
    close('c1');
    const closed = foldRecord(entries);
    expect([isClosed(closed), stageOf(closed)]).toEqual([true, 'following_up']);
    add({ kind: 'reopening', reason: 'Lost the flat.' });
    const again = foldRecord(entries);
    expect([isClosed(again), stageOf(again), stageOf(before)]).toEqual([false, 'implementation', 'implementation']);
    for (const part of ['needs', 'plans', 'standings'] as const) expect(again[part], part).toEqual(before[part]);
    expect(again.closings.map(({ closing, decision }) => [closing, decision?.decision])).toEqual([['c1', 'approved']]);
    expect(again.reopenings.map(({ reason }) => reason)).toEqual(['Lost the flat.']);
    close('c2');
    expect(lastClosing(foldRecord(entries))?.closing).toBe('c2');
  });

  test('a withdrawn consent says since when; a closing says how it was decided', () => {
    const { entries, add } = personEntries();
    add(exampleOf('consent', 'N'));
    const withdrawn = add({ kind: 'consent_withdrawn', consent: 'c1' });
    add(exampleOf('closing', 'S'));
    add({ kind: 'closing_decided', closing: 'x1', decision: 'returned' });
    const record = foldRecord(entries);
    expect(record.consents[0]?.withdrawn?.entry.at).toBe(withdrawn.at);
    expect(record.closings[0]?.decision?.decision).toBe('returned');
  });
});

describe('the class of an entry', () => {
  const facts: Record<string, { class?: FieldClass; sensitivity: 'low' | 'medium' | 'high' }> = {
    'household.income': { class: 'money', sensitivity: 'medium' },
    'person.student': { sensitivity: 'low' },
    'agency.secret': { sensitivity: 'high' },
  };
  const findFact = (id: string) => facts[id];
  const fact = (id: string) => EntryPayload.parse({ kind: 'fact', fact: id, told: 'unknown', source: 'said', asOf: '2026-01-01' });

  test.for([
    ['household.income', 'money'],
    ['person.student', 'needs'],
    ['agency.secret', 'safety'],
    ['nobody.declared_it', 'safety'],
  ] as const)('%s is of class %s', ([id, fieldClass]) => expect(allowedClasses(fact(id), { findFact })).toEqual([fieldClass]));

  test('an assessment is of the class of its domain; who someone is is always identity; a note may be of any', () => {
    expect(allowedClasses(exampleOf('assessment', 'w'), { findFact })).toEqual(['health']);
    expect(allowedClasses(exampleOf('identity', 'w'), { findFact })).toEqual(['identity']);
    expect(new Set(allowedClasses(exampleOf('note', 'w'), { findFact }))).toEqual(new Set(FIELD_CLASSES));
  });

  test('a correction has the class of what it corrects, and stays of its kind', () => {
    const { add } = personEntries();
    const original = add(exampleOf('note', 'w'), { class: 'health' });
    const correction = (payload: unknown, of = original.id) => EntryPayload.parse({ kind: 'correction', of, payload, reason: 'r' });
    expect(allowedClasses(correction(null), { findFact, corrected: original })).toEqual(['health']);
    expect(allowedClasses(correction(exampleOf('note', 'v')), { findFact, corrected: original })).toEqual(['health']);
    expect(allowedClasses(correction(exampleOf('task', 'v')), { findFact, corrected: original })).toEqual([]);
    expect(allowedClasses(correction(null, 'ent_other'), { findFact, corrected: original })).toEqual([]);
    expect(allowedClasses(correction(null), { findFact })).toEqual([]);
  });
});

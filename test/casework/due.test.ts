// What is due, which stage the work is in, and what stands against closing: tables of records and what is derived from them.

import { describe, expect, test } from 'vitest';
import { changesSince } from '#shared/casework/changes.ts';
import { reviewClosing } from '#shared/casework/closing.ts';
import { listDue, weightOf, type Due } from '#shared/casework/due.ts';
import { foldRecord } from '#shared/casework/record.ts';
import { stageOf, type Stage } from '#shared/casework/stage.ts';
import { exampleOf, personEntries } from './entries.ts';

const OPENED = '2026-01-05T09:00:00.000Z';
/** Entries are an hour apart from the opening on. */
const record = (...payloads: unknown[]) => {
  const { entries, add } = personEntries();
  for (const payload of payloads) add(payload);
  return foldRecord(entries);
};
const due = (...payloads: unknown[]) => listDue(record(...payloads), { opened: OPENED });
const of = (kind: Due['kind'], all: readonly Due[]) => all.filter((each) => each.kind === kind).map(({ at, about }) => [at, about]);

const REACHED = { kind: 'contact_made', way: 'phone', with: 'person', outcome: 'reached' };
const VISIT = { kind: 'appointment', what: 'Visit' };
const TASK = { kind: 'task', task: 't1', what: 'Call the landlord' };
const CONSENT = exampleOf('consent', 'N');
const SAID = { kind: 'referral_said', referral: 'r1', service: { name: 'S' }, to: 'B', by: 'sender' };
const CLOSING = exampleOf('closing', 'S');
const APPROVED = { kind: 'closing_decided', closing: 'x1', decision: 'approved' };
const plan = (steps: object[], agreed = true) => ({
  kind: 'plan',
  reason: 'first',
  plan: { goals: [{ id: 'g1', text: 'A home', horizon: 'short', by: '2026-04-01', steps }] },
  ...(agreed && { agreed: { on: '2026-01-05', language: 'en', how: 'spoken' } }),
});
const STEP = { id: 's1', kind: 'task', text: 'Apply', who: 'together', by: '2026-01-20' };

describe('what is due', () => {
  test.for<[name: string, kind: Due['kind'], payloads: unknown[], expected: string[][]]>([
    ['a first contact within two weeks of opening', 'contact', [], [['2026-01-19', 'contact']]],
    ['the rhythm follows the intensity', 'contact', [{ kind: 'intensity', level: 'intensive' }], [['2026-01-08', 'contact']]],
    [
      'and counts from the last time that the person was reached',
      'contact',
      [{ ...REACHED, when: '2026-01-10T10:00:00.000Z' }],
      [['2026-01-24', 'contact']],
    ],
    [
      'not from a call that nobody answered',
      'contact',
      [{ ...REACHED, outcome: 'no_answer', when: '2026-01-10T10:00:00.000Z' }],
      [['2026-01-19', 'contact']],
    ],
    [
      'nor from one with a provider',
      'contact',
      [{ ...REACHED, with: 'provider', when: '2026-01-10T10:00:00.000Z' }],
      [['2026-01-19', 'contact']],
    ],
    [
      'an appointment that was kept is a contact',
      'contact',
      [{ ...VISIT, appointment: 'a', when: '2026-02-01T10:00:00.000Z', state: 'kept' }],
      [['2026-02-15', 'contact']],
    ],
    ['a first review after three months', 'review', [], [['2026-04-05', 'review']]],
    [
      'the next one on the day that was agreed',
      'review',
      [{ kind: 'review', on: '2026-02-01', changed: 'c', next: '2026-02-20' }],
      [['2026-02-20', 'review']],
    ],
    ['else after the rhythm', 'review', [{ kind: 'review', on: '2026-02-01', changed: 'c' }], [['2026-05-02', 'review']]],
    ['an open task with a day', 'task', [{ ...TASK, due: '2026-01-09', state: 'open' }], [['2026-01-09', 't1']]],
    ['not one without a day', 'task', [{ ...TASK, state: 'open' }], []],
    [
      'nor one that is done',
      'task',
      [
        { ...TASK, due: '2026-01-09', state: 'open' },
        { ...TASK, due: '2026-01-09', state: 'done' },
      ],
      [],
    ],
    ['a step of the plan', 'step', [plan([STEP])], [['2026-01-20', 's1']]],
    ['not one that is done', 'step', [plan([STEP]), { kind: 'progress', of: 's1', state: 'done' }], []],
    ['a goal', 'goal', [plan([STEP])], [['2026-04-01', 'g1']]],
    ['of the newest version only', 'step', [plan([STEP]), plan([{ ...STEP, id: 's2', by: '2026-02-02' }])], [['2026-02-02', 's2']]],
    [
      'a planned appointment, until somebody says how it went',
      'appointment',
      [{ ...VISIT, appointment: 'a', when: '2026-02-01T10:00:00.000Z', state: 'planned' }],
      [['2026-02-01T10:00:00.000Z', 'a']],
    ],
    ['not one that was kept', 'appointment', [{ ...VISIT, appointment: 'a', when: '2026-02-01T10:00:00.000Z', state: 'kept' }], []],
    [
      'two missed appointments in a row ask what comes between',
      'missed_twice',
      [
        { ...VISIT, appointment: 'a', when: '2026-02-01T10:00:00.000Z', state: 'missed' },
        { ...VISIT, appointment: 'b', when: '2026-02-08T10:00:00.000Z', state: 'missed' },
      ],
      [['2026-02-08', 'b']],
    ],
    [
      'not where one between them was kept',
      'missed_twice',
      [
        { ...VISIT, appointment: 'a', when: '2026-02-01T10:00:00.000Z', state: 'missed' },
        { ...VISIT, appointment: 'b', when: '2026-02-08T10:00:00.000Z', state: 'kept' },
        { ...VISIT, appointment: 'c', when: '2026-02-09T10:00:00.000Z', state: 'missed' },
      ],
      [],
    ],
    [
      'nor once it was talked about in a review',
      'missed_twice',
      [
        { ...VISIT, appointment: 'a', when: '2026-02-01T10:00:00.000Z', state: 'missed' },
        { ...VISIT, appointment: 'b', when: '2026-02-08T10:00:00.000Z', state: 'missed' },
        { kind: 'review', on: '2026-02-10', changed: 'no bus' },
      ],
      [],
    ],
    ['a consent two weeks before it ends', 'consent_ends', [CONSENT], [['2026-07-18', 'c1']]],
    [
      'a short one when a quarter of it is left',
      'consent_ends',
      [{ ...CONSENT, until: '2026-02-05T10:00:00.000Z' }],
      [['2026-02-04', 'c1']],
    ],
    ['not one that was withdrawn', 'consent_ends', [CONSENT, { kind: 'consent_withdrawn', consent: 'c1' }], []],
    [
      'nor one that was renewed',
      'consent_ends',
      [CONSENT, { ...CONSENT, consent: 'c2', until: '2026-12-01T10:00:00.000Z' }],
      [['2026-11-17', 'c2']],
    ],
    ['a referral that nobody answers', 'referral', [{ ...SAID, event: 'send', state: 'sent' }], [['2026-01-08', 'r1']]],
    [
      'one with an appointment on that day',
      'referral',
      [{ ...SAID, event: 'schedule', state: 'scheduled', appointmentAt: '2026-02-03T09:00:00.000Z' }],
      [['2026-02-03T09:00:00.000Z', 'r1']],
    ],
    ['not one that was declined', 'referral', [{ ...SAID, event: 'decline', state: 'declined' }], []],
    ['a closing that waits for its decision', 'closing_decision', [CLOSING], [['2026-01-05', 'x1']]],
    ['not one that was returned', 'closing_decision', [CLOSING, { ...APPROVED, decision: 'returned' }], []],
    [
      'after closing the follow-ups that were agreed',
      'follow_up',
      [CLOSING, APPROVED],
      [
        ['2026-02-04', 'x1:30'],
        ['2026-04-05', 'x1:90'],
        ['2026-07-04', 'x1:180'],
      ],
    ],
    [
      'until they were made',
      'follow_up',
      [CLOSING, APPROVED, { kind: 'follow_up', days: 30, outcome: 'well' }],
      [
        ['2026-04-05', 'x1:90'],
        ['2026-07-04', 'x1:180'],
      ],
    ],
    ['never of someone who died', 'follow_up', [{ ...CLOSING, reason: 'died' }, APPROVED], []],
    ['and nothing else of a closed case', 'task', [{ ...TASK, due: '2026-01-09', state: 'open' }, CLOSING, APPROVED], []],
    [
      'but all of it once reopened',
      'task',
      [{ ...TASK, due: '2026-01-09', state: 'open' }, CLOSING, APPROVED, { kind: 'reopening', reason: 'r' }],
      [['2026-01-09', 't1']],
    ],
  ])('%s', ([, kind, payloads, expected]) => expect(of(kind, due(...payloads))).toEqual(expected));

  test('is in the order of time, and each thing once', () => {
    const all = due(
      plan([STEP, { ...STEP, id: 's2', by: '2026-01-07' }]),
      CONSENT,
      { ...SAID, event: 'send', state: 'sent' },
      { ...TASK, due: '2026-01-09', state: 'open' },
    );
    expect(all.map(({ at }) => at)).toEqual(all.map(({ at }) => at).sort());
    const keys = all.map(({ kind, about }) => `${kind} ${about}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('what a person weighs', () => {
    expect(weightOf(record())).toBe(2);
    expect(weightOf(record({ kind: 'intensity', level: 'intensive' }))).toBe(4);
    expect(weightOf(record({ kind: 'intensity', level: 'intensive' }, { kind: 'intensity', level: 'phasing_out' }))).toBe(1);
    expect(weightOf(record(CLOSING, APPROVED))).toBe(0);
  });
});

describe('the stage', () => {
  test.for<[stage: Stage, payloads: unknown[]]>([
    ['engagement', []],
    ['engagement', [exampleOf('needs', 'food')]],
    ['assessment', [exampleOf('assessment', 'w')]],
    ['planning', [plan([STEP], false)]],
    ['implementation', [plan([STEP])]],
    ['implementation', [{ ...SAID, event: 'send', state: 'sent' }]],
    ['monitoring', [plan([STEP]), { kind: 'progress', of: 's1', state: 'done' }]],
    [
      'monitoring',
      [
        { ...SAID, event: 'send', state: 'sent' },
        { ...SAID, event: 'connect', state: 'connected', by: 'receiver' },
      ],
    ],
    ['closing', [plan([STEP]), CLOSING]],
    ['implementation', [plan([STEP]), CLOSING, { ...APPROVED, decision: 'returned' }]],
    ['following_up', [plan([STEP]), CLOSING, APPROVED]],
    ['closed', [CLOSING, APPROVED, ...[30, 90, 180].map((days) => ({ kind: 'follow_up', days, outcome: 'well' }))]],
    ['closed', [{ ...CLOSING, followUpDays: [] }, APPROVED]],
    ['implementation', [plan([STEP]), CLOSING, APPROVED, { kind: 'reopening', reason: 'lost the flat' }]],
  ])('%s', ([stage, payloads]) => expect(stageOf(record(...payloads))).toBe(stage));
});

describe('before closing', () => {
  const checklist = { accessStable: { value: true }, supportInPlace: { value: true }, knowsWayBack: { value: true } };
  const open = record(plan([STEP]), { ...SAID, event: 'send', state: 'sent' }, { ...TASK, state: 'open' });
  const codes = (findings: ReturnType<typeof reviewClosing>) => findings.map(({ code, weight }) => `${weight} ${code}`);

  test('an open referral needs a reason, the rest is to be looked at', () => {
    expect(codes(reviewClosing(open, { checklist, goals: {} }))).toEqual([
      'must referral_open',
      'look goal_without_outcome',
      'look task_open',
    ]);
    expect(codes(reviewClosing(open, { checklist, goals: { g1: 'partly' }, openReferrals: 'They take it from here' }))).toEqual([
      'look referral_open',
      'look task_open',
    ]);
  });

  test('the three questions are asked; an honest no is said and stops nothing', () => {
    const asked = { accessStable: 'not_asked', supportInPlace: { value: false }, knowsWayBack: 'declined' } as const;
    expect(codes(reviewClosing(record(), { checklist: asked, goals: {} }))).toEqual([
      'must access_not_stable',
      'look no_support',
      'look way_back_unknown',
    ]);
    expect(reviewClosing(record(), { checklist, goals: {} })).toEqual([]);
  });
});

test('what changed since the last review', () => {
  const fact = (value: number, asOf: string) => ({ kind: 'fact', fact: 'household.size', told: { value }, source: 'said', asOf });
  const { entries, add } = personEntries();
  add(fact(3, '2026-01-05'));
  add(exampleOf('assessment', 'w'));
  add(plan([STEP]));
  const since = add({ kind: 'review', on: '2026-01-06', changed: 'c' }).at;
  add(fact(4, '2026-01-07'));
  add({ ...exampleOf('assessment', 'w'), need: 'none' });
  add(
    plan([
      { ...STEP, text: 'Apply again' },
      { ...STEP, id: 's2', text: 'Move in' },
    ]),
  );
  add({ kind: 'progress', of: 's1', state: 'done' });
  add({ ...SAID, event: 'send', state: 'sent' });
  add({ ...VISIT, appointment: 'a', when: '2026-01-06T10:00:00.000Z', state: 'kept' });
  expect(changesSince(foldRecord(entries), since)).toMatchObject({
    facts: [{ fact: 'household.size', before: { value: 3 }, now: { value: 4 } }],
    assessments: [{ domain: 'health', before: 'help', now: 'none' }],
    plan: [
      { kind: 'changed', id: 's1', fields: ['text'] },
      { kind: 'added', id: 's2' },
    ],
    progress: [{ id: 's1', state: 'done' }],
    referrals: [{ referral: 'r1', state: 'sent' }],
    appointments: { kept: 1, missed: 0 },
    contacts: 0,
  });
});

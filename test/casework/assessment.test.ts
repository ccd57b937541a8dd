// Assessment forms: what a form refuses, what an answer must fit, scores, and that a fact is asked once.

import { describe, expect, test } from 'vitest';
import { AssessmentForm, checkAssessment, compareAssessments, listOpenFacts, scoreOf } from '#shared/casework/assessment.ts';
import { EntryPayload, type PayloadOf } from '#shared/casework/entry.ts';
import { classOfNeed } from '#shared/intake/field-class.ts';
import { contributed } from '../support/contributed.ts';

const SCALE = [
  { value: 'never', label: 'Never', score: 0 },
  { value: 'often', label: 'Often', score: 2 },
];
const FORM = AssessmentForm.parse({
  id: 'first',
  version: 2,
  label: 'First talk',
  domains: [
    {
      domain: 'health',
      label: 'Health',
      questions: [
        { id: 'sleep', ask: 'Do you sleep badly?', type: 'choice', options: SCALE },
        { id: 'pain', ask: 'Are you in pain?', type: 'choice', options: SCALE },
        { id: 'insured', fact: 'person.insured' },
        { id: 'doctor', ask: 'Do you have a doctor?', type: 'yes_no' },
      ],
    },
    { domain: 'money', label: 'Money', questions: [{ id: 'income', fact: 'household.income' }] },
  ],
});

const assessment = (more: object = {}) =>
  EntryPayload.parse({
    kind: 'assessment',
    form: 'first',
    version: 2,
    sitting: 's1',
    on: '2026-02-01',
    domain: 'health',
    need: 'help',
    strengths: 'none_yet',
    source: 'said',
    ...more,
  }) as PayloadOf<'assessment'>;

test('strengths are said, or that there are none yet: never left out', () => {
  const { strengths: _, ...without } = assessment();
  expect(EntryPayload.safeParse(without).success).toBe(false);
  expect(EntryPayload.safeParse({ ...without, strengths: { text: '  ' } }).success).toBe(false);
  expect(EntryPayload.safeParse({ ...without, strengths: { text: 'A sister nearby' } }).success).toBe(true);
});

describe('a form', () => {
  const [health, money] = FORM.domains;
  test.for<[name: string, domains: unknown[], message: string]>([
    ['with a domain twice', [health, { ...health, questions: [] }], 'the domain "health"'],
    ['with a question twice', [health, { ...money, questions: [{ id: 'sleep', fact: 'household.income' }] }], 'the question "sleep"'],
    ['that asks a fact twice', [health, { ...money, questions: [{ id: 'again', fact: 'person.insured' }] }], 'the fact "person.insured"'],
    ['with a choice of nothing', [{ ...money, questions: [{ id: 'q', ask: 'Q?', type: 'choice' }] }], 'options belong to a choice'],
    [
      'with options of a number',
      [{ ...money, questions: [{ id: 'q', ask: 'Q?', type: 'number', options: SCALE }] }],
      'options belong to a choice',
    ],
  ])('%s is refused', ([, domains, message]) => {
    expect(
      AssessmentForm.safeParse({ ...FORM, domains })
        .error?.issues.map((issue) => issue.message)
        .join(),
    ).toContain(message);
  });
});

describe('an assessment by its form', () => {
  test.for<[name: string, more: object, faults: object[]]>([
    ['empty is fine: any question may stay open', {}, []],
    ['answered and declined', { answers: { sleep: { value: 'often' }, doctor: 'declined' } }, []],
    ['of another version', { version: 1 }, [{ code: 'other_form' }]],
    ['of a domain that the form lacks', { domain: 'legal' }, [{ code: 'no_such_domain' }]],
    ['a question of nobody', { answers: { shoe: { value: 4 } } }, [{ code: 'no_such_question', question: 'shoe' }]],
    ['a fact is no answer of the form', { answers: { insured: { value: true } } }, [{ code: 'no_such_question', question: 'insured' }]],
    ['not one of the options', { answers: { sleep: { value: 'rarely' } } }, [{ code: 'wrong_answer', question: 'sleep' }]],
    ['of another type', { answers: { doctor: { value: 'yes' } } }, [{ code: 'wrong_answer', question: 'doctor' }]],
  ])('%s', ([, more, faults]) => expect(checkAssessment(FORM, assessment(more))).toEqual(faults));

  test('a score only where all of it was answered', () => {
    expect(scoreOf(FORM, assessment({ answers: { sleep: { value: 'often' }, pain: { value: 'never' } } }))).toBe(2);
    expect(scoreOf(FORM, assessment({ answers: { sleep: { value: 'often' }, pain: 'declined' } }))).toBeUndefined();
    expect(scoreOf(FORM, assessment({ domain: 'money' }))).toBeUndefined();
  });

  test('side by side with the one before', () => {
    const before = assessment({ answers: { sleep: { value: 'often' }, doctor: { value: false } } });
    const after = assessment({
      need: 'watch',
      strengths: { text: 'Sings' },
      answers: { sleep: { value: 'often' }, doctor: { value: true } },
    });
    expect(compareAssessments(before, after)).toEqual(['need', 'strengths', 'answers.doctor']);
  });
});

test('a fact that is known, or was declined, is not asked again', () => {
  expect(listOpenFacts(FORM, 'health', {})).toEqual(['person.insured']);
  expect(listOpenFacts(FORM, 'health', { 'person.insured': { told: 'unknown' } })).toEqual(['person.insured']);
  expect(listOpenFacts(FORM, 'health', { 'person.insured': { told: 'declined' } })).toEqual([]);
  expect(listOpenFacts(FORM, 'health', { 'person.insured': { told: { value: false } } })).toEqual([]);
});

describe('the class of a need', () => {
  const terms = contributed('taxonomies').flatMap((taxonomy) => taxonomy.terms);
  const find = (id: string) => terms.find((term) => term.id === id);
  test.for([
    ['food.groceries', 'needs'],
    ['recovery.detox', 'substance_use'],
    ['health.sexual', 'health'],
    ['mental.crisis', 'health'],
    ['safety.shelter', 'safety'],
    ['legal.immigration', 'immigration'],
    ['legal.protection_order', 'safety'],
    ['legal.tenants', 'legal'],
    ['no.such_need', 'safety'],
  ] as const)('%s is %s', ([need, fieldClass]) => expect(classOfNeed(need, find)).toBe(fieldClass));

  test('terms that are their own heads end', () => {
    expect(classOfNeed('a', (id) => ({ parent: id === 'a' ? 'b' : 'a' }))).toBe('needs');
  });
});

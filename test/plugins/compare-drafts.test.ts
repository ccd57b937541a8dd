// What changed between two versions of a made plugin, part by part and field by field.

import { expect, it } from 'vitest';
import { compareDrafts } from '#shared/plugin-api/made/compare-drafts.ts';
import { createDraft, type MadeDraft } from '#shared/plugin-api/made/draft.ts';

function repair(): MadeDraft {
  return {
    ...createDraft('Repair', 'en'),
    rules: ['repair/fund'],
    questions: [
      {
        ...{ key: 'q1', id: 'repair/bike', fact: 'person.bike', about: 'person', label: { en: 'Bike' }, asked: true },
        ...{
          ask: { en: 'A bike?', es: '¿Bici?' },
          why: {},
          type: 'choice',
          unit: '',
          sensitivity: 'low',
          answers: [],
          per: 'month',
          when: '',
        },
        choices: [
          { key: 'c1', value: 'own', label: { en: 'Own' } },
          { key: 'c2', value: 'none', label: { en: 'None' } },
        ],
      },
    ],
    tables: [
      {
        ...{ key: 't1', id: 'limit', title: { en: 'Limit' }, by: '', per: 'month' },
        versions: [
          {
            key: 'v1',
            from: '2026-01-01',
            to: '',
            source: 'Board',
            url: '',
            checked: '2026-01-05',
            regions: [''],
            rows: [['2,400']],
            more: [''],
          },
        ],
      },
    ],
  };
}
const say = (before: MadeDraft, after: MadeDraft) =>
  compareDrafts(before, after).map(({ list, words, what, fields }) => [
    what,
    list,
    typeof words === 'string' ? words : words['en'],
    ...fields.map(({ at, before: was, after: is }) => `${at.join('.')}: ${String(was ?? '')} → ${String(is ?? '')}`),
  ]);

it('finds nothing between a draft and itself, nor in ids that publishing wrote down', () => {
  const published = repair();
  published.questions[0]!.id = '';
  published.questions[0]!.fact = '';
  expect(say(repair(), published)).toEqual([]);
});

it('names the field of a part, its language, and what stood there', () => {
  const after = repair();
  after.title = { en: 'Mending' };
  after.questions[0]!.ask = { en: 'Do you have a bike?', es: '¿Bici?' };
  after.questions[0]!.asked = false;
  after.questions[0]!.choices.reverse();
  after.questions[0]!.choices[0]!.label = { en: 'No bike' };
  after.tables[0]!.versions[0]!.rows = [['2,600']];
  expect(say(repair(), after)).toEqual([
    ['changed', 'about', 'Mending', 'title.en: Repair → Mending'],
    ['changed', 'questions', 'Bike', 'asked: true → false', 'ask.en: A bike? → Do you have a bike?', 'choices.label.en: None → No bike'],
    ['changed', 'tables', 'Limit', 'versions.rows: 2,400 → 2,600'],
  ]);
});

it('tells parts that came and went, rules by their ids', () => {
  const after = repair();
  after.rules = ['repair/loan'];
  after.tables = [{ ...after.tables[0]!, key: 't2', title: { en: 'Ceiling' } }];
  expect(say(repair(), after)).toEqual([
    ['new', 'tables', 'Ceiling'],
    ['gone', 'tables', 'Limit'],
    ['new', 'rules', 'repair/loan'],
    ['gone', 'rules', 'repair/fund'],
  ]);
});

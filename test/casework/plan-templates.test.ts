// Plans to begin with: what is shipped is whole in every language and speaks of needs that exist; what is taken is a plan like any
// other, with days and ids of its own.

import { describe, expect, test } from 'vitest';
import { orderTemplates, PlanTemplate, takeGoals } from '#shared/casework/plan-template.ts';
import { Plan } from '#shared/casework/plan.ts';
import { localize, type Localized } from '#shared/platform/localized.ts';
import { contributed } from '../support/contributed.ts';

const templates = contributed('planTemplates');
const terms = new Set(contributed('taxonomies').flatMap((taxonomy) => taxonomy.terms.map((term) => term.id)));
const LANGUAGES = ['en', 'es', 'fr', 'ar'];

/** Ids as a screen gives them: each once. */
function ids() {
  let next = 0;
  return (prefix: string) => `${prefix}_${++next}`;
}

test('there is one for each of the situations that come again and again', () => {
  expect(templates.map(({ id }) => id).sort()).toEqual(['eviction', 'fleeing-violence', 'leaving-foster-care']);
});

describe.each(templates)('$id', (template) => {
  test('speaks every language', () => {
    const texts: Localized[] = [template.label, template.description!];
    for (const goal of template.goals) texts.push(goal.text, goal.measure ?? goal.text, ...goal.steps.map((step) => step.text));
    const missing = texts.flatMap((text) =>
      LANGUAGES.filter((language) => typeof text === 'string' || !text[language]).map((language) => [language, localize(text, 'en')]),
    );
    expect(missing).toEqual([]);
  });

  test('speaks of needs that can be looked for', () => {
    const needs = [
      ...template.needs,
      ...template.goals.flatMap((goal) => [...goal.needs, ...goal.steps.flatMap((step) => step.need ?? [])]),
    ];
    expect(needs.filter((need) => !terms.has(need))).toEqual([]);
  });

  test.each(LANGUAGES)('is a plan when it is taken, in %s', (language) => {
    const goals = takeGoals(template, { language, today: '2026-11-22', newId: ids() });
    expect(Plan.parse({ goals })).toEqual({ goals });
    expect(goals.every((goal) => goal.by === undefined || goal.by >= '2026-11-22')).toBe(true);
  });
});

test('taken twice it is two plans, each with days from its own day', () => {
  const newId = ids();
  const template = PlanTemplate.parse({
    id: 'x',
    label: 'X',
    needs: ['food'],
    goals: [
      { text: { en: 'Eat', es: 'Comer' }, horizon: 'short', inDays: 3, steps: [{ text: 'Go', kind: 'task', who: 'alone', inDays: 40 }] },
    ],
  });
  const first = takeGoals(template, { language: 'es-MX', today: '2026-02-27', newId });
  const second = takeGoals(template, { language: 'de', today: '2026-12-01', newId });
  expect(first).toEqual([
    {
      id: 'goal_1',
      text: 'Comer',
      horizon: 'short',
      needs: [],
      by: '2026-03-02',
      steps: [{ id: 'step_2', kind: 'task', text: 'Go', who: 'alone', by: '2026-04-08' }],
    },
  ]);
  expect([second[0]!.text, second[0]!.by]).toEqual(['Eat', '2026-12-04']);
  expect(() => Plan.parse({ goals: [...first, ...second] })).not.toThrow();
});

test('what fits the needs of the person is offered first, in their order', () => {
  const offered = [{ needs: ['a'] }, { needs: ['b', 'c'] }, { needs: ['d'] }];
  expect(orderTemplates(offered, ['c', 'a'])).toEqual([{ needs: ['b', 'c'] }, { needs: ['a'] }, { needs: ['d'] }]);
  expect(orderTemplates(offered, [])).toEqual(offered);
});

// Plans: versions compared, progress laid over the newest one, what is late.

import { describe, expect, test } from 'vitest';
import { comparePlans, isLate, Plan, standingOf } from '#shared/casework/plan.ts';

const step = (id: string, more: object = {}) => ({ id, kind: 'task', text: `Step ${id}`, who: 'together', ...more });
const goal = (id: string, steps: object[] = [], more: object = {}) => ({ id, text: `Goal ${id}`, horizon: 'short', steps, ...more });
const plan = (...goals: object[]) => Plan.parse({ goals });

describe('versions', () => {
  test('a plan and itself do not differ', () => {
    const same = plan(goal('g1', [step('s1')]));
    expect(comparePlans(same, structuredClone(same))).toEqual([]);
  });

  test('what came, went, changed and moved', () => {
    const before = plan(goal('g1', [step('s1'), step('s2')]), goal('g2'));
    const after = plan(goal('g1', [step('s1', { by: '2026-05-01' })], { measure: 'a lease' }), goal('g3', [step('s2')]));
    expect(comparePlans(before, after)).toEqual([
      { kind: 'changed', what: 'goal', id: 'g1', text: 'Goal g1', fields: ['measure'] },
      { kind: 'changed', what: 'step', id: 's1', text: 'Step s1', fields: ['by'] },
      { kind: 'added', what: 'goal', id: 'g3', text: 'Goal g3', fields: [] },
      { kind: 'changed', what: 'step', id: 's2', text: 'Step s2', fields: ['goal'] },
      { kind: 'removed', what: 'goal', id: 'g2', text: 'Goal g2', fields: [] },
    ]);
  });

  test('no two goals or steps have one id', () => {
    expect(Plan.safeParse({ goals: [goal('a', [step('a')])] }).error?.issues[0]?.message).toContain('the id a');
  });
});

describe('progress', () => {
  const agreed = plan(goal('g1', [step('s1', { by: '2026-03-01' })]));

  test('the last word on each field holds; what is not told stays; what the plan lacks is left out', () => {
    const standings = standingOf(agreed, [
      { of: 's1', blocked: { by: 'documents', since: '2026-02-01' } },
      { of: 's1', state: 'done', current: 'handed in' },
      { of: 's1', blocked: false },
      { of: 'gone', state: 'done' },
      { of: 'g1', current: 'half' },
    ]);
    expect(standings).toEqual([
      { id: 'g1', state: 'open', by: undefined, current: 'half' },
      { id: 's1', state: 'done', by: '2026-03-01', current: 'handed in', blocked: undefined },
    ]);
  });

  test.for([
    ['2026-02-28', 'open', false],
    ['2026-03-01', 'open', false],
    ['2026-03-02', 'open', true],
    ['2026-03-02', 'done', false],
    ['2026-03-02', 'dropped', false],
  ] as const)('on %s, %s: late is %s', ([day, state, late]) => expect(isLate({ id: 's1', state, by: '2026-03-01' }, day)).toBe(late));

  test('without a day nothing is late', () => expect(isLate({ id: 's1', state: 'open' }, '2030-01-01')).toBe(false));
});

// Who gains and who loses: in both directions, the same as deciding person by person, and nothing where nothing was changed.

import { describe, expect, test } from 'vitest';
import { compareRules } from '#shared/eligibility/impact.ts';
import { createPanel } from '#shared/eligibility/panel.ts';
import { parseRule } from '#shared/eligibility/parse-rule.ts';
import { createRuleTrial } from '#shared/eligibility/try-rule.ts';
import { contributed } from '../support/contributed.ts';

const ON = '2026-11-22';
const sources = { facts: contributed('facts'), tables: contributed('ruleTables') };
const panel = createPanel({ places: ['us/or/alder', 'us'] });

function trial(when: string) {
  const parsed = parseRule(`rule: own/kitchen\nversion: 1\neligible_when: ${when}\n`);
  if (!parsed.ok) throw new Error(parsed.issues[0]?.message);
  return createRuleTrial(parsed.value, sources);
}
const ADULTS = '{ id: adult, fact: person.age, at_least: 18 }';
const POOR = (percent: number) =>
  `{ id: income, fact: household.income, at_most: { percent: ${percent}, of: us_fpl, by: household.size } }`;
const NEAR = '{ id: near, fact: household.place, within: service_area }';

describe('verdicts of many people', () => {
  test.each([
    ['one condition', '{ fact: person.age, at_least: 40 }'],
    ['a dated table', `{ all: [${ADULTS}, ${POOR(150)}] }`],
    [
      'members, staff and an area',
      `{ all: [${NEAR}, { any: [{ some: household.members, where: { fact: age, less_than: 5 } }, { staff_decides: Asked }] }] }`,
    ],
  ])('are those of deciding one by one: %s', (_, when) => {
    const rule = trial(when);
    // Some of what is told is not known of everybody.
    const people = panel.slice(0, 200).map(({ facts }, i) => {
      const { 'household.income': income, 'household.place': place, ...others } = facts;
      return { ...others, ...(i % 3 ? { 'household.income': income! } : {}), ...(i % 2 ? { 'household.place': place! } : {}) };
    });
    const verdicts = rule.verdicts(people, ON);
    expect(verdicts).toEqual(people.map((facts) => rule.decide(facts, ON)?.verdict));
    expect(new Set(verdicts).size).toBeGreaterThan(1);
  });

  test('one whose facts cannot be read has none, and the others keep their places', () => {
    expect(trial(ADULTS).verdicts([{ 'person.age': 30 }, { 'person.age': 'old' }, { 'person.age': 3 }], ON)).toEqual([
      'eligible',
      undefined,
      'ineligible',
    ]);
  });
});

describe('who gains and who loses', () => {
  const counts = ({ gain, lose, same }: ReturnType<typeof compareRules>) => ({ gain, lose, same });

  test('nobody, where the rule stays', () => {
    expect(counts(compareRules(trial(POOR(200)), trial(POOR(200)), panel, ON))).toEqual({ gain: 0, lose: 0, same: 1000 });
  });

  test('the other way round the same people do the opposite', () => {
    const [wide, narrow] = [trial(POOR(250)), trial(POOR(120))];
    const [narrowed, widened] = [compareRules(wide, narrow, panel, ON), compareRules(narrow, wide, panel, ON)];
    expect(narrowed.lose).toBeGreaterThan(0);
    expect(counts(widened)).toEqual({ gain: narrowed.lose, lose: narrowed.gain, same: narrowed.same });
    expect(widened.gaining).toEqual(narrowed.losing);
    expect([...narrowed.byKind.values()].reduce((sum, { lose }) => sum + lose, 0)).toBe(narrowed.lose);
    expect(narrowed.lostBy).toEqual([{ condition: 'income', count: narrowed.lose }]);
  });

  test('with no version before, whoever can use it gains', () => {
    const impact = compareRules(null, trial(ADULTS), panel, ON);
    expect(impact.lose).toBe(0);
    expect(impact.gain).toBe(panel.filter(({ facts }) => (facts['person.age'] as number) >= 18).length);
  });
});

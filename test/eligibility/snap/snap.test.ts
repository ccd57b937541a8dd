// Whether households get SNAP, worked out by a rule, dated tables and computed facts: cases of our own here, and the
// published test cases of two calculators where the folder with real data is there.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createAreas } from '#shared/eligibility/areas.ts';
import { checkComputedFacts } from '#shared/eligibility/check-computed.ts';
import { evaluate } from '#shared/eligibility/evaluate.ts';
import { explain } from '#shared/eligibility/explain.ts';
import { AREA } from '#shared/eligibility/mask.ts';
import { compileRules } from '#shared/eligibility/rule-set.ts';
import { runRuleTests } from '#shared/eligibility/rule-tests.ts';
import { fromYearly } from '#shared/intake/money.ts';
import { readFacts } from '#shared/intake/read-facts.ts';
import type { Facts } from '#shared/intake/facts.ts';
import { dataFolder } from '../../support/data.ts';
import { catalogue, facts, rule, tables } from './given.ts';

const ruleSet = compileRules({ rules: [rule], facts, tables });

function decide(given: Facts, on: string) {
  const read = readFacts(given, { catalogue, on });
  if (!read.ok) throw new Error(read.issues.map((issue) => issue.message).join('\n'));
  const decision = evaluate(ruleSet, read.value, { on, areas: createAreas() });
  return { ...explain(decision, 0, AREA.unknown), facts: decision.facts };
}

describe('our own cases', () => {
  it('rest on computed facts without a fault', () => {
    expect(checkComputedFacts(catalogue, ruleSet.tables)).toEqual([]);
  });

  it.each(runRuleTests(rule, { facts, tables, on: '2020-03-01' }))('$test', ({ faults }) => {
    expect(faults).toEqual([]);
  });
});

interface PublishedCase {
  source: string;
  name: string;
  given: string[];
  facts: Record<string, string | number | boolean>;
  expected: { eligible: boolean; benefit_monthly?: number };
}

const STATES: Record<string, string> = { IL: 'illinois', UT: 'utah', VT: 'vermont', VA: 'virginia' };
const MONEY = {
  earned_income_monthly: 'household.earned_income',
  other_income_monthly: 'household.other_income',
  dependent_care_monthly: 'household.dependent_care_costs',
  medical_expenses_monthly: 'household.medical_costs',
  child_support_monthly: 'household.child_support_paid',
  rent_or_mortgage_monthly: 'household.rent',
};

function toFacts({ facts: told }: PublishedCase): Facts {
  const known: Facts = {
    'household.state': STATES[String(told['state'])]!,
    'household.size': told['household_size']!,
    'household.resources': told['assets']!,
    'household.elderly_or_disabled_member': told['elderly_or_disabled']!,
  };
  for (const [name, id] of Object.entries(MONEY)) if (name in told) known[id] = { value: told[name]!, per: 'month' };
  if ('utility' in told) known['household.utilities'] = told['utility']!;
  return known;
}

/** The calculators take a cost that a case does not name for none. */
const NO_COSTS: Facts = {
  'household.dependent_care_costs': 0,
  'household.medical_costs': 0,
  'household.child_support_paid': 0,
  'household.rent': 0,
  'household.utilities': 'none',
};

const dayOf = ({ facts: told }: PublishedCase): string => `${told['fiscal_year'] ?? 2020}-03-01`;

const folder = dataFolder();
const published = ['snap-2020-il-ut-vt', 'snap-2020-il-va'].flatMap((name) => {
  const file = join(folder ?? '', 'eligibility', name, 'cases.json');
  if (!folder || !existsSync(file)) return [];
  const cases = JSON.parse(readFileSync(file, 'utf8')) as PublishedCase[];
  return cases.map((one, i) => ({ ...one, title: `${name} ${i + 1}: ${one.source} ${one.name}` }));
});

describe.skipIf(published.length === 0)('published SNAP cases', () => {
  it('are all 145 there', () => {
    expect(published).toHaveLength(145);
  });

  it.each(published)('$title', (one) => {
    const { verdict, because } = decide({ ...NO_COSTS, ...toFacts(one) }, dayOf(one));
    expect(verdict).toBe(one.expected.eligible ? 'eligible' : 'ineligible');
    expect(because.filter((reason) => reason.core).length).toBeGreaterThan(0);
    expect(because.every((reason) => reason.outcome === (one.expected.eligible ? 'met' : 'failed'))).toBe(true);
  });

  it.each(published)('without the costs that it does not name: $title', (one) => {
    expect([one.expected.eligible ? 'eligible' : 'ineligible', 'unknown']).toContain(decide(toFacts(one), dayOf(one)).verdict);
  });

  // Each calculator rounds in between, in its own way, and an emergency allotment is paid on top. The second one reckons with
  // a higher standard deduction for medical costs in Illinois, and for 2021 still with the shelter limit of 2020.
  const comparable = published.filter(
    ({ title, facts: told, expected }) =>
      expected.eligible &&
      expected.benefit_monthly !== undefined &&
      told['emergency_allotment'] === false &&
      !(title.startsWith('snap-2020-il-va') && told['state'] === 'IL' && Number(told['medical_expenses_monthly']) > 35) &&
      !(told['fiscal_year'] === 2021 && told['elderly_or_disabled'] === false && 'rent_or_mortgage_monthly' in told),
  );

  it.each(comparable)('amount, to a dollar: $title', (one) => {
    const { facts: known } = decide({ ...NO_COSTS, ...toFacts(one) }, dayOf(one));
    const { possible } = known.get('household.snap_benefit')!;
    if (possible.kind !== 'interval' || possible.low !== possible.high) throw new Error(JSON.stringify(possible));
    expect(Math.abs(fromYearly(possible.low, 'month') - one.expected.benefit_monthly!)).toBeLessThanOrEqual(1);
  });
});

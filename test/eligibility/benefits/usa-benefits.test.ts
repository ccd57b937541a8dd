// Every criterion of 79 federal benefits in our format, and the same decision as the source's own logic on made-up answers.

import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { createAreas } from '#shared/eligibility/areas.ts';
import { evaluate } from '#shared/eligibility/evaluate.ts';
import { explain } from '#shared/eligibility/explain.ts';
import { AREA } from '#shared/eligibility/mask.ts';
import { parseRule } from '#shared/eligibility/parse-rule.ts';
import { compileRules } from '#shared/eligibility/rule-set.ts';
import type { Rule } from '#shared/eligibility/rule.ts';
import { createFactCatalogue } from '#shared/intake/catalogue.ts';
import { toDayNumber, toIsoDate, wholeYears } from '#shared/intake/dates.ts';
import type { Facts } from '#shared/intake/facts.ts';
import { readFacts } from '#shared/intake/read-facts.ts';
import { dataPath } from '../../support/data.ts';
import { convert, yearsSince, type Use } from './usa-benefits.ts';

const ON = '2022-06-15';
const folder = dataPath('eligibility', 'usa-benefits');

type Answers = Map<string, string | boolean>;
type Decided = 'eligible' | 'ineligible' | 'unknown';

/** The source's logic: every criterion must hold; one that fails ends it, one without an answer leaves it open. */
function reference(uses: readonly Use[], answers: Answers): Decided {
  let open = false;
  for (const use of uses) {
    const answer = answers.get(use.fact);
    if (answer === undefined) open = true;
    else if (use.type === 'date' ? !use.dates.every((date) => holds(date, String(answer))) : !use.values.includes(answer))
      return 'ineligible';
  }
  return open ? 'unknown' : 'eligible';
}

function holds({ before, years, day }: Use['dates'][number], answer: string): boolean {
  if (day !== undefined) return before ? answer < day : answer > day;
  const passed = wholeYears(toDayNumber(answer), toDayNumber(ON));
  return before ? passed < years! : passed >= years!;
}

describe.skipIf(folder === null)('federal benefits', () => {
  const { facts, benefits, strayValues } = folder === null ? { facts: [], benefits: [], strayValues: [] } : convert(folder);
  const catalogue = createFactCatalogue(facts);
  const rules = benefits.map(({ rule }): Rule => {
    const parsed = parseRule(stringify(rule), { catalogue, tables: new Map() });
    if (!parsed.ok) throw new Error(parsed.issues.map((issue) => issue.message).join('\n'));
    return parsed.value;
  });

  it('are all expressed: 79 rules, 295 uses of criteria, nothing left to staff', () => {
    expect(benefits).toHaveLength(79);
    expect(benefits.flatMap(({ uses }) => uses)).toHaveLength(295);
    expect(new Set(rules.map(({ rule }) => rule)).size).toBe(79);
    expect(JSON.stringify(rules)).not.toContain('staff_decides');
  });

  it('ask for two values that no answer offers', () => {
    expect(strayValues).toEqual([
      'applicant.marital_status: unmarried',
      'applicant.service_status: a member of the National Guard or Reserves',
    ]);
  });

  it('are decided as by the source, on complete and on partial answers, and the missing facts are those of open criteria', () => {
    const ruleSet = compileRules({ rules, facts });
    const answered = new Map<string, (string | boolean)[]>();
    for (const { fact, type, values } of benefits.flatMap(({ uses }) => uses)) {
      const known = answered.get(fact) ?? (type === 'boolean' ? [true, false] : []);
      answered.set(fact, [...known, ...values]);
    }
    const day = fc.integer({ min: toDayNumber('1930-01-01'), max: toDayNumber(ON) }).map(toIsoDate);
    const person = fc.record(
      Object.fromEntries(
        [...answered].map(([fact, values]) => {
          const type = catalogue.find(fact)!.type;
          const answer: fc.Arbitrary<string | boolean> =
            type === 'date' ? day : fc.constantFrom(...values, ...(type === 'choice' ? ['something else'] : []));
          return [fact, fc.option(answer, { nil: undefined, freq: 6 })];
        }),
      ),
    );
    const seen = { eligible: 0, ineligible: 0, unknown: 0 };
    const decide = (told: Record<string, string | boolean | undefined>): void => {
      const answers: Answers = new Map(Object.entries(told).filter((entry): entry is [string, string | boolean] => entry[1] !== undefined));
      const read = readFacts(Object.fromEntries(answers) as Facts, { catalogue, on: ON });
      if (!read.ok) throw new Error(read.issues.map((issue) => issue.message).join('\n'));
      const decision = evaluate(ruleSet, read.value, { on: ON, areas: createAreas() });
      benefits.forEach(({ uses }, number) => {
        const { verdict, missing } = explain(decision, number, AREA.unknown);
        const expected = reference(uses, answers);
        expect(verdict).toBe(expected);
        seen[expected]++;
        if (expected !== 'unknown') return;
        const open = uses
          .filter(({ fact }) => !answers.has(fact))
          .flatMap(({ fact, dates }) => (dates.some(({ years }) => years !== undefined) ? yearsSince(fact) : fact));
        expect([...missing].sort()).toEqual([...new Set(open)].sort());
      });
    };
    fc.assert(fc.property(person, decide), { numRuns: 60 });
    // Random people seldom qualify; one is made for each benefit, and then loses one answer after the other.
    for (const { uses } of benefits) {
      const fitting = Object.fromEntries(
        uses.map(({ fact, type, dates, values }) => [fact, type === 'date' ? fittingDay(dates) : values[0]!]),
      );
      decide(fitting);
      for (const fact of Object.keys(fitting)) decide({ ...fitting, [fact]: undefined });
    }
    expect(Math.min(seen.eligible, seen.ineligible, seen.unknown)).toBeGreaterThan(79);
  });
});

/** A day that meets all of these. */
function fittingDay(dates: Use['dates']): string {
  for (let day = toDayNumber(ON); day > toDayNumber('1930-01-01'); day--)
    if (dates.every((date) => holds(date, toIsoDate(day)))) return toIsoDate(day);
  throw new Error('No day meets it.');
}

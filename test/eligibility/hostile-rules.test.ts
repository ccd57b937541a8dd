import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { parseRule } from '#shared/eligibility/parse-rule.ts';
import { createFactCatalogue } from '#shared/intake/catalogue.ts';
import { Facts } from '#shared/intake/facts.ts';
import { readFacts } from '#shared/intake/read-facts.ts';
import { explainOne, facts, ON, verdict, when } from './given.ts';
import { HOSTILE_RULES } from './hostile-rules.ts';
import { fuzzParser } from './fuzz.ts';

test.each(HOSTILE_RULES)('$name: refused, with the place', ({ text }) => {
  const parsed = parseRule(text);
  expect(parsed.ok).toBe(false);
  for (const issue of parsed.issues) {
    expect(issue.message.length).toBeGreaterThan(10);
    expect(issue.line).toBeGreaterThan(0);
    expect(issue.column).toBeGreaterThan(0);
  }
});

test('any text, and any damaged rule, is read or refused in words', () => fuzzParser(2000));

describe('names that every object has', () => {
  const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'];
  const catalogue = createFactCatalogue(facts);

  test.each(names)('"%s" as a fact is not known', (name) => {
    const read = readFacts(Facts.parse(JSON.parse(`{ ${JSON.stringify(name)}: 5 }`)), { catalogue, on: ON });
    // Zod drops what would change an object's prototype; all others are refused by name.
    if (name === '__proto__') expect(read.ok && [...read.value.keys()]).toEqual([]);
    else expect(read.issues.map((issue) => issue.code)).toEqual(['unknown_fact']);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test.each(names)('"%s" as an id, an area or a word of a list is a word like others', (name) => {
    const id = name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    const found = explainOne(
      when(`{ all: [{ id: ${id}, fact: household.place, within: "${name}" }, { fact: person.age, at_least: 18 }] }`),
      {
        'household.place': name,
      },
    );
    expect(found.verdict).toBe('unknown');
    expect(verdict(when(`{ fact: household.place, within: "${name}" }`), { 'household.place': name })).toBe('eligible');
    expect(verdict(when(`{ fact: person.programs, includes: "${name}" }`), { 'person.programs': [] })).toBe('ineligible');
  });

  test('a region and a table of such a name give nothing', () => {
    const rule = when('{ fact: household.income, at_most: { percent: 100, of: us_fpl, by: household.size } }');
    const given = { 'household.size': 2, 'household.income': { value: 1, per: 'month' as const } };
    for (const region of names) expect(verdict(rule, given, { region })).toBe('unknown');
    for (const of of names) {
      const other = when(`{ fact: household.income, at_most: { percent: 100, of: "${of}", by: household.size } }`);
      expect(verdict(other, given)).toBe('unknown');
    }
  });
});

test('a number of members that nobody has is refused or fails at once', () => {
  const rule = when('{ at_least_n: 1000000000, of: household.members, where: { fact: age, less_than: 5 } }');
  expect(verdict(rule, { 'household.members': { items: [{ age: 3 }], complete: false } })).toBe('unknown');
  expect(verdict(rule, { 'household.members': { items: [{ age: 3 }], complete: true } })).toBe('ineligible');
});

test('the order of two bounds and endless numbers do no harm', () => {
  fc.assert(
    fc.property(fc.double(), fc.double(), fc.constantFrom('at_least', 'at_most', 'less_than', 'more_than'), (bound, value, comparison) => {
      if (!Number.isFinite(bound) || !Number.isFinite(value) || value < 0) return;
      const rule = { ...when('{ fact: person.age, at_least: 1 }'), eligible_when: { fact: 'person.age', [comparison]: bound } };
      expect(['eligible', 'ineligible']).toContain(verdict(rule as never, { 'person.age': value }));
    }),
    { numRuns: 300 },
  );
});

import { expect, test } from 'vitest';
import { compileRules, findVersion } from '#shared/eligibility/rule-set.ts';
import { readRuleSet, writeRuleSet } from '#shared/eligibility/rule-store.ts';
import { facts, rule, tables } from './given.ts';

const RULES = [
  rule('rule: a/one\nversion: 1\napplies: { to: 2025-12-31 }\neligible_when: { fact: person.age, at_least: 18 }'),
  rule(
    'rule: a/one\nversion: 2\napplies: { from: 2026-01-01 }\neligible_when: { fact: person.age, at_least: 21, say: { en: "21 – or older" } }',
  ),
  rule('rule: a/two\nversion: 1\neligible_when: { some: household.members, where: { fact: age, less_than: 5 } }'),
];
const bytes = writeRuleSet(compileRules({ rules: RULES, facts, tables }));

test('versions and their dates come back, and each rule with them', () => {
  const opened = readRuleSet(bytes, { facts, tables });
  if (!opened.ok) throw new Error(opened.issues[0]!.message);
  expect(opened.value.ids).toEqual(['a/one', 'a/two']);
  expect(opened.value.numberOf('a/two')).toBe(1);
  expect(findVersion(opened.value, 0, '2025-06-01')?.rule).toEqual(RULES[0]);
  expect(findVersion(opened.value, 0, '2026-06-01')?.rule).toEqual(RULES[1]);
});

test('bytes that stand askew in their buffer are read as well', () => {
  const askew = new Uint8Array(bytes.length + 3);
  askew.set(bytes, 3);
  expect(readRuleSet(askew.subarray(3), { facts, tables }).ok).toBe(true);
});

test.each<[string, Uint8Array, typeof facts, RegExp]>([
  ['nothing', new Uint8Array(0), facts, /no compiled rules/],
  ['other bytes', new Uint8Array(64).fill(7), facts, /no compiled rules/],
  ['the beginning alone', bytes.slice(0, 40), facts, /no compiled rules/],
  ['rules of another format', Uint8Array.from(bytes, (byte, i) => (i === 30 ? 57 : byte)), facts, /no compiled rules/],
  [
    'facts of another type',
    bytes,
    facts.map((fact) => (fact.id === 'person.age' ? { ...fact, type: 'money' as const } : fact)),
    /other facts/,
  ],
])('%s: refused', (_, given, known, message) => {
  const opened = readRuleSet(given, { facts: known, tables });
  expect(opened.ok).toBe(false);
  expect(opened.issues[0]!.message).toMatch(message);
});

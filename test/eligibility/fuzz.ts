// Texts that are rules, nearly rules, or nothing of the kind: the parser answers to each, and never throws.

import fc from 'fast-check';
import { expect } from 'vitest';
import { parseRule } from '#shared/eligibility/parse-rule.ts';
import { HOSTILE_RULES } from './hostile-rules.ts';

const SOUND = [
  'rule: a/b\nversion: 1\neligible_when:\n  all:\n    - { id: adult, fact: person.age, at_least: 18, say: { en: "18 or older" } }\n    - fact: household.place\n      within: service_area\n',
  'rule: a/b\nversion: 2\neligible_when: { any: [{ fact: household.income, at_most: { percent: 200, of: us_fpl } }, { some: household.members, where: { fact: age, less_than: 5 } }] }\ntests:\n  - { name: x, given: { person.age: 30 }, expect: unknown, ask: [household.income] }\n',
  '{"rule":"a/b","version":3,"eligible_when":{"none":[{"fact":"person.programs","includes":"shelter"},{"staff_decides":"asked"}]}}',
];
const PIECES = [
  '{',
  '}',
  '[',
  ']',
  ':',
  ',',
  '-',
  '&a',
  '*a',
  '|',
  '>',
  '!!',
  '---',
  '\n',
  '  ',
  '"',
  "'",
  '#',
  '%',
  '<<: ',
  'all: ',
  'fact: ',
  '\t',
  '\u0000',
  '\ufeff',
  '\u2028',
  '__proto__: ',
  '1e999',
  '0x',
  '~',
  '? ',
];

const damaged = fc
  .tuple(
    fc.constantFrom(...SOUND),
    fc.array(fc.tuple(fc.nat(500), fc.constantFrom('drop', 'double', 'put', 'cut'), fc.constantFrom(...PIECES), fc.nat(12)), {
      minLength: 1,
      maxLength: 6,
    }),
  )
  .map(([text, changes]) =>
    changes.reduce((rest, [place, how, piece, length]) => {
      const at = place % (rest.length + 1);
      const part = rest.slice(at, at + length);
      if (how === 'drop') return rest.slice(0, at) + rest.slice(at + length);
      if (how === 'double') return rest.slice(0, at) + part + rest.slice(at);
      return how === 'put' ? rest.slice(0, at) + piece + rest.slice(at) : rest.slice(0, Math.max(40, at));
    }, text),
  );
const texts = fc.oneof(
  { weight: 5, arbitrary: damaged },
  fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((pieces) => pieces.join('')),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.jsonValue({ maxDepth: 3 }).map((json) => JSON.stringify(json)),
  fc.constantFrom(...HOSTILE_RULES.filter(({ text }) => text.length < 2000).map(({ text }) => text)),
);

export function fuzzParser(parses: number): void {
  fc.assert(
    fc.property(texts, (text) => {
      const parsed = parseRule(text);
      if (parsed.ok) expect(parsed.value.eligible_when).toBeTypeOf('object');
      else expect(parsed.issues.length).toBeGreaterThan(0);
    }),
    { numRuns: parses },
  );
}

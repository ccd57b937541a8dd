// One rule out of a file of several: to the letter, and only where it stands by itself.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseRule } from '#shared/eligibility/parse-rule.ts';
import { readRuleFile } from '#shared/eligibility/rule-file.ts';
import { takeRuleText } from '#shared/eligibility/rule-source.ts';
import { PLUGINS_FOLDER } from '#server/plugins/folder.ts';

const BED = `rule: harbor/bed
version: 2
# Widened after the board's vote.
eligible_when:
  all:
    - { id: adult, fact: person.age, at_least: 18 } # the licence says so
tests: []
`;
const indent = (text: string) => text.replace(/^(?=.)/gm, '  ').replace(/^ {2}/, '- ');
const OLD = BED.replace('version: 2', 'version: 1').replace('18', '21');
const of = (version: number) => ({ rule: 'harbor/bed', version });

test.each([
  ['a file of its own', BED],
  ['a list', `# Rules of the harbor.\n${indent(OLD)}\n${indent(BED)}`],
  ['several documents', `${OLD}---\n${BED}`],
  ['a key "rules"', `rules:\n${indent(OLD)}${indent(BED)}facts: []\n`],
])('a version is taken out of %s with its comments', (_, text) => {
  expect(takeRuleText(text, of(2))).toBe(BED);
  expect(takeRuleText(text, of(3))).toBeUndefined();
});

test('what stands above it goes along, and what cannot stand by itself is not taken', () => {
  expect(takeRuleText(`${indent(OLD)}\n# Of the night shift.\n${indent(BED)}`, of(2))).toBe(`# Of the night shift.\n${BED}`);
  const shared = `- &adult { id: adult, fact: person.age, at_least: 18 }\n${indent(BED.replace('{ id: adult, fact: person.age, at_least: 18 }', '*adult'))}`;
  expect(takeRuleText(shared, of(2))).toBeUndefined();
});

test('every shipped rule is found as it was written', () => {
  const folder = join(PLUGINS_FOLDER, 'demo-town/rules');
  let found = 0;
  for (const file of readdirSync(folder)) {
    const text = readFileSync(join(folder, file), 'utf8');
    for (const { raw } of readRuleFile(text).rules) {
      const taken = takeRuleText(text, raw as { rule: string; version: number });
      expect(taken, `${file}: ${(raw as { rule: string }).rule}`).toBeDefined();
      expect(parseRule(taken!).ok).toBe(true);
      for (const line of taken!.split('\n')) expect(text).toContain(line.trim());
      found += 1;
    }
  }
  expect(found).toBeGreaterThan(20);
});

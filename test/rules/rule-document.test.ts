// Edits of a rule's text: comments and the way things are written stay, and only the lines of the edit change.

import { describe, expect, test } from 'vitest';
import { readdirSync, readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import {
  addTest,
  dropSay,
  insertNode,
  moveNode,
  readWritten,
  removeNode,
  renameKey,
  setGroupKind,
  setValue,
  unwrapNode,
  wrapNode,
  writeRule,
} from '#shared/eligibility/rule-document.ts';
import { diffLines } from '#shared/platform/line-diff.ts';

const TEXT = `# The shelter's own rule.
rule: harbor/shelter
version: 3
eligible_when:
  all:
    # Adults only: the licence says so.
    - { id: adult, fact: person.age, at_least: 18, proof: [photo_id] } # checked in 2026
    - any:
        - { fact: person.veteran, is: true }
        # Widened after the board's vote.
        - { some: household.members, where: { fact: age, less_than: 5 } }
    - none: [{ id: banned, fact: person.programs, includes: other_shelter }]
tests: []
`;
const ALL = ['eligible_when', 'all'] as const;

/** The lines of the edit, as "-" and "+". */
const changed = (after: string) =>
  diffLines(TEXT, after).flatMap(({ kind, text }) => (kind === 'same' ? [] : [`${kind === 'added' ? '+' : '-'} ${text.trim()}`]));

describe('edits of a rule text', () => {
  test.each<[string, string, string[]]>([
    [
      'a value keeps the comment behind it and how the rest of the line is meant',
      setValue(TEXT, [...ALL, 0, 'at_least'], 21),
      [
        '- - { id: adult, fact: person.age, at_least: 18, proof: [photo_id] } # checked in 2026',
        '+ - { id: adult, fact: person.age, at_least: 21, proof: [ photo_id ] } # checked in 2026',
      ],
    ],
    [
      'a comparison changes in its place',
      renameKey(TEXT, [...ALL, 1, 'any', 1, 'where', 'less_than'], 'at_most'),
      [
        '- - { some: household.members, where: { fact: age, less_than: 5 } }',
        '+ - { some: household.members, where: { fact: age, at_most: 5 } }',
      ],
    ],
    [
      'a new condition is a line',
      insertNode(TEXT, ALL, 1, { fact: 'household.size', at_most: 6 }),
      ['+ - { fact: household.size, at_most: 6 }'],
    ],
    [
      'what is taken away takes the comment before it along',
      removeNode(TEXT, [...ALL, 1, 'any', 1]),
      ["- # Widened after the board's vote.", '- - { some: household.members, where: { fact: age, less_than: 5 } }'],
    ],
    ['a kind of group is a word', setGroupKind(TEXT, [...ALL, 1], 'all'), ['- - any:', '+ - all:']],
    [
      'a test is added',
      addTest(TEXT, { name: 'a child', given: { 'person.age': 9 }, expect: 'ineligible' }),
      ['- tests: []', '+ tests:', '+ - { name: a child, given: { person.age: 9 }, expect: ineligible }'],
    ],
    ['a move into itself is none', moveNode(TEXT, [...ALL, 1], [...ALL, 1, 'any'], 0), []],
  ])('%s', (_, after, lines) => {
    expect(changed(after)).toEqual(lines);
  });

  test('a move carries the comment along, and back again is as before', () => {
    const moved = moveNode(TEXT, [...ALL, 0], [...ALL, 1, 'any'], 2);
    expect((readWritten(moved)!.written as { eligible_when: { all: { any: unknown[] }[] } }).eligible_when.all[0]!.any).toHaveLength(3);
    expect(moved).toContain('# Adults only: the licence says so.');
    expect(moved).toContain('# checked in 2026');
    expect(readWritten(moveNode(moved, [...ALL, 0, 'any', 2], ALL, 0))).toEqual(readWritten(TEXT));
  });

  test('within a list a node moves before what stood at the index', () => {
    const order = (text: string) =>
      (readWritten(text)!.written as { eligible_when: { all: object[] } }).eligible_when.all.map((node) => Object.keys(node)[0]);
    expect(order(moveNode(TEXT, [...ALL, 0], ALL, 3))).toEqual(['any', 'none', 'id']);
    expect(order(moveNode(TEXT, [...ALL, 2], ALL, 0))).toEqual(['none', 'id', 'any']);
  });

  test('unwrapping undoes wrapping, at least n becomes another group, and the text of what is no YAML stays', () => {
    const wrapped = wrapNode(TEXT, [...ALL, 0], 'at_least_n');
    expect(wrapped).toContain('at_least_n: 1');
    expect(readWritten(unwrapNode(wrapped, [...ALL, 0]))).toEqual(readWritten(TEXT));
    expect(readWritten(setGroupKind(wrapped, [...ALL, 0], 'any'))!.written).not.toHaveProperty('eligible_when.all.0.at_least_n');
    expect(setValue('rule: [', ['version'], 2)).toBe('rule: [');
    expect(readWritten('rule: [')).toBeUndefined();
  });

  test('a sentence goes with what it said: of the condition, of what it is said for as a whole, of nothing else', () => {
    const text = `rule: a/b
eligible_when:
  say: All of these
  all:
    - { id: adult, say: { en: 18 or older }, fact: person.age, at_least: 18 } # as of 2026
    - { some: household.members, say: A small child, where: { fact: age, less_than: 5, say: Under five } }
    - { staff_decides: A talk, say: Kept }
`;
    expect(dropSay(text, [...ALL, 0])).toBe(text.replace('say: { en: 18 or older }, ', ''));
    expect(dropSay(text, [...ALL, 1, 'where'])).toBe(text.replace('say: A small child, ', '').replace(', say: Under five', ''));
    expect(dropSay(text, [...ALL, 1])).toBe(text.replace('say: A small child, ', ''));
    expect(dropSay(text, [...ALL, 2])).toBe(text);
    expect(dropSay(text, ['eligible_when'])).toBe(text.replace('  say: All of these\n', ''));
  });

  test('a rule kept as data is written, read and edited as the same rule', () => {
    const folder = new URL('../../plugins/demo-town/rules/', import.meta.url);
    const rules = readdirSync(folder).flatMap((file) =>
      parseAllDocuments(readFileSync(new URL(file, folder), 'utf8')).flatMap((document) => document.toJS() as { version: number }[]),
    );
    expect(rules.length).toBeGreaterThan(30);
    for (const rule of rules) {
      const text = writeRule(rule);
      expect(readWritten(text)!.written).toEqual(rule);
      const next = setValue(text, ['version'], rule.version + 1);
      expect(readWritten(next)!.written).toEqual({ ...rule, version: rule.version + 1 });
      expect(diffLines(text, next).filter(({ kind }) => kind !== 'same')).toHaveLength(2);
    }
  });
});

// A text about eligibility as the builder shows it: nothing of it is lost, and what is not taken is left to staff.

import { describe, expect, test } from 'vitest';
import { createFactCatalogue } from '#shared/intake/catalogue.ts';
import { parseRule } from '#shared/eligibility/parse-rule.ts';
import { readWritten, takeDraft, writeRule } from '#shared/eligibility/rule-document.ts';
import { draftOf, quoteSpans, readWords, toPieces } from '../../client/rules/words.ts';
import { contributed } from '../support/contributed.ts';

const catalogue = createFactCatalogue(contributed('facts'));
const TEXT = 'Adults 18 and older who are veterans.\nMust complete a tour of the garden.\nIncome at or below 185% FPL.';
const reading = readWords(TEXT, 'en', catalogue);
const all = new Set(reading.conditions.map((_, number) => number));
const conditionsOf = (text: string) => (readWritten(text)!.written as { eligible_when: { all: object[] } }).eligible_when.all;

const RULE = `# Kept by the house.
rule: own/garden
version: 3
status: confirmed
who: person
eligible_when:
  all:
    - { id: adult, fact: person.age, at_least: 21 } # agreed in May
tests: []
`;

describe('a text in pieces', () => {
  test('is the whole text, each piece with what was made of it', () => {
    const pieces = toPieces(TEXT, reading);
    expect(pieces.map(({ text }) => text).join('')).toBe(TEXT);
    for (const [number, { spans }] of reading.conditions.entries()) {
      const words = pieces.filter(({ conditions }) => conditions.includes(number)).map(({ text }) => text);
      expect(words.join('').replace(/\s+/g, '')).toBe(spans.map(([from, to]) => TEXT.slice(from, to)).join('').replace(/\s+/g, '')); // prettier-ignore
    }
    expect(pieces.filter(({ unread }) => unread).map(({ text }) => text).join('')).toContain('tour of the garden'); // prettier-ignore
  });

  test('is one piece where nothing was read, and none where there is no text', () => {
    const text = 'Ring the bell.';
    expect(toPieces(text, { conditions: [], unread: [], draft: undefined })).toEqual([{ text, conditions: [], unread: false }]);
    expect(toPieces('', readWords('', 'en', catalogue))).toEqual([]);
  });

  test('is quoted in one line', () => {
    expect(quoteSpans('a\n  b, c', [[0, 5], [7, 8]])).toBe('a b … c'); // prettier-ignore
  });
});

describe('a draft', () => {
  test('leaves to staff what was not read, and the words of what is not taken', () => {
    const whole = draftOf(TEXT, reading, all)!;
    const without = draftOf(TEXT, reading, new Set([...all].slice(0, -1)))!;
    const left = ({ eligible_when }: typeof whole) => JSON.stringify((eligible_when as { all: unknown[] }).all.at(-1));
    expect(left(whole)).toContain('tour of the garden');
    expect(left(whole)).not.toContain('185');
    expect(left(without)).toContain('tour of the garden');
    expect(left(without)).toContain('185');
    expect(draftOf(TEXT, reading, new Set())).toBeUndefined();
  });

  test('taken instead of the conditions, it is a rule that is drafted', () => {
    const text = takeDraft(RULE, draftOf(TEXT, reading, all)!, 'instead');
    const parsed = parseRule(text, { catalogue });
    expect(parsed).toMatchObject({ ok: true, value: { rule: 'own/garden', version: 3, status: 'drafted', who: 'household' } });
    expect(conditionsOf(text)).not.toContainEqual(expect.objectContaining({ at_least: 21 }));
    expect(text).toContain('# Kept by the house.');
  });

  test('taken beside them, what stands there stays to the letter', () => {
    const draft = draftOf(TEXT, reading, all)!;
    const text = takeDraft(RULE, draft, 'beside');
    expect(text).toContain('    - { id: adult, fact: person.age, at_least: 21 } # agreed in May');
    expect(conditionsOf(text)).toHaveLength(1 + (draft.eligible_when as { all: object[] }).all.length);
  });

  test('beside a rule that is no list of conditions, both are needed', () => {
    const any = writeRule({ rule: 'own/any', version: 1, eligible_when: { any: [{ fact: 'person.veteran', is: true }] }, tests: [] });
    const [first, ...others] = conditionsOf(takeDraft(any, draftOf(TEXT, reading, all)!, 'beside'));
    expect(first).toEqual({ any: [{ fact: 'person.veteran', is: true }] });
    expect(others.length).toBeGreaterThan(1);
  });
});

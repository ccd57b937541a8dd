// When clauses: what they mean, what is refused and where, and that no text at all makes the parser throw.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluateWhen, listKeys, parseWhen, writeWhen, type When } from '#shared/platform/when.ts';

const CONTEXT: Record<string, unknown> = {
  yes: true,
  no: false,
  empty: '',
  name: 'find',
  'find.hasPlace': true,
  'find.running': false,
  count: 3,
  zero: 0,
  view: 'find',
  views: ['find', 'shortlist'],
  none: [],
  table: { find: 1 },
  set: new Set(['find']),
  text: 'true',
  'can.directory.import': true,
  'my-key:a/b': true,
};

function evaluate(clause: string): boolean {
  const when = parseWhen(clause);
  if (!when.ok) throw new Error(when.issues[0]?.message);
  return evaluateWhen(when.value, (key) => CONTEXT[key]);
}

describe('what a clause means', () => {
  test.each<[string, boolean]>([
    ['yes', true],
    ['no', false],
    ['missing', false],
    ['empty', false],
    ['zero', false],
    ['count', true],
    ['none', false],
    ['views', true],
    ['!no', true],
    ['!!yes', true],
    ['! missing', true],
    ['true', true],
    ['!false', true],
    ['yes && no', false],
    ['yes || no', true],
    ['no && yes || yes', true],
    ['no && (yes || yes)', false],
    ['yes || no && no', true],
    ['!(no || no)', true],
    ['find.hasPlace && !find.running', true],
    ['can.directory.import', true],
    ['my-key:a/b', true],
    ['view == find', true],
    ["view == 'find'", true],
    ['view == "find"', true],
    ['view != shortlist', true],
    ['missing != find', true],
    ['missing == find', false],
    ['yes == true', true],
    ['missing == false', true],
    ['yes != false', true],
    ['text == true', true],
    ["text == 'true'", true],
    ['count == 3', true],
    ["count == '3'", false],
    ['count == -3', false],
    ['count > 2', true],
    ['count >= 3', true],
    ['count < 3', false],
    ['count <= 3.0', true],
    ['name > 2', false],
    ['missing < 1', false],
    ['name =~ /^f/', true],
    ['name =~ /^F/', false],
    ['name =~ /^F/i', true],
    ['name =~ /a\\/b|find/', true],
    ['count =~ /3/', false],
    ['view in views', true],
    ['name in table', true],
    ['name in set', true],
    ['view in none', false],
    ['view in missing', false],
    ['missing in table', false],
    ["view == 'it\\'s'", false],
    ['  view==find&&yes ', true],
  ])('%s → %s', (clause, expected) => {
    expect(evaluate(clause)).toBe(expected);
  });

  test('"in" does not reach what an object inherits', () => {
    const when = parseWhen('key in table');
    expect(when.ok && evaluateWhen(when.value, (key) => (key === 'key' ? 'toString' : {}))).toBe(false);
  });
});

describe('what is refused, and where', () => {
  test.each<[string, number, string]>([
    ['', 1, 'unexpected'],
    ['yes &&', 7, 'unexpected'],
    ['&& yes', 1, 'unexpected'],
    ['yes no', 5, 'unexpected'],
    ['(yes', 5, 'unexpected'],
    ['yes)', 4, 'unexpected'],
    ['yes & no', 5, 'unexpected_character'],
    ['view = find', 6, 'unexpected_character'],
    ["view == 'find", 9, 'unexpected_character'],
    ['view ==', 8, 'unexpected'],
    ['view == (a)', 9, 'unexpected'],
    ['count > find', 9, 'unexpected'],
    ["count > '3'", 9, 'unexpected'],
    ['name =~ find', 9, 'unexpected_character'],
    ['name =~ /(/', 9, 'bad_pattern'],
    ['name =~ /a/g', 9, 'bad_pattern'],
    [`name =~ /${'a'.repeat(300)}/`, 9, 'too_long'],
    ['view in 3', 9, 'unexpected'],
    ["'find' == view", 1, 'unexpected'],
    ['a ? b', 3, 'unexpected_character'],
    [`${'('.repeat(70)}a${')'.repeat(70)}`, 65, 'too_deep'],
    [`${'!'.repeat(70)}a`, 65, 'too_deep'],
    ['a'.repeat(3000), 2000, 'too_long'],
  ])('%s at column %i', (clause, column, code) => {
    const when = parseWhen(clause);
    expect(when.ok).toBe(false);
    expect(when.issues[0]).toMatchObject({ column, code, severity: 'error' });
    expect(when.issues[0]?.message).not.toBe('');
  });
});

test('lists the keys that a clause reads', () => {
  const when = parseWhen('a && !(b == c || d in e) && a > 3');
  expect(when.ok && listKeys(when.value)).toEqual(['a', 'b', 'd', 'e']);
});

const key = fc.stringMatching(/^[a-z][a-z0-9.]{0,6}[a-z]$/).filter((word) => !['in', 'true', 'false'].includes(word));
const constant = fc.oneof(fc.string({ maxLength: 8 }), fc.integer({ min: -99, max: 99 }), fc.boolean());
const clauses = fc.letrec<{ when: When }>((tie) => ({
  when: fc.oneof(
    { maxDepth: 4 },
    fc.record({ kind: fc.constant('key' as const), key }),
    fc.record({ kind: fc.constantFrom('equals' as const, 'differs' as const), key, value: constant }),
    fc.record({
      kind: fc.constantFrom('less' as const, 'at_most' as const, 'more' as const, 'at_least' as const),
      key,
      value: fc.integer({ min: -99, max: 99 }),
    }),
    fc.record({ kind: fc.constant('in' as const), key, within: key }),
    fc.record({ kind: fc.constant('constant' as const), value: fc.boolean() }),
    fc.record({ kind: fc.constant('not' as const), of: tie('when') }),
    fc.record({ kind: fc.constantFrom('and' as const, 'or' as const), of: fc.array(tie('when'), { minLength: 2, maxLength: 3 }) }),
  ),
})).when;

describe('laws', () => {
  test('what is written parses to the same clause', () => {
    fc.assert(
      fc.property(clauses, (when) => {
        const again = parseWhen(writeWhen(when));
        expect(again).toEqual({ ok: true, value: when, issues: [] });
      }),
      { numRuns: 400 },
    );
  });

  test('no text makes the parser or the evaluation throw, and a refusal is placed inside the text', () => {
    const pieces = fc.constantFrom(
      '&&',
      '||',
      '!',
      '(',
      ')',
      '==',
      '!=',
      '=~',
      '<',
      'in',
      'a',
      'b.c',
      "'x'",
      '"',
      '/a/',
      '3',
      ' ',
      '\\',
      '=',
      'true',
      '𝒳',
      '\n',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(pieces, { maxLength: 14 }).map((parts) => parts.join('')),
        ),
        fc.dictionary(fc.string(), fc.anything()),
        (text, values) => {
          const when = parseWhen(text);
          if (when.ok) expect(typeof evaluateWhen(when.value, (each) => values[each])).toBe('boolean');
          else expect(when.issues[0]?.column).toSatisfy((column: number) => column >= 1 && column <= text.length + 1);
        },
      ),
      { numRuns: 1500 },
    );
  });

  test('de Morgan', () => {
    fc.assert(
      fc.property(fc.boolean(), fc.boolean(), (a, b) => {
        const get = (name: string) => ({ a, b })[name];
        const left = parseWhen('!(a && b)');
        const right = parseWhen('!a || !b');
        expect(left.ok && right.ok && evaluateWhen(left.value, get) === evaluateWhen(right.value, get)).toBe(true);
      }),
    );
  });
});

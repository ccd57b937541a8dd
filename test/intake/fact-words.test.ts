import { createIntl } from '@formatjs/intl';
import { describe, expect, test } from 'vitest';
import { answerChoices, factInWords, parseAmount, parseMembers } from '#shared/intake/fact-words.ts';
import { messages } from '#client/find/messages.ts';
import type { FactDefinition, FactValue } from '#shared/intake/facts.ts';

const intl = createIntl({ locale: 'en', messages });
const words = {
  t: (id: string, values?: Record<string, unknown>) => intl.formatMessage({ id }, values as never) as string,
  language: 'en',
};

const fact = (type: FactDefinition['type'], more: Partial<FactDefinition> = {}): FactDefinition => ({
  id: 'person.x',
  label: 'Fact',
  type,
  sensitivity: 'low',
  cost: 1,
  ...more,
});

describe('facts in words', () => {
  test.each<[FactDefinition, FactValue, string]>([
    [fact('boolean'), true, 'Fact: yes'],
    [fact('age'), 34, 'Fact: 34'],
    [fact('age'), { atLeast: 60 }, 'Fact: 60 or more'],
    [fact('money', { unit: 'USD' }), { between: [3000, 3500], per: 'month' }, 'Fact: $3,000 to $3,500 a month'],
    [fact('money', { unit: 'GBP' }), { value: 1200, per: 'week' }, 'Fact: £1,200 a week'],
    [fact('money'), { value: 1200, per: 'week' }, 'Fact: 1,200 a week'],
    [
      fact('choice', { options: [{ value: 'renting', label: 'Renting' }] }),
      { oneOf: ['renting', 'doubled_up'] },
      'Fact: Renting or doubled_up',
    ],
    [fact('choices'), [], 'Fact: none'],
    [fact('members'), { items: [{ age: 34 }, { age: 7 }], complete: true }, 'Fact: ages 34 and 7'],
    [fact('members'), { items: [{}, {}] }, 'Fact: 2 people'],
    [fact('money'), { declined: true }, 'Fact: declined'],
    [fact('place'), { lon: 1, lat: 2 }, 'Fact: near where they are'],
  ])('%#', (definition, value, expected) => {
    expect(factInWords(definition, value, words)).toBe(expected);
  });
});

describe('amounts as typed', () => {
  test.each<[string, FactValue | undefined]>([
    ['34', 34],
    ['60+', { atLeast: 60 }],
    ['<18', { atMost: 18 }],
    ['64-55', { between: [55, 64] }],
    ['$1,200', 1200],
    ['٣٤', 34],
    ['about 30', undefined],
    ['', undefined],
  ])('%s', (text, value) => {
    expect(parseAmount(text)).toEqual(value);
  });
  test('a period stays with the amount', () => {
    expect(parseAmount('2000+', 'month')).toEqual({ atLeast: 2000, per: 'month' });
    expect(parseAmount('2000', 'month')).toEqual({ value: 2000, per: 'month' });
  });
  test('members by their ages', () => {
    expect(parseMembers('34, 7 and 3')).toEqual({ items: [{ age: 34 }, { age: 7 }, { age: 3 }], complete: true });
    expect(parseMembers('340')).toBeUndefined();
    expect(parseMembers('none')).toBeUndefined();
  });
});

test('a question offers its own answers before those of the fact', () => {
  expect(answerChoices(fact('boolean'), undefined, words).map((c) => c.label)).toEqual(['Yes', 'No']);
  const own = { id: 'q', fact: 'person.x', ask: '?', order: 1, answers: [{ label: 'Under 5', value: { atMost: 4 } }] };
  expect(answerChoices(fact('age'), own, words)).toEqual([{ label: 'Under 5', value: { atMost: 4 }, key: null }]);
});

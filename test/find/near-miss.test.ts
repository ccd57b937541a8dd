import { createIntl } from '@formatjs/intl';
import { expect, test } from 'vitest';
import { messages } from '#client/find/messages.ts';
import { nearMiss, nearMissInWords } from '#client/find/near-miss.ts';
import type { FactDefinition } from '#shared/intake/facts.ts';
import type { Match, Reason } from '#shared/matching/request.ts';

const fact = (id: string, type: FactDefinition['type'], unit?: string): [string, FactDefinition] => [
  id,
  { id, type, unit, label: id } as FactDefinition,
];
const facts = new Map([fact('person.age', 'age'), fact('household.income', 'money', 'USD'), fact('person.veteran', 'yes_no' as never)]);
const intl = createIntl({ locale: 'en-US', messages });
const words = {
  t: (id: string, values?: Record<string, unknown>) => intl.formatMessage({ id }, values as never) as string,
  language: 'en-US',
};

const failed = (reason: Partial<Reason>): Reason => ({ condition: 'c', outcome: 'failed', core: true, say: 'Is 60 or older', ...reason });
const age = (value: unknown, threshold: unknown) => failed({ fact: 'person.age', value, threshold } as Partial<Reason>);
const income = (value: unknown, threshold: unknown) => failed({ fact: 'household.income', value, threshold } as Partial<Reason>);
const refused = (...reasons: Reason[]): Match => ({ verdict: 'ineligible', reasons }) as unknown as Match;
const month = (value: number) => ({ value, per: 'month' });

test.each<[string, Match, string | null]>([
  ['58 where 60 is asked', refused(age(58, 60)), '2 years'],
  ['25 where 18 to 24 is asked', refused(age(25, [18, 24])), '1 year'],
  ['57 where 60 is asked is not near', refused(age(57, 60)), null],
  ['$2,150 a month where $2,000 is the most', refused(income(month(2150), month(2000))), '$150 a month'],
  ['a tenth over is the most that is near', refused(income(month(2200), month(2000))), '$200 a month'],
  ['more than a tenth over is not near', refused(income(month(2201), month(2000))), null],
  ['amounts for other periods are not compared', refused(income({ value: 500, per: 'week' }, month(2000))), null],
  ['two things stand against it', refused(age(58, 60), income(month(2150), month(2000))), null],
  ['what is no number is never near', refused(failed({ fact: 'person.veteran', value: false, threshold: true } as Partial<Reason>)), null],
  ['what can be used misses nothing', { ...refused(age(58, 60)), verdict: 'eligible' }, null],
])('%s', (_, match, expected) => {
  const miss = nearMiss(match, facts);
  expect(miss && nearMissInWords(miss, facts, words)).toBe(expected);
});

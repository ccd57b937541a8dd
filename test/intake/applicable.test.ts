import { expect, test } from 'vitest';
import { applicableQuestions } from '#shared/intake/applicable.ts';
import { createFactCatalogue } from '#shared/intake/catalogue.ts';
import { readFacts } from '#shared/intake/read-facts.ts';
import type { Facts } from '#shared/intake/facts.ts';
import type { IntakeQuestion } from '#shared/intake/questions.ts';
import { contributed } from '../support/contributed.ts';

const question = (id: string, order: number, when?: string): IntakeQuestion => ({
  id,
  fact: 'household.income',
  order,
  ask: id,
  ...(when === undefined ? {} : { when }),
});
const questions = [
  question('plain', 90),
  question('of several', 10, 'household.size > 1'),
  question('of a veteran', 20, 'person.veteran'),
  question('of renters', 30, "household.housing_status == 'renting'"),
  question('of nobody', 5, 'household.size >'),
];

function asked(given: Facts): string | undefined {
  const read = readFacts(given, { catalogue: createFactCatalogue(contributed('facts')), on: '2026-05-01' });
  if (!read.ok) throw new Error(read.issues[0]?.message);
  return applicableQuestions(questions, read.value).get('household.income')?.id;
}

test.each<[Facts, string]>([
  [{}, 'plain'],
  [{ 'household.size': 3 }, 'of several'],
  [{ 'household.size': 1 }, 'plain'],
  [{ 'household.size': { atLeast: 2 } }, 'plain'],
  [{ 'household.size': { between: [4, 4] } }, 'of several'],
  [{ 'person.veteran': true }, 'of a veteran'],
  [{ 'person.veteran': false }, 'plain'],
  [{ 'person.veteran': { declined: true } }, 'plain'],
  [{ 'household.housing_status': 'renting' }, 'of renters'],
  [{ 'household.housing_status': { oneOf: ['renting', 'owning'] } }, 'plain'],
  [{ 'household.housing_status': 'renting', 'household.size': 2 }, 'of several'],
])('with %j the income is asked by "%s"', (given, id) => {
  expect(asked(given)).toBe(id);
});

// What is wrong with a rule is said in every shipped language, whole and with what it names.

import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, test } from 'vitest';
import { checkRule } from '#shared/eligibility/check-rule.ts';
import { said, sayFault, sayInEnglish } from '#shared/eligibility/faults.ts';
import { lintRule } from '#shared/eligibility/lint.ts';
import { FAULT_MESSAGES } from '#shared/eligibility/messages/faults.ts';
import { parseRule } from '#shared/eligibility/parse-rule.ts';
import { createFactCatalogue } from '#shared/intake/catalogue.ts';
import { createMessages } from '#shared/platform/messages.ts';
import { contributed } from '../support/contributed.ts';

const catalogue = createFactCatalogue(contributed('facts'));
const tables = new Map(contributed('ruleTables').map((table) => [table.table, table]));
const english = FAULT_MESSAGES.find(([language]) => language === 'en')![1];

/** What a message names: values, and what its choices hang on. */
function namesIn(text: string): string[] {
  const names = new Set<string>();
  const visit = (parts: ReturnType<IntlMessageFormat['getAst']>): void => {
    for (const part of parts) {
      if ('value' in part && part.type !== 0) names.add(String(part.value));
      if ('options' in part) for (const { value } of Object.values(part.options)) visit(value);
    }
  };
  visit(new IntlMessageFormat(text, 'en', undefined, { ignoreTag: true }).getAst());
  return [...names].sort();
}
/** Every value that some sentence names. */
const VALUES = Object.fromEntries(Object.values(english).flatMap((text) => namesIn(text).map((name) => [name, 'x'])));

describe.each(FAULT_MESSAGES)('in %s', (language, bundle) => {
  const messages = createMessages({ language, bundles: [[language, bundle]] });

  test.each(Object.keys(english))('%s', (id) => {
    expect(bundle[id], 'is there').toBeDefined();
    expect(namesIn(bundle[id]!)).toEqual(namesIn(english[id]!));
    expect(messages.format(id, VALUES)).not.toBe(id);
  });

  test('near words are said as alternatives', () => {
    const fault = said('fault.unknown_fact_near', { fact: 'person.agee', near: ['person.age', 'person.wage'] });
    const text = sayFault(fault, messages);
    for (const word of ['person.agee', 'person.age', 'person.wage']) expect(text).toContain(`"${word}"`.replaceAll('"', ''));
  });
});

test('whatever checking and linting find can be said in another language than English', () => {
  const arabic = createMessages({ language: 'ar', bundles: FAULT_MESSAGES });
  const faulty = { rule: 'a/b', version: 1, who: 'crowd', eligible_whn: 1, eligible_when: { all: [{ fact: 'person.agee' }, { any: [] }] } };
  const poor = parseRule(`rule: a/b
version: 1
eligible_when:
  all:
    - { fact: person.age, at_least: 18 }
    - { fact: person.age, less_than: 16 }
    - { id: x, fact: person.gender, is: woman, say: { en: Women over 40, es: Mujeres } }
    - { id: x, fact: household.housing_status, is: rentng }
`);
  if (!poor.ok) throw new Error(poor.issues[0]?.message);
  const issues = [...checkRule(faulty, { catalogue, tables }), ...lintRule(poor.value, { catalogue, tables })];
  expect(issues.length).toBeGreaterThan(7);
  for (const issue of issues) {
    expect(issue.message).toBe(sayInEnglish(issue.said!));
    expect(sayFault(issue.said!, arabic)).toMatch(/\p{Script=Arabic}/u);
    if (issue.fix) expect(sayFault(issue.fix.title, arabic)).toMatch(/\p{Script=Arabic}/u);
  }
});

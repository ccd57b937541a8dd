// The panel of made-up households: the same from the same seed, readable by the shipped facts, and of one piece.

import { describe, expect, test } from 'vitest';
import { createFactCatalogue } from '#shared/intake/catalogue.ts';
import { readFacts } from '#shared/intake/read-facts.ts';
import { createPanel, HOUSEHOLD_KINDS } from '#shared/eligibility/panel.ts';
import { contributed } from '../support/contributed.ts';

const panel = createPanel();
const catalogue = createFactCatalogue(contributed('facts'));
const share = (of: (facts: (typeof panel)[number]['facts']) => boolean) => panel.filter(({ facts }) => of(facts)).length / panel.length;

describe('the panel of made-up households', () => {
  test('is the same for the same seed, another for another, and a larger one begins with a smaller one', () => {
    expect(createPanel()).toEqual(panel);
    expect(createPanel({ seed: 2 })).not.toEqual(panel);
    expect(createPanel({ size: 1200 }).slice(0, 1000)).toEqual(panel);
  });

  test('tells every shipped fact that is asked of a household, in values that can be read without a warning', () => {
    const issues = panel.flatMap(({ facts }) => readFacts(facts, { catalogue, on: '2026-11-22' }).issues);
    expect(issues).toEqual([]);
    const told = new Set(panel.flatMap(({ facts }) => Object.keys(facts)));
    // What only the programs of one country ask for stays unknown: made-up answers would show impacts that nobody has.
    const ofOneCountry = /^household\.(gb|us)_|^person\.gave_birth$/;
    const asked = contributed('facts').flatMap(({ id }) => (ofOneCountry.test(id) ? [] : [id]));
    expect(asked.filter((id) => !told.has(id))).toEqual(['person.birth_date', 'household.place']);
  });

  test('is of one piece: size, children and members agree, and nobody is a parent before their time', () => {
    for (const { facts, kind } of panel) {
      const members = (facts['household.members'] as { items: { age: number }[] }).items.map(({ age }) => age);
      expect(facts['household.size']).toBe(members.length + 1);
      expect(facts['household.children']).toBe(members.filter((age) => age < 18).length);
      expect(kind === 'one_parent' || kind === 'two_parents').toBe(members.some((age) => age < 18));
      if (members.some((age) => age < 18))
        expect((facts['person.age'] as number) - Math.max(...members.filter((age) => age < 18))).toBeGreaterThanOrEqual(17);
    }
  });

  test.each([
    ['households of one', (facts: (typeof panel)[number]['facts']) => facts['household.size'] === 1, 0.3, 0.5],
    ['veterans', (facts: (typeof panel)[number]['facts']) => facts['person.veteran'] === true, 0.02, 0.1],
    ['with a disability', (facts: (typeof panel)[number]['facts']) => facts['person.disability'] === true, 0.12, 0.28],
    ['getting SNAP', (facts: (typeof panel)[number]['facts']) => (facts['household.benefits'] as string[]).includes('snap'), 0.2, 0.4],
  ])('%s are a plausible share', (_, of, least, most) => {
    expect(share(of)).toBeGreaterThan(least);
    expect(share(of)).toBeLessThan(most);
  });

  test('has every kind of household', () => {
    expect(new Set(panel.map(({ kind }) => kind))).toEqual(new Set(HOUSEHOLD_KINDS));
  });

  test('lives where it is told to live', () => {
    const places = new Set(createPanel({ places: ['a/b', 'a/c'] }).map(({ facts }) => facts['household.place']));
    expect(places).toEqual(new Set(['a/b', 'a/c']));
  });
});

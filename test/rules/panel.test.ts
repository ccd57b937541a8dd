// The panel of made-up households: the same from the same seed, readable by the shipped facts, and of one piece.

import { describe, expect, test } from 'vitest';
import { join } from 'node:path';
import { createFactCatalogue } from '#shared/intake/catalogue.ts';
import { readFacts } from '#shared/intake/read-facts.ts';
import { createPanel, HOUSEHOLD_KINDS } from '#shared/eligibility/panel.ts';
import type { FactDefinition } from '#shared/intake/facts.ts';
import { readContributed } from '#server/plugins/contributed-by.ts';
import { PLUGINS_FOLDER } from '#server/plugins/folder.ts';
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
    // What only the programs of one country ask for is told where those facts are handed in.
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

  test('tells what plugins ask for by what they declare of it, and nothing else is another for it', () => {
    const british = readContributed(join(PLUGINS_FOLDER, 'united-kingdom'))['facts'] as FactDefinition[];
    const facts = [...contributed('facts'), ...british];
    const catalogue = createFactCatalogue(facts);
    const with_ = createPanel({ facts });
    const told = new Set(with_.flatMap((household) => Object.keys(household.facts)));
    const untold = facts.filter(({ id, computed, judged }) => !told.has(id) && computed === undefined && judged === undefined);
    expect(untold.map(({ id }) => id)).toEqual(['person.birth_date', 'household.place']);
    expect(with_.flatMap((household) => readFacts(household.facts, { catalogue, on: '2026-11-22' }).issues)).toEqual([]);
    with_.forEach((household, i) => expect(household.facts).toMatchObject(panel[i]!.facts));
    // Whatever else is declared, a fact is drawn alike.
    expect(createPanel({ facts: facts.toReversed() }).map((one) => one.facts['household.gb_country'])).toEqual(
      with_.map((one) => one.facts['household.gb_country']),
    );
    const part = (of: (value: unknown) => boolean, id: string) => with_.filter((one) => of(one.facts[id])).length / with_.length;
    expect(part((value) => value === 'england', 'household.gb_country')).toBeCloseTo(0.84, 1);
    expect(part((value) => (value as string[]).includes('universal_credit'), 'household.gb_benefits')).toBeCloseTo(0.2, 1);
    expect(part((value) => value === 1 || value === 2, 'household.gb_claimants')).toBe(1);
    expect(part((value) => (value as number) <= 16_000, 'household.gb_savings')).toBeGreaterThan(0.8);
  });

  test('lives where it is told to live', () => {
    const places = new Set(createPanel({ places: ['a/b', 'a/c'] }).map(({ facts }) => facts['household.place']));
    expect(places).toEqual(new Set(['a/b', 'a/c']));
  });
});

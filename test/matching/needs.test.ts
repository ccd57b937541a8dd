import { describe, expect, test } from 'vitest';
import { listTypeFields } from '#shared/directory/type-fields.ts';
import { contributed, shippedPlugins } from '../support/contributed.ts';

const LANGUAGES = ['en', 'es', 'fr', 'ar'];
const terms = contributed('taxonomies').flatMap((taxonomy) => taxonomy.terms);
const ids = new Set(terms.map((term) => term.id));
const types = contributed('resourceTypes');

test('the plugins of needs, intake and poverty guidelines have no fault', () => {
  const ours = ['waypost-needs', 'waypost-intake', 'waypost-us-poverty-guidelines'];
  expect(shippedPlugins.faults.filter((fault) => ours.includes(fault.plugin))).toEqual([]);
  expect(shippedPlugins.list.map((plugin) => plugin.name)).toEqual(expect.arrayContaining(ours));
});

describe('the needs', () => {
  test('ids are there once, parents exist, everything is named in four languages', () => {
    expect(ids.size).toBe(terms.length);
    for (const term of terms) {
      if (term.parent !== undefined) expect(ids.has(term.parent), term.id).toBe(true);
      expect(Object.keys(term.label), term.id).toEqual(expect.arrayContaining(LANGUAGES));
    }
  });

  test('twelve tiles, in an order without gaps', () => {
    const tiles = terms.flatMap((term) => term.tile ?? []).sort((a, b) => a - b);
    expect(tiles).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
  });

  test('every term has other words in every language, and no set names a term that is not there', () => {
    for (const language of LANGUAGES) {
      const sets = contributed('synonyms').filter((set) => set.language === language);
      const named = new Set(sets.flatMap((set) => Object.keys(set.terms)));
      expect(
        [...named].filter((id) => !ids.has(id)),
        language,
      ).toEqual([]);
      expect(
        [...ids].filter((id) => !named.has(id)),
        language,
      ).toEqual([]);
    }
  });
});

describe('the kinds of resource', () => {
  const FAMILIES = ['pantry', 'meal', 'shelter', 'housing', 'clinic', 'mind', 'recovery', 'legal', 'benefits', 'work', 'family', 'daily'];

  test('each with a shape, a colour role, a glyph, needs that exist and words in every language', () => {
    expect(types.map(({ id }) => id)).toEqual(expect.arrayContaining([...FAMILIES, 'childcare', 'weather', 'transport', 'hygiene']));
    expect(new Set(types.map(({ colour, shape, icon }) => `${colour} ${shape} ${icon}`)).size).toBe(types.length);
    for (const type of types) {
      expect(
        type.needs.every((need) => ids.has(need)),
        type.id,
      ).toBe(true);
      expect(Object.keys(type.words), type.id).toEqual(expect.arrayContaining(LANGUAGES));
      for (const field of listTypeFields(type.schema))
        for (const words of [field.label, ...(field.choices ?? []).map(({ label }) => label)])
          expect(Object.keys(words ?? {}), `${type.id} ${field.name}`).toEqual(expect.arrayContaining(LANGUAGES));
      expect(FAMILIES.map((id) => `--c-${id}`)).toContain(type.colour);
    }
  });
});

describe('the poverty guidelines', () => {
  const table = contributed('ruleTables').find((t) => t.table === 'us_fpl')!;
  test.each([
    ['2024-01-11', 15_060, 52_720],
    ['2025-01-15', 15_650, 54_150],
    ['2026-01-13', 15_960, 55_720],
  ])('from %s: %i for one, %i for eight', (from, one, eight) => {
    const { values } = table.versions.find((version) => version.from === from)!.regions['contiguous']!;
    expect([values[0], values[7]]).toEqual([one, eight]);
  });

  test('each more person adds the same; no day is without a version', () => {
    for (const { regions } of table.versions) {
      expect(Object.keys(regions)).toEqual(['contiguous', 'alaska', 'hawaii']);
      for (const { values, each_more } of Object.values(regions))
        values.forEach((value, i) => expect(value).toBe(values[0]! + i * each_more!));
    }
    const days = table.versions.map(({ from, to }) => [from, to] as const);
    days.slice(1).forEach(([from], i) => expect(Date.parse(from) - Date.parse(days[i]![1]!)).toBe(86_400_000));
  });
});

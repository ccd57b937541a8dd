// A made-up city for the bench of Find: 100,000 resources around one place, 2,000 distinct rules of eight conditions
// over ten facts, hours, languages, capacities. The same seed gives the same city.

import { DirectoryIndex } from '#shared/directory/index.ts';
import type { ResourceInput } from '#shared/directory/resource.ts';
import type { Timetable } from '#shared/directory/timetable.ts';
import type { Rule, RuleNode } from '#shared/eligibility/rule.ts';
import { seeded } from '../directory/resources.ts';
import { contributed } from '../support/contributed.ts';

export const CITY = { lon: -122.27, lat: 37.8 };
/** A Friday morning. */
export const AT = '2026-05-01T10:00:00-07:00';
const METERS_A_DEGREE = 111_195;

/** Another city, far out of reach. */
const ELSEWHERE = { lon: CITY.lon + 10, lat: CITY.lat };

/** @param elsewhere further resources that lie in another city */
export function createCity(resources: number, rules: number, elsewhere = 0): { index: DirectoryIndex; rules: Rule[] } {
  const random = seeded(1);
  const made = Array.from({ length: rules }, (_, i) => randomRule(i, random));
  const shared = createShared(random);
  const all = function* (): Generator<ResourceInput> {
    yield* randomResources(resources, { ...shared, rules: made, random, middle: CITY, prefix: '' });
    yield* randomResources(elsewhere, { ...shared, rules: made, random, middle: ELSEWHERE, prefix: 'e' });
  };
  return { index: DirectoryIndex.build(all(), 'bench'), rules: made };
}

/** What is known of the person: enough that every verdict occurs. */
export const FACTS = {
  'person.age': 34,
  'household.size': 3,
  'household.income': { between: [1800, 2400] as [number, number], per: 'month' as const },
  'person.veteran': false,
  'household.benefits': { includes: ['snap'] },
  'household.housing_status': 'renting',
};

/** What many resources have in common. */
function createShared(random: () => number) {
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!;
  const terms = contributed('taxonomies').flatMap((taxonomy) => taxonomy.terms.map((term) => term.id));
  const types = contributed('resourceTypes').map((type) => type.id);
  const needSets = Array.from({ length: 400 }, () => [
    'food.groceries',
    ...Array.from({ length: Math.floor(random() * 3) }, () => pick(terms)),
  ]);
  const languageSets = [['en'], ['en', 'es'], ['en', 'es', 'ar'], ['es'], [], ['en', 'fr']];
  const timetables = Array.from({ length: 600 }, () => randomTimetable(random));
  return { types, needSets, languageSets, timetables };
}

interface Making extends ReturnType<typeof createShared> {
  rules: readonly Rule[];
  random: () => number;
  middle: { lon: number; lat: number };
  /** Of ids. */
  prefix: string;
}

function* randomResources(count: number, making: Making): Generator<ResourceInput> {
  const { types, needSets, languageSets, timetables, rules, random, middle, prefix } = making;
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!;
  for (let i = 0; i < count; i++) {
    // Denser in the middle, within 12 km.
    const [angle, far] = [random() * 2 * Math.PI, 12_000 * random() ** 1.5];
    yield {
      id: `${prefix}r${i}`,
      service: { id: `${prefix}s${i}`, name: `Service ${i}` },
      organization: { id: `${prefix}o${i >> 3}`, name: `Organization ${i >> 3}` },
      location: { id: `${prefix}l${i}`, name: `Place ${i}` },
      lon: middle.lon + (far * Math.cos(angle)) / (METERS_A_DEGREE * Math.cos((middle.lat * Math.PI) / 180)),
      lat: middle.lat + (far * Math.sin(angle)) / METERS_A_DEGREE,
      hidden: false,
      cell: null,
      address: null,
      phone: null,
      type: pick(types),
      needs: pick(needSets),
      languages: pick(languageSets),
      rule: random() < 0.2 ? null : pick(rules).rule,
      eligibilityText: null,
      summary: null,
      bring: [],
      timetable: random() < 0.1 ? null : pick(timetables),
      capacity: random() < 0.2 ? { available: Math.floor(random() * 5), maximum: 10, updated: '2026-05-01T07:00:00-07:00' } : null,
      verified: `2025-${String(1 + Math.floor(random() * 12)).padStart(2, '0')}-15`,
      areas: [],
      fields: [],
    };
  }
}

function randomTimetable(random: () => number): Timetable {
  const days = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA'].filter(() => random() < 0.6);
  const opens = 60 * (7 + Math.floor(random() * 6));
  return {
    zone: 'America/Los_Angeles',
    lines: [{ freq: 'WEEKLY', byday: days.length > 0 ? days : ['MO'], opens, closes: opens + 60 * (1 + Math.floor(random() * 8)) }],
  };
}

function randomRule(i: number, random: () => number): Rule {
  const conditions = Array.from({ length: 8 }, () => randomCondition(random));
  const eligible_when: RuleNode = {
    all: [
      ...conditions.slice(0, 3),
      { any: conditions.slice(3, 6) },
      { none: [conditions[6]!] },
      ...(random() < 0.3 ? [{ staff_decides: 'asked at the door' }] : [conditions[7]!]),
    ],
  };
  return { rule: `bench/r${i}`, version: 1, status: 'confirmed', who: 'person', eligible_when, tests: [] };
}

function randomCondition(random: () => number): RuleNode {
  const whole = (low: number, high: number): number => low + Math.floor(random() * (high - low));
  switch (whole(0, 10)) {
    case 0:
    case 1:
      return { fact: 'person.age', at_least: whole(10, 30) };
    case 2:
      return { fact: 'person.age', less_than: whole(40, 90) };
    case 3:
      return { fact: 'household.size', at_least: whole(1, 4) };
    case 4:
    case 5:
      return { fact: 'household.income', at_most: { percent: whole(100, 400), of: 'us_fpl', by: 'household.size' } };
    case 6:
      return { fact: 'household.income', at_most: { value: whole(1500, 6000), per: 'month' } };
    case 7:
      return { fact: 'household.benefits', includes: random() < 0.7 ? 'snap' : 'wic' };
    case 8:
      return { fact: random() < 0.5 ? 'person.veteran' : 'person.student', is: random() < 0.3 };
    default:
      return { fact: 'household.housing_status', is_one_of: ['renting', 'doubled_up', 'outside'].slice(0, whole(1, 4)) };
  }
}

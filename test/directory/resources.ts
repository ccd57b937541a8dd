// Made-up resources for tests and benches: the same seed gives the same ones.

import type { ResourceInput } from '../../shared/directory/resource.ts';

/** A small generator of numbers in 0 … 1 (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A resource with nothing stated but what is given. */
export function resource(given: Partial<ResourceInput> & { id: string }): ResourceInput {
  return {
    service: { id: `service-${given.id}`, name: `Service ${given.id}` },
    organization: null,
    location: null,
    lon: null,
    lat: null,
    hidden: false,
    cell: null,
    address: null,
    phone: null,
    type: null,
    needs: [],
    languages: [],
    rule: null,
    eligibilityText: null,
    summary: null,
    bring: [],
    timetable: null,
    capacity: null,
    verified: null,
    areas: [],
    fields: [],
    ...given,
  };
}

const NEEDS = Array.from({ length: 40 }, (_, i) => `need-${i}`);
const LANGUAGES = ['en', 'es', 'fr', 'ar', 'vi', 'zh', 'so', 'ru'];
const TYPES = [
  'food',
  'shelter',
  'clinic',
  'legal',
  'clothing',
  'day-centre',
  'work',
  'counselling',
  'hotline',
  'library',
  'shower',
  'housing',
];
const STREETS = [
  'Tanner Street',
  'Mill Street',
  'Union Avenue',
  'Foundry Lane',
  'Saint Brigid Road',
  'Harbour Way',
  'Old Market Square',
  'Chapel Hill',
];
const FIRST = [
  'Northside',
  'Open Door',
  'Saint Anne',
  'Riverside',
  'Good Neighbour',
  'Hope',
  'Second Street',
  'Union',
  'Valley',
  'Lighthouse',
  'Cedar',
  'Harbour',
];
const SECOND = [
  'Food Pantry',
  'Night Shelter',
  'Health Clinic',
  'Legal Aid',
  'Clothing Closet',
  'Day Centre',
  'Job Centre',
  'Counselling',
  'Help Line',
];

function uuid(random: () => number): string {
  const hex = Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16)).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** Clustered around towns, as services are: each like a real listing in the length of its texts. */
export function* syntheticResources(count: number, seed = 1): Generator<ResourceInput> {
  const random = seeded(seed);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
  const towns = Array.from({ length: Math.max(4, Math.round(Math.sqrt(count) / 3)) }, () => ({
    lon: -124 + random() * 57,
    lat: 26 + random() * 22,
    spread: 0.02 + random() * 0.3,
  }));
  const organizations = Array.from({ length: Math.max(1, count >> 2) }, (_, i) => ({
    id: uuid(random),
    name: `${pick(FIRST)} ${pick(SECOND)} Association ${i}`,
  }));
  for (let i = 0; i < count; i++) {
    const town = pick(towns);
    const gauss = () => (random() + random() + random() - 1.5) * town.spread;
    const name = `${pick(FIRST)} ${pick(SECOND)} ${i % 997}`;
    const opens = 480 + 30 * Math.floor(random() * 8);
    const days = random() < 0.5 ? ['MO', 'TU', 'WE', 'TH', 'FR'] : [pick(['MO', 'WE', 'SA'])];
    yield {
      id: uuid(random),
      service: { id: uuid(random), name },
      organization: pick(organizations),
      location: { id: uuid(random), name: `${pick(FIRST)} ${pick(STREETS)}` },
      lon: Math.round((town.lon + gauss()) * 1e6) / 1e6,
      lat: Math.round((town.lat + gauss()) * 1e6) / 1e6,
      hidden: false,
      cell: null,
      address: `${1 + Math.floor(random() * 990)} ${pick(STREETS)}, Springfield ${Math.floor(random() * 900)}`,
      phone: `(555) ${String(Math.floor(random() * 1000)).padStart(3, '0')}-${String(Math.floor(random() * 10000)).padStart(4, '0')}`,
      type: pick(TYPES),
      needs: [...new Set([pick(NEEDS), pick(NEEDS)])].sort(),
      languages: random() < 0.6 ? ['en'] : ['en', pick(LANGUAGES.slice(1))],
      rule: random() < 0.4 ? `agency/rule-${Math.floor(random() * 500)}` : null,
      eligibilityText: random() < 0.5 ? 'Residents of the county with a low income.' : null,
      summary: `${name} helps people ${pick(['in need', 'without a home', 'with little income', 'who are new in town'])} every week.`,
      bring: random() < 0.3 ? ['Photo id'] : [],
      timetable: random() < 0.7 ? { zone: 'America/Chicago', lines: [{ freq: 'WEEKLY', byday: days, opens, closes: opens + 240 }] } : null,
      capacity: random() < 0.1 ? { available: Math.floor(random() * 20), maximum: 20, updated: '2026-11-20T08:00:00Z' } : null,
      verified: random() < 0.8 ? `2026-0${1 + Math.floor(random() * 9)}-1${Math.floor(random() * 10)}` : null,
      areas: [],
      fields: [],
    };
  }
}

// Made-up people on whom every rule can be tried. What is not told of them is unknown, as with a real person at the desk.

import type { Facts } from '#shared/intake/facts.ts';

export interface ExamplePerson {
  id: string;
  /** Message of who it is; a person that was added has a name of its own. */
  name: string;
  facts: Facts;
}

/** Names and one line each are messages: `rules.person.ana` and `rules.person.ana.detail`. */
export const EXAMPLE_PEOPLE: readonly ExamplePerson[] = [
  {
    id: 'ana',
    name: 'rules.person.ana',
    facts: {
      'person.age': 34,
      'household.size': 3,
      'household.children': 2,
      'household.members': { items: [{ age: 9 }, { age: 4 }], complete: true },
      'household.housing_status': 'renting',
      'person.gender': 'woman',
    },
  },
  {
    id: 'ben',
    name: 'rules.person.ben',
    facts: {
      'person.age': 41,
      'household.size': 3,
      'household.children': 1,
      'household.members': { items: [{ age: 39 }, { age: 12 }], complete: true },
      'household.income': { value: 3700, per: 'month' },
      'household.housing_status': 'doubled_up',
      'person.employment': 'working',
      'person.student': false,
      'person.veteran': true,
      'person.programs': [],
    },
  },
  {
    id: 'kofi',
    name: 'rules.person.kofi',
    facts: {
      'person.age': 52,
      'household.size': 1,
      'household.children': 0,
      'household.members': { items: [], complete: true },
      'household.income': { value: 980, per: 'month' },
      'household.housing_status': 'outside',
      'person.employment': 'looking',
      'person.gender': 'man',
      'person.veteran': false,
      'person.programs': ['other_shelter'],
      'person.documents': ['photo_id'],
    },
  },
  {
    id: 'mei',
    name: 'rules.person.mei',
    facts: {
      'person.age': 19,
      'person.pregnant': true,
      'person.student': true,
      'household.size': 1,
      'household.children': 0,
      'household.members': { items: [], complete: true },
      'household.income': { value: 0, per: 'month' },
      'household.housing_status': 'doubled_up',
      'person.programs': [],
    },
  },
  {
    id: 'rosa',
    name: 'rules.person.rosa',
    facts: {
      'person.age': { atLeast: 65 },
      'household.size': 2,
      'household.income': { between: [1800, 2200], per: 'month' },
      'household.housing_status': 'owning',
      'person.disability': true,
      'person.employment': 'retired',
      'household.benefits': ['medicare'],
      'person.immigration_status': { declined: true },
    },
  },
];

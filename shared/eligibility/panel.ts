// A panel of made-up households on whom a rule is tried before it is published: seeded, the same everywhere. It stands for
// people who ask for help, not for a country: half of the incomes lie below one and a half times the poverty guideline.
// Rough figures behind the shares, for the United States: one household in nine is one adult aged 65 or older living alone and
// nearly a third are one person (Census Bureau, America's Families and Living Arrangements, 2023); about 6 % of adults are
// veterans and 13 % of people have a disability (American Community Survey, 2023). Everything else is a judgement.

import type { FactDefinition, Facts, FactValue } from '../intake/facts.ts';
import { Draw } from '../platform/draw.ts';
import { drawFact } from './panel-facts.ts';

export const HOUSEHOLD_KINDS = ['one_adult', 'one_parent', 'two_parents', 'adults', 'older'] as const;
export type HouseholdKind = (typeof HOUSEHOLD_KINDS)[number];

export interface PanelHousehold {
  /** Its place in the panel, from 0. */
  id: number;
  kind: HouseholdKind;
  /** Everything is told; to leave something unknown is up to whoever asks. */
  facts: Facts;
}

export interface PanelOptions {
  /** How many households; default 1,000. */
  size?: number;
  /** The same seed gives the same households; a larger panel begins with those of a smaller one. */
  seed?: number;
  /** Areas in which they live, by id, each as often; default: nowhere that is known. */
  places?: readonly string[];
  /** Other facts, such as those of a plugin: what is not told anyway is made up by what they declare of themselves (panel-facts.ts). */
  facts?: readonly FactDefinition[];
}

/** Parts in a hundred. */
const SHARE_OF_KIND: readonly (readonly [HouseholdKind, number])[] = [
  ['one_adult', 30],
  ['one_parent', 18],
  ['two_parents', 21],
  ['adults', 15],
  ['older', 16],
];
/** Dollars a year for one person and for each one more: near the guidelines of 2026, only to spread incomes by size. */
const POVERTY = { one: 15_960, more: 5_680 };
const MEDIAN_OF_POVERTY = 1.5;
const SPREAD = 0.75;

export function createPanel({ size = 1000, seed = 1, places = [], facts = [] }: PanelOptions = {}): PanelHousehold[] {
  // What another fact is worked out from would contradict it.
  const sources = new Set(facts.map(({ derivedFrom }) => derivedFrom));
  const others = facts.filter(({ id }) => !sources.has(id));
  return Array.from({ length: size }, (_, id) => {
    const household = createHousehold(id, new Draw(seed * 1_000_003 + id), places);
    const made = others.flatMap((fact): [string, FactValue][] => {
      const value = fact.id in household.facts ? undefined : drawFact(fact, household.facts, seed * 1_000_003 + id);
      return value === undefined ? [] : [[fact.id, value]];
    });
    return made.length === 0 ? household : { ...household, facts: { ...household.facts, ...Object.fromEntries(made) } };
  });
}

function createHousehold(id: number, draw: Draw, places: readonly string[]): PanelHousehold {
  const kind = draw.weighted(SHARE_OF_KIND);
  const age =
    kind === 'older' ? draw.whole(62, 92) : kind === 'adults' ? draw.whole(18, 75) : draw.whole(kind === 'one_adult' ? 18 : 19, 58);
  const others = listOthers(kind, age, draw);
  const children = others.filter((other) => other < 18);
  const household = 1 + others.length;
  const poverty = POVERTY.one + POVERTY.more * (household - 1);
  const ofPoverty = draw.chance(0.06) ? 0 : MEDIAN_OF_POVERTY * Math.exp(SPREAD * draw.normal());
  const gender = draw.weighted([
    ['woman', kind === 'one_parent' ? 80 : 50],
    ['man', kind === 'one_parent' ? 19 : 48],
    ['other', 2],
  ] as const);
  const disability = draw.chance(age >= 62 ? 0.34 : 0.16);
  const pregnant = gender === 'woman' && age <= 44 && draw.chance(0.05);
  const status = draw.weighted([
    ['renting', 52],
    ['owning', age >= 45 ? 28 : 12],
    ['doubled_up', 12],
    ['hotel', 3],
    ['shelter', ofPoverty < 1 ? 8 : 2],
    ['outside', ofPoverty < 1 ? 6 : 1],
    ['institution', 1],
  ] as const);
  const employment = age >= 66 && draw.chance(0.85) ? 'retired' : draw.weighted(ofPoverty > 0.8 ? WORK : LITTLE_WORK);
  const benefits = listBenefits({ ofPoverty, age, children, disability, pregnant, status, employment }, draw);
  const housed = status === 'renting' || status === 'owning';

  const facts: Record<string, FactValue> = {
    'person.age': age,
    'person.gender': gender,
    'person.veteran': draw.chance(gender === 'man' ? 0.1 : 0.02),
    'person.disability': disability,
    'person.pregnant': pregnant,
    'person.student': draw.chance(age < 25 ? 0.4 : age < 40 ? 0.08 : 0.02),
    'person.employment': employment,
    'person.insured': benefits.includes('medicaid') || benefits.includes('medicare') || draw.chance(0.8),
    'person.programs': benefits.filter((benefit) => ['snap', 'wic', 'medicaid'].includes(benefit)),
    'person.documents': listDocuments(housed, draw),
    'person.sober': draw.chance(0.9),
    'person.fleeing_violence': draw.chance(gender === 'woman' ? 0.05 : 0.02),
    'person.immigration_status': draw.weighted(IMMIGRATION),
    'person.guardian_present': true,
    'household.size': household,
    'household.children': children.length,
    'household.members': { items: others.map((other) => ({ age: other })), complete: true },
    'household.income': { value: Math.round((ofPoverty * poverty) / 12 / 10) * 10, per: 'month' },
    'household.housing_status': status,
    'household.eviction_notice': status === 'renting' && draw.chance(ofPoverty < 1 ? 0.14 : 0.05),
    'household.utility_shutoff': housed && draw.chance(ofPoverty < 1 ? 0.16 : 0.06),
    'household.pets': draw.chance(0.45),
    'household.benefits': benefits,
  };
  if (children.length > 0) facts['person.custody'] = draw.chance(0.92);
  const place = places[draw.whole(0, Math.max(0, places.length - 1))];
  if (place !== undefined) facts['household.place'] = place;
  return { id, kind, facts };
}

const WORK = [
  ['working', 72],
  ['looking', 12],
  ['not_working', 16],
] as const;
const LITTLE_WORK = [
  ['working', 28],
  ['looking', 34],
  ['not_working', 38],
] as const;
const IMMIGRATION = [
  ['citizen', 87],
  ['permanent_resident', 7],
  ['refugee', 2],
  ['other', 4],
] as const;

/** Ages of the others in the household; `household.size` counts them and the person who asks. */
function listOthers(kind: HouseholdKind, age: number, draw: Draw): number[] {
  const child = () => draw.whole(0, Math.min(17, Math.max(0, age - 17)));
  const children = () => Array.from({ length: draw.weighted([[1, 42], [2, 36], [3, 16], [4, 6]] as const) }, child); // prettier-ignore
  const partner = () => Math.max(18, age + draw.whole(-6, 6));
  switch (kind) {
    case 'one_adult':
      return [];
    case 'one_parent':
      return children();
    case 'two_parents':
      return [partner(), ...children()];
    case 'adults':
      return [partner(), ...(draw.chance(0.2) ? [draw.whole(18, 80)] : [])];
    case 'older':
      return draw.chance(0.4) ? [partner()] : [];
  }
}

interface Circumstances {
  /** Income as a part of the poverty guideline. */
  ofPoverty: number;
  age: number;
  children: readonly number[];
  disability: boolean;
  pregnant: boolean;
  status: string;
  employment: string;
}

/** What a household gets of what its circumstances roughly allow: by far not everyone gets it. */
function listBenefits(has: Circumstances, draw: Draw): string[] {
  const chances: readonly (readonly [string, boolean, number])[] = [
    ['snap', has.ofPoverty < 1.3, 0.65],
    ['medicaid', has.ofPoverty < 1.38, 0.7],
    ['medicare', has.age >= 65, 0.95],
    ['wic', has.ofPoverty < 1.85 && (has.pregnant || has.children.some((age) => age < 5)), 0.5],
    ['school_meals', has.ofPoverty < 1.85 && has.children.some((age) => age >= 5), 0.7],
    ['tanf', has.ofPoverty < 0.5 && has.children.length > 0, 0.25],
    ['ssi', has.ofPoverty < 1 && (has.disability || has.age >= 65), 0.4],
    ['ssdi', has.disability && has.age < 66 && has.employment === 'not_working', 0.4],
    ['unemployment', has.employment === 'looking', 0.25],
    ['housing_voucher', has.status === 'renting' && has.ofPoverty < 1.5, 0.2],
    ['energy_assistance', has.ofPoverty < 1.5, 0.2],
  ];
  // Each chance is drawn, whether or not it applies, so that one circumstance does not shift all that follows.
  return chances.flatMap(([benefit, applies, share]) => (draw.chance(share) && applies ? [benefit] : []));
}

function listDocuments(housed: boolean, draw: Draw): string[] {
  const chances = {
    photo_id: 0.85,
    birth_certificate: 0.6,
    social_security_card: 0.65,
    proof_of_address: housed ? 0.8 : 0.2,
    proof_of_income: 0.6,
  };
  return Object.entries(chances).flatMap(([document, share]) => (draw.chance(share) ? [document] : []));
}

// What the traits, benefits and documents of the phrase tables come to as conditions on the shipped facts.

import type { RuleNode } from '../rule.ts';

const HOMELESS = ['shelter', 'outside', 'hotel'];

const TRAITS: Readonly<Record<string, RuleNode>> = {
  veteran: { fact: 'person.veteran', is: true },
  woman: { fact: 'person.gender', is: 'woman' },
  man: { fact: 'person.gender', is: 'man' },
  pregnant: { fact: 'person.pregnant', is: true },
  student: { fact: 'person.student', is: true },
  disability: { fact: 'person.disability', is: true },
  homeless: { fact: 'household.housing_status', is_one_of: HOMELESS },
  uninsured: { fact: 'person.insured', is: false },
  insured: { fact: 'person.insured', is: true },
  unemployed: { fact: 'person.employment', is_one_of: ['looking', 'not_working'] },
  employed: { fact: 'person.employment', is: 'working' },
  looking: { fact: 'person.employment', is: 'looking' },
  citizen: { fact: 'person.immigration_status', is: 'citizen' },
  permanent_resident: { fact: 'person.immigration_status', is: 'permanent_resident' },
  refugee: { fact: 'person.immigration_status', is: 'refugee' },
  fleeing: { fact: 'person.fleeing_violence', is: true },
  sober: { fact: 'person.sober', is: true },
  eviction: { fact: 'household.eviction_notice', is: true },
  shutoff: { fact: 'household.utility_shutoff', is: true },
  guardian: { fact: 'person.guardian_present', is: true },
  custody: { fact: 'person.custody', is: true },
};

/** The condition of a class such as "trait:veteran", "benefit:snap" or "document:photo_id"; undefined for any other class. */
export function conditionOf(kind: string): RuleNode | undefined {
  const [group, name] = kind.split(':');
  if (name === undefined) return undefined;
  if (group === 'trait' || group === 'thing') return Object.hasOwn(TRAITS, name) ? TRAITS[name] : undefined;
  if (group === 'benefit') return { fact: 'household.benefits', includes: name };
  return group === 'document' ? { fact: 'person.documents', includes: name } : undefined;
}

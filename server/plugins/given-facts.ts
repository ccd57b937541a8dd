// The door through which facts of people reach a function: whoever calls it with whatever, it is given what was granted and
// nothing else, of members of the household too.

import type { Facts, FactValue } from '#shared/intake/facts.ts';
import { memberFactId } from '#shared/intake/read-facts.ts';
import type { FunctionOf } from './caged-functions.ts';

type Judge = FunctionOf<'judgements'>;

export function withinReads(judge: Judge, reads: ReadonlySet<string>): Judge {
  return ({ day, people }) => judge({ day, people: people.map((facts) => selectFacts(facts, reads)) });
}

function selectFacts(facts: Facts, reads: ReadonlySet<string>, ofMember = false): Facts {
  const kept = Object.entries(facts).filter(([name]) => reads.has(ofMember ? memberFactId(name) : name));
  return Object.fromEntries(kept.map(([name, value]) => [name, selectMembers(value, reads)]));
}

function selectMembers(value: FactValue, reads: ReadonlySet<string>): FactValue {
  if (typeof value !== 'object' || !('items' in value)) return value;
  return { ...value, items: value.items.map((member) => selectFacts(member, reads, true)) };
}

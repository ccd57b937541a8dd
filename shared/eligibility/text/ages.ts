// The age of whom a text speaks of. Small children do not ask for themselves: they are members of the household that asks.

import { readAge, toAgeNode, type Bound } from './figures.ts';
import { foundIn, type Found } from './found.ts';
import type { Words } from './words.ts';

/** Up to this age people are brought, and do not ask for themselves. */
const OLDEST_BROUGHT = 12;

/** An age said of whoever asks: "18 or older", "60+". Of a bare figure only what its ending makes an age. */
export function readOwnAge(words: Words, at: number, bare: boolean): Found | undefined {
  const age = readAge(words, at, bare || words.is(at, 'under over at_least at_most more_than number'));
  if (!age) return undefined;
  return foundIn(
    words,
    { from: at, end: age.end },
    isBrought(age) ? { some: 'household.members', where: toAgeNode(age, 'age') } : toAgeNode(age),
  );
}

/** The age of a noun: "adults 60 and older", "children under 5". @param bare see {@link readAge} */
export function readAgeOf(words: Words, at: number, { isChild, bare }: { isChild: boolean; bare: boolean }): Found | undefined {
  const age = readAge(words, at, bare);
  if (!age) return undefined;
  return foundIn(
    words,
    { from: at, end: age.end },
    isChild && isBrought(age) ? { some: 'household.members', where: toAgeNode(age, 'age') } : toAgeNode(age),
  );
}

export function isOfAge({ node }: Found): boolean {
  return node !== undefined && 'fact' in node && node.fact === 'person.age';
}

function isBrought({ comparison, value }: Bound): boolean {
  const highest = Array.isArray(value) ? value[1] : value;
  return (
    (comparison === 'at_most' || comparison === 'less_than' || comparison === 'between') &&
    highest <= OLDEST_BROUGHT + (comparison === 'less_than' ? 1 : 0)
  );
}

// What people have and what they are at once by a word: papers, benefits, children, an income, traits.

import { readAge, readIncome, toAgeNode } from './figures.ts';
import { foundIn, type Found } from './found.ts';
import { readList } from './lists.ts';
import { conditionOf } from './traits.ts';
import type { Words } from './words.ts';

/** What follows "have" or "with": papers, an income, a disability, children. */
export function readHad(words: Words, from: number): Found | undefined {
  const at = words.skip(from);
  return readIncome(words, at, false) ?? readChildren(words, at) ?? readDocuments(words, at) ?? readThing(words, at);
}

function readThing(words: Words, at: number): Found | undefined {
  const kind = words.kinds(at).find((name) => /^(thing|benefit):|^trait:(eviction|shutoff|custody|uninsured|insured)$/.test(name));
  const node = kind === undefined ? undefined : conditionOf(kind);
  return node && foundIn(words, { from: at, end: at + 1 }, node);
}

/** "photo ID and proof of address" */
export function readDocuments(words: Words, from: number): Found | undefined {
  return readList(words, from, (at) => readOneOf(words, at, 'document:'), { kind: 'said' });
}

/** "SNAP or WIC" */
export function readBenefits(words: Words, from: number): Found | undefined {
  return readList(words, from, (at) => readOneOf(words, at, 'benefit:'), { kind: 'said' });
}

function readOneOf(words: Words, from: number, group: string): Found | undefined {
  const at = words.skip(from);
  const kind = words.kinds(at).find((name) => name.startsWith(group));
  return kind === undefined ? undefined : foundIn(words, { from: at, end: at + 1 }, conditionOf(kind)!);
}

/** "children under 5", "a child", of a household */
export function readChildren(words: Words, from: number): Found | undefined {
  let at = words.skip(from);
  if (words.is(at, 'at_least') || (words.figure(at, 'number') === 1 && words.is(at + 1, 'child'))) at = words.skip(at + 1);
  if (words.figure(at, 'number') === 1) at++;
  if (!words.is(at, 'child minors')) return undefined;
  const start = at;
  let next = at + 1;
  while (words.is(next, 'who be')) next++;
  const bracket = words.isMark(next, '(') ? 1 : 0;
  const age = readAge(words, next + bracket, true);
  if (!age || (bracket && !words.isMark(age.end, ')'))) {
    return words.is(at + 1, 'other')
      ? undefined
      : foundIn(words, { from: start, end: at + 1 }, { fact: 'household.children', at_least: 1 });
  }
  const isAnyChild = age.comparison === 'less_than' && age.value === 18;
  return foundIn(
    words,
    { from: start, end: age.end + bracket },
    isAnyChild ? { fact: 'household.children', at_least: 1 } : { some: 'household.members', where: toAgeNode(age, 'age') },
  );
}

/** "veterans", "homeless", "SNAP recipients" */
export function readTrait(words: Words, at: number): Found | undefined {
  for (const kind of words.kinds(at)) {
    if (kind.startsWith('trait:') && kind !== 'trait:insured') return foundIn(words, { from: at, end: at + 1 }, conditionOf(kind)!);
    if (kind.startsWith('benefit:') && words.is(at + 1, 'recipient')) return foundIn(words, { from: at, end: at + 2 }, conditionOf(kind)!);
  }
  return undefined;
}

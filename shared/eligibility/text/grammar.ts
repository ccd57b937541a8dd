// The grammar of who is served: groups of people ("low-income women 18 and older with children"), what is said of one person
// ("must be 60 or older and live in Cook County"), and lists of either. It reads a piece or leaves it: an unknown word beside
// a known one ends the reading, since "veterans organizations" and "spouses of veterans" are no veterans.
//
//   groups      := group , group … or group                        any of them is served
//   group       := noun or trait … and what narrows it              groups.ts
//   predicates  := predicate , predicate … and predicate            of one person: all of them, or with "or" one
//   predicate   := "be" complement | "have" …  | "live in" …        predicates.ts
//   complement  := age | place | group | "not" complement
//
// A group may hold predicates ("people who are homeless"), a predicate a group ("be a veteran").

import type { Found } from './found.ts';
import { readGroup, shareAge } from './groups.ts';
import { readList } from './lists.ts';
import { readComplement, readPredicate } from './predicates.ts';
import type { Words } from './words.ts';

/** Ties together what holds each other. */
export class Grammar {
  readonly words: Words;

  constructor(words: Words) {
    this.words = words;
  }

  /** A list of groups, any of which is served: "veterans, seniors 60+ and people with disabilities". */
  groups(from: number): Found | undefined {
    return readList(this.words, from, (at) => this.group(at), { kind: 'any', settle: shareAge });
  }

  /** A list of what is said of one person: "18 or older and live in the county". */
  predicates(from: number, inBe: boolean): Found | undefined {
    const { words } = this;
    let first = from;
    while (words.is(first, 'must not filler')) first++;
    const afterBe = inBe || words.is(first, 'be');
    return readList(words, from, (at) => this.predicate(at) ?? (afterBe ? this.complement(at) : undefined), { kind: 'said' });
  }

  /** "adults 18+", "pregnant women", "families with children under 5", "residents of Cook County" */
  group(from: number): Found | undefined {
    return readGroup(this, from);
  }

  /** What may follow "be": "18 or older", "a veteran", "homeless", "residents of Cook County". */
  complement(from: number): Found | undefined {
    return readComplement(this, from);
  }

  /** "have photo ID", "live in Cook County", "receive SNAP", "earn less than $2,000 a month", "be 18 or older" */
  predicate(from: number): Found | undefined {
    return readPredicate(this, from);
  }
}

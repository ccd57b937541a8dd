// One group of people: nouns and traits, and what narrows them, in the order in which they stand. "low-income women 18 and older
// with children", "residents of Cook County", "families whose income is below 185% FPL".

import type { RuleNode } from '../rule.ts';
import { isOfAge, readAgeOf } from './ages.ts';
import { readIncome } from './figures.ts';
import { allOf, foundIn, type Found } from './found.ts';
import type { Grammar } from './grammar.ts';
import { readPlace } from './places.ts';
import { readChildren, readHad, readTrait } from './possessions.ts';
import type { Words, Span } from './words.ts';

type Noun = 'person' | 'child' | 'family' | 'vague';

/** What narrows a noun. */
interface Narrowing {
  found: Found;
  /** It tells the age better than the noun did. */
  isAge?: boolean;
}

export function readGroup(grammar: Grammar, from: number): Found | undefined {
  return new GroupReader(grammar).read(from);
}

class GroupReader {
  readonly #grammar: Grammar;
  readonly #words: Words;
  readonly #parts: Found[] = [];
  readonly #vague: Span[] = [];
  #noun: Noun | undefined;

  constructor(grammar: Grammar) {
    this.#grammar = grammar;
    this.#words = grammar.words;
  }

  read(from: number): Found | undefined {
    let at = this.#words.skip(from);
    for (let next = this.#step(at); next !== undefined; next = this.#step(at)) at = next;
    if (at === from || (this.#noun === undefined && this.#parts.length === 0)) return undefined;
    if (this.#parts.length > 0) return allOf(this.#parts, at);
    const isNamed = this.#vague.length > 0 || this.#noun === 'child' || this.#noun === 'family';
    return isNamed ? { spans: [this.#words.span(from, at)], end: at } : undefined;
  }

  /** Takes a word of the group, or what narrows it. @returns where that ends; undefined: the group ends here */
  #step(at: number): number | undefined {
    if (at >= this.#words.length) return undefined;
    const place = this.#parts.length === 0 && this.#noun === undefined ? readPlace(this.#words, at) : undefined;
    if (place) return this.#take(place, 'person');
    const behind = this.#word(at) ?? at;
    const narrowing = this.#noun === undefined ? undefined : this.#narrow(behind, this.#noun);
    if (!narrowing) return behind > at ? behind : undefined;
    return this.#takeNarrowing(narrowing);
  }

  #take(found: Found, noun: Noun | undefined): number {
    this.#parts.push(found);
    this.#noun = noun;
    return found.end;
  }

  #takeNarrowing({ found, isAge = false }: Narrowing): number {
    if (isAge) removeAges(this.#parts);
    this.#parts.push(isAge && this.#noun === 'vague' ? { ...found, spans: [...found.spans, ...this.#vague] } : found);
    return found.end;
  }

  /** A noun, a trait, or a word between them. @returns the place behind it */
  #word(at: number): number | undefined {
    const words = this.#words;
    const isOpen = this.#noun === undefined || this.#noun === 'vague';
    const trait = readTrait(words, at);
    if (trait && !(words.is(at, 'trait:citizen trait:permanent_resident trait:refugee') && this.#parts.length > 0))
      return this.#take(trait, this.#noun ?? 'person');
    if (words.is(at, 'adults') && this.#noun !== 'child' && this.#noun !== 'family' && !this.#parts.some(isOfAge))
      return this.#takeWord(at, { fact: 'person.age', at_least: 18 });
    if (words.is(at, 'minors') && isOpen) return this.#takeWord(at, { fact: 'person.age', less_than: 18 });
    if (words.is(at, 'vague') && isOpen) {
      this.#vague.push(words.span(at, at + 1));
      return this.#name('vague', at);
    }
    if (words.is(at, 'child') && isOpen) return this.#name('child', at);
    if (words.is(at, 'family') && isOpen) return this.#name('family', at);
    if (words.is(at, 'everyone') && this.#noun === undefined) return this.#name('person', at);
    if (words.is(at, 'noun') && (isOpen || (this.#noun === 'person' && this.#parts.length > 0))) return this.#name('person', at);
    return words.is(at, 'filler') && !words.is(at + 1, 'other mark') ? at + 1 : undefined;
  }

  #takeWord(at: number, node: RuleNode): number {
    return this.#take(foundIn(this.#words, { from: at, end: at + 1 }, node), 'person');
  }

  #name(noun: Noun, at: number): number {
    this.#noun = noun;
    return at + 1;
  }

  /** What follows a noun and narrows it. */
  #narrow(at: number, noun: Noun): Narrowing | undefined {
    const words = this.#words;
    if (words.isMark(at, '(,-') || words.is(at, 'be who')) return this.#aside(at, noun);
    const age =
      this.#age(at, noun, !words.is(at, 'number')) ?? (noun !== 'child' && words.is(at, 'number') ? this.#age(at, noun, true) : undefined);
    if (age) return { found: age, isAge: true };
    const found =
      (words.is(at, 'with') ? readHad(words, at + 1) : undefined) ??
      (words.is(at, 'of') && noun === 'family' ? readChildren(words, at + 1) : undefined) ??
      (words.is(at, 'live_in') ? readPlace(words, at) : undefined) ??
      (words.is(at, 'at_most under percent earn') ? readIncome(words, at, true) : undefined);
    return found && { found };
  }

  /** In brackets, behind a comma, after "who": "(18+)", ", ages 13 to 17", "who are homeless". */
  #aside(at: number, noun: Noun): Narrowing | undefined {
    const words = this.#words;
    const isBracket = words.isMark(at, '(');
    const isWho = words.is(at, 'who');
    let inner = at + 1;
    while (words.is(inner, 'be who') && !isBracket) inner++;
    const isFigure = words.is(inner, 'number') && words.is(inner + 1, 'or_more or_less');
    const mayBeAge = isBracket || isWho || (words.isMark(at, ',') && (words.is(inner, 'ages') || isFigure));
    const age = mayBeAge ? this.#age(inner, noun, isBracket || isWho || isFigure) : undefined;
    if (age && (!isBracket || words.isMark(age.end, ')'))) return { found: { ...age, end: age.end + (isBracket ? 1 : 0) }, isAge: true };
    if (!isWho) return undefined;
    const said = this.#grammar.predicates(at + 1, words.is(at, 'and_be'));
    if (said?.node) return { found: said };
    const income = noun === 'family' || noun === 'person' ? readIncome(words, at + 1, false) : undefined;
    return income && { found: income };
  }

  #age(at: number, noun: Noun, bare: boolean): Found | undefined {
    return noun === 'family' ? undefined : readAgeOf(this.#words, at, { isChild: noun === 'child', bare });
  }
}

/** "adults 60 and older": the figure says it better. */
function removeAges(parts: Found[]): void {
  for (let i = parts.length - 1; i >= 0; i--) if (isOfAge(parts[i]!)) parts.splice(i, 1);
}

/** "men and women 18 and older": the age is meant of both. */
export function shareAge(parts: Found[]): void {
  const last = parts.at(-1)!;
  if (!last.node || !('all' in last.node)) return;
  const [gender, age] = last.node.all as [RuleNode, RuleNode | undefined];
  const isGender = (node: RuleNode | undefined): boolean => node !== undefined && 'fact' in node && node.fact === 'person.gender';
  if (!age || last.node.all.length !== 2 || !isGender(gender) || !('fact' in age) || age.fact !== 'person.age') return;
  if (!parts.slice(0, -1).every((part) => isGender(part.node))) return;
  for (let i = 0; i < parts.length - 1; i++) parts[i] = { ...parts[i]!, node: { all: [parts[i]!.node!, age] } };
}

// The grammar of who is served: groups of people ("low-income women 18 and older with children"), what is said of one person
// ("must be 60 or older and live in Cook County"), and lists of either. It reads a piece or leaves it: an unknown word beside
// a known one ends the reading, since "veterans organizations" and "spouses of veterans" are no veterans.

import type { RuleNode } from '../rule.ts';
import { readAge, readIncome, toAgeNode, type Bound } from './figures.ts';
import { allOf, anyOf, noneOf, type Found, type Span } from './found.ts';
import { readPlace } from './places.ts';
import { conditionOf } from './traits.ts';
import type { Words } from './words.ts';

/** Up to this age people are brought, and do not ask for themselves. */
const OLDEST_BROUGHT = 12;

export class Grammar {
  readonly #words: Words;

  constructor(words: Words) {
    this.#words = words;
  }

  /** A list of groups, any of which is served: "veterans, seniors 60+ and people with disabilities". */
  groups(from: number): Found | undefined {
    return this.#list(from, (at) => this.group(at), 'any');
  }

  /** A list of what is said of one person: "18 or older and live in the county". */
  predicates(from: number, inBe: boolean): Found | undefined {
    let first = from;
    while (this.#words.is(first, 'must not filler')) first++;
    inBe ||= this.#words.is(first, 'be');
    return this.#list(from, (at) => this.predicate(at) ?? (inBe ? this.complement(at) : undefined), 'said');
  }

  /** "adults 18+", "pregnant women", "families with children under 5", "residents of Cook County" */
  group(from: number): Found | undefined {
    const words = this.#words;
    const parts: Found[] = [];
    let at = words.skip(from);
    let noun: 'person' | 'child' | 'family' | 'vague' | undefined;
    let vague = false;
    const vagueWords: Span[] = [];
    let moved = true;
    while (moved && at < words.length) {
      moved = false;
      const place = parts.length === 0 && noun === undefined ? readPlace(words, at) : undefined;
      if (place) {
        parts.push(place);
        at = place.end;
        noun = 'person';
        moved = true;
        continue;
      }
      const trait = this.#trait(at);
      if (trait && !(words.is(at, 'trait:citizen trait:permanent_resident trait:refugee') && parts.length > 0)) {
        // After a noun of its own a trait must be joined by its own words ("with a disability"), else it begins another group.
        parts.push(trait);
        at = trait.end;
        noun ??= 'person';
        moved = true;
      } else if (words.is(at, 'adults') && noun !== 'child' && noun !== 'family' && !parts.some(isOfAge)) {
        parts.push(this.#said(at, at + 1, { fact: 'person.age', at_least: 18 }));
        noun = 'person';
        at++;
        moved = true;
      } else if (words.is(at, 'minors') && (noun === undefined || noun === 'vague')) {
        parts.push(this.#said(at, at + 1, { fact: 'person.age', less_than: 18 }));
        noun = 'person';
        at++;
        moved = true;
      } else if (words.is(at, 'vague') && (noun === undefined || noun === 'vague')) {
        vague = true;
        vagueWords.push(words.span(at, at + 1));
        noun ??= 'vague';
        at++;
        moved = true;
      } else if (words.is(at, 'child') && (noun === undefined || noun === 'vague')) {
        noun = 'child';
        at++;
        moved = true;
      } else if (words.is(at, 'family') && (noun === undefined || noun === 'vague')) {
        noun = 'family';
        at++;
        moved = true;
      } else if (words.is(at, 'everyone') && noun === undefined) {
        noun = 'person';
        at++;
        moved = true;
      } else if (
        words.is(at, 'noun') &&
        (noun === undefined || noun === 'vague' || parts.length > 0) &&
        noun !== 'family' &&
        noun !== 'child'
      ) {
        noun = noun === 'vague' || noun === undefined ? 'person' : noun;
        at++;
        moved = true;
      } else if (words.is(at, 'filler') && !words.is(at + 1, 'other mark')) {
        at++;
        moved = true;
      }
      const after = noun === undefined ? undefined : this.#after(at, noun, parts);
      if (after) {
        if (after.replaces) removeAges(parts);
        parts.push(after.settles && noun === 'vague' ? { ...after.found, spans: [...after.found.spans, ...vagueWords] } : after.found);
        at = after.found.end;
        moved = true;
      }
    }
    if (at === from || (noun === undefined && parts.length === 0)) return undefined;
    if (parts.length === 0) return vague || noun === 'child' || noun === 'family' ? { spans: [words.span(from, at)], end: at } : undefined;
    return allOf(parts, at);
  }

  /** What may follow "be": "18 or older", "a veteran", "homeless", "residents of Cook County". */
  complement(from: number): Found | undefined {
    const words = this.#words;
    const at = words.skip(from);
    if (words.is(at, 'not')) {
      const inner = this.complement(at + 1);
      return inner?.node ? noneOf(inner) : undefined;
    }
    const age = this.#age(at, 'person.age', false);
    if (age) return this.#withCondition(age);
    const place = this.#place(at);
    if (place) return place;
    if (words.is(at, 'receive')) return this.#benefits(at + 1);
    return this.group(at);
  }

  /** "have photo ID", "live in Cook County", "receive SNAP", "earn less than $2,000 a month", "be 18 or older" */
  predicate(from: number): Found | undefined {
    const words = this.#words;
    let at = words.skip(from);
    if (words.is(at, 'you') && words.is(at + 1, 'must be have')) at++;
    while (words.is(at, 'must') && !words.is(at, 'have')) at = words.skip(at + 1);
    if (words.is(at, 'not')) {
      if (words.is(at + 1, 'be')) return negated(this.complement(at + 2));
      return negated(this.predicate(at + 1));
    }
    const place = this.#place(at);
    if (place) return place;
    const income = readIncome(words, at, false);
    if (income && words.is(at, 'income earn')) return { node: income.node, spans: [words.span(at, income.end)], end: income.end };
    if (words.is(at, 'be')) return this.complement(at + 1);
    const trait = this.#trait(at);
    if (trait && !words.is(at, 'trait:woman trait:man trait:student')) return trait;
    if (words.is(at, 'live_in')) return this.#livesIn(at);
    if (words.is(at, 'receive')) return this.#benefits(at + 1);
    if (words.is(at, 'have')) return this.#has(at + 1);
    return undefined;
  }

  /** What is had: papers, an income, a disability, children. */
  #has(from: number): Found | undefined {
    const words = this.#words;
    const at = words.skip(from);
    const income = readIncome(words, at, false);
    if (income) return { node: income.node, spans: [words.span(at, income.end)], end: income.end };
    const children = this.#children(at);
    if (children) return children;
    const papers = this.documents(at);
    if (papers) return papers;
    for (const kind of words.kinds(at)) {
      const node = /^(thing|benefit):|^trait:(eviction|shutoff|custody|uninsured|insured)$/.test(kind) ? conditionOf(kind) : undefined;
      if (node) return this.#said(at, at + 1, node);
    }
    return undefined;
  }

  /** "photo ID and proof of address" */
  documents(from: number): Found | undefined {
    return this.#list(from, (at) => this.#document(at), 'said');
  }

  #document(from: number): Found | undefined {
    const at = this.#words.skip(from);
    const kind = this.#words.kinds(at).find((name) => name.startsWith('document:'));
    return kind === undefined ? undefined : this.#said(at, at + 1, conditionOf(kind)!);
  }

  #benefits(from: number): Found | undefined {
    return this.#list(
      from,
      (at) => {
        const start = this.#words.skip(at);
        const kind = this.#words.kinds(start).find((name) => name.startsWith('benefit:'));
        return kind === undefined ? undefined : this.#said(start, start + 1, conditionOf(kind)!);
      },
      'said',
    );
  }

  /** "children under 5", "a child", of a household */
  #children(from: number): Found | undefined {
    const words = this.#words;
    let at = words.skip(from);
    if (words.is(at, 'at_least') || (words.figure(at, 'number') === 1 && words.is(at + 1, 'child'))) at = words.skip(at + 1);
    if (words.figure(at, 'number') === 1) at++;
    const minors = words.is(at, 'minors');
    if (!words.is(at, 'child') && !minors) return undefined;
    const start = at;
    let next = at + 1;
    while (words.is(next, 'who') || words.is(next, 'be')) next++;
    const paren = words.isMark(next, '(') ? 1 : 0;
    const age = readAge(words, next + paren, true);
    const ends = age && paren ? words.isMark(age.end, ')') : true;
    if (!age || !ends) {
      const living = words.is(at + 1, 'other') ? -1 : at + 1;
      return living < 0 ? undefined : this.#said(start, living, { fact: 'household.children', at_least: 1 });
    }
    const end = age.end + paren;
    if (age.comparison === 'less_than' && age.value === 18) return this.#said(start, end, { fact: 'household.children', at_least: 1 });
    return this.#said(start, end, { some: 'household.members', where: toAgeNode(age, 'age') });
  }

  /** What follows a noun and narrows it. */
  #after(
    at: number,
    noun: 'person' | 'child' | 'family' | 'vague',
    before: readonly Found[],
  ): { found: Found; replaces?: boolean; settles?: boolean } | undefined {
    const words = this.#words;
    const fact = 'person.age';
    if (words.isMark(at, '(,') || words.isMark(at, '-') || words.is(at, 'be') || words.is(at, 'who')) {
      const open = words.isMark(at, '(');
      let inner = at + 1;
      while (words.is(inner, 'be who') && !open) inner++;
      const age =
        open || words.is(at, 'who') || (words.isMark(at, ',') && words.is(inner, 'ages'))
          ? this.#ageOf(inner, noun, open || words.is(at, 'who'))
          : undefined;
      if (age && (!open || words.isMark(age.end, ')'))) {
        return { found: { ...age, end: age.end + (open ? 1 : 0) }, replaces: true, settles: true };
      }
      // "who are homeless", "who live in Cook County": as far as it is read.
      if (words.is(at, 'who')) {
        const said = this.predicates(at + 1, words.is(at, 'and_be'));
        if (said?.node) return { found: said };
        if (noun === 'family' || noun === 'person') {
          const income = readIncome(words, at + 1, false);
          if (income) return { found: { node: income.node, spans: [words.span(at + 1, income.end)], end: income.end } };
        }
      }
      return undefined;
    }
    const age = this.#ageOf(at, noun, !words.is(at, 'number'));
    if (age) return { found: age, replaces: before.length > 0 || noun === 'vague', settles: true };
    if (noun !== 'child' && words.is(at, 'number')) {
      const plain = this.#ageOf(at, noun, true);
      if (plain) return { found: plain, replaces: true, settles: true };
    }
    if (words.is(at, 'with')) {
      const had = this.#has(at + 1);
      if (had && !(noun === 'child' && fact !== 'person.age')) return { found: had };
      const said = readIncome(words, at + 1, false);
      if (said) return { found: { node: said.node, spans: [words.span(at + 1, said.end)], end: said.end } };
    }
    if (noun === 'family' && words.is(at, 'of')) {
      const children = this.#children(at + 1);
      if (children) return { found: children };
    }
    if (words.is(at, 'live_in')) {
      const place = this.#livesIn(at);
      if (place) return { found: place };
    }
    const cap = words.is(at, 'at_most under percent earn') ? readIncome(words, at, true) : undefined;
    if (cap) return { found: { node: cap.node, spans: [words.span(at, cap.end)], end: cap.end } };
    return undefined;
  }

  /** The age of a noun; small children are members of the household that asks. */
  #ageOf(at: number, noun: string, bare: boolean): Found | undefined {
    const age = readAge(this.#words, at, bare);
    if (!age || noun === 'family') return undefined;
    return this.#said(
      at,
      age.end,
      noun === 'child' && isBrought(age) ? { some: 'household.members', where: toAgeNode(age, 'age') } : toAgeNode(age),
    );
  }

  #age(at: number, fact: string, bare: boolean): Found | undefined {
    const age = readAge(this.#words, at, bare || this.#words.is(at, 'under over at_least at_most more_than number'));
    if (!age) return undefined;
    // Of a bare figure only what its ending makes an age: "18 or older", "60+".
    return this.#said(at, age.end, isBrought(age) ? { some: 'household.members', where: toAgeNode(age, 'age') } : toAgeNode(age, fact));
  }

  /** "under 18 (under 19 if you are a student)": either. */
  #withCondition(age: Found): Found {
    const words = this.#words;
    if (!words.isMark(age.end, '(')) return age;
    const other = this.#age(age.end + 1, 'person.age', true);
    if (!other || !words.is(other.end, 'if')) return age;
    let close = other.end;
    while (close < words.length && !words.isMark(close, ')')) close++;
    const from = other.end + 1;
    const said = this.complement(from) ?? this.predicate(from);
    const rest = words.span(other.end, Math.max(other.end + 1, close));
    const known = said?.node && (said.end >= close || words.is(said.end, 'restrict with'));
    const condition: Found = known
      ? { ...said, spans: [rest] }
      : { node: { staff_decides: words.quote(words.span(other.end, close)) }, spans: [rest], end: close };
    const both = allOf([other, condition], close + 1);
    return anyOf([age, both], close + 1, () => '');
  }

  #place(at: number): Found | undefined {
    return this.#words.is(at, 'live_in') ? this.#livesIn(at) : readPlace(this.#words, at);
  }

  #livesIn(at: number): Found | undefined {
    return readPlace(this.#words, at);
  }

  #trait(at: number): Found | undefined {
    const words = this.#words;
    for (const kind of words.kinds(at)) {
      if (kind.startsWith('trait:') && kind !== 'trait:insured') return this.#said(at, at + 1, conditionOf(kind)!);
      if (kind.startsWith('benefit:') && words.is(at + 1, 'recipient')) return this.#said(at, at + 2, conditionOf(kind)!);
    }
    return undefined;
  }

  #said(from: number, end: number, node: RuleNode): Found {
    return { node, spans: [this.#words.span(from, end)], end };
  }

  /**
   * Parts joined by commas, "and" and "or". Of groups any will do; of what is said of one person "and" asks for all, "or" for
   * one, and a list that mixes both is read up to there. A part that cannot be read after "or" is left to staff.
   */
  #list(from: number, read: (at: number) => Found | undefined, kind: 'any' | 'said'): Found | undefined {
    const words = this.#words;
    const first = read(from);
    if (!first) return undefined;
    const parts = [first];
    let end = first.end;
    let joint: 'and' | 'or' | undefined;
    for (;;) {
      let at = end;
      let seen: 'and' | 'or' | 'comma' | undefined;
      while (words.is(at, 'and or') || words.isMark(at, ',;')) {
        if (words.is(at, 'or')) seen = 'or';
        else if (words.is(at, 'and')) seen = 'and';
        else seen ??= 'comma';
        at++;
      }
      if (seen === undefined || at >= words.length) break;
      const next = words.is(at, 'including who if weak unless') ? undefined : read(at);
      if (!next) {
        const open = kind === 'any' ? seen !== 'comma' || this.#isListed(at) : seen === 'or';
        if (words.is(at, 'others everyone')) return undefined;
        if (!open || words.is(at, 'including who if must')) break;
        parts.push({ spans: [words.span(at, Math.max(at + 1, words.length))], end: words.length });
        end = words.length;
        joint ??= 'or';
        break;
      }
      if (seen !== 'comma') {
        if (kind === 'said' && joint !== undefined && joint !== seen) return undefined;
        joint = seen;
      }
      parts.push(next);
      end = next.end;
    }
    if (parts.length === 1) return { ...first, end };
    // "Adults 18+, Cook County residents" is no choice, and what commas alone join may be one or not.
    if (kind === 'any' && (joint === undefined || mixesPlaces(parts))) return undefined;
    const isAny = kind === 'any' || joint === 'or';
    if (kind === 'any') shareAge(parts);
    return isAny ? anyOf(parts, end, (part) => words.quote(part.spans[0]!)) : allOf(parts, end);
  }

  /** A list goes on: another joint follows. */
  #isListed(at: number): boolean {
    for (let i = at; i < Math.min(at + 12, this.#words.length); i++) if (this.#words.is(i, 'and or')) return true;
    return false;
  }
}

function negated(found: Found | undefined): Found | undefined {
  return found?.node ? noneOf(found) : undefined;
}

function isBrought({ comparison, value }: Bound): boolean {
  const highest = Array.isArray(value) ? value[1] : value;
  return (
    (comparison === 'at_most' || comparison === 'less_than' || comparison === 'between') &&
    highest <= OLDEST_BROUGHT + (comparison === 'less_than' ? 1 : 0)
  );
}

/** Some of the groups are told by where they live or what they earn alone, others otherwise. */
function mixesPlaces(parts: readonly Found[]): boolean {
  const bounds = parts.filter(
    ({ node }) => node && 'fact' in node && (node.fact === 'household.place' || node.fact === 'household.income'),
  );
  return bounds.length > 0 && bounds.length < parts.length;
}

/** "men and women 18 and older": the age is meant of both. */
function shareAge(parts: Found[]): void {
  const last = parts.at(-1)!;
  if (!last.node || !('all' in last.node)) return;
  const [gender, age] = last.node.all as [RuleNode, RuleNode | undefined];
  const isGender = (node: RuleNode | undefined): boolean => node !== undefined && 'fact' in node && node.fact === 'person.gender';
  if (!age || last.node.all.length !== 2 || !isGender(gender) || !('fact' in age) || age.fact !== 'person.age') return;
  if (!parts.slice(0, -1).every((part) => isGender(part.node))) return;
  for (let i = 0; i < parts.length - 1; i++) parts[i] = { ...parts[i]!, node: { all: [parts[i]!.node!, age] } };
}

/** "adults 60 and older": the figure says it better. */
function removeAges(parts: Found[]): void {
  for (let i = parts.length - 1; i >= 0; i--) if (isOfAge(parts[i]!)) parts.splice(i, 1);
}

function isOfAge({ node }: Found): boolean {
  return node !== undefined && 'fact' in node && node.fact === 'person.age';
}

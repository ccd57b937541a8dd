// Sentences and lines of a text, and what frames a clause as one about who is served: "open to …", "must be …", "you are …",
// "… only". A clause without a frame counts only where all of it was read.

import { readIncome } from './figures.ts';
import { allOf, anyOf, type Found } from './found.ts';
import { Grammar } from './grammar.ts';
import type { Lexeme } from './lexer.ts';
import { readDocuments } from './possessions.ts';
import { Words, type Span } from './words.ts';

export interface ClauseReading {
  found?: Found;
  /** All of it was read. */
  whole: boolean;
  /** It says that nobody is kept out. */
  everyone?: true;
  /** It is about something else: how to apply, what is not asked. */
  aside?: true;
  /** It leads a list of lines: any of them will do, or all are asked. */
  leads?: 'any' | 'all';
}

/** No sentence that can be read is longer, lexemes; longer ones are cut, so that the work stays linear in the text. */
const LONGEST_CLAUSE = 120;

/** Cuts lexemes into clauses: at line ends, ends of sentences, semicolons, bars and "but". */
export function toClauses(lexemes: readonly Lexeme[], source: string): Words[] {
  const clauses: Words[] = [];
  let from = 0;
  const cut = (to: number, next: number, isItem = false): void => {
    if (to > from) clauses.push(new Words(lexemes.slice(from, to), source, isItem));
    from = next;
  };
  const isSemicolon = (at: number): boolean => lexemes[at]?.text === ';';
  lexemes.forEach((lexeme, i) => {
    const next = lexemes[i + 1];
    if (lexeme.kinds[0] === 'break' || (lexeme.kinds[0] === 'mark' && '•·;|'.includes(lexeme.text)))
      cut(i, i + 1, isSemicolon(i) || isSemicolon(from - 1));
    else if (lexeme.kinds.includes('but')) cut(i, i + 1);
    else if (i - from >= LONGEST_CLAUSE) cut(i, i);
    else if (lexeme.kinds[0] === 'mark' && '.!?:'.includes(lexeme.text) && (!next || next.start > lexeme.end || /^\p{Lu}/u.test(next.text)))
      cut(i + 1, i + 1);
  });
  cut(lexemes.length, lexemes.length, isSemicolon(from - 1));
  return clauses;
}

export interface ClauseContext {
  /** It is a line of a list: any of its lines will do, or all are asked. */
  listed: 'any' | 'all' | undefined;
  /** The text speaks of fees: a limit of income may then only say who pays less. */
  fees: boolean;
  /** The text speaks of other limits of income for some. */
  incomeExceptions: boolean;
}

export function readClause(words: Words, context: ClauseContext): ClauseReading {
  let from = 0;
  while (words.isMark(from, '-*–—•')) from++;
  if (saysEveryone(words, from)) return { whole: true, everyone: true };
  const lead = leadOf(words, from);
  if (lead === 'any' || lead === 'all') return { whole: true, leads: lead };
  if (lead !== undefined) from = lead;
  if (from >= words.length || words.isEnd(from)) return { whole: true, aside: true };
  if (saysEveryone(words, from)) return { whole: true, everyone: true };
  if (words.has('not_needed')) return { whole: true, aside: true };
  if (words.is(from, 'not') && words.has('required', from)) return { whole: true, aside: true };
  if (words.isMark(words.length - 1, '?') || words.has('weak')) return { whole: false };

  const found = context.listed === undefined ? readFramed(words, from) : readBare(words, from, true);
  if (!found?.node) return { whole: false, ...(isLogistics(words) ? { aside: true as const } : {}) };
  const ofIncome = JSON.stringify(found.node).includes('"household.income"');
  if (context.fees && ofIncome) return { whole: false };
  const whole = words.isEnd(found.end);
  return { found: words.has('unless', found.end) || (ofIncome && context.incomeExceptions) ? softened(found) : found, whole };
}

/** "No restrictions", "Everyone", "Open to all" */
function saysEveryone(words: Words, from: number): boolean {
  const at = words.is(from, 'open_to') ? from + 1 : from;
  return words.is(at, 'no_limits everyone') && words.isEnd(at + 1);
}

/** What an exception follows holds for some only: staff decide the rest. */
function softened(found: Found): Found {
  return anyOf([found, { spans: [], end: found.end }], found.end, () => 'An exception is stated');
}

function isLogistics(words: Words): boolean {
  return words.has('logistics') && !words.has('must required only qualifies');
}

/** After "Eligibility:"; or what a clause that leads a list says of it. */
function leadOf(words: Words, from: number): number | 'any' | 'all' | undefined {
  const last = words.length - 1;
  if (words.isMark(last, ':')) {
    if (words.has('of_these')) return 'any';
    if (words.has('all_of must lead')) return 'all';
  }
  if (words.has('of_these') && words.is(last, 'of_these')) return 'any';
  if (!words.is(from, 'lead')) return undefined;
  let at = from + 1;
  while (words.isMark(at, ':-,–—') || words.is(at, 'filler')) at++;
  return at;
}

/** What a frame holds, wherever it stands in the clause; else the clause itself, if all of it can be read. */
function readFramed(words: Words, from: number): Found | undefined {
  const bare = readBare(words, from, false);
  // "Permanent residents; citizens": what stands between semicolons may be a choice, of which the other items were not read.
  if (bare?.node) return words.isItem && !isBound(bare) ? undefined : bare;
  const grammar = new Grammar(words);
  const found: Found[] = [];
  for (let at = from; at < words.length;) {
    const next = readFrame(words, grammar, at, at === from);
    if (next?.node && mayFollow(words, next.end)) {
      found.push(next);
      at = Math.max(at + 1, next.end);
    } else at++;
  }
  return found.length === 0 ? undefined : allOf(found, found.at(-1)!.end);
}

function readFrame(words: Words, grammar: Grammar, at: number, first: boolean): Found | undefined {
  // "Delivery is available to …", "every second Friday for …": what is said there is said of a part.
  if (words.is(at, 'open_to provides') && words.has('partial', 0, at)) return undefined;
  if (words.is(at, 'open_to')) {
    const opens = first || words.text(at).length > 4 || words.is(at - 1, 'only be');
    const group = orWho(words, grammar, at + 1);
    // "Food pantry for residents of …": what it is comes first, and nothing follows.
    const titled = group && words.isEnd(group.end) && words.length <= TITLE && !words.has('must provides you be who', 0, at);
    return opens || titled ? group : undefined;
  }
  if (words.is(at, 'provides')) {
    for (let to = at + 1; to < Math.min(at + FURTHEST, words.length); to++) {
      if (words.is(to, 'partial')) return undefined;
      if (!words.is(to, 'range to open_to') || /^[-–]$/.test(words.text(to))) continue;
      const group = orWho(words, grammar, to + 1);
      if (group?.node && mayFollow(words, group.end)) return group;
    }
    return undefined;
  }
  // "applicants must be …", "you are …": said of whoever asks, and of nobody else.
  const subject = words.skip(at);
  if (words.is(subject, 'you')) {
    const verb = words.skip(subject + 1);
    if (words.is(verb, 'must be have live_in receive trait:veteran earn not')) return grammar.predicates(verb, false);
    return undefined;
  }
  if (first && words.is(at, 'must have live_in be')) return grammar.predicates(at, false);
  if (words.is(at, 'income') && words.has('qualifies')) {
    const income = readIncome(words, at, false);
    if (income) return income;
  }
  if (words.is(at, 'if') && words.has('qualifies', 0)) {
    const inside = words.is(at + 1, 'you') ? at + 2 : at + 1;
    return grammar.predicates(inside, words.is(at, 'and_be'));
  }
  if (first) {
    const group = grammar.groups(at);
    if (
      group?.node &&
      words.length - group.end <= SHORT &&
      words.is(group.end, 'restrict with who live_in') &&
      !words.has('provides must you be', group.end)
    )
      return group;
    if (group?.node && (words.is(group.end, 'qualifies only') || (words.is(group.end, 'must') && words.is(group.end + 1, 'qualifies'))))
      return group;
    const document = readDocuments(words, at);
    if (document?.node && words.is(document.end, 'required')) return { ...document, end: document.end + 1 };
  }
  return undefined;
}

/** A group may be narrowed by so many words without a frame: "women in need of shelter". */
const SHORT = 12;
/** A title is no longer than this, lexemes. */
const TITLE = 14;
/** How far "to" may stand from "provides". */
const FURTHEST = 14;

/** A group, or "people who …" with what is said of them. */
function orWho(words: Words, grammar: Grammar, from: number): Found | undefined {
  const group = grammar.groups(from);
  if (group?.node) return group;
  let at = words.skip(from);
  while (words.is(at, 'noun everyone family adults')) at++;
  if (at === from || !words.is(at, 'who')) return undefined;
  return grammar.predicates(at + 1, words.is(at, 'and_be'));
}

/** A clause that is nothing but a condition: "Adults 18+", "Income at or below 185% FPL", "Photo ID required". */
function readBare(words: Words, from: number, listed: boolean): Found | undefined {
  const grammar = new Grammar(words);
  const whole = (found: Found | undefined): Found | undefined => {
    if (!found?.node) return undefined;
    const end = words.is(found.end, 'required') ? found.end + 1 : found.end;
    return words.isEnd(end) ? { ...found, end } : undefined;
  };
  const asDocuments = readDocuments(words, from);
  const required = asDocuments && (listed || words.is(asDocuments.end, 'required')) ? asDocuments : undefined;
  return (
    whole(readIncome(words, from, false)) ??
    whole(required) ??
    whole(grammar.groups(from)) ??
    whole(grammar.complement(from)) ??
    whole(grammar.predicates(from, false)) ??
    whole(fragments(words, grammar, from))
  );
}

/** "Adults 18+, Cook County residents, at or below 185% FPL": one group of people, and bounds on it. */
function fragments(words: Words, grammar: Grammar, from: number): Found | undefined {
  const parts: Found[] = [];
  let groups = 0;
  for (let at = from; ;) {
    const bound = readIncome(words, at, false) ?? readDocuments(words, at) ?? grammar.predicate(at);
    const part = bound ?? grammar.complement(at);
    if (!part?.node || (!isBound(part) && ++groups > 1)) return undefined;
    parts.push(part);
    if (!words.isMark(part.end, ',')) return parts.length > 1 ? allOf(parts, part.end) : undefined;
    at = part.end + 1;
  }
}

const BOUNDS = ['person.age', 'person.documents', 'household.place', 'household.income'];

function isBound({ node }: Found): boolean {
  return node !== undefined && 'fact' in node && BOUNDS.includes(node.fact);
}

/** Whether what comes next leaves what was read as it is. */
function mayFollow(words: Words, end: number): boolean {
  return (
    words.isEnd(end) ||
    words.is(end, 'restrict with who including and or unless qualifies only if live_in range to have logistics required') ||
    words.isMark(end, ',;.:()')
  );
}

const MARKS = '.,:;()-–—*•!';

/** The parts of a clause that no condition was read from; of one that was read as a whole, words that narrow it further. */
export function unreadOf(words: Words, { found, whole }: ClauseReading): Span[] {
  const spans = [...(found?.spans ?? [])].sort((a, b) => a[0] - b[0]);
  const unread: Span[] = [];
  let open: number | undefined;
  let last = 0;
  const close = (): void => {
    if (open !== undefined) unread.push([open, last]);
    open = undefined;
  };
  for (let at = 0; at < words.length; at++) {
    const [start, end] = words.span(at, at + 1);
    const read = spans.some(([from, to]) => start >= from && end <= to);
    if (read) close();
    else if (open !== undefined) last = words.isMark(at, MARKS) ? last : end;
    else if (whole ? words.is(at, 'vague other') : !words.isMark(at, MARKS)) [open, last] = [start, end];
  }
  close();
  return unread;
}

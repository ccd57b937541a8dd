// From what an agency writes about who it serves ("adults 18+, residents of Cook County, at or below 185% FPL") to a draft of a
// rule. It proposes, with the words that it used; it never publishes, and whatever it did not read stays shown and is left to
// staff in the draft. It prefers to miss a condition than to make one up: a wrong one keeps people from help.

import type { FactCatalogue } from '../../intake/catalogue.ts';
import type { Rule, RuleNode, TestNode } from '../rule.ts';
import { readClause, toClauses, unreadOf } from './clauses.ts';
import { anyOf, type Found } from './found.ts';
import { createLexicon, toLexemes, type Lexicon } from './lexer.ts';
import { ENGLISH } from './phrases-en.ts';
import { SPANISH } from './phrases-es.ts';
import { FRENCH } from './phrases-fr.ts';
import type { PhraseTable } from './phrases.ts';
import type { Words, Span } from './words.ts';

export type { PhraseTable } from './phrases.ts';
export type { Span } from './words.ts';

export interface TextCondition {
  node: RuleNode;
  /** The words that it was read from. */
  spans: readonly Span[];
  /** High where the whole sentence was read, medium where more stands in it. */
  confidence: 'high' | 'medium';
}

export interface EligibilityReading {
  conditions: TextCondition[];
  /** A rule with status "drafted"; undefined where nothing was read. What was not read stands in it as left to staff. */
  draft: Rule | undefined;
  /** What was not read, in the order of the text. How to apply is not shown. */
  unread: Span[];
}

export interface ReadEligibilityTextOptions {
  /** Language of the text, such as "en"; one that is not known is read as English. */
  language?: string;
  /** Facts that conditions may name. */
  catalogue: FactCatalogue;
  /** Id of the draft, agency/name. */
  rule?: string;
  /** Phrases of further languages, or in place of the shipped ones. */
  phrases?: Readonly<Record<string, PhraseTable>>;
}

/** Text beyond this is not read, characters. */
const LONGEST = 20_000;
/** Conditions beyond this are not read. */
const MOST = 40;

const SHIPPED: Readonly<Record<string, PhraseTable>> = { en: ENGLISH, es: SPANISH, fr: FRENCH };
const lexicons = new WeakMap<PhraseTable, Lexicon>();

/** Reads in a time that grows with the length of the text alone, and throws on no text. */
export function readEligibilityText(text: string, options: ReadEligibilityTextOptions): EligibilityReading {
  const table = { ...SHIPPED, ...options.phrases }[(options.language ?? 'en').split('-')[0]!] ?? ENGLISH;
  const read = text.slice(0, LONGEST);
  const clauses = toClauses(toLexemes(read, lexiconOf(table)), read);
  const context = {
    fees: clauses.some((clause) => clause.has('fee')),
    incomeExceptions: clauses.some((clause) => clause.has('income_exception')),
  };
  const unread: Span[] = text.length > LONGEST ? [[LONGEST, text.length]] : [];
  const conditions: TextCondition[] = [];
  let everyone: Words | undefined;
  let listed: ListedLines | undefined;

  const add = (found: Found, whole: boolean): void => {
    if (found.node) conditions.push({ node: found.node, spans: found.spans, confidence: whole ? 'high' : 'medium' });
  };
  const endList = (): void => {
    if (listed?.kind === 'any')
      add(
        anyOf(listed.parts, 0, (part) => quote(read, part.spans[0]!)),
        true,
      );
    listed = undefined;
  };
  for (const clause of clauses) {
    const reading = readClause(clause, { ...context, listed: listed?.kind });
    if (reading.leads) {
      endList();
      listed = { kind: reading.leads, parts: [] };
      continue;
    }
    if (reading.everyone) {
      everyone ??= clause;
      continue;
    }
    const found = reading.found && conditions.length < MOST ? known(reading.found, options.catalogue) : undefined;
    if (listed?.kind === 'any') listed.parts.push(found ?? { spans: [clause.span(0, clause.length)], end: 0 });
    const left = reading.aside ? [] : unreadOf(clause, found ? { ...reading, found } : { whole: false });
    if (found && listed?.kind !== 'any') add(found, reading.whole && left.length === 0);
    unread.push(...left);
  }
  endList();
  unread.sort((a, b) => a[0] - b[0]);
  if (conditions.length === 0 && everyone) {
    conditions.push({ node: { fact: 'person.age', at_least: 0 }, spans: [everyone.span(0, everyone.length)], confidence: 'high' });
  }
  return { conditions, draft: draftRule(text, { conditions, unread }, options), unread };
}

/**
 * A rule of what was read, or of some of it; what stands in `unread` is left to staff. A condition that is not to be taken has
 * its words there. Undefined where there is no condition.
 */
export function draftRule(
  text: string,
  { conditions, unread }: Pick<EligibilityReading, 'conditions' | 'unread'>,
  { rule }: Pick<ReadEligibilityTextOptions, 'rule'> = {},
): Rule | undefined {
  if (conditions.length === 0) return undefined;
  const nodes = conditions.flatMap(({ node }) => ('all' in node ? node.all : [node]));
  const rest = unread.map((span) => quote(text, span)).join(' … ');
  if (rest !== '') nodes.push({ staff_decides: rest.length > 400 ? `${rest.slice(0, 400)}…` : rest });
  return {
    rule: rule ?? 'draft/from-text',
    version: 1,
    status: 'drafted',
    who: JSON.stringify(nodes).includes('"household.') ? 'household' : 'person',
    eligible_when: { all: nodes },
    tests: [],
  };
}

interface ListedLines {
  kind: 'any' | 'all';
  parts: Found[];
}

function quote(text: string, [start, end]: Span): string {
  return text.slice(start, end).replace(/\s+/g, ' ').trim();
}

/** Only what the installation's facts can say. */
function known(found: Found, catalogue: FactCatalogue): Found | undefined {
  return found.node && isKnown(found.node, catalogue) ? found : undefined;
}

function isKnown(node: RuleNode, catalogue: FactCatalogue): boolean {
  if ('all' in node) return node.all.every((part) => isKnown(part, catalogue));
  if ('any' in node) return node.any.every((part) => isKnown(part, catalogue));
  if ('none' in node) return node.none.every((part) => isKnown(part, catalogue));
  if ('some' in node) return catalogue.find(node.some) !== undefined && isKnown(node.where, catalogue);
  if (!('fact' in node)) return true;
  const definition = catalogue.find(node.fact.includes('.') ? node.fact : `person.${node.fact}`);
  if (!definition) return false;
  const { is, is_one_of, includes } = node as TestNode;
  const words = [is, is_one_of, includes].flat().filter((word): word is string => typeof word === 'string');
  return words.every((word) => definition.options?.some((option) => option.value === word) ?? true);
}

function lexiconOf(table: PhraseTable): Lexicon {
  let lexicon = lexicons.get(table);
  if (!lexicon) lexicons.set(table, (lexicon = createLexicon(table)));
  return lexicon;
}

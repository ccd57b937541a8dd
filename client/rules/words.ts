// What an agency writes about whom it serves, as it was read: the text in pieces, each with the conditions that were read from
// it, and the draft of those that a person takes.

import { draftRule, readEligibilityText, type EligibilityReading, type Span } from '#shared/eligibility/text/index.ts';
import type { Rule } from '#shared/eligibility/rule.ts';
import type { FactCatalogue } from '#shared/intake/catalogue.ts';

/** Languages in which such a text is read. */
export const READ_LANGUAGES = ['en', 'es', 'fr'] as const;
export type ReadLanguage = (typeof READ_LANGUAGES)[number];
/** A longer file is no text about eligibility, characters. */
export const LONGEST_WORDS = 20_000;

export interface TextPiece {
  text: string;
  /** Numbers of the conditions that were read from it. */
  conditions: readonly number[];
  /** It says something that was not read. */
  unread: boolean;
}

export function readWords(text: string, language: ReadLanguage, catalogue: FactCatalogue): EligibilityReading {
  return readEligibilityText(text, { language, catalogue });
}

/** The whole text, cut where a condition or something unread begins or ends. */
export function toPieces(text: string, { conditions, unread }: EligibilityReading): TextPiece[] {
  const spans = [...conditions.flatMap((condition) => condition.spans), ...unread];
  const cuts = [...new Set([0, text.length, ...spans.flat()])].sort((a, b) => a - b);
  return cuts.slice(1).map((end, i): TextPiece => {
    const start = cuts[i]!;
    const covers = ([from, to]: Span): boolean => from <= start && end <= to;
    return {
      text: text.slice(start, end),
      conditions: conditions.flatMap((condition, number) => (condition.spans.some(covers) ? [number] : [])),
      unread: unread.some(covers),
    };
  });
}

/** The words of spans as one line. */
export function quoteSpans(text: string, spans: readonly Span[]): string {
  return spans.map(([start, end]) => text.slice(start, end).replace(/\s+/g, ' ').trim()).join(' … ');
}

/** @param taken numbers of conditions; the words of the others are left to staff, as what was not read is */
export function draftOf(text: string, reading: EligibilityReading, taken: ReadonlySet<number>): Rule | undefined {
  const left = reading.conditions.flatMap(({ spans }, number) => (taken.has(number) ? [] : spans));
  const unread = [...reading.unread, ...left].sort((a, b) => a[0] - b[0]);
  return draftRule(text, { conditions: reading.conditions.filter((_, number) => taken.has(number)), unread });
}

// A letter that a client takes along: proof that somebody stays here, a request, a reminder. It says what the record holds of a few
// fields, for whoever may see them there, and leaves a line to write on for everything else. Nothing is sent by it.

import { z } from 'zod';
import { localize, Localized } from '../platform/localized.ts';

/** What a letter may take from the record and from who writes it; where somebody is being helped with what is not among it. */
export const LETTER_FIELDS = ['client', 'birth_date', 'today', 'since', 'appointment', 'worker', 'agency'] as const;
export type LetterField = (typeof LETTER_FIELDS)[number];

const BLANK = '______________';
const PLACE = /\{([a-z][a-z0-9_]*)\}/g;

const AskId = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'lower-case letters, digits and "_"');

export const LetterTemplate = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z][a-z0-9_.-]{0,59}$/)
      .describe('Stable identifier'),
    label: Localized,
    description: Localized.optional().describe('What it is for, in one sentence'),
    to: Localized.describe('Whom it is for, such as "To whom it may concern"'),
    asks: z
      .array(z.strictObject({ id: AskId.describe('As the text names it'), label: Localized }))
      .max(8)
      .default([])
      .describe('What whoever writes fills in; it goes on the paper and nowhere else'),
    paragraphs: z
      .array(Localized)
      .min(1)
      .max(12)
      .describe(
        `The text. In braces what is filled in: ${LETTER_FIELDS.map((field) => `{${field}}`).join(', ')}, or the id of what is asked`,
      ),
    closing: Localized.describe('Before the signature, such as "Sincerely,"'),
  })
  .superRefine(({ to, asks, paragraphs, closing }, context) => {
    const known = new Set<string>([...LETTER_FIELDS, ...asks.map(({ id }) => id)]);
    for (const text of [to, ...paragraphs, closing])
      for (const words of typeof text === 'string' ? [text] : Object.values(text))
        for (const [, name] of words.matchAll(PLACE))
          if (!known.has(name!)) context.addIssue({ code: 'custom', path: ['paragraphs'], message: `"{${name}}" is nothing that a letter has: ${[...known].join(', ')}` }); // prettier-ignore
  })
  .describe('A letter for a client to take along');
export type LetterTemplate = z.infer<typeof LetterTemplate>;

export interface Letter {
  to: string;
  paragraphs: string[];
  closing: string;
  /** Fields of the record that it says, for the record of who looked. */
  says: LetterField[];
}

/** @param values in the letter's language; what is absent is a line to write on */
export function writeLetter(template: LetterTemplate, language: string, values: Readonly<Record<string, string | undefined>>): Letter {
  const says = new Set<LetterField>();
  const fill = (text: Localized): string =>
    localize(text, language).replace(PLACE, (_, name: string) => {
      const value = values[name]?.trim();
      if (value && (LETTER_FIELDS as readonly string[]).includes(name)) says.add(name as LetterField);
      return value || BLANK;
    });
  const letter = { to: fill(template.to), paragraphs: template.paragraphs.map(fill), closing: fill(template.closing) };
  return { ...letter, says: [...says] };
}

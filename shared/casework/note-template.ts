// What a note or a record of a contact begins with: headings for a situation, so that nothing of weight is forgotten. It is text
// from then on, and whoever writes keeps, changes and leaves out what they want.

import { z } from 'zod';
import { FieldClass } from '../intake/field-class.ts';
import { localize, Localized } from '../platform/localized.ts';

export const NoteTemplate = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z][a-z0-9_.-]{0,59}$/)
      .describe('Stable identifier'),
    label: Localized,
    of: z.enum(['note', 'contact']).describe('Offered with a note, or with a contact that was made or missed'),
    class: FieldClass.optional().describe('What the note tells of: chosen with the template, and changed by whoever writes'),
    headings: z.array(Localized).min(1).max(12).describe('Each on a line of its own, with room below it'),
  })
  .describe('What a note begins with');
export type NoteTemplate = z.infer<typeof NoteTemplate>;

/** The headings in one language; below what is written already. */
export function beginNote({ headings }: NoteTemplate, language: string, written = ''): string {
  const lines = headings.map((heading) => `${localize(heading, language)}:\n`).join('\n');
  return written.trim() === '' ? lines : `${written.trimEnd()}\n\n${lines}`;
}

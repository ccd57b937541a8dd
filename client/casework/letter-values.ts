// What a letter may say of a client: from the record as its reader sees it, so that a field that they may not see is a line to
// write on. A name is the one on papers, never what staff call somebody.

import type { LetterField } from '#shared/casework/letter-template.ts';
import type { PersonRecord } from '#shared/casework/record.ts';
import type { Told } from '#shared/casework/told.ts';

export interface LetterContext {
  /** Of the letter. */
  language: string;
  /** When the record was begun, an instant; empty: not said. */
  since: string;
  /** The next appointment, an instant. */
  planned?: string | undefined;
  worker: string;
  agency: string;
}

export function letterValues(
  { identity }: Pick<PersonRecord, 'identity'>,
  { language, since, planned, worker, agency }: LetterContext,
): Partial<Record<LetterField, string>> {
  // Digits as the paper's other offices write them.
  const locale = language === 'ar' ? 'ar-u-nu-latn' : language;
  const day = (at: Date, timeZone?: string) =>
    new Intl.DateTimeFormat(locale, { dateStyle: 'long', ...(timeZone && { timeZone }) }).format(at);
  const born = told(identity.birthDate);
  const name = [told(identity.givenName), told(identity.familyName)].filter((part) => part !== undefined).join(' ');
  return {
    ...(name && { client: name }),
    ...(born !== undefined && { birth_date: day(new Date(`${born}T00:00:00Z`), 'UTC') }),
    today: day(new Date()),
    ...(since && { since: day(new Date(since)) }),
    ...(planned !== undefined && {
      appointment: new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short' }).format(new Date(planned)),
    }),
    ...(worker && { worker }),
    ...(agency && { agency }),
  };
}

function told(value: Told<string>): string | undefined {
  return typeof value === 'object' ? value.value : undefined;
}

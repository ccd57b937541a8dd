// What a rule that is being drafted is called, whether or not it can be decided yet.

import { readDocuments } from '#shared/eligibility/rule-file.ts';
import { Localized } from '#shared/platform/localized.ts';
import { isRecord } from '#shared/platform/record.ts';

/** Null: its text cannot be read, or names no title. */
export function findTitle(text: string): Localized | null {
  const raw = readDocuments(text).documents[0]?.raw;
  const title = Localized.safeParse(isRecord(raw) ? raw['title'] : undefined);
  return title.success ? title.data : null;
}

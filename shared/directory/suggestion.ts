// A change of the directory that someone without the right to make it suggests: the edits of a page's form, and why.
// What is sent is limited and plain text; whoever reviews it sees it beside what stands there now.

import { z } from 'zod';
import { RecordEdit, type EditValue } from './edit.ts';
import type { HsdsObject } from './hsds.ts';

/** Characters of a suggestion as JSON: several long descriptions, and no flood. */
export const SUGGESTION_LENGTH = 32_000;
export const COMMENT_LENGTH = 1000;

export const SuggestionRequest = z.strictObject({
  /** Of the page: a service at a place, or a service. */
  page: z.string().min(1).max(200),
  edits: z.array(RecordEdit).min(1).max(60),
  /** Why, or how they know. */
  comment: z.string().trim().max(COMMENT_LENGTH).default(''),
});
export type SuggestionRequest = z.infer<typeof SuggestionRequest>;

/**
 * How a suggested value stands to the record: `open` as it was when it was suggested; `changed` by someone since, so that
 * taking it would overwrite them; `same` as what stands there by now; `withheld` since it may tell where a hidden place is.
 */
export type SuggestedState = 'open' | 'changed' | 'same' | 'withheld';

export interface SuggestedField {
  field: string;
  /** Three values, null where withheld: when it was suggested, now, and as suggested. */
  was: EditValue;
  now: EditValue;
  suggested: EditValue;
  state: SuggestedState;
}

export interface SuggestedRecord {
  object: HsdsObject;
  id: string;
  op: RecordEdit['op'];
  name: string | null;
  /** It was removed since. */
  isGone: boolean;
  /** Of a removal: none. */
  fields: SuggestedField[];
}

// Control characters but tab and line breaks, and those that turn the direction of what follows.
const UNSEEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** Text without characters that nobody sees and that could disguise it. */
export function toPlainText(text: string): string {
  return text.replace(UNSEEN, '');
}

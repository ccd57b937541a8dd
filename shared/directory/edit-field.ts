// A field that is edited by hand: how it is drawn, and what may stand in it.

import type { Localized } from '../platform/localized.ts';

/** How a field is drawn and checked. A switch is on or off; a yes or no may also be not stated. */
export type EditKind = 'line' | 'prose' | 'number' | 'date' | 'time' | 'datetime' | 'uri' | 'email' | 'choice' | 'switch' | 'yes_no';

export interface EditField {
  /** Column of the table; of a kind's own fields `extra.` and the name. */
  name: string;
  kind: EditKind;
  /** Cannot be emptied; what came empty may stay so. */
  required: boolean;
  values?: readonly string[];
  min?: number;
  max?: number;
  /** In the words of whoever contributes the field; absent: the form knows it by its name. */
  label?: Localized;
  /** What to write there, from the same. */
  hint?: Localized;
  /** Words for its values, from the same. */
  choices?: readonly { value: string; label: Localized }[];
}

/** Characters of what stands in one line. */
export const LINE = 500;

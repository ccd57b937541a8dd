// What can be done about a problem at once: an edit said as data, pressed by a person, undone like any other. It never
// shows a place that is hidden.

import { z } from 'zod';
import { Localized } from '../platform/localized.ts';
import { EDITABLE_BY_FIX, listEditFields } from './edit.ts';

/** What is known only when the button is pressed: the day, or the e-mail address of whoever presses it. */
const Known = z.strictObject({ is: z.enum(['today', 'me']) });
const FixValue = z.union([z.string(), z.number(), z.boolean(), z.null(), Known]);

export const QuickFix = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z0-9][a-z0-9._/-]*$/)
      .describe('Such as "close"'),
    label: Localized.describe('What the button says: "Close it"'),
    problems: z
      .array(z.string())
      .min(1)
      .describe('Codes of the problems that it mends; "unverifiedDays" stands for those of every check by age'),
    object: z.enum(EDITABLE_BY_FIX).describe('Which record of the listing it changes'),
    set: z
      .record(z.string(), FixValue)
      .describe('Its fields with what they become. {"is": "today"}: the day; {"is": "me"}: the e-mail address of who presses it'),
    forAll: z.boolean().default(false).describe('May be done for a whole list at once. Otherwise each listing wants a look of its own'),
  })
  .superRefine(({ object, set }, context) => {
    const known = new Set(listEditFields(object).map(({ name }) => name));
    if (Object.keys(set).length === 0) context.addIssue({ code: 'custom', path: ['set'], message: 'Say what it changes.' });
    for (const [field, value] of Object.entries(set)) {
      const path = ['set', field];
      if (!known.has(field))
        context.addIssue({ code: 'custom', path, message: `A ${object} has no field "${field}" that is edited by hand.` });
      else if (field === 'hidden' && value !== true)
        context.addIssue({ code: 'custom', path, message: 'A quick fix may hide a place. To show one again is decided on its page.' });
    }
  })
  .describe('What can be done about a problem by one button');
export type QuickFix = z.infer<typeof QuickFix>;

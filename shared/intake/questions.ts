// How a fact is asked: words, answers and why, by language.

import { z } from 'zod';
import { Localized } from '../platform/localized.ts';
import { FactValue, Share } from './facts.ts';

export const IntakeQuestion = z
  .strictObject({
    id: z.string().describe('Stable identifier'),
    fact: z.string().describe('The fact that it asks for'),
    ask: Localized.describe('The question, as it is said to the person'),
    why: Localized.optional().describe('Why it is asked, in one sentence'),
    answers: z
      .array(
        z.strictObject({
          label: Localized,
          value: FactValue.describe('What the fact is then'),
          key: z.string().length(1).optional().describe('Key by which it is chosen'),
          share: Share.optional(),
        }),
      )
      .optional()
      .describe("Buttons; without them the fact's type decides how it is entered"),
    when: z.string().optional().describe('A when clause over facts that are known, such as "household.size > 1"'),
    order: z.number().default(100).describe('Smaller is asked first, where two tell as much'),
  })
  .describe('A question of the intake');
export type IntakeQuestion = z.infer<typeof IntakeQuestion>;

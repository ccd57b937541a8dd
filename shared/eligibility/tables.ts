// Dated tables that rules refer to: poverty guidelines and the like, by date and region, with their source.

import { z } from 'zod';
import { Localized } from '../platform/localized.ts';
import { Period } from '../intake/facts.ts';

export const RuleTable = z
  .strictObject({
    table: z
      .string()
      .regex(/^[a-z0-9_.-]+$/, 'lower-case letters, digits and "_"')
      .describe('Its id, such as us_fpl'),
    title: Localized.describe('Its name, as reasons say it'),
    by: z.string().optional().describe('Fact by which it is looked up, such as household.size; absent: one entry for everybody'),
    per: Period.default('year').describe('What its amounts are by'),
    round: z
      .strictObject({
        per: Period.describe('The period in which it is rounded'),
        to: z.number().positive().describe('To multiples of this'),
        mode: z.enum(['up', 'down', 'nearest']).describe('Which way'),
      })
      .optional()
      .describe('How a percentage of an entry is rounded once it is turned into a period'),
    versions: z
      .array(
        z.strictObject({
          from: z.iso.date().describe('First day on which it is in force'),
          to: z.iso.date().optional().describe('Last day, included; absent: until the next version'),
          source: z
            .strictObject({
              title: z.string().describe('The notice or law'),
              url: z.string().describe('Where it stands'),
              checked: z.iso.date().optional().describe('Day on which somebody compared the figures with it; absent: nobody has yet'),
            })
            .describe('Where the figures come from'),
          regions: z
            .record(
              z.string(),
              z.strictObject({
                values: z.array(z.number()).min(1).describe('Entries for 1, 2, 3 …'),
                each_more: z.number().optional().describe('Added for each one beyond the last entry'),
              }),
            )
            .describe('Figures by region; the first is the one where none is asked for'),
        }),
      )
      .min(1)
      .describe('The figures by date'),
  })
  .describe('A dated table');
export type RuleTable = z.infer<typeof RuleTable>;

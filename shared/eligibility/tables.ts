// Dated tables that rules refer to: poverty guidelines and the like, by date and region, with their source.

import { z } from 'zod';
import { Localized } from '../platform/localized.ts';
import { Period } from '../intake/facts.ts';

export const RuleTable = z
  .strictObject({
    table: z.string().regex(/^[a-z0-9_.-]+$/),
    title: Localized,
    by: z.string().optional().describe('Fact by which it is looked up, such as household.size; absent: one entry for everybody'),
    per: Period.default('year'),
    round: z
      .strictObject({ per: Period, to: z.number().positive(), mode: z.enum(['up', 'down', 'nearest']) })
      .optional()
      .describe('How a percentage of an entry is rounded once it is turned into a period'),
    versions: z.array(
      z.strictObject({
        from: z.iso.date(),
        to: z.iso.date().optional(),
        source: z.strictObject({ title: z.string(), url: z.string(), checked: z.iso.date() }),
        regions: z.record(
          z.string(),
          z.strictObject({
            values: z.array(z.number()).min(1).describe('Entries for 1, 2, 3 …'),
            each_more: z.number().optional().describe('Added for each one beyond the last entry'),
          }),
        ),
      }),
    ),
  })
  .describe('A dated table');
export type RuleTable = z.infer<typeof RuleTable>;

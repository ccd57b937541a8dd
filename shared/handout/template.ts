// What a handout's form is: paper, size of type, and which parts stand on it, in which order.

import { z } from 'zod';
import { Localized } from '../platform/localized.ts';

export const HandoutTemplate = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9._/-]*$/)
    .describe('Stable identifier'),
  label: Localized,
  paper: z.enum(['a4', 'letter']).default('letter').describe('Size of the sheet'),
  textSize: z.number().min(10).max(32).default(13).describe('Points'),
  parts: z.array(z.enum(['heading', 'services', 'map', 'qr', 'crisis', 'footer'])).describe('What stands on it, in this order'),
  serviceParts: z
    .array(z.enum(['summary', 'hours', 'address', 'travel', 'phone', 'bring', 'languages', 'accessibility', 'cost']))
    .describe('What is said of each service, in this order'),
  crisisLines: z
    .array(z.strictObject({ label: Localized, phone: z.string().describe('As it is dialled') }))
    .default([])
    .describe('Whom to call at once'),
});
export type HandoutTemplate = z.infer<typeof HandoutTemplate>;

// Fields that contributions of several points have.

import { z } from 'zod';
import { parseWhen } from '../../platform/when.ts';

export const Id = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._/-]*$/, 'lower-case letters, digits, ".", "_", "-", "/"')
  .describe('Stable identifier');
export const FunctionName = z.string().describe("Name of a function exported by the plugin's main");
export const Path = z.string().regex(/^\.\/(?!.*\.\.)/, 'a path inside the plugin, starting with "./"');
/** A group that repeats and is repeated itself takes exponential time on text that does not match. */
const REPEATED_TWICE = /\([^)]*[*+}][^)]*\)\s*[*+{]/;
export const When = z
  .string()
  .superRefine((clause, context) => {
    const parsed = parseWhen(clause);
    if (!parsed.ok) for (const { message, column } of parsed.issues) context.addIssue(`column ${column ?? 1}: ${message}`);
    else if (REPEATED_TWICE.test(clause)) context.addIssue('a pattern may not repeat a group that repeats in itself');
  })
  .describe('A when clause over context keys, such as "find.hasPlace && !find.running"');
export const Language = z.string().describe('BCP 47 tag, such as "es" or "pt-BR"');
export const Glyph = z.string().describe('Name of a glyph of the icon set');
export const Bounds = z.tuple([z.number(), z.number(), z.number(), z.number()]).describe('[west, south, east, north], degrees');

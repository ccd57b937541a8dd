// What can be chosen: settings, themes, languages.

import { z } from 'zod';
import { Localized } from '../../platform/localized.ts';
import { Id, Language } from './common.ts';

export const SettingContribution = z.strictObject({
  key: z
    .string()
    .regex(/^[a-z][A-Za-z0-9.]*$/)
    .describe('By which it is read and set, such as "calendar.firstDay"'),
  title: Localized,
  description: Localized.optional(),
  scope: z.enum(['deployment', 'agency', 'user']).describe('The narrowest scope in which it can be set'),
  schema: z.record(z.string(), z.unknown()).describe('JSON Schema of the value'),
  default: z.unknown().describe('The value where nobody set one'),
  public: z.boolean().default(false).describe('Readable without an account; everything else is for signed-in users'),
  secret: z.boolean().default(false).describe('Never read by a browser: who may set it learns only whether it is set'),
});
export type SettingContribution = z.infer<typeof SettingContribution>;

/** Another default for a setting that everybody chooses for themselves; what concerns the whole server has no such door. */
export const SettingDefault = z.strictObject({
  key: z.string().describe('Key of a setting of scope "user"'),
  value: z.json().describe('What holds where nobody chose; passed over where the setting does not allow it'),
});
export type SettingDefault = z.infer<typeof SettingDefault>;

/** What a token may be worked out with: nothing that fetches or leaves its declaration. */
const STYLE_FUNCTIONS = new Set([
  'rgb',
  'rgba',
  'hsl',
  'hsla',
  'oklch',
  'oklab',
  'lab',
  'lch',
  'color-mix',
  'calc',
  'min',
  'max',
  'clamp',
  'var',
]);
const TokenValue = z
  .string()
  .max(200)
  .regex(/^[^;{}<>\\@]*$/, 'a value alone, without ";", "{", "\\" or "@"')
  .refine(
    (value) => [...value.matchAll(/([\w-]*)\s*\(/g)].every(([, name = '']) => name === '' || STYLE_FUNCTIONS.has(name.toLowerCase())),
    {
      message: `only these functions: ${[...STYLE_FUNCTIONS].join(', ')}`,
    },
  );

export const ThemeContribution = z.strictObject({
  id: Id,
  label: Localized,
  base: z.enum(['light', 'dark', 'hc-light', 'hc-dark']).describe('The theme whose colours hold where it names none'),
  tokens: z
    .record(z.string().regex(/^--[a-z0-9-]+$/), TokenValue)
    .default({})
    .describe('Token → value, over those of the base'),
});
export type ThemeContribution = z.infer<typeof ThemeContribution>;

export const TranslationContribution = z.strictObject({
  language: Language,
  label: z.string().describe('The language in its own words'),
  direction: z.enum(['ltr', 'rtl']).default('ltr').describe('Whether it is written from the left or from the right'),
  messages: z.record(z.string(), z.string()).describe('Message id → ICU message'),
});
export type TranslationContribution = z.infer<typeof TranslationContribution>;

// Text that carries its own translations: `"Yes"` or `{ en: "Yes", es: "Sí" }`.

import { z } from 'zod';

export const Localized = z
  .union([z.string(), z.record(z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/), z.string())])
  .describe('Text, or text by language tag, such as { "en": "Yes", "es": "Sí" }');

export type Localized = z.infer<typeof Localized>;

/** The text in `language`, else in its base language, else in English, else in whatever there is. */
export function localize(text: Localized, language: string): string {
  if (typeof text === 'string') return text;
  return text[language] ?? text[language.split('-')[0] ?? ''] ?? text['en'] ?? Object.values(text)[0] ?? '';
}

// Texts of a plugin that are in one of its languages and not in another: whoever reads that one sees them in English.

import type { Issue } from '#shared/platform/result.ts';

const LANGUAGE = /^[a-z]{2,3}(-[A-Za-z0-9]+)*$/;
/** Of one point; more of them say nothing new. */
const MOST = 20;

/** Rules are left to their own check, which names file and line. */
export function listUntranslated(contributes: Record<string, readonly unknown[]>): Issue[] {
  const texts = Object.entries(contributes)
    .filter(([point]) => point !== 'eligibilityRules')
    .map(([point, values]) => ({ point, found: listTexts(values) }));
  const languages = [...new Set(texts.flatMap(({ found }) => found.flatMap((text) => Object.keys(text))))];
  return texts.flatMap(({ point, found }) =>
    found
      .flatMap((text) => {
        const missing = languages.filter((language) => !text[language]);
        return missing.length === 0 ? [] : [`"${text['en']}" is not said in ${missing.join(', ')}.`];
      })
      .slice(0, MOST)
      .map((message) => ({ code: 'translation_missing', severity: 'warning', path: point, message: `${point}: ${message}` })),
  );
}

function listTexts(value: unknown): Record<string, string>[] {
  if (typeof value !== 'object' || value === null) return [];
  return isText(value) ? [value] : Object.values(value).flatMap(listTexts);
}

function isText(value: object): value is Record<string, string> {
  return 'en' in value && Object.entries(value).every(([key, text]) => LANGUAGE.test(key) && typeof text === 'string');
}

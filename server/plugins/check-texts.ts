// Texts of a plugin that are in one of its languages and not in another: whoever reads that one sees them in English.

import type { Path } from '#shared/eligibility/rule-file.ts';
import type { Issue } from '#shared/platform/result.ts';
import type { WrittenPart } from './written-parts.ts';

const LANGUAGE = /^[a-z]{2,3}(-[A-Za-z0-9]+)*$/;
/** Of one point; more of them say nothing new. */
const MOST = 20;

/** Rules are left to their own check, which names file and line. */
export function listUntranslated(parts: readonly WrittenPart[]): Issue[] {
  const texts = parts
    .filter(({ point }) => point !== 'eligibilityRules')
    .flatMap((part) => listTexts(part.raw).map(({ text, at }) => ({ part, text, at })));
  const languages = [...new Set(texts.flatMap(({ text }) => Object.keys(text)))];
  const told = new Map<string, number>();
  return texts.flatMap(({ part: { point, file, locate }, text, at }): Issue[] => {
    const missing = languages.filter((language) => !text[language]);
    const count = told.get(point) ?? 0;
    if (missing.length === 0 || count >= MOST) return [];
    told.set(point, count + 1);
    const message = `"${text['en']}" is not said in ${missing.join(', ')}.`;
    return [{ code: 'translation_missing', severity: 'warning', path: point, file, ...locate(at), message }];
  });
}

function listTexts(value: unknown, at: Path = []): { text: Record<string, string>; at: Path }[] {
  if (typeof value !== 'object' || value === null) return [];
  if (isText(value)) return [{ text: value, at }];
  return Object.entries(value).flatMap(([key, child]) => listTexts(child, [...at, Array.isArray(value) ? Number(key) : key]));
}

function isText(value: object): value is Record<string, string> {
  return 'en' in value && Object.entries(value).every(([key, text]) => LANGUAGE.test(key) && typeof text === 'string');
}

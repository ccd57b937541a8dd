// Languages that a person may be asked for: those most spoken in homes of the United States besides English, and sign language.

import { languageName, type LanguageReader } from '#client/ui/language-names.ts';

const TAGS = ['en', 'es', 'zh', 'tl', 'vi', 'ar', 'fr', 'ko', 'ru', 'pt', 'ht', 'hi', 'de', 'pl', 'it', 'ur', 'fa', 'gu', 'te', 'bn', 'ja', 'pa', 'so', 'am', 'sw', 'uk', 'ne', 'my', 'ti', 'ps', 'prs', 'km', 'hmn', 'rw', 'ase']; // prettier-ignore

/** In the reader's own words and alphabet. */
export function listLanguages(reader: LanguageReader): { value: string; label: string }[] {
  const listed = TAGS.map((value) => ({ value, label: languageName(value, reader) }));
  return listed.sort((a, b) => a.label.localeCompare(b.label, reader.locale));
}

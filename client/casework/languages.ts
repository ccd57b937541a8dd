// Languages that a person may be asked for: those most spoken in homes of the United States besides English, and sign language.

const TAGS = ['en', 'es', 'zh', 'tl', 'vi', 'ar', 'fr', 'ko', 'ru', 'pt', 'ht', 'hi', 'de', 'pl', 'it', 'ur', 'fa', 'gu', 'te', 'bn', 'ja', 'pa', 'so', 'am', 'sw', 'uk', 'ne', 'my', 'ti', 'ps', 'prs', 'km', 'hmn', 'rw', 'ase']; // prettier-ignore

/** In the reader's own words and alphabet. */
export function listLanguages(locale: string): { value: string; label: string }[] {
  const names = new Intl.DisplayNames([locale], { type: 'language', fallback: 'code' });
  return TAGS.map((value) => ({ value, label: names.of(value) ?? value })).sort((a, b) => a.label.localeCompare(b.label, locale));
}

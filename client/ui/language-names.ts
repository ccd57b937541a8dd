// Names of languages in the reader's language. Browsers know the most spoken ones; sign languages and many that are spoken
// by those whom services are for they do not: the words for these are ours.

import { messages } from './messages.ts';

export interface LanguageReader {
  readonly locale: string;
  t(id: string): string;
}

const browserNames = new Map<string, Intl.DisplayNames>();

/** "Spanish" for `es`; what is no code of a language, or of one without a known name, stays as it is. */
export function languageName(code: string, reader: LanguageReader): string {
  const { locale } = reader;
  const own = `language.${code.toLowerCase()}`;
  if (own in messages) return reader.t(own);
  try {
    let names = browserNames.get(locale);
    if (!names) browserNames.set(locale, (names = new Intl.DisplayNames([locale], { type: 'language', fallback: 'none' })));
    return names.of(code) ?? code;
  } catch {
    // A directory may write words where a code belongs.
    return code;
  }
}

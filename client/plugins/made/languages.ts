// Languages by their names in the reader's language.

export function languageName(locale: string, language: string): string {
  try {
    return new Intl.DisplayNames([locale], { type: 'language', fallback: 'code' }).of(language) ?? language;
  } catch {
    return language;
  }
}

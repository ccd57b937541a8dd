// The interface's texts: English brought by features, other languages as bundles. ICU messages, formatted in the reader's
// language; what a bundle lacks is said in English, and an id that nobody brought is shown as it is.

import { createIntl, createIntlCache, type IntlShape } from '@formatjs/intl';
import { SvelteMap } from 'svelte/reactivity';
import { toDisposable, type Disposable } from '#shared/platform/disposable.ts';

export interface LanguageLabel {
  language: string;
  /** The language in its own words. */
  label: string;
  direction: 'ltr' | 'rtl';
}

export const ENGLISH: LanguageLabel = { language: 'en', label: 'English', direction: 'ltr' };

/** Digits of the language as the product writes them: Latin everywhere, as on the phones and clocks beside them. */
export function toLocale(language: string): string {
  return /^(ar|fa|ur|ps|ckb|my|ne|mr|bn)\b/.test(language) ? `${language}-u-nu-latn` : language;
}

export class MessageCatalog {
  readonly #english = new SvelteMap<string, string>();
  readonly #bundles = new SvelteMap<string, Readonly<Record<string, string>>>();
  readonly #languages = new SvelteMap<string, LanguageLabel>([['en', ENGLISH]]);
  readonly #formatters = new Map<string, IntlShape<string>>();
  readonly #cache = createIntlCache();

  /** Adds English texts of a feature. */
  register(messages: Readonly<Record<string, string>>): Disposable {
    for (const [id, text] of Object.entries(messages)) this.#english.set(id, text);
    return toDisposable(() => {
      for (const [id, text] of Object.entries(messages)) if (this.#english.get(id) === text) this.#english.delete(id);
    });
  }

  /** Adds texts of one language to what is there of it. */
  addBundle(language: string, messages: Readonly<Record<string, string>>): void {
    this.#bundles.set(language, { ...this.#bundles.get(language), ...messages });
  }

  addLanguage(language: LanguageLabel): void {
    this.#languages.set(language.language, language);
  }

  hasBundle(language: string): boolean {
    return language === 'en' || this.#bundles.has(language);
  }

  /** All languages there are, English first, the rest by their own names. */
  get languages(): LanguageLabel[] {
    const [english, ...others] = [...this.#languages.values()];
    return [english ?? ENGLISH, ...others.toSorted((a, b) => a.label.localeCompare(b.label))];
  }

  directionOf(language: string): 'ltr' | 'rtl' {
    return this.#languages.get(language)?.direction ?? (/^(ar|fa|he|ur|ps|ckb|yi)\b/.test(language) ? 'rtl' : 'ltr');
  }

  /** The language among those there are that fits the wishes best; English where none does. */
  chooseLanguage(wishes: readonly string[]): string {
    for (const wish of wishes) {
      const found = [wish, wish.split('-')[0] ?? ''].find((tag) => this.#languages.has(tag));
      if (found) return found;
    }
    return 'en';
  }

  format(language: string, id: string, values?: Readonly<Record<string, unknown>>): string {
    const translated = this.#bundles.get(language)?.[id];
    const text = translated ?? this.#english.get(id);
    if (text === undefined) return id;
    if (!/[{}'<]/.test(text)) return text;
    const formatter = this.#formatter(translated === undefined ? 'en' : language);
    return formatter.formatMessage({ id, defaultMessage: text }, values as Record<string, string | number>);
  }

  #formatter(language: string): IntlShape<string> {
    let formatter = this.#formatters.get(language);
    if (!formatter) {
      const locale = toLocale(language);
      formatter = createIntl({ locale, defaultLocale: locale, messages: {}, onError: () => {}, onWarn: () => {} }, this.#cache);
      this.#formatters.set(language, formatter);
    }
    return formatter;
  }
}

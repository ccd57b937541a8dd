// The interface's texts: English brought by features, other languages as bundles that arrive later. Reading a text in a
// component is reactive; what a bundle lacks is said in English, and an id that nobody brought is shown as it is.

import { SvelteMap } from 'svelte/reactivity';
import { toDisposable, type Disposable } from '#shared/platform/disposable.ts';
import { createMessages, type MessageBundle, type Messages, type MessageValue } from '#shared/platform/messages.ts';

export interface LanguageLabel {
  language: string;
  /** The language in its own words. */
  label: string;
  direction: 'ltr' | 'rtl';
}

const ENGLISH: LanguageLabel = { language: 'en', label: 'English', direction: 'ltr' };

/**
 * The language as the reader's country writes it, where their browser says which one, with the digits that the product writes:
 * Latin everywhere, as on the phones and clocks beside them.
 */
export function toLocale(language: string, preferred: readonly string[] = navigator.languages): string {
  const own = preferred.find((one) => one.startsWith(`${language}-`)) ?? language;
  return /^(ar|fa|ur|ps|ckb|my|ne|mr|bn)\b/.test(own) ? new Intl.Locale(own, { numberingSystem: 'latn' }).toString() : own;
}

interface Formatter {
  messages: Messages;
  /** What it was made of; another bundle makes it stale. */
  english: MessageBundle;
  own: MessageBundle;
}

const NOTHING: MessageBundle = {};

export class MessageCatalog {
  readonly #bundles = new SvelteMap<string, MessageBundle>();
  readonly #languages = new SvelteMap<string, LanguageLabel>([['en', ENGLISH]]);
  readonly #formatters = new Map<string, Formatter>();

  /** Adds English texts of a feature. */
  register(messages: MessageBundle): Disposable {
    this.addBundle('en', messages);
    return toDisposable(() => {
      const left = Object.entries(this.#bundles.get('en') ?? {}).filter(([id, text]) => messages[id] !== text);
      this.#bundles.set('en', Object.fromEntries(left));
    });
  }

  /** Adds texts of one language to what is there of it. */
  addBundle(language: string, messages: MessageBundle): void {
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
    const english = this.#bundles.get('en') ?? NOTHING;
    const own = language === 'en' ? english : (this.#bundles.get(language) ?? NOTHING);
    const text = own[id] ?? english[id];
    if (text === undefined) return id;
    if (!/[{}'<]/.test(text)) return text;
    let formatter = this.#formatters.get(language);
    if (formatter?.english !== english || formatter.own !== own) {
      const bundles = [
        ['en', english],
        [language.split('-')[0] ?? 'en', own],
      ] as const;
      formatter = {
        english,
        own,
        messages: createMessages({ language: toLocale(language), bundles: language === 'en' ? bundles.slice(0, 1) : bundles }),
      };
      this.#formatters.set(language, formatter);
    }
    return formatter.messages.format(id, values as Readonly<Record<string, MessageValue>>);
  }
}

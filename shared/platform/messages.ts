// ICU messages by language. What a language lacks is said in English, so that nobody ever reads an id.

import { createIntl, createIntlCache, type IntlShape } from '@formatjs/intl';

/** Message id → ICU message. */
export type MessageBundle = Readonly<Record<string, string>>;

export type MessageValue = string | number | boolean | Date | null | undefined;

export interface Messages {
  readonly language: string;
  /** The message, or the id itself where no bundle has it. */
  format(id: string, values?: Readonly<Record<string, MessageValue>>): string;
  has(id: string): boolean;
  /** "a, b or c" as the language writes it. */
  list(items: readonly string[], kind?: 'and' | 'or'): string;
  number(value: number, options?: Intl.NumberFormatOptions): string;
  date(day: Date, options?: Intl.DateTimeFormatOptions): string;
}

export interface MessagesOptions {
  /** BCP 47 tag; "es-MX" reads the bundle "es" where there is none of its own. */
  language: string;
  /** Bundles by language tag; later ones of the same language win id by id. */
  bundles: readonly (readonly [language: string, bundle: MessageBundle])[];
}

export function createMessages({ language, bundles }: MessagesOptions): Messages {
  const tag = Intl.getCanonicalLocales(toTag(language))[0] ?? 'en';
  const base = tag.split('-')[0]!;
  const of = (wanted: string): MessageBundle => Object.assign({}, ...bundles.filter(([l]) => l === wanted).map(([, b]) => b)) as MessageBundle;
  const own: MessageBundle = { ...(base === tag ? {} : of(base)), ...of(tag) };
  const english = of('en');

  const cache = createIntlCache();
  const formatter = (locale: string, messages: MessageBundle): IntlShape<string> =>
    createIntl({ locale, messages: messages as Record<string, string>, onError: () => undefined, onWarn: () => undefined, defaultLocale: 'en', timeZone: 'UTC' }, cache);
  const inOwn = formatter(tag, own);
  const inEnglish = base === 'en' ? inOwn : formatter('en', english);

  return {
    language: tag,
    has: (id) => id in own || id in english,
    format(id, values = {}) {
      if (id in own) {
        const text = inOwn.formatMessage({ id }, values);
        // A broken translation comes back as it was written; English is better than that.
        if (text !== own[id] || !own[id].includes('{') || base === 'en') return text;
      }
      return id in english ? inEnglish.formatMessage({ id }, values) : id;
    },
    list: (items, kind = 'and') => new Intl.ListFormat(tag, { type: kind === 'and' ? 'conjunction' : 'disjunction' }).format(items),
    number: (value, options) => inOwn.formatNumber(value, options as Parameters<typeof inOwn.formatNumber>[1]),
    date: (day, options = { dateStyle: 'medium' }) => new Intl.DateTimeFormat(tag, { ...options, timeZone: 'UTC' }).format(day),
  };
}

function toTag(language: string): string {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? 'en';
  } catch {
    return 'en';
  }
}

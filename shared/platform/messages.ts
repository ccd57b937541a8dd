// ICU messages by language. What a language lacks is said in English, so that nobody ever reads an id.

import { IntlMessageFormat } from 'intl-messageformat';

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

/** Numbers of one form that are remembered. */
const MOST_WRITTEN = 1000;

export function createMessages({ language, bundles }: MessagesOptions): Messages {
  const tag = toTag(language);
  const base = tag.split('-')[0]!;
  const of = (wanted: string): MessageBundle =>
    Object.assign({}, ...bundles.filter(([l]) => l === wanted).map(([, b]) => b)) as MessageBundle;
  const own = new Formatter(tag, { ...(base === tag ? {} : of(base)), ...of(tag) });
  const english = base === 'en' ? own : new Formatter('en', of('en'));
  const lists = { and: new Intl.ListFormat(tag, { type: 'conjunction' }), or: new Intl.ListFormat(tag, { type: 'disjunction' }) };
  const numbers = new Map<string, NumberWriter>();

  return {
    language: tag,
    has: (id) => own.find(id) !== undefined || english.find(id) !== undefined,
    // A broken translation is no reason to show nothing: English stands in.
    format: (id, values = {}) => own.format(id, values) ?? english.format(id, values) ?? id,
    list: (items, kind = 'and') => lists[kind].format(items),
    number(value, options) {
      const key = options ? JSON.stringify(options) : '';
      let writer = numbers.get(key);
      if (!writer) numbers.set(key, (writer = new NumberWriter(tag, options)));
      return writer.write(value);
    },
    date: (day, options = { dateStyle: 'medium' }) => new Intl.DateTimeFormat(tag, { ...options, timeZone: 'UTC' }).format(day),
  };
}

const RIGHT_TO_LEFT = new Set(['Arab', 'Hebr', 'Thaa', 'Syrc', 'Nkoo', 'Adlm', 'Rohg']);

/** Numbers in one form; those that come again and again are written once. */
class NumberWriter {
  readonly #format: Intl.NumberFormat;
  readonly #written = new Map<number, string>();

  constructor(tag: string, options: Intl.NumberFormatOptions | undefined) {
    this.#format = new Intl.NumberFormat(tag, options);
  }

  write(value: number): string {
    let text = this.#written.get(value);
    if (text === undefined) {
      if (this.#written.size >= MOST_WRITTEN) this.#written.clear();
      this.#written.set(value, (text = this.#format.format(value)));
    }
    return text;
  }
}

/** Messages of one language, each parsed when it is first said. */
class Formatter {
  readonly #locale: string;
  readonly #bundle: MessageBundle;
  readonly #parsed = new Map<string, IntlMessageFormat | undefined>();

  constructor(locale: string, bundle: MessageBundle) {
    this.#locale = locale;
    this.#bundle = bundle;
  }

  find(id: string): IntlMessageFormat | undefined {
    if (!this.#parsed.has(id)) this.#parsed.set(id, this.#parse(id));
    return this.#parsed.get(id);
  }

  /** Undefined where there is no such message, or it cannot be said with these values. */
  format(id: string, values: Readonly<Record<string, MessageValue>>): string | undefined {
    try {
      const text: unknown = this.find(id)?.format(values);
      return typeof text === 'string' ? text : undefined;
    } catch {
      return undefined;
    }
  }

  #parse(id: string): IntlMessageFormat | undefined {
    const text = Object.hasOwn(this.#bundle, id) ? this.#bundle[id] : undefined;
    if (text === undefined) return undefined;
    try {
      // Tags are text here: no message holds markup.
      const message = new IntlMessageFormat(text, this.#locale, undefined, { ignoreTag: true });
      return isRightToLeft(this.#locale) ? new IntlMessageFormat(isolate(message.getAst()), this.#locale) : message;
    } catch {
      return undefined;
    }
  }
}

type Ast = ReturnType<IntlMessageFormat['getAst']>;
const [LITERAL, ARGUMENT] = [0, 1];

/**
 * Sets what is filled in apart from the text around it (Unicode's first strong isolate): a name in Latin letters or a telephone
 * number in an Arabic sentence keeps its own order, and its brackets and full stops stay where they belong.
 */
function isolate(ast: Ast): Ast {
  return ast.flatMap((element): Ast => {
    if (element.type === ARGUMENT) return [{ type: LITERAL, value: '\u2068' }, element, { type: LITERAL, value: '\u2069' }] as Ast;
    if (!('options' in element)) return [element];
    const options = Object.entries(element.options).map(([name, option]) => [name, { ...option, value: isolate(option.value) }]);
    return [{ ...element, options: Object.fromEntries(options) } as Ast[number]];
  });
}

function isRightToLeft(locale: string): boolean {
  return RIGHT_TO_LEFT.has(new Intl.Locale(locale).maximize().script ?? '');
}

function toTag(language: string): string {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? 'en';
  } catch {
    return 'en';
  }
}

// Texts that a plugin keeps apart from its contributions: "%key%" stands for the text of that key in package.nls.json (English) and
// in package.nls.<language>.json, which translators can work on without seeing anything else of the plugin.

import { localize } from '#shared/platform/localized.ts';
import type { Issue } from '#shared/platform/result.ts';

/** In JavaScript's own notation, as the server counts file sizes. */
const LARGEST_FILE = 200_000;
const LONGEST_TEXT = 4000;
const FILE = /^package\.nls(?:\.([a-z]{2,3}(?:-[A-Za-z0-9]+)*))?\.json$/;
const KEY = /^[A-Za-z][\w.-]{0,199}$/;
const MENTION = /^%([^%\s]{1,200})%$/;
/** The language of the file that names none. */
const FIRST = 'en';

export function isTextFile(name: string): boolean {
  return FILE.test(name);
}

/** The texts of one plugin, and which of them are mentioned anywhere. */
export class PluginTexts {
  /** What is wrong with the files. */
  readonly issues: Issue[] = [];
  /** By key: one text, or one by language. */
  readonly #byKey = new Map<string, Record<string, string>>();
  /** Keys by language. */
  readonly #languages = new Map<string, Set<string>>();
  readonly #mentioned = new Set<string>();

  /** @param files name → content, of those for which `isTextFile` holds */
  constructor(files: Iterable<readonly [name: string, content: string]>) {
    for (const [file, content] of files) {
      const language = FILE.exec(file)?.[1] ?? FIRST;
      const keys = this.#languages.get(language) ?? new Set<string>();
      this.#languages.set(language, keys);
      for (const [key, text] of readFile(file, content, this.issues)) {
        keys.add(key);
        this.#byKey.set(key, { ...this.#byKey.get(key), [language]: text });
      }
    }
  }

  /**
   * The value with each "%key%" replaced by its texts, wherever it stands; a key without a text stays as it is.
   * @param onMissing hears of each key that has none
   * @param language given: of the texts only that of this language, for where one text must stand
   */
  resolve<T>(value: T, onMissing: (key: string) => void, language?: string): T {
    const replace = (part: unknown): unknown => {
      if (typeof part === 'string') {
        const key = MENTION.exec(part)?.[1];
        if (key === undefined) return part;
        this.#mentioned.add(key);
        const texts = this.#byKey.get(key);
        if (!texts) onMissing(key);
        return texts === undefined ? part : language === undefined ? { ...texts } : localize(texts, language);
      }
      if (Array.isArray(part)) return part.map(replace);
      if (typeof part !== 'object' || part === null) return part;
      return Object.fromEntries(Object.entries(part).map(([name, inner]) => [name, replace(inner)]));
    };
    return replace(value) as T;
  }

  /** Of a manifest: what it says of itself and why it asks for something is said in English. */
  resolveManifest(json: unknown, onMissing: (key: string) => void): unknown {
    const resolved = this.resolve(json, onMissing);
    const { description, waypost } = (json ?? {}) as { description?: unknown; waypost?: { permissions?: unknown } };
    if (typeof resolved !== 'object' || resolved === null) return resolved;
    const english = (part: unknown) => this.resolve(part, () => undefined, FIRST);
    return {
      ...resolved,
      ...(description !== undefined && { description: english(description) }),
      ...(waypost?.permissions !== undefined && {
        waypost: { ...(resolved as { waypost: object }).waypost, permissions: english(waypost.permissions) },
      }),
    };
  }

  /** What is left over or missing: texts that nothing mentions, and languages that say less than the others. */
  listGaps(): Issue[] {
    const issues: Issue[] = [];
    const warn = (message: string) => issues.push({ code: 'texts', severity: 'warning', message });
    const unused = [...this.#byKey.keys()].filter((key) => !this.#mentioned.has(key));
    if (unused.length > 0)
      warn(`Nothing uses ${say(unused)} of package.nls.json. Take it out, or write "%${unused[0]}%" where the text belongs.`);
    for (const [language, keys] of this.#languages) {
      const missing = [...this.#byKey.keys()].filter((key) => !keys.has(key));
      const file = language === FIRST ? 'package.nls.json' : `package.nls.${language}.json`;
      if (missing.length > 0) warn(`${file} has ${keys.size} of ${this.#byKey.size} texts; it lacks ${say(missing)}.`);
    }
    return issues;
  }
}

function readFile(file: string, content: string, issues: Issue[]): [string, string][] {
  const refuse = (message: string): [] => {
    issues.push({ code: 'invalid_texts', severity: 'error', file, message: `${file}: ${message}` });
    return [];
  };
  if (content.length > LARGEST_FILE) return refuse(`it is larger than ${LARGEST_FILE / 1000} kB`);
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch (error) {
    return refuse(`it cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return refuse('it is no object of keys and texts');
  return Object.entries(json).flatMap(([key, text]): [string, string][] => {
    if (!KEY.test(key)) return refuse(`"${key.slice(0, 40)}" cannot be a key: letters, digits, ".", "_", "-", a letter first`);
    if (typeof text !== 'string') return refuse(`"${key}" is no text`);
    if (text.length > LONGEST_TEXT) return refuse(`"${key}" is longer than ${LONGEST_TEXT} characters`);
    return [[key, text]];
  });
}

const NAMED = 5;
function say(keys: readonly string[]): string {
  const named = keys.slice(0, NAMED).map((key) => `"${key}"`);
  return keys.length > NAMED ? `${named.join(', ')} and ${keys.length - NAMED} more` : named.join(', ');
}

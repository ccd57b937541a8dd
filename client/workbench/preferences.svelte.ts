// What a person chose for themselves in this browser: theme, text size, language, keys. Nothing of what they look for.

import type { OwnKeybindings } from './commands.ts';

export type TextSize = 'default' | 'large' | 'larger';

export interface PreferenceValues {
  /** A theme's id, or "system". */
  theme: string;
  textSize: TextSize;
  /** A language tag, or "auto": the browser's. */
  language: string;
  keybindings: OwnKeybindings;
  /** Commands and quick-open items used last, newest first: ids only of commands. */
  recentCommands: readonly string[];
}

const KEY = 'waypost.preferences';

const DEFAULTS: PreferenceValues = { theme: 'system', textSize: 'default', language: 'auto', keybindings: {}, recentCommands: [] };

export class Preferences {
  #values = $state.raw<PreferenceValues>(readStored(KEY, DEFAULTS));
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing is drawn from listeners
  readonly #listeners = new Set<(key: keyof PreferenceValues) => void>();

  get values(): PreferenceValues {
    return this.#values;
  }

  set<K extends keyof PreferenceValues>(key: K, value: PreferenceValues[K]): void {
    this.#values = { ...this.#values, [key]: value };
    writeStored(KEY, this.#values);
    for (const listener of this.#listeners) listener(key);
  }

  /** Hears of each change made here, so that an account can keep it too. */
  onDidChange(listener: (key: keyof PreferenceValues) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** What is stored, over the defaults; the defaults alone where storage is closed or holds something else. */
export function readStored<T extends object>(key: string, defaults: T): T {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
    return typeof stored === 'object' && stored !== null ? { ...defaults, ...stored } : defaults;
  } catch {
    return defaults;
  }
}

export function writeStored(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // A browser that keeps nothing (private window, full disk) still works: it only forgets.
  }
}

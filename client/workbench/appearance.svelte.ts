// How the page looks: theme, text size, width class, and the attributes of <html> that carry them.

import { MediaQuery } from 'svelte/reactivity';
import type { Preferences } from './preferences.svelte.ts';

type BaseTheme = 'light' | 'dark' | 'hc-light' | 'hc-dark';

export interface Theme {
  id: string;
  label: string;
  base: BaseTheme;
  /** Token → value, over those of the base. */
  tokens: Readonly<Record<string, string>>;
}

const BASE_THEMES: readonly BaseTheme[] = ['light', 'dark', 'hc-light', 'hc-dark'];

/** Narrower than this the parts stack as on a phone. */
const PHONE_BELOW = 720;
/** Narrower than this there is no room for two editors beside a side bar. */
const COMPACT_BELOW = 1100;

export class Appearance {
  readonly #preferences: Preferences;
  readonly #dark = new MediaQuery('(prefers-color-scheme: dark)');
  readonly #contrast = new MediaQuery('(prefers-contrast: more)');
  readonly #phone = new MediaQuery(`(max-width: ${PHONE_BELOW - 0.02}px)`);
  readonly #compact = new MediaQuery(`(max-width: ${COMPACT_BELOW - 0.02}px)`);
  /** Contributed themes; the four bases are always there, named by their ids until someone brings labels. */
  themes = $state.raw<readonly Theme[]>(BASE_THEMES.map((id) => ({ id, label: id, base: id, tokens: {} })));

  constructor(preferences: Preferences) {
    this.#preferences = preferences;
  }

  get phone(): boolean {
    return this.#phone.current;
  }

  get compact(): boolean {
    return this.#compact.current;
  }

  /** The theme in force: the chosen one, or what the system asks for. */
  get theme(): Theme {
    const chosen = this.themes.find((theme) => theme.id === this.#preferences.values.theme);
    if (chosen) return chosen;
    const base: BaseTheme = this.#contrast.current ? (this.#dark.current ? 'hc-dark' : 'hc-light') : this.#dark.current ? 'dark' : 'light';
    return this.themes.find((theme) => theme.id === base) ?? { id: base, label: base, base, tokens: {} };
  }

  /** Writes theme and text size on <html>. */
  apply(root: HTMLElement): void {
    const { theme } = this;
    root.dataset['theme'] = theme.base;
    root.dataset['text'] = this.#preferences.values.textSize;
    for (const name of [...root.style]) if (name.startsWith('--')) root.style.removeProperty(name);
    for (const [name, value] of Object.entries(theme.tokens)) root.style.setProperty(name, value);
  }
}

// How the parts get their few words: whoever draws them hands down a translation by context.

import { getContext, setContext } from 'svelte';

export type Translate = (id: string, values?: Record<string, unknown>) => string;

const KEY = Symbol('translate');

export function provideTranslate(translate: Translate): void {
  setContext(KEY, translate);
}

/** The translation handed down; English without values where there is none. */
export function useTranslate(): Translate {
  return getContext<Translate | undefined>(KEY) ?? ((id) => id);
}

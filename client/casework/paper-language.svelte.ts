// In which language a paper is written that a client takes along: the one that was chosen, else the one they speak, else the
// screen's.

import { getContributions } from '#client/api.ts';
import type { WorkbenchApi } from '#client/workbench/types.ts';
import type { PersonState } from './person.svelte.ts';

interface PaperLanguageChoice {
  language: string;
  label: string;
  direction: 'ltr' | 'rtl';
}

export class PaperLanguage {
  readonly #person: PersonState;
  readonly #workbench: WorkbenchApi;
  #translated = $state.raw<readonly PaperLanguageChoice[]>([]);
  chosen = $state<string>();

  /** Of the client, as far as it is known. */
  readonly spoken = $derived.by(() => {
    const language = this.#person.record?.contact.language;
    return typeof language === 'object' ? language.value.split('-')[0] : undefined;
  });
  readonly all: readonly PaperLanguageChoice[] = $derived([
    { language: 'en', label: 'English', direction: 'ltr' },
    ...this.#translated.filter(({ language }) => language !== 'en'),
  ]);
  readonly current: string = $derived.by(() => {
    const theirs = this.all.find(({ language }) => language === this.spoken)?.language;
    return this.chosen ?? theirs ?? this.#workbench.language.split('-')[0]!;
  });
  readonly direction = $derived(this.all.find(({ language }) => language === this.current)?.direction ?? 'ltr');
  readonly options = $derived(this.all.map(({ language, label }) => ({ value: language, label })));

  constructor(person: PersonState, workbench: WorkbenchApi) {
    this.#person = person;
    this.#workbench = workbench;
  }

  /** Learns which languages the product speaks here. */
  async load(): Promise<void> {
    this.#translated = (await getContributions(this.#workbench.language)).languages;
  }
}

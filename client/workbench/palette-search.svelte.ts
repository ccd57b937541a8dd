// What the palette finds: every provider is asked at each letter, the last question alone counts, and slow answers are
// dropped when a newer question is under way.

import type { QuickOpenItem, QuickOpenProvider } from './types.ts';

export interface PaletteGroup {
  provider: QuickOpenProvider;
  items: readonly QuickOpenItem[];
  failed: boolean;
}

export class PaletteSearch {
  groups = $state.raw<readonly PaletteGroup[]>([]);
  /** Some provider has not answered yet. */
  busy = $state(false);
  #asked: AbortController | undefined;

  /** The provider that a first character chooses alone, and what is left of the text. */
  static route(text: string, providers: readonly QuickOpenProvider[]): { providers: readonly QuickOpenProvider[]; query: string } {
    const alone = providers.find((provider) => provider.prefix !== undefined && text.startsWith(provider.prefix));
    return alone?.prefix !== undefined
      ? { providers: [alone], query: text.slice(alone.prefix.length).trim() }
      : { providers, query: text.trim() };
  }

  async ask(text: string, all: readonly QuickOpenProvider[]): Promise<void> {
    this.#asked?.abort();
    const asked = new AbortController();
    this.#asked = asked;
    const { providers, query } = PaletteSearch.route(text, all);
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- shown by assigning `groups`
    const answers = new Map<string, PaletteGroup>();
    const show = () => {
      if (asked.signal.aborted) return;
      // Until a provider answers, what it gave to the question before stays, so that the list does not jump.
      this.groups = providers.flatMap(
        (provider) => answers.get(provider.id) ?? this.groups.find((group) => group.provider.id === provider.id) ?? [],
      );
    };
    this.busy = true;
    const pending = providers.map(async (provider) => {
      try {
        const found = provider.provide(query, asked.signal);
        const items = Array.isArray(found) ? found : await found;
        answers.set(provider.id, { provider, items: items.toSorted((a, b) => (b.score ?? 0) - (a.score ?? 0)), failed: false });
      } catch {
        if (!asked.signal.aborted) answers.set(provider.id, { provider, items: [], failed: true });
      }
      show();
    });
    show();
    await Promise.all(pending);
    if (!asked.signal.aborted) this.busy = false;
  }

  stop(): void {
    this.#asked?.abort();
  }
}

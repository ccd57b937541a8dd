// A list of things by id that components can read and be redrawn by. Each registration can be taken back.

import { SvelteMap } from 'svelte/reactivity';
import { toDisposable, type Disposable } from '#shared/platform/disposable.ts';

export class Registry<T extends { id: string }> {
  readonly #what: string;
  readonly #items = new SvelteMap<string, T>();

  /** @param what the kind of thing, for the message when an id is taken */
  constructor(what: string) {
    this.#what = what;
  }

  register(item: T): Disposable {
    if (this.#items.has(item.id)) throw new Error(`The ${this.#what} "${item.id}" is registered twice.`);
    this.#items.set(item.id, item);
    return toDisposable(() => this.#items.delete(item.id));
  }

  find(id: string): T | undefined {
    return this.#items.get(id);
  }

  /** In the order of registration. */
  get all(): T[] {
    return [...this.#items.values()];
  }
}

/** By `order`, then by id, so that the order is the same however features were loaded. */
export function inOrder<T extends { id: string; order: number }>(items: readonly T[]): T[] {
  return items.toSorted((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1));
}

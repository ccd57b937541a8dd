// Names of cells that are shown: what stands in their middle. They are asked for together, once each, as they come into sight.

import { SvelteMap } from 'svelte/reactivity';
import type { GapServer } from './server.ts';

/** So many the server names at once. */
const BATCH = 200;

export class CellNames {
  readonly #server: Pick<GapServer, 'namePlaces'>;
  /** null: nobody knows. */
  readonly #names = new SvelteMap<string, string | null>();
  /** Not asked for yet. */
  #wanted: string[] = [];
  #asking = false;

  constructor(server: Pick<GapServer, 'namePlaces'>) {
    this.#server = server;
  }

  /** Reactive: null until it is known. */
  of(cell: string): string | null {
    const name = this.#names.get(cell);
    if (name === undefined && !this.#wanted.includes(cell)) {
      this.#wanted.push(cell);
      if (!this.#asking) void this.#ask();
    }
    return name ?? null;
  }

  /** What is known of it, without asking. */
  known(cell: string): string | null {
    return this.#names.get(cell) ?? null;
  }

  async #ask(): Promise<void> {
    this.#asking = true;
    // Whatever is drawn now is asked for together.
    await Promise.resolve();
    while (this.#wanted.length > 0) {
      const cells = this.#wanted.slice(0, BATCH);
      // Without a name a cell goes by its code.
      const names = await this.#server.namePlaces(cells).catch(() => []);
      for (const [i, cell] of cells.entries()) this.#names.set(cell, names[i] ?? null);
      this.#wanted = this.#wanted.filter((cell) => !cells.includes(cell));
    }
    this.#asking = false;
  }
}

// Context keys: what the state of the workbench is called in when clauses. Reading one in a component is reactive.

import { SvelteMap } from 'svelte/reactivity';
import { evaluateWhen, parseWhen, type When } from '#shared/platform/when.ts';

export class ContextKeys {
  readonly #values = new SvelteMap<string, unknown>();
  readonly #parsed = new Map<string, When | null>();
  readonly #onFault: (message: string) => void;

  /** @param onFault hears of a clause that cannot be read; such a clause never holds */
  constructor(onFault: (message: string) => void) {
    this.#onFault = onFault;
  }

  get = (key: string): unknown => this.#values.get(key);

  set(key: string, value: unknown): void {
    if (this.#values.get(key) !== value) this.#values.set(key, value);
  }

  /** True where there is no clause, or it holds; `also`: keys of the thing at hand, before those of the workbench. */
  holds(clause: string | undefined, also: Readonly<Record<string, unknown>> = {}): boolean {
    if (clause === undefined || clause === '') return true;
    let when = this.#parsed.get(clause);
    if (when === undefined) {
      const parsed = parseWhen(clause);
      when = parsed.ok ? parsed.value : null;
      if (!parsed.ok) this.#onFault(`The condition "${clause}" cannot be read: ${parsed.issues[0]?.message ?? ''}`);
      this.#parsed.set(clause, when);
    }
    return when !== null && evaluateWhen(when, (key) => (Object.hasOwn(also, key) ? also[key] : this.get(key)));
  }
}

// Services that are chosen for one change, whatever list they were chosen in: they stay chosen until someone lets go.
/* eslint-disable svelte/prefer-svelte-reactivity -- thousands of ids: shown by assigning the whole set */

export class Chosen {
  ids = $state.raw<ReadonlySet<string>>(new Set());
  /** All of the list that is shown is among them. */
  isAll = $state(false);
  /** The row from which a stretch is chosen. */
  anchor = -1;

  get size(): number {
    return this.ids.size;
  }

  has(id: string): boolean {
    return this.ids.has(id);
  }

  add(ids: readonly string[]): void {
    this.ids = new Set([...this.ids, ...ids]);
  }

  addAll(ids: readonly string[]): void {
    this.add(ids);
    this.isAll = true;
  }

  toggle(id: string): void {
    if (!this.has(id)) return this.add([id]);
    this.ids = new Set([...this.ids].filter((other) => other !== id));
    this.isAll = false;
  }

  clear(): void {
    [this.ids, this.isAll, this.anchor] = [new Set(), false, -1];
  }

  /** Another list is shown, or the same one after a change: nobody knows whether all of it is chosen. */
  listChanged(isSame: boolean): void {
    this.isAll = false;
    if (!isSame) this.anchor = -1;
  }
}

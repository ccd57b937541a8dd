// A search that found nothing usable, on its way to be counted: what is asked of whoever searched, and what was counted already.

/** What Find tells of its search: nothing of the person, and of the place no more than a coarse area. */
export interface Unanswered {
  needs: readonly { id: string; label: string }[];
  why: string;
  /** H3 cell of resolution 7, some square kilometres. */
  cell: string | null;
}

class CountingUnmet {
  /** The dialog is open for this. */
  asked = $state.raw<Unanswered | null>(null);
  /** Needs and areas of this page's visits that were counted. */
  readonly #counted = new Set<string>();

  isCounted(need: string, { cell }: Pick<Unanswered, 'cell'>): boolean {
    return this.#counted.has(`${need} ${cell ?? ''}`);
  }

  note(need: string, { cell }: Pick<Unanswered, 'cell'>): void {
    this.#counted.add(`${need} ${cell ?? ''}`);
  }
}

export const countingUnmet = new CountingUnmet();

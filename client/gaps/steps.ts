// Steps that can be taken back and made again, as a value that is only ever replaced. What is drawn out, such as a line that is
// dragged, is one step however many values it passes.

export interface Steps<T> {
  readonly back: readonly T[];
  readonly forth: readonly T[];
  /** What the last step was part of; undefined: of nothing that could go on. */
  readonly gesture: unknown;
}

export const NO_STEPS: Steps<never> = { back: [], forth: [], gesture: undefined };

const MOST = 100;

/**
 * @param before what it was until now
 * @param gesture the same value as the last time: that step goes on
 */
export function noteStep<T>({ back, gesture: last }: Steps<T>, before: T, gesture?: unknown): Steps<T> {
  const goesOn = gesture !== undefined && gesture === last;
  return { back: goesOn ? back : [...back.slice(1 - MOST), before], forth: [], gesture };
}

/** undefined: there is nothing to take back. */
export function undoStep<T>({ back, forth }: Steps<T>, now: T): { steps: Steps<T>; then: T } | undefined {
  if (back.length === 0) return undefined;
  return { then: back.at(-1)!, steps: { back: back.slice(0, -1), forth: [...forth, now], gesture: undefined } };
}

/** undefined: nothing was taken back. */
export function redoStep<T>({ back, forth }: Steps<T>, now: T): { steps: Steps<T>; then: T } | undefined {
  if (forth.length === 0) return undefined;
  return { then: forth.at(-1)!, steps: { back: [...back, now], forth: forth.slice(0, -1), gesture: undefined } };
}

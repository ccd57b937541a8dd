// A list of any length of which only the rows in sight are drawn. To be made while a component is made; the component draws
// `$virtualizer.getVirtualItems()`, each row measured by `measured`.

import { createVirtualizer } from '@tanstack/svelte-virtual';
import { untrack } from 'svelte';
import { get } from 'svelte/store';

/** Rows drawn beyond those in sight, on either side. */
const BEYOND = 6;

export interface VirtualRowsOptions {
  count: () => number;
  /** What scrolls. */
  scroller: () => HTMLElement | undefined;
  /** Height of a row before it was measured. */
  rowPx: number;
  /** Default: its number. */
  keyOf?: (index: number) => string | number;
}

export function createVirtualRows({ count, scroller, rowPx, keyOf }: VirtualRowsOptions) {
  const virtualizer = createVirtualizer<HTMLElement, HTMLLIElement>({
    count: 0,
    getScrollElement: () => scroller() ?? null,
    estimateSize: () => rowPx,
    overscan: BEYOND,
    ...(keyOf && { getItemKey: (index) => untrack(() => keyOf(index)) }),
  });
  $effect(() => {
    const [rows, element] = [count(), scroller()];
    untrack(() => get(virtualizer).setOptions({ count: rows, getScrollElement: () => element ?? null }));
  });
  return {
    virtualizer,
    /** `{@attach measured}` of each row, which says its number as `data-index`. */
    measured: (row: HTMLLIElement): void => get(virtualizer).measureElement(row),
    /** Brings a row into sight. */
    scrollTo: (index: number): void => get(virtualizer).scrollToIndex(index, { align: 'auto' }),
  };
}

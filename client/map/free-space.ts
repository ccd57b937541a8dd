// How much of the map can be seen: what overlays, the frame's own parts and other features lie over.

import type { MapPadding } from './types.ts';

/** px taken at each edge. */
export interface Insets {
  top: number;
  right: number;
  bottom: number;
  left: number;
}

export interface Covered {
  top: number;
  bottom: number;
}

export const NO_INSETS: Insets = { top: 0, right: 0, bottom: 0, left: 0 };
/** px that pins and their labels reach beyond their place. */
const MARGIN: Insets = { top: 56, right: 44, bottom: 36, left: 44 };
/** A sheet drawn up over nearly all of the map leaves nothing to arrange. */
const MOST_COVERED = 0.6;

/** Parts of the frame that say of themselves that they lie over the editor. */
export function coversOf(stage: HTMLElement): Iterable<HTMLElement> {
  return stage.closest('main')?.querySelectorAll<HTMLElement>('[data-covers]') ?? [];
}

/** px of the stage that the frame itself lies over: on a phone the search above and the sheet below. */
export function measureCovers(stage: HTMLElement): Covered {
  const box = stage.getBoundingClientRect();
  const most = box.height * MOST_COVERED;
  const covered: Covered = { top: 0, bottom: 0 };
  for (const cover of coversOf(stage)) {
    const { top, bottom } = cover.getBoundingClientRect();
    if (cover.dataset['covers'] === 'top') covered.top = Math.max(covered.top, Math.min(most, bottom - box.top));
    else covered.bottom = Math.max(covered.bottom, Math.min(most, box.bottom - top));
  }
  return covered;
}

/** px at each edge that a view must keep free, so that what it shows can be seen with its labels. */
export function insetsOf(stage: HTMLElement, { padding, covered, rtl }: { padding: MapPadding; covered: Covered; rtl: boolean }): Insets {
  const width = stage.clientWidth;
  const end = rtl ? 'left' : 'right';
  const insets: Insets = {
    top: MARGIN.top + padding.top + covered.top,
    bottom: MARGIN.bottom + padding.bottom + covered.bottom,
    left: MARGIN.left + (rtl ? padding.end : padding.start),
    right: MARGIN.right + (rtl ? padding.start : padding.end),
  };
  for (const zone of stage.querySelectorAll<HTMLElement>('[data-zone]')) {
    const box = zone.getBoundingClientRect();
    if (box.height === 0 || box.width === 0) continue;
    const isAbove = zone.dataset['zone']?.startsWith('top') ?? false;
    // A card beside the map takes width; a row of chips, or a card as wide as a phone, takes height.
    if (zone.dataset['zone'] === 'top-end' && box.width < width / 2) insets[end] = Math.max(insets[end], box.width + MARGIN.right);
    else if (isAbove) insets.top = Math.max(insets.top, box.height + MARGIN.top + covered.top);
    else insets.bottom = Math.max(insets.bottom, box.height + MARGIN.bottom + covered.bottom);
  }
  return insets;
}

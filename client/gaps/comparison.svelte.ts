// Two analyses beside each other: one is kept as it was, then anything may be changed. The map shows what differs, or both of
// them on either side of a line.

import { classify } from './classes.ts';
import { alignFigures, differences, haveCommonCells, type Pinned } from './compare.ts';
import { workOut } from './outcome.ts';
import { distinguish, labelParts } from './label.ts';
import type { GapsSession } from './session.svelte.ts';

/** How the map shows it: not at all, as minutes more or less, or the two side by side. */
export const COMPARE_WAYS = ['swipe', 'difference', 'off'] as const;
export type CompareWay = (typeof COMPARE_WAYS)[number];

export class Comparison {
  readonly #gaps: GapsSession;
  /** What this is compared with. */
  pinned = $state.raw<Pinned | null>(null);
  #wanted = $state<CompareWay>('swipe');

  constructor(gaps: GapsSession) {
    this.#gaps = gaps;
  }

  readonly canShow = $derived.by(() => {
    const { world } = this.#gaps;
    return this.pinned !== null && world !== null && haveCommonCells(this.pinned.world, world);
  });
  /** Only values of one measure can stand on either side of a line. */
  readonly ways: readonly CompareWay[] = $derived.by(() => {
    if (!this.canShow) return [];
    return this.pinned?.question.measure === this.#gaps.question.measure ? COMPARE_WAYS : COMPARE_WAYS.slice(1);
  });
  readonly way: CompareWay = $derived.by(() => (this.ways.includes(this.#wanted) ? this.#wanted : (this.ways[0] ?? 'off')));

  /** What tells the kept one and this one apart; null where nothing is kept. */
  readonly labels: readonly [before: string, now: string] | null = $derived.by(() =>
    this.pinned ? distinguish(this.pinned.label, labelParts(this.#gaps), this.#gaps.workbench.locale) : null,
  );

  /** Minutes to the nearest, more or less than it was; null where that is not shown. */
  readonly differences: Float64Array | null = $derived.by(() => {
    const { world, outcome } = this.#gaps;
    if (this.way !== 'difference' || !this.pinned || !world) return null;
    return differences(outcome.nearest, alignFigures(this.pinned.outcome.nearest, { from: this.pinned.world, to: world }));
  });

  /** Classes of the kept one by cell, in the classes of the one that is worked on. */
  readonly classesBefore: Uint8Array | null = $derived.by(() => {
    const { world } = this.#gaps;
    const { pinned } = this;
    if (!pinned || !world || !this.ways.includes('swipe')) return null;
    const aligned = (figures: Float64Array) => alignFigures(figures, { from: pinned.world, to: world });
    return classify(aligned(pinned.outcome.values), aligned(pinned.demand), this.#gaps.measureClasses);
  });

  show(way: CompareWay): void {
    this.#wanted = way;
    this.#gaps.brush = null;
  }

  /** Keeps what there is now, to be set beside what is asked next. */
  pin(): void {
    const { outcome, demand, world, question, plans } = this.#gaps;
    if (!world) return;
    this.pinned = { label: labelParts(this.#gaps), question, world, outcome, demand, sites: plans.sites };
    this.show('swipe');
  }

  /** The open scenario beside today. */
  pinToday(): void {
    const { world, question, today, demand } = this.#gaps;
    if (!world) return;
    this.pinned = { label: labelParts(this.#gaps, null), question, world, outcome: today, demand, sites: [] };
    this.show('swipe');
  }

  /** A scenario that is kept, beside the one that is open. */
  pinScenario(id: string): void {
    const { world, question, demand, ways, plans } = this.#gaps;
    const scenario = plans.scenarios.list.find((other) => other.id === id);
    if (!world || !scenario) return;
    const placed = scenario.sites.map((site) => ways.of(site, world).ways);
    const outcome = workOut(world, question, placed);
    this.pinned = { label: labelParts(this.#gaps, scenario), question, world, outcome, demand, sites: scenario.sites };
    this.show('swipe');
  }

  end(): void {
    this.pinned = null;
    this.#gaps.brush = null;
  }
}

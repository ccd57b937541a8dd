// Our own unmet needs, as counts that the server may tell: of quarters that are over, never of few. On the map they lie over the
// cells of the analysis, coarse areas by how often nothing was found.

import type { CellFill } from '#client/map/types.ts';
import type { GapServer, UnmetCounts } from './server.ts';

export type UnmetOf = 'requests' | 'people';

/** Lower edges of the classes of a map of counts. Fewer than eleven are never told. */
export const UNMET_EDGES = [11, 20, 50, 100, 250] as const;
const OPACITY = 0.72;
export const UNMET_FILLS: readonly CellFill[] = UNMET_EDGES.map((_, i) => ({ colour: `--g-${i + 1}`, opacity: OPACITY }));

export interface UnmetFilter {
  need: string | null;
  why: string | null;
  /** One quarter, such as 2026-Q3; null: all that were counted. */
  quarter: string | null;
}

/** An area coarser than those that are counted: its H3 index says so in its second digit. */
export function isWide(cell: string): boolean {
  return cell[1] !== '7';
}

const ALL: UnmetFilter = { need: null, why: null, quarter: null };

export class UnmetNeeds {
  readonly #server: Pick<GapServer, 'unmet'>;
  of = $state<UnmetOf>('requests');
  filter = $state.raw<UnmetFilter>(ALL);
  counts = $state.raw<UnmetCounts | null>(null);
  /** What can be chosen of: all that is told without a filter. */
  all = $state.raw<UnmetCounts | null>(null);
  failure = $state<unknown>(null);
  onMap = $state(false);
  /** H3 index of the area that is looked at. */
  cell = $state<string | null>(null);
  /** Only the answer to the newest question counts. */
  #number = 0;

  /** Areas of which a count is told, most first; a wide one holds what lies in it. */
  readonly areas = $derived(
    (this.counts?.byCell ?? []).filter(({ count }) => count !== null).toSorted((a, b) => (b.count ?? 0) - (a.count ?? 0)),
  );
  /** Those of one size: on the map a wide area would be dark only because it is wide. */
  readonly #onMap = $derived(this.areas.filter(({ cell }) => !isWide(cell)));
  readonly cells: readonly string[] = $derived(this.#onMap.map(({ cell }) => cell));
  readonly classes = $derived(
    Uint8Array.from(this.#onMap, ({ count }) =>
      Math.max(
        0,
        UNMET_EDGES.findLastIndex((edge) => (count ?? 0) >= edge),
      ),
    ),
  );
  /** From the first one of which anything is told. */
  readonly quarters = $derived.by(() => {
    const all = this.counts?.byQuarter ?? [];
    const first = all.findIndex(({ count }) => count !== 0);
    return first < 0 ? [] : all.slice(first);
  });
  /** The map shows them instead of the ways. */
  readonly isShown = $derived(this.onMap && this.cells.length > 0);

  constructor(server: Pick<GapServer, 'unmet'>) {
    this.#server = server;
  }

  async ask(change: Partial<UnmetFilter> & { of?: UnmetOf } = {}): Promise<void> {
    const { of = this.of, ...filter } = change;
    this.filter = of === this.of ? { ...this.filter, ...filter } : { ...ALL, ...filter };
    this.of = of;
    this.cell = null;
    const number = ++this.#number;
    this.failure = null;
    const { need, why, quarter } = this.filter;
    try {
      const isAll = need === null && why === null && quarter === null;
      const counts = await this.#server.unmet({
        of,
        ...(need !== null && { need }),
        ...(why !== null && { why: why as never }),
        ...(quarter !== null && { from: quarter, to: quarter }),
      });
      const all = isAll ? counts : await this.#server.unmet({ of });
      if (number !== this.#number) return;
      this.counts = counts;
      this.all = all;
    } catch (error) {
      if (number === this.#number) this.failure = error;
    }
  }

  look(cell: string | null): void {
    this.cell = cell === this.cell ? null : cell;
  }
}

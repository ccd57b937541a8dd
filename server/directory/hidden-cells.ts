// How coarsely a hidden place is told: by its cell of some 5 km², or by a larger one where few people live. Of people the
// directory knows nothing, so its own open places stand for them: where there are few doors, one more is soon found.

import type { DirectoryIndex } from '#shared/directory/index.ts';
import type { ResourceInput } from '#shared/directory/resource.ts';
import { cellAt, cellBounds, cellChildren, cellParent, cellResolution, COARSE_RESOLUTION } from '#shared/geo/cells.ts';

/** So many open places, besides the hidden one, must lie where it may be. */
export const PLACES_AROUND = 10;
/** Nothing is told more coarsely than this: some 1,770 km², a county. */
export const COARSEST_RESOLUTION = 4;

/** Open places in a cell of {@link COARSE_RESOLUTION}. */
type CountIn = (cell: string) => number;

/**
 * The cell by which a hidden place is told. Those of its neighbours that have places enough are told by cells of their
 * own, so they do not count: who knows this rule knows that it is in none of them.
 */
export function coarsenWhereFew(cell: string, countIn: CountIn): string {
  let told = cell;
  while (cellResolution(told) > COARSEST_RESOLUTION && countLeft(told, countIn) < PLACES_AROUND) {
    told = cellParent(told);
  }
  return told;
}

/** Places in a cell that are in none of its parts with places enough. */
function countLeft(cell: string, countIn: CountIn): number {
  if (cellResolution(cell) >= COARSE_RESOLUTION) return countIn(cell);
  return cellChildren(cell)
    .map((child) => countLeft(child, countIn))
    .reduce((sum, count) => (count >= PLACES_AROUND ? sum : sum + count), 0);
}

/** Knows the cells of the hidden resources of a live index, and keeps what the index tells of them coarse enough. */
export class HiddenCells {
  readonly #cells = new Map<string, string>();

  /** Of each resource that goes into the index. */
  note({ id, hidden, cell }: ResourceInput): void {
    if (hidden && cell !== null) this.#cells.set(id, cell);
    else this.#cells.delete(id);
  }

  clear(): void {
    this.#cells.clear();
  }

  /** The index with every hidden resource told as coarsely as its open places now ask for. */
  settle(index: DirectoryIndex): DirectoryIndex {
    const countIn = countPlaces(index);
    const upserts: ResourceInput[] = [];
    index.rowsHidden().forEach((row) => {
      const known = this.#cells.get(index.id(row));
      if (known === undefined) return;
      const cell = coarsenWhereFew(known, countIn);
      if (cell !== index.cell(row)) upserts.push({ ...index.resource(row), cell });
    });
    return upserts.length > 0 ? index.apply({ upserts, removed: [] }) : index;
  }
}

/** Different places, not resources: twenty services in one hall are one door. */
function countPlaces(index: DirectoryIndex): CountIn {
  const counts = new Map<string, number>();
  return (cell) => {
    let count = counts.get(cell);
    if (count === undefined) {
      const places = new Set<string>();
      index.visitWithin(cellBounds(cell), (row) => {
        if (cellAt({ lon: index.lon(row), lat: index.lat(row) }, COARSE_RESOLUTION) === cell)
          places.add(index.location(row)?.id ?? index.id(row));
      });
      counts.set(cell, (count = places.size));
    }
    return count;
  };
}

// People by H3 cell: what every file of people becomes, and what gap analysis reads.

/** The group that is everybody. */
export const ALL = 'all';

export interface PopulationGroup {
  /** {@link ALL}, else the name of the column from which it comes. */
  id: string;
  /** By cell. */
  people: Float64Array;
}

/** The named areas from which the cells were made, and who of which area lives in which cell. */
export interface PopulationAreas {
  code: string[];
  name: string[];
  /** Parts: cell and area of each, and how many people. */
  cell: Uint32Array;
  area: Uint32Array;
  people: Float64Array;
}

export interface Population {
  resolution: number;
  /** H3 indexes of one resolution, rising, each once. */
  cells: string[];
  /** The first is everybody. */
  groups: PopulationGroup[];
  areas: PopulationAreas | null;
  /** What is to be known beside the figures, in sentences. */
  notes: string[];
}

export function sumOf(figures: Float64Array): number {
  return figures.reduce((sum, figure) => sum + figure, 0);
}

/** Adds figures by cell and gives them in the order of the cells' indexes. */
export class CellSums {
  readonly #rowOf = new Map<string, number>();
  readonly #cells: string[] = [];
  readonly #sums: number[][];

  constructor(groups: number) {
    this.#sums = Array.from({ length: groups }, () => []);
  }

  /** The number under which `finish` knows the cell until then. */
  add(cell: string, figures: readonly number[], share = 1): number {
    let row = this.#rowOf.get(cell);
    if (row === undefined) {
      this.#rowOf.set(cell, (row = this.#cells.length));
      this.#cells.push(cell);
      for (const sums of this.#sums) sums.push(0);
    }
    for (const [g, figure] of figures.entries()) this.#sums[g]![row]! += figure * share;
    return row;
  }

  /** `placeOf`: by number of adding, the place of the cell in the order. */
  finish(): { cells: string[]; sums: Float64Array[]; placeOf: Uint32Array } {
    const order = [...this.#cells.keys()].sort((a, b) => (this.#cells[a]! < this.#cells[b]! ? -1 : 1));
    const placeOf = new Uint32Array(order.length);
    for (const [place, row] of order.entries()) placeOf[row] = place;
    return {
      cells: order.map((row) => this.#cells[row]!),
      sums: this.#sums.map((sums) => Float64Array.from(order, (row) => sums[row]!)),
      placeOf,
    };
  }
}

// The pages of a long list that have come, those of an earlier version among them until newer ones are there.

/** Rows that are asked for at once. */
export const PAGE = 100;

export const pageOf = (row: number): number => Math.floor(row / PAGE);

/** Never changed: each page that comes makes another one. */
export class ListPages<Row> {
  readonly #pages: ReadonlyMap<number, readonly Row[]>;
  readonly #old: ReadonlySet<number>;

  constructor(pages: ReadonlyMap<number, readonly Row[]> = new Map(), old: ReadonlySet<number> = new Set()) {
    this.#pages = pages;
    this.#old = old;
  }

  at(row: number): Row | undefined {
    return this.#pages.get(pageOf(row))?.[row % PAGE];
  }

  /** Whether a page is there, and of this version. */
  has(page: number): boolean {
    return this.#pages.has(page) && !this.#old.has(page);
  }

  with(page: number, rows: readonly Row[]): ListPages<Row> {
    return new ListPages(new Map(this.#pages).set(page, rows), new Set([...this.#old].filter((old) => old !== page)));
  }

  /** The same pages, each to be asked for anew. */
  aged(): ListPages<Row> {
    return new ListPages(this.#pages, new Set(this.#pages.keys()));
  }
}

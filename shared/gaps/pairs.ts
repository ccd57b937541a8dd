// Travel costs from cells to sites as compressed sparse rows: what every measure and every placement is worked out on.
// A pair that is not there cannot be travelled. The unit of the costs is the caller's: thresholds and decays share it.

/** Costs of travel from each cell to the sites that it reaches. */
export interface TravelPairs {
  readonly cells: number;
  readonly sites: number;
  /** Pairs of cell i are `firstPair[i] .. firstPair[i + 1]`; length = cells + 1. */
  readonly firstPair: Uint32Array;
  /** Site of each pair. */
  readonly site: Uint32Array;
  /** Cost of each pair: finite and not negative. */
  readonly cost: Float64Array;
}

/** The same pairs the other way round: which cells reach a site, and at what cost. */
export interface SitePairs {
  readonly cells: number;
  readonly sites: number;
  /** Pairs of site j are `firstPair[j] .. firstPair[j + 1]`; length = sites + 1. Their cells rise. */
  readonly firstPair: Uint32Array;
  readonly cell: Uint32Array;
  readonly cost: Float64Array;
}

/** Pairs are held in blocks that grow up to this, so that tens of millions never have to be copied to make room. */
const LARGEST_BLOCK = 1 << 20;
const SMALLEST_BLOCK = 1 << 8;

interface Block {
  used: number;
  cell: Uint32Array;
  site: Uint32Array;
  cost: Float64Array;
}

/** Collects pairs in any order. */
export class PairBuilder {
  readonly cells: number;
  readonly sites: number;
  #blocks: Block[] = [];
  #last: Block = createBlock(0);

  constructor(cells: number, sites: number) {
    this.cells = cells;
    this.sites = sites;
  }

  /** Throws a RangeError on a cell or site that there is not, or on a cost that is negative or not finite. */
  add(cell: number, site: number, cost: number): void {
    if (!(cell >= 0 && cell < this.cells)) throw new RangeError(`There is no cell ${cell}; there are ${this.cells}`);
    if (!(site >= 0 && site < this.sites)) throw new RangeError(`There is no site ${site}; there are ${this.sites}`);
    if (!(cost >= 0 && cost < Infinity)) throw new RangeError(`A cost is a finite number from 0, not ${cost}`);
    let block = this.#last;
    if (block.used === block.cost.length) this.#blocks.push((block = this.#last = createBlock(Math.max(SMALLEST_BLOCK, 2 * block.used))));
    block.cell[block.used] = cell;
    block.site[block.used] = site;
    block.cost[block.used++] = cost;
  }

  /** The pairs by cell, each cell's in the order in which they were added. The builder is empty afterwards. */
  finish(): TravelPairs {
    const { cells, sites } = this;
    const count = this.#blocks.reduce((sum, { used }) => sum + used, 0);
    const firstPair = new Uint32Array(cells + 1);
    this.#visit(({ cell }, i) => firstPair[cell[i]! + 1]!++);
    for (let c = 0; c < cells; c++) firstPair[c + 1]! += firstPair[c]!;
    const next = firstPair.slice(0, cells);
    const site = new Uint32Array(count);
    const cost = new Float64Array(count);
    this.#visit((block, i) => {
      const at = next[block.cell[i]!]!++;
      site[at] = block.site[i]!;
      cost[at] = block.cost[i]!;
    });
    this.#blocks = [];
    this.#last = createBlock(0);
    return { cells, sites, firstPair, site, cost };
  }

  #visit(each: (block: Block, i: number) => void): void {
    for (const block of this.#blocks) for (let i = 0; i < block.used; i++) each(block, i);
  }
}

function createBlock(room: number): Block {
  const size = Math.min(room, LARGEST_BLOCK);
  return { used: 0, cell: new Uint32Array(size), site: new Uint32Array(size), cost: new Float64Array(size) };
}

/** The first pair of a cell and a site that stands there twice; undefined where each stands once. */
export function findRepeatedPair({ cells, sites, firstPair, site }: TravelPairs): { cell: number; site: number } | undefined {
  const seenBy = new Uint32Array(sites);
  for (let cell = 0; cell < cells; cell++) {
    for (let p = firstPair[cell]!; p < firstPair[cell + 1]!; p++) {
      const at = site[p]!;
      if (seenBy[at] === cell + 1) return { cell, site: at };
      seenBy[at] = cell + 1;
    }
  }
  return undefined;
}

/** The pairs turned round. */
export function pairsBySite({ cells, sites, firstPair, site, cost }: TravelPairs): SitePairs {
  const first = new Uint32Array(sites + 1);
  for (const j of site) first[j + 1]!++;
  for (let j = 0; j < sites; j++) first[j + 1]! += first[j]!;
  const next = first.slice(0, sites);
  const cell = new Uint32Array(site.length);
  const turned = new Float64Array(site.length);
  for (let i = 0; i < cells; i++) {
    for (let p = firstPair[i]!; p < firstPair[i + 1]!; p++) {
      const at = next[site[p]!]!++;
      cell[at] = i;
      turned[at] = cost[p]!;
    }
  }
  return { cells, sites, firstPair: first, cell, cost: turned };
}

/** The pairs with some sites of others after their own: `more.cells` are the same cells. */
export function withSites(pairs: TravelPairs, more: TravelPairs, chosen: readonly number[]): TravelPairs {
  if (more.cells !== pairs.cells) throw new RangeError(`Pairs of ${pairs.cells} cells and of ${more.cells} cannot be joined`);
  const numberOf = new Int32Array(more.sites).fill(-1);
  for (const [k, j] of chosen.entries()) numberOf[j] = pairs.sites + k;
  let reaching = 0;
  for (const j of more.site) if (numberOf[j]! >= 0) reaching++;
  const count = pairs.site.length + reaching;
  const firstPair = new Uint32Array(pairs.cells + 1);
  const site = new Uint32Array(count);
  const cost = new Float64Array(count);
  let at = 0;
  for (let i = 0; i < pairs.cells; i++) {
    const [from, to] = [pairs.firstPair[i]!, pairs.firstPair[i + 1]!];
    site.set(pairs.site.subarray(from, to), at);
    cost.set(pairs.cost.subarray(from, to), at);
    at += to - from;
    for (let p = more.firstPair[i]!; p < more.firstPair[i + 1]!; p++) {
      if (numberOf[more.site[p]!]! < 0) continue;
      site[at] = numberOf[more.site[p]!]!;
      cost[at++] = more.cost[p]!;
    }
    firstPair[i + 1] = at;
  }
  return { cells: pairs.cells, sites: pairs.sites + chosen.length, firstPair, site, cost };
}

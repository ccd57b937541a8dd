// Counts of our own people, cut up so that no answer tells of few of them. Cases are divided into atoms that share nobody's case;
// an atom is told as one number or not at all, and every answer is a sum of told atoms. So whoever adds, subtracts and compares
// answers as they like learns sums of whole atoms, and no atom has between 1 and `limit` people. What is too small is put together
// with its likes (other needs, neighbouring cells, other reasons) until that can be told: those were large enough alone, and are
// held back as well, since the difference from a total would give the small ones away. There is no noise: the same cases are cut
// the same way every time.

import { cellParent, cellResolution, coarsen } from '../../geo/cells.ts';

/** One unmet need of one person or request. */
export interface CountedCase {
  /** Whose it is; of a request that belongs to nobody each is its own. */
  who: string;
  /** Who knows of it anyway: the agency. */
  owner: string;
  need: string;
  why: string;
  /** H3 cell of {@link BASE_RESOLUTION}; null: where is not known. */
  cell: string | null;
}

/** Where a part lies in one of the ways of dividing: one value, or all that have none of some values. */
export type Part = { only: string } | { except: readonly string[] };

export interface AreaPart {
  /** The cell that holds it; null: everywhere, whether a place is known or not. */
  within: string | null;
  /** Cells in it (and {@link NOWHERE}) that are no part of it. */
  except: readonly string[];
}

/** Cases that are told as one number. Atoms of a release share none. */
export interface Atom {
  need: Part;
  area: AreaPart;
  why: Part;
  /** Unmet needs: each person counts once for a need. */
  count: number;
}

export interface PartitionOptions {
  /** Counts from 1 to this are held back; 2 or more. */
  limit: number;
  /** The same text for the same name every time, which nobody outside can work out: see `separate`. */
  rank: (name: string) => string;
}

export const BASE_RESOLUTION = 7;
/** Cells of the largest areas: some 1,800 km² each. */
export const TOP_RESOLUTION = 4;
/** Stands among cells for cases of which nobody knows where. */
export const NOWHERE = 'nowhere';

/** The atoms of some cases; none where all together are too few. */
export function partitionCases(cases: readonly CountedCase[], options: PartitionOptions): Atom[] {
  if (cases.length === 0 || !isTellable(cases, options.limit)) return [];
  const needs = divide(cases, { ...options, node: 'need', keyOf: ({ need }) => need });
  return needs.flatMap(({ part: need, cases: ofNeed }) =>
    divideArea(ofNeed, null, { ...options, node: JSON.stringify(need) }).flatMap(({ area, cases: ofArea }) =>
      divide(ofArea, { ...options, node: JSON.stringify([need, area]), keyOf: ({ why }) => why }).map((divided) => ({
        need,
        area,
        why: divided.part,
        count: divided.cases.length,
      })),
    ),
  );
}

/** More people than the limit, also for an agency that takes away its own, whom it knows; or nobody at all. */
function isTellable(cases: readonly CountedCase[], limit: number): boolean {
  const ownerOf = new Map(cases.map(({ who, owner }) => [who, owner]));
  const byOwner = new Map<string, number>();
  for (const owner of ownerOf.values()) byOwner.set(owner, (byOwner.get(owner) ?? 0) + 1);
  const others = [...byOwner.values()].map((own) => ownerOf.size - own);
  return [ownerOf.size, ...others].every((people) => people === 0 || people > limit);
}

/** What is being divided, for the order in which its members are put together. */
type Dividing = Pick<PartitionOptions, 'limit' | 'rank'> & { node: string };

interface Division extends Dividing {
  keyOf: (one: CountedCase) => string;
}

/** What can be told alone, and the rest as one; all as one where nothing can. The cases must be tellable together. */
function divide(cases: readonly CountedCase[], division: Division): { part: Part; cases: readonly CountedCase[] }[] {
  const groups = Map.groupBy(cases, division.keyOf);
  const { alone, rest } = separate(groups, division);
  const told = alone.map((value) => ({ part: { only: value }, cases: groups.get(value)! }));
  return rest.length === 0 ? told : [...told, { part: { except: alone }, cases: rest }];
}

/** The same by place, from large cells to small ones. */
function divideArea(
  cases: readonly CountedCase[],
  within: string | null,
  dividing: Dividing,
): { area: AreaPart; cases: readonly CountedCase[] }[] {
  const resolution = within === null ? TOP_RESOLUTION : cellResolution(within) + 1;
  if (resolution > BASE_RESOLUTION) return [{ area: { within, except: [] }, cases }];
  const groups = Map.groupBy(cases, ({ cell }) => (cell === null ? NOWHERE : coarsen(cell, resolution)));
  const node = `${dividing.node} ${within}`;
  const { alone, rest } = separate(groups, { ...dividing, node });
  const told = alone.flatMap((cell) =>
    cell === NOWHERE
      ? [{ area: { within: NOWHERE, except: [] }, cases: groups.get(cell)! }]
      : divideArea(groups.get(cell)!, cell, dividing),
  );
  return rest.length === 0 ? told : [...told, { area: { within, except: alone }, cases: rest }];
}

/**
 * Which groups are told alone, rising; the others together. Of groups that are too small nothing but their sum is told, and that
 * only below twice the limit, above which it could be that of two groups that are both as large as they can be, hence known. How
 * many groups there are must not count in this: it would tell. Else groups that could be told alone join them, in an order that
 * hangs neither on their size nor on anything that is known outside: it would tell which of them is the large one.
 */
function separate(
  groups: ReadonlyMap<string, readonly CountedCase[]>,
  { limit, rank, node }: Dividing,
): { alone: string[]; rest: CountedCase[] } {
  const keys = [...groups.keys()].sort();
  const alone = keys.filter((key) => isTellable(groups.get(key)!, limit));
  const rest = keys.filter((key) => !alone.includes(key)).flatMap((key) => groups.get(key)!);
  if (rest.length === 0) return { alone, rest };
  const ranks = new Map(alone.map((key) => [key, rank(`${node} ${key}`)]));
  const joining = [...alone].sort((a, b) => (ranks.get(a)! < ranks.get(b)! ? -1 : 1));
  let isHidden = isTellable(rest, limit) && rest.length < 2 * limit;
  while (!isHidden && joining.length > 0) {
    const next = joining.shift()!;
    alone.splice(alone.indexOf(next), 1);
    rest.push(...groups.get(next)!);
    isHidden = isTellable(rest, limit);
  }
  return { alone, rest };
}

/** The larger cells that hold a base cell, itself first. */
export function cellsAround(cell: string): string[] {
  const around = [cell];
  while (cellResolution(around.at(-1)!) > TOP_RESOLUTION) around.push(cellParent(around.at(-1)!));
  return around;
}

// Answers about counts: the sum of the atoms that lie wholly in what is asked for. What lies in it in part is held back, and said.

import { coarsen, cellResolution } from '../../geo/cells.ts';
import { NOWHERE, type Atom, type AreaPart, type Part } from './partition.ts';

export interface CountFilter {
  need?: string | undefined;
  why?: string | undefined;
  /** H3 cell of resolution 4 to 7. */
  cell?: string | undefined;
}

export interface CountAnswer {
  /** Unmet needs that are known to be in what is asked for; null: some are held back, and none is told. */
  count: number | null;
  /** True: there are no more. */
  complete: boolean;
  /** How many sums are held back because they lie only partly in it. */
  suppressed: number;
}

/** How two sets lie to each other. */
type Relation = 'inside' | 'across' | 'outside';

export function answerCount(atoms: readonly Atom[], { need, why, cell }: CountFilter): CountAnswer {
  let [count, suppressed] = [0, 0];
  for (const atom of atoms) {
    const relations = [relate(atom.need, need), relate(atom.why, why), relateArea(atom.area, cell)];
    if (relations.includes('outside')) continue;
    if (relations.every((relation) => relation === 'inside')) count += atom.count;
    else suppressed++;
  }
  return { count: count === 0 && suppressed > 0 ? null : count, complete: suppressed === 0, suppressed };
}

function relate(part: Part, wanted: string | undefined): Relation {
  if (wanted === undefined) return 'inside';
  if ('only' in part) return part.only === wanted ? 'inside' : 'outside';
  return part.except.includes(wanted) ? 'outside' : 'across';
}

function relateArea({ within, except }: AreaPart, wanted: string | undefined): Relation {
  if (wanted === undefined) return 'inside';
  if (within === NOWHERE) return 'outside';
  if (within !== null && cellResolution(within) >= cellResolution(wanted))
    return coarsen(within, cellResolution(wanted)) === wanted ? 'inside' : 'outside';
  if (within !== null && coarsen(wanted, cellResolution(within)) !== within) return 'outside';
  // What is told of the cells that are taken out is told there.
  return except.some((cell) => cell !== NOWHERE && coarsen(wanted, cellResolution(cell)) === cell) ? 'outside' : 'across';
}

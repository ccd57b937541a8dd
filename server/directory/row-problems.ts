// Which problems each row of an index has, for filtering by them: those that someone left as they are are none.

import type { DirectoryIndex } from '#shared/directory/index.ts';
import type { RowProblems } from '#shared/directory/search-facets.ts';
import type { ServerDeps } from '#server/deps.ts';
import { getProblems, problemKey, readIgnored } from './problems.ts';

interface Kept {
  /** What it was made of: problems of another version, and what was left as it is. */
  mark: string;
  of: DirectoryIndex;
  problems: RowProblems;
}

const kept = new WeakMap<DirectoryIndex, Kept>();

/** The problems of the rows of an index; whoever asks first waits until they are found. */
export async function findRowProblems(deps: ServerDeps, index: DirectoryIndex): Promise<RowProblems> {
  const left = await readIgnored(deps.db);
  const mark = [...left.keys()].sort().join();
  const set = await getProblems(deps).current();
  const before = kept.get(index);
  if (before?.of === set.index && before.mark === mark) return before.problems;
  const sets: string[][] = [[]];
  /** Number of a set and one code more → number of the larger set. */
  const larger = new Map<string, number>();
  const numbers = new Uint32Array(index.length);
  for (const code of set.codes.toSorted())
    for (const problem of set.list(code)) {
      if (left.has(problemKey(problem))) continue;
      for (const id of [problem.id, ...(problem.other === null ? [] : [problem.other])]) {
        const row = index.findRow(id);
        if (row === undefined || sets[numbers[row]!]!.at(-1) === code) continue;
        const key = `${numbers[row]!} ${code}`;
        let number = larger.get(key);
        if (number === undefined) {
          number = sets.push([...sets[numbers[row]!]!, code]) - 1;
          larger.set(key, number);
        }
        numbers[row] = number;
      }
    }
  const problems: RowProblems = { sets, numberOf: (row) => numbers[row]! };
  kept.set(index, { mark, of: set.index, problems });
  return problems;
}

// Whom this deployment has erased, by ids that name nobody, in a file apart from the data and its backups: whoever goes back to an
// older backup does not bring them back. It is named after the deployment's key, so that a restored folder finds it.

import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { getConfigurationFolder } from './keys.ts';

export interface ErasedList {
  /** Where it lies, for whoever moves to another machine. */
  readonly file: string;
  ids(): readonly string[];
  /** Adds who is not in it yet. False where the file cannot be written. */
  add(ids: readonly string[]): boolean;
}

/** @param check tells the deployment's key without giving it away */
export function openErasedList(check: string): ErasedList {
  const file = join(getConfigurationFolder(), 'erased', `${check}.txt`);
  // Read each time: other servers of the same deployment write to it too.
  const read = () => {
    try {
      return new Set(readFileSync(file, 'utf8').split('\n').filter(Boolean));
    } catch (error) {
      if ((error as { code?: string }).code === 'ENOENT') return new Set<string>();
      throw error;
    }
  };
  return {
    file,
    ids: () => [...read()],
    add(ids) {
      try {
        const known = read();
        const added = ids.filter((id) => !known.has(id));
        if (added.length === 0) return true;
        mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
        appendFileSync(file, added.map((id) => `${id}\n`).join(''), { mode: 0o600, flush: true });
        return true;
      } catch {
        return false;
      }
    },
  };
}

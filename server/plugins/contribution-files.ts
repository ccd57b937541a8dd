// Reads the files of contributions. YAML is slow to read and rarely changes: what was read is kept beside the data,
// by path, size and time, so that a command need not read it again.

import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseAllDocuments } from 'yaml';

interface Kept {
  stamp: string;
  documents: unknown[];
}

export interface ContributionFiles {
  /** The documents of a YAML or JSON file. Throws where it cannot be read as such. */
  read(file: string): unknown[];
  /** Keeps what was read, where anything was; a folder that cannot be written costs only time. */
  keep(): void;
}

/** @param cacheFile where to keep what was read; null: nowhere */
export function createContributionFiles(cacheFile: string | null): ContributionFiles {
  const before = cacheFile === null ? {} : readCache(cacheFile);
  const now: Record<string, Kept> = {};
  let changed = false;
  return {
    read(file) {
      if (file.endsWith('.json')) return [JSON.parse(readFileSync(file, 'utf8').replace(/^\ufeff/, ''))];
      const { size, mtimeMs } = statSync(file);
      const stamp = `${size} ${mtimeMs}`;
      const known = Object.hasOwn(before, file) ? before[file] : undefined;
      if (known?.stamp === stamp) return (now[file] = known).documents;
      const documents = parseYaml(readFileSync(file, 'utf8'));
      now[file] = { stamp, documents };
      changed = true;
      return documents;
    },
    keep() {
      if (cacheFile === null || !changed) return;
      try {
        mkdirSync(dirname(cacheFile), { recursive: true });
        const temporary = `${cacheFile}.${process.pid}`;
        writeFileSync(temporary, JSON.stringify(now), { mode: 0o600 });
        renameSync(temporary, cacheFile);
      } catch {
        // Next time it is read anew.
      }
    },
  };
}

function readCache(cacheFile: string): Record<string, Kept> {
  try {
    return JSON.parse(readFileSync(cacheFile, 'utf8')) as Record<string, Kept>;
  } catch {
    return {};
  }
}

function parseYaml(text: string): unknown[] {
  return parseAllDocuments(text).map((document) => {
    if (document.errors[0]) throw document.errors[0];
    return document.toJS({ maxAliasCount: 20 }) as unknown;
  });
}

// Files of people from a browser: looked at, then read into a population.

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isCell } from '#shared/geo/cells.ts';
import { Problem } from '#shared/platform/problems.ts';
import type { ServerDeps } from '#server/deps.ts';
import { Uploads } from '#server/directory/queries.ts';
import { columnInWords, guessColumns, isNumbers } from './population/columns.ts';
import { readPopulation } from './population/read-population.ts';
import { readRecords } from './population/records.ts';
import { addPopulation, type StoredPopulation } from './population/store.ts';
import type { AddPopulationRequest } from './screen-input.ts';
import type { z } from 'zod';

export interface LookedAtFile {
  name: string;
  kind: 'csv' | 'geojson' | 'cells';
  rows: number;
  /** `words`: what people would call it. */
  columns: { name: string; words: string; numbers: boolean; sample: string }[];
}

export interface LookedAt {
  files: LookedAtFile[];
  guess: { file: string | null; id: string | null; people: string | null; groups: string[]; boundaries: string | null };
}

const shared = new WeakMap<ServerDeps, Uploads>();

/** Uploads belong to the server that was started, not to a call. */
export function populationUploads(deps: ServerDeps): Uploads {
  let uploads = shared.get(deps);
  if (!uploads) shared.set(deps, (uploads = new Uploads(deps.dataFolder)));
  return uploads;
}

/** What the files of an upload hold. Throws a Problem in words. */
export async function lookAtUpload(folder: string): Promise<LookedAt> {
  const names = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
  if (names.length === 0) throw new Problem('bad_request', 'There is no file in this upload yet.');
  return withoutFolder(folder, async () => {
    const looked = [];
    for (const name of names) {
      const records = await readRecords(join(folder, name));
      const { id, people } = guessColumns(records);
      const place = id === undefined ? -1 : records.columns.indexOf(id);
      const areCells = place >= 0 && isCell((records.records[0]!.texts[place] ?? '').trim());
      const kind: LookedAtFile['kind'] = records.kind === 'features' ? 'geojson' : areCells ? 'cells' : 'csv';
      const columns = records.columns.map((column, at) => ({
        name: column,
        words: columnInWords(column),
        numbers: isNumbers(records, at),
        sample: (records.records.find(({ texts }) => texts[at])?.texts[at] ?? '').slice(0, 60),
      }));
      looked.push({ file: { name, kind, rows: records.records.length, columns }, id: id ?? null, people: people ?? null });
    }
    const main =
      looked.find(({ file, people }) => file.kind !== 'geojson' && people !== null) ?? looked.find(({ people }) => people !== null);
    const outlines = main?.file.kind === 'csv' ? looked.find(({ file }) => file.kind === 'geojson') : undefined;
    return {
      files: looked.map(({ file }) => file),
      guess: {
        file: main?.file.name ?? null,
        id: main?.id ?? null,
        people: main?.people ?? null,
        groups: [],
        boundaries: outlines?.file.name ?? null,
      },
    };
  });
}

/** Reads the files of an upload and keeps what they tell. Throws a Problem with one fault a line. */
export async function addUploaded(
  deps: ServerDeps,
  { folder, actor }: { folder: string; actor: string },
  request: z.infer<typeof AddPopulationRequest>,
): Promise<StoredPopulation> {
  const { file, boundaries, name, source, vintage, licence, id, people, groups, names, boundaryId, resolution } = request;
  const population = await withoutFolder(folder, () =>
    readPopulation(
      {
        ...{ id, people, groups, boundaryId, resolution },
        file: inFolder(folder, file),
        boundaries: boundaries === undefined ? undefined : inFolder(folder, boundaries),
      },
      deps.background,
    ),
  );
  const at = new Date(deps.clock()).toISOString();
  return addPopulation(deps.db, population, { names, origin: { name, source, vintage, licence }, actor, at });
}

function inFolder(folder: string, name: string): string {
  const path = join(folder, name);
  if (!path.startsWith(`${folder}/`)) throw new Problem('bad_request', `There is no file "${name}" in this upload.`);
  return path;
}

/** Sentences name files as whoever sent them knows them. */
async function withoutFolder<T>(folder: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Problem) throw new Problem(error.code, error.message.replaceAll(`${folder}/`, ''), error.suggestions);
    throw error;
  }
}

// Finds the importer for each file and reads it in batches; knows nothing of formats but what plugins contribute.

import type { ImporterContribution } from '#shared/plugin-api/points.ts';
import { Problem } from '#shared/platform/problems.ts';
import type { ServerDeps } from '../deps.ts';
import type { InputFile } from './import-files.ts';
import { readHere, type HashedBatch, type ImportReader } from './import-reader.ts';

export interface ReadableFile {
  file: InputFile;
  /** Id of the importer. */
  format: string;
  /** @param rows where only these are wanted: others may be left out */
  read(rows?: ReadonlySet<number>): AsyncIterable<HashedBatch>;
}

export interface FoundReaders {
  files: ReadableFile[];
  /** Files that no importer reads: licences, pictures, notes. */
  skipped: InputFile[];
}

/** Files that describe a package and hold no records. */
const DESCRIPTIONS = /(^|\/)(datapackage|package|schema|tableschema|metadata\.schema)\.json$/i;

export async function findReaders(
  files: readonly InputFile[],
  format: string,
  app: Pick<ServerDeps, 'registry' | 'plugins'> & { reader?: ImportReader | undefined },
): Promise<FoundReaders> {
  const importers = app.registry.getPoint<ImporterContribution>('importers').all();
  if (format !== 'auto' && !importers.some(({ value }) => value.id === format)) {
    const ids = importers.map(({ value }) => value.id);
    throw new Problem('bad_request', `There is no import format "${format}". Formats: auto, ${ids.join(', ')}.`, ids);
  }
  const found: FoundReaders = { files: [], skipped: [] };
  for (const file of files) {
    const fits = importers.filter(({ value }) => value.extensions.some((extension) => file.path.toLowerCase().endsWith(extension)));
    const chosen =
      format === 'auto'
        ? fits[0]
        : (importers.find(
            ({ value }) =>
              value.id === format &&
              (fits.length === 0 ? files.length === 1 : fits.some((fit) => fit.value.id === format || sameEnding(fit.value, value))),
          ) ?? fits[0]);
    if (!chosen || DESCRIPTIONS.test(file.path) || isNotes(file.path)) {
      found.skipped.push(file);
      continue;
    }
    const { plugin, value } = chosen;
    // Told now where there is no such function.
    const run = await app.plugins.getFunction(plugin, 'importers', value.run);
    const read = (rows?: ReadonlySet<number>): AsyncIterable<HashedBatch> => {
      const what = { path: file.path, ...(rows && { rows }) };
      return app.reader
        ? app.reader.read({ plugin, run: value.run, ...what }, file.open())
        : readHere(run({ bytes: file.open(), ...what }));
    };
    found.files.push({ file, format: value.id, read });
  }
  return found;
}

function sameEnding(a: ImporterContribution, b: ImporterContribution): boolean {
  return a.extensions.some((extension) => b.extensions.includes(extension));
}

function isNotes(path: string): boolean {
  return /(^|\/)(license|licence|readme|notice|changelog|version|sources)(\.\w+)?$/i.test(path);
}

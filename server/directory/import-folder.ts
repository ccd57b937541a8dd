// Looks now and then at a folder that another system puts a directory into, and imports what is new there. Off until the
// operator names a folder and a setting names the source; nothing outside of the operator's folder is ever read.

import { createHash } from 'node:crypto';
import { readdir, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, resolve, sep } from 'node:path';
import type { Disposable } from '#shared/platform/disposable.ts';
import { Problem } from '#shared/platform/problems.ts';
import type { ServerDeps } from '../deps.ts';
import { locateForWorker, startImport } from './import.ts';
import { getShared } from './imports-router.ts';

const EVERY_MS = 60_000;
/** Who did it, in the history. */
export const FOLDER_ACTOR = 'local:folder';

/** What came of one look. `waiting`: files are still coming, or another import is running. */
export type FolderLook = 'off' | 'unchanged' | 'waiting' | 'imported' | 'refused';

export interface FolderWatch extends Disposable {
  look(): Promise<FolderLook>;
}

/** @param root the only folder that may be read; undefined: none */
export function watchImportFolder(deps: ServerDeps, root: string | undefined): FolderWatch {
  /** As it was at the last look: a file that is still being written changes until the next one. */
  let seen = '';
  let refused = '';
  let looking: Promise<FolderLook> | undefined;

  async function lookOnce(): Promise<FolderLook> {
    const source = (await deps.settings.get<string>('imports.folderSource')).trim();
    if (!root || source === '') return 'off';
    const folder = await findFolder(root, await deps.settings.get<string>('imports.folder'));
    const signature = await describeFolder(folder, source);
    if (signature === null || signature === refused || signature === (await findLastSignature(deps))) return 'unchanged';
    const isStill = signature === seen;
    seen = signature;
    const { jobs } = getShared(deps);
    if (!isStill || jobs.isBusy) return 'waiting';
    const request = { paths: [folder], format: 'auto', source, dryRun: false, actor: FOLDER_ACTOR, signature };
    try {
      await new Promise<void>((done, fail) => {
        jobs.start(FOLDER_ACTOR, (hooks) => {
          const running = startImport({ ...locateForWorker(deps), request }, hooks);
          running.then(() => done(), fail);
          return running;
        });
      });
      return 'imported';
    } catch (error) {
      // What cannot be read is not tried again before it changes.
      refused = signature;
      throw error;
    }
  }

  function look(): Promise<FolderLook> {
    looking ??= deps.background.note(
      lookOnce()
        .catch((error: unknown): FolderLook => {
          if (!deps.background.signal.aborted)
            deps.log.warn({ error: error instanceof Error ? error.message : String(error) }, 'the import folder could not be imported');
          return 'refused';
        })
        .finally(() => (looking = undefined)),
    );
    return looking;
  }

  const timer = root ? setInterval(() => void look(), EVERY_MS).unref() : undefined;
  return { look, dispose: () => clearInterval(timer) };
}

/** Where links lead to counts, not what they are called. */
async function findFolder(root: string, name: string): Promise<string> {
  const outside = new Problem(
    'unprocessable',
    `The folder "${name}" of the setting imports.folder is not inside the operator's import folder.`,
  );
  if (isAbsolute(name)) throw outside;
  const whole = await realpath(resolve(root));
  const folder = await realpath(join(whole, name)).catch(() => {
    throw new Problem(
      'unprocessable',
      `There is no folder "${name}" in the operator's import folder. Make it, or correct the setting imports.folder.`,
    );
  });
  if (folder !== whole && !folder.startsWith(whole + sep)) throw outside;
  return folder;
}

/** Names, sizes and times of all files; null where there are none. */
async function describeFolder(folder: string, source: string): Promise<string | null> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.')).map((entry) => join(entry.parentPath, entry.name));
  if (files.length === 0) return null;
  const described: string[] = [];
  for (const file of files.sort()) {
    const { size, mtimeMs } = await stat(file);
    described.push(`${file} ${size} ${mtimeMs}`);
  }
  return createHash('sha256')
    .update([source, ...described].join('\n'))
    .digest('hex')
    .slice(0, 32);
}

async function findLastSignature({ db }: Pick<ServerDeps, 'db'>): Promise<string | undefined> {
  const last = await db
    .selectFrom('act')
    .select('detail')
    .where('actor', '=', FOLDER_ACTOR)
    .where('kind', '=', 'import')
    .orderBy('id', 'desc')
    .executeTakeFirst();
  return (JSON.parse(last?.detail ?? '{}') as { signature?: string }).signature;
}

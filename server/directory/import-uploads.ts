// Files on their way from a browser to an import: streamed to a folder of their own, with checked names and limits.
// An upload belongs to whoever began it, and is gone after a day, or when it was imported.

import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Problem } from '#shared/platform/problems.ts';

const BYTES_LIMIT = 2 ** 30;
const FILES_LIMIT = 2000;
const KEPT_MS = 24 * 3600 * 1000;

export interface Upload {
  id: string;
  folder: string;
}

interface Held extends Upload {
  owner: string;
  bytes: number;
  files: number;
}

export class Uploads {
  #root: string;
  #held = new Map<string, Held>();

  constructor(dataFolder: string) {
    this.#root = join(dataFolder, 'uploads');
  }

  async begin(owner: string): Promise<string> {
    await this.#removeOld();
    const id = randomUUID();
    const folder = join(this.#root, id);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    this.#held.set(id, { id, folder, owner, bytes: 0, files: 0 });
    return id;
  }

  get(id: string, owner: string): Upload {
    return this.#get(id, owner);
  }

  #get(id: string, owner: string): Held {
    const upload = this.#held.get(id);
    if (!upload || upload.owner !== owner) throw new Problem('not_found', 'This upload is gone. Choose the files again.');
    return upload;
  }

  /** Writes one file; gives its size. */
  async write(upload: { id: string; owner: string }, name: string, content: Readable): Promise<number> {
    const held = this.#get(upload.id, upload.owner);
    const target = checkName(held.folder, name);
    if (++held.files > FILES_LIMIT)
      throw new Problem('too_large', `An upload takes at most ${FILES_LIMIT} files. Put them into a ZIP package.`);
    let size = 0;
    const count = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        size += chunk.length;
        held.bytes += chunk.length;
        if (held.bytes > BYTES_LIMIT) done(new Problem('too_large', 'An upload takes at most 1 GB. Use the command line: waypost import.'));
        else done(null, chunk);
      },
    });
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    await pipeline(content, count, createWriteStream(target, { mode: 0o600 }));
    return size;
  }

  async discard(id: string, owner: string): Promise<void> {
    const { folder } = this.#get(id, owner);
    this.#held.delete(id);
    await rm(folder, { recursive: true, force: true });
  }

  async #removeOld(): Promise<void> {
    for (const name of await readdir(this.#root).catch(() => [] as string[])) {
      const folder = join(this.#root, name);
      const age = Date.now() - (await stat(folder)).mtimeMs;
      if (age < KEPT_MS) continue;
      this.#held.delete(name);
      await rm(folder, { recursive: true, force: true });
    }
  }
}

/** A name may hold folders, and leads nowhere but into the upload. */
function checkName(folder: string, name: string): string {
  const parts = name.split('/');
  const fine =
    name.length <= 300 &&
    parts.every((part) => part !== '' && part !== '.' && part !== '..' && !/[\\:*?"<>|\u0000-\u001f]/.test(part) && !part.startsWith('.'));
  const target = join(folder, ...parts);
  if (!fine || !target.startsWith(folder + sep))
    throw new Problem('bad_request', `"${name}" cannot be the name of a file here. Rename it.`);
  return target;
}

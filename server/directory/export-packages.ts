// Exports that were asked for in the browser, each as one file to take away: of several files a ZIP package. They lie
// below the data folder for an hour, for whoever asked for them, and for nobody else.

import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Zip, ZipDeflate } from 'fflate';
import { Problem } from '#shared/platform/problems.ts';
import type { ServerDeps } from '../deps.ts';
import { exportDirectory } from './export.ts';

type Deps = Pick<ServerDeps, 'db' | 'registry' | 'plugins' | 'settings' | 'clock' | 'dataFolder'>;

const KEPT_MS = 3_600_000;

export interface ExportPackage {
  id: string;
  /** "waypost-hsds-2026-11-19.zip" */
  name: string;
  bytes: number;
  /** Names of the files in it. */
  files: string[];
}

interface Held extends ExportPackage {
  owner: string;
  folder: string;
  path: string;
  forget: NodeJS.Timeout;
}

export class ExportPackages {
  readonly #deps: Deps;
  readonly #held = new Map<string, Held>();

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  async make(owner: string, { format, source }: { format: string; source?: string | undefined }): Promise<ExportPackage> {
    const id = randomUUID();
    const folder = join(this.#deps.dataFolder, 'exports', id);
    const out = join(folder, 'files');
    await mkdir(out, { recursive: true, mode: 0o700 });
    try {
      const files = await exportDirectory(this.#deps, { format, out, source });
      const timeZone = (await this.#deps.settings.get<string>('directory.timezone')) || 'UTC';
      const day = new Intl.DateTimeFormat('en-CA', { timeZone }).format(this.#deps.clock());
      const [only] = files.length === 1 ? files : [];
      const name = `waypost-${format}-${day}${only === undefined ? '.zip' : (/\.[^.]+$/.exec(only)?.[0] ?? '')}`;
      const path = join(folder, 'package');
      if (only === undefined) await pipeline(zipped(out, files), createWriteStream(path, { mode: 0o600 }));
      else await rename(join(out, only), path);
      await rm(out, { recursive: true, force: true });
      const { size } = await stat(path);
      const forget = setTimeout(() => void this.#drop(id), KEPT_MS).unref();
      this.#held.set(id, { id, name, bytes: size, files, owner, folder, path, forget });
      return { id, name, bytes: size, files };
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** Where the file lies. Throws `not_found` for everybody but whoever asked for it. */
  get(id: string, owner: string): Pick<Held, 'path' | 'name' | 'bytes'> {
    const found = this.#held.get(id);
    if (!found || found.owner !== owner) throw new Problem('not_found', 'This export is gone. Make it again.');
    return found;
  }

  async dispose(): Promise<void> {
    await Promise.all([...this.#held.keys()].map((id) => this.#drop(id)));
  }

  async #drop(id: string): Promise<void> {
    const found = this.#held.get(id);
    if (!found) return;
    clearTimeout(found.forget);
    this.#held.delete(id);
    await rm(found.folder, { recursive: true, force: true });
  }
}

async function* zipped(folder: string, names: readonly string[]): AsyncIterable<Uint8Array> {
  const ready: Uint8Array[] = [];
  const zip = new Zip((error, piece) => {
    if (error) throw error;
    ready.push(piece);
  });
  for (const name of names) {
    const entry = new ZipDeflate(name);
    zip.add(entry);
    for await (const piece of createReadStream(join(folder, name)) as AsyncIterable<Uint8Array>) {
      entry.push(piece);
      yield* ready.splice(0);
    }
    entry.push(new Uint8Array(), true);
  }
  zip.end();
  yield* ready.splice(0);
}

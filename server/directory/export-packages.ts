// Exports that were asked for in the browser, each as one file to take away: of several files a ZIP package. They wait
// below the data folder, sealed, for whoever asked for them and for nobody else, until they were fetched or an hour is over.

import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { Zip, ZipDeflate } from 'fflate';
import { Problem } from '#shared/platform/problems.ts';
import type { ServerDeps } from '../deps.ts';
import { getActorName, type Actor } from '../identity/actor.ts';
import { auditExport, runExport } from './export.ts';
import { SealedFile } from './sealed-file.ts';

type Deps = Pick<ServerDeps, 'db' | 'registry' | 'plugins' | 'settings' | 'clock' | 'dataFolder' | 'log'>;

const KEPT_MS = 3_600_000;
/** A download that broke off at the very end is tried again at once, or not at all. */
const KEPT_FETCHED_MS = 60_000;

export interface ExportPackage {
  id: string;
  /** "waypost-hsds-2026-11-19.zip" */
  name: string;
  bytes: number;
  /** Names of the files in it. */
  files: string[];
}

interface Held {
  owner: string;
  name: string;
  file: SealedFile;
  folder: string;
  forget: NodeJS.Timeout;
}

interface Part {
  name: string;
  file: SealedFile;
}

export class ExportPackages {
  readonly #deps: Deps;
  readonly #root: string;
  readonly #held = new Map<string, Held>();

  constructor(deps: Deps) {
    this.#deps = deps;
    this.#root = join(deps.dataFolder, 'exports');
    // Of a server that did not end by itself.
    void this.#removeLeftBehind();
  }

  /** On record before the first byte is written. */
  async make(actor: Actor, { format, source }: { format: string; source?: string | undefined }): Promise<ExportPackage> {
    await this.#removeLeftBehind();
    await auditExport(this.#deps, { actor, format, source });
    const id = randomUUID();
    const folder = join(this.#root, id);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    try {
      const parts: Part[] = [];
      await runExport(this.#deps, { format, source }, async ({ path, chunks }) => {
        parts.push({ name: path, file: await SealedFile.write(join(folder, String(parts.length)), chunks) });
      });
      const [only] = parts.length === 1 ? parts : [];
      const name = await this.#nameOf(format, only?.name);
      const file = only?.file ?? (await SealedFile.write(join(folder, 'package'), zipped(parts)));
      for (const part of parts) if (part.file !== file) await rm(part.file.path);
      this.#held.set(id, { owner: getActorName(actor), name, file, folder, forget: this.#forgetAfter(id, KEPT_MS) });
      return { id, name, bytes: file.size, files: parts.map((part) => part.name) };
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** Throws `not_found` for everybody but whoever asked for it. */
  get(id: string, actor: Actor): { name: string; bytes: number; content: () => Readable } {
    const found = this.#held.get(id);
    if (!found || found.owner !== getActorName(actor)) throw new Problem('not_found', 'This export is gone. Make it again.');
    return { name: found.name, bytes: found.file.size, content: () => found.file.read() };
  }

  /** To be called when it was fetched to its end. */
  noteFetched(id: string): void {
    const found = this.#held.get(id);
    if (!found) return;
    clearTimeout(found.forget);
    found.forget = this.#forgetAfter(id, KEPT_FETCHED_MS);
  }

  async dispose(): Promise<void> {
    await Promise.all([...this.#held.keys()].map((id) => this.#drop(id)));
  }

  async #nameOf(format: string, only: string | undefined): Promise<string> {
    const timeZone = (await this.#deps.settings.get<string>('directory.timezone')) || 'UTC';
    const day = new Intl.DateTimeFormat('en-CA', { timeZone }).format(this.#deps.clock());
    return `waypost-${format}-${day}${only === undefined ? '.zip' : (/\.[^.]+$/.exec(only)?.[0] ?? '')}`;
  }

  #forgetAfter(id: string, milliseconds: number): NodeJS.Timeout {
    return setTimeout(() => void this.#drop(id), milliseconds).unref();
  }

  async #drop(id: string): Promise<void> {
    const found = this.#held.get(id);
    if (!found) return;
    clearTimeout(found.forget);
    this.#held.delete(id);
    await rm(found.folder, { recursive: true, force: true });
  }

  /** Nobody has the key of these any more; another server on the same folder may have that of a young one. */
  async #removeLeftBehind(): Promise<void> {
    try {
      for (const name of await readdir(this.#root)) {
        const folder = join(this.#root, name);
        if (!this.#held.has(name) && Date.now() - (await stat(folder)).mtimeMs > KEPT_MS)
          await rm(folder, { recursive: true, force: true });
      }
    } catch (error) {
      if ((error as { code?: string }).code !== 'ENOENT') this.#deps.log.warn({ error: String(error) }, 'old exports could not be removed');
    }
  }
}

async function* zipped(parts: readonly Part[]): AsyncIterable<Uint8Array> {
  const ready: Uint8Array[] = [];
  const zip = new Zip((error, piece) => {
    if (error) throw error;
    ready.push(piece);
  });
  for (const { name, file } of parts) {
    const entry = new ZipDeflate(name);
    zip.add(entry);
    for await (const piece of file.read() as AsyncIterable<Uint8Array>) {
      entry.push(piece);
      yield* ready.splice(0);
    }
    entry.push(new Uint8Array(), true);
  }
  zip.end();
  yield* ready.splice(0);
}

// Installed plugins on the disk: each package under its sha512 in the data folder, and a lock file that says which of them
// hold, what was granted to whom, by whom and when. Whatever happens in between, the lock file is the old or the new one.

import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { PluginGrant } from '#shared/plugin-api/permissions.ts';
import { OperatorProblem } from '../db/operator-problem.ts';
import type { PluginPackage } from './package-file.ts';

export const LockEntry = z.strictObject({
  version: z.string(),
  /** sha512 of the package, as npm writes it, and in hexadecimal: the name of its folder. */
  integrity: z.string(),
  hash: z.string().regex(/^[0-9a-f]{128}$/),
  /** Where it came from: a file's name. */
  source: z.string(),
  installed: z.strictObject({ at: z.string(), by: z.string() }),
  enabled: z.boolean(),
  granted: PluginGrant,
  /** Ids of the agencies for which it holds; absent: for all. */
  agencies: z.array(z.string()).optional(),
  /** The consent: who gave it, when; absent where nothing was asked for. */
  consent: z.strictObject({ at: z.string(), by: z.string(), overridesFlowRule: z.boolean().optional() }).optional(),
  /** The folder that it is read from while it is being written. */
  link: z.string().optional(),
  /** It was ended too often; it does not run until somebody enables it again. */
  quarantine: z.strictObject({ at: z.string(), why: z.string() }).optional(),
  /** What was installed before, to which "waypost plugin back" returns. */
  before: z.strictObject({ version: z.string(), integrity: z.string(), hash: z.string(), source: z.string() }).optional(),
});
export type LockEntry = z.infer<typeof LockEntry>;

/** Of a plugin that is shipped: switched on or off here. */
const ShippedEntry = z.strictObject({ enabled: z.boolean(), at: z.string(), by: z.string() });
type ShippedEntry = z.infer<typeof ShippedEntry>;

const Lock = z.strictObject({
  lockVersion: z.literal(1),
  plugins: z.record(z.string(), LockEntry),
  shipped: z.record(z.string(), ShippedEntry).optional(),
});
type Lock = z.infer<typeof Lock>;

export interface InstalledPlugin extends LockEntry {
  name: string;
  /** Where its files lie, unpacked. */
  folder: string;
}

export interface PluginStore {
  list(): InstalledPlugin[];
  find(name: string): InstalledPlugin | undefined;
  /** How a shipped plugin was switched here; undefined: never. */
  findShipped(name: string): ShippedEntry | undefined;
  setShipped(name: string, entry: ShippedEntry): void;
  /** Writes the files of a package to where they belong; the lock file does not know of them yet. */
  keep(content: PluginPackage): void;
  /** The package of this sha512, as it came. Throws where it is gone. */
  readPackage(hash: string): Uint8Array;
  /** Sets what holds for a plugin; undefined: it is not installed. Files that nobody names any longer go. */
  set(name: string, entry: LockEntry | undefined): void;
  /** Takes files away that the lock file does not name. */
  tidy(): void;
}

const LOCK = 'plugins.lock.json';

export function createPluginStore(dataFolder: string): PluginStore {
  const home = join(dataFolder, 'plugins');
  const folderOf = (hash: string): string => join(home, 'packages', hash);
  // Read each time: the command line may have written it, and it is small.
  const read = (): Lock => readLock(join(home, LOCK));
  const list = (): InstalledPlugin[] =>
    Object.entries(read().plugins).map(([name, entry]) => ({ ...entry, name, folder: join(folderOf(entry.hash), 'content') }));
  return {
    list,
    find: (name) => list().find((plugin) => plugin.name === name),
    keep({ hash, files, bytes }) {
      const target = folderOf(hash);
      if (existsSync(target)) return;
      const part = `${target}.${process.pid}.part`;
      rmSync(part, { recursive: true, force: true });
      for (const [path, content] of files) writePrivate(join(part, 'content', path), content);
      writePrivate(join(part, 'package.tgz'), bytes);
      renameSync(part, target);
    },
    readPackage: (hash) => readFileSync(join(folderOf(hash), 'package.tgz')),
    findShipped: (name) => read().shipped?.[name],
    setShipped(name, entry) {
      const lock = read();
      write({ ...lock, shipped: { ...lock.shipped, [name]: entry } });
    },
    set(name, entry) {
      const lock = read();
      if (entry) lock.plugins[name] = LockEntry.parse(entry);
      else delete lock.plugins[name];
      write(lock);
      forget(lock);
    },
    tidy: () => forget(read()),
  };

  function write(lock: Lock): void {
    const part = join(home, `${LOCK}.${process.pid}.part`);
    writePrivate(part, Buffer.from(`${JSON.stringify(lock, null, 2)}\n`));
    renameSync(part, join(home, LOCK));
  }

  function forget(lock: Lock): void {
    const used = new Set(Object.values(lock.plugins).flatMap(({ hash, before }) => [hash, before?.hash]));
    for (const hash of existsSync(join(home, 'packages')) ? readdirSync(join(home, 'packages')) : []) {
      if (!used.has(hash.slice(0, 128))) rmSync(folderOf(hash), { recursive: true, force: true });
    }
  }
}

function readLock(file: string): Lock {
  if (!existsSync(file)) return { lockVersion: 1, plugins: {} };
  try {
    return Lock.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new OperatorProblem(
      `${file} cannot be read: ${why}\nMend it, or put it aside: then no plugin is installed, and they can be installed anew.`,
    );
  }
}

function writePrivate(path: string, content: Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileSync(path, content, { mode: 0o600, flush: true });
}

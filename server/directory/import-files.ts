// What a person names, as files: folders are walked, packages are unpacked in memory within limits.

import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { Unzip, UnzipInflate, type UnzipFile } from 'fflate';
import { Problem } from '#shared/platform/problems.ts';

export interface InputFile {
  /** Relative to what was named, with forward slashes; a package's name stands before the names in it. */
  path: string;
  /** Bytes, unpacked. */
  size: number;
  open(): AsyncIterable<Uint8Array>;
}

/** A package may unpack to this much, and to no more than this many times its own size. */
const UNPACKED_LIMIT = 1 << 30;
const RATIO_LIMIT = 200;
const FILES_LIMIT = 10_000;

/** Every file under the paths, in the order of their names, so that an import reads them the same way each time. */
export async function listInputFiles(paths: readonly string[]): Promise<InputFile[]> {
  const files: InputFile[] = [];
  for (const path of paths) {
    const whole = resolve(path);
    const info = await stat(whole).catch(() => {
      throw new Problem('bad_request', `There is no file or folder ${path}. Check the path.`);
    });
    if (info.isDirectory()) for (const name of await listFolder(whole, '')) files.push(...(await expand(join(whole, name), name)));
    else files.push(...(await expand(whole, basename(whole))));
    if (files.length > FILES_LIMIT)
      throw new Problem('too_large', `${path} holds more than ${FILES_LIMIT} files. Name the folder with the tables.`);
  }
  return files;
}

async function listFolder(folder: string, prefix: string): Promise<string[]> {
  const names: string[] = [];
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.')) continue;
    if (entry.isDirectory()) names.push(...(await listFolder(join(folder, entry.name), `${prefix}${entry.name}/`)));
    else if (entry.isFile()) names.push(prefix + entry.name);
  }
  return names;
}

async function expand(whole: string, path: string): Promise<InputFile[]> {
  if (!/\.zip$/i.test(path))
    return [{ path, size: (await stat(whole)).size, open: () => createReadStream(whole, { highWaterMark: 1 << 18 }) }];
  const unpacked = unzip(await readFile(whole), path);
  return [...unpacked]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, bytes]) => ({ path: `${path}/${name}`, size: bytes.length, open: () => once(bytes) }));
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}

/** Unpacks with the limits checked on what really comes out, whatever the package says of itself. */
export function unzip(packed: Uint8Array, path: string): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  let total = 0;
  const add = (size: number): void => {
    total += size;
    if (total > UNPACKED_LIMIT || total > packed.length * RATIO_LIMIT + (1 << 20)) {
      throw new Problem(
        'too_large',
        `${path} unpacks to far more than its size, so it was not opened. Unpack it yourself and import the folder.`,
      );
    }
  };
  const unzipper = new Unzip((file) => collect(file, files, add));
  unzipper.register(UnzipInflate);
  try {
    for (let at = 0; at < packed.length; at += 1 << 16) unzipper.push(packed.subarray(at, at + (1 << 16)), at + (1 << 16) >= packed.length);
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem('unprocessable', `${path} is damaged, or not a ZIP package. Make it again, or unpack it and import the folder.`);
  }
  return files;
}

function collect(file: UnzipFile, files: Map<string, Uint8Array>, add: (size: number) => void): void {
  if (file.name.endsWith('/') || basename(file.name).startsWith('.') || file.name.startsWith('__MACOSX/')) return;
  if (files.size >= FILES_LIMIT) throw new Problem('too_large', `The package holds more than ${FILES_LIMIT} files.`);
  const parts: Uint8Array[] = [];
  file.ondata = (error, data, final) => {
    if (error) throw error;
    add(data.length);
    parts.push(data);
    if (final) files.set(file.name, Buffer.concat(parts));
  };
  file.start();
}

const GENERIC_NAMES = new Set(['csv', 'json', 'data', 'export', 'output', 'files', 'tables', 'package', 'import']);

/** The source's name where none is given: that of the folder or file, with its folder where it says nothing by itself. */
export function nameSource(paths: readonly string[]): string {
  const whole = resolve(paths[0] ?? 'import');
  const own = basename(whole).replace(/\.(csv|tsv|txt|json|ndjson|jsonl|geojson|zip)$/i, '');
  return GENERIC_NAMES.has(own.toLowerCase()) ? `${basename(dirname(whole))}/${own}` : own;
}

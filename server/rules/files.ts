// Finds and reads the files that the command line names: rules, tables and facts, wherever they lie.

import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import { Problem } from '#shared/platform/problems.ts';

export interface TextFile {
  file: string;
  text: string;
  /** Named on the command line, not just found in a folder. */
  named: boolean;
}

const EXTENSIONS = ['.yaml', '.yml', '.json'];

/** Texts of the files, and of all .yaml, .yml and .json below the folders, in the order of their names. Throws a Problem. */
export async function readTextFiles(paths: readonly string[]): Promise<TextFile[]> {
  const files = (await Promise.all(paths.map(listFiles))).flat();
  return Promise.all([...new Set(files)].map(async (file) => ({ file, text: await readText(file), named: paths.includes(file) })));
}

/** @param source a file, or "-" for standard input */
export async function readTextOrStdin(source: string, stdin: Readable): Promise<string> {
  return source === '-' ? text(stdin) : readText(source);
}

async function listFiles(path: string): Promise<string[]> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw toProblem(path, error);
  });
  if (!found.isDirectory()) return [path];
  const entries = await readdir(path, { withFileTypes: true });
  const listed = await Promise.all(
    entries
      .filter((entry) => !entry.name.startsWith('.') && entry.name !== 'node_modules')
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map((entry) => {
        const inside = join(path, entry.name);
        if (entry.isDirectory()) return listFiles(inside);
        return EXTENSIONS.includes(extname(entry.name).toLowerCase()) ? [inside] : [];
      }),
  );
  return listed.flat();
}

async function readText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw toProblem(file, error);
  });
}

function toProblem(path: string, error: NodeJS.ErrnoException): Problem {
  return new Problem('bad_request', error.code === 'ENOENT' ? `There is no file ${path}.` : `${path} cannot be read: ${error.message}`);
}

// `waypost plugin new`: a plugin to begin with, whose every file may be changed.

import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Problem } from '#shared/platform/problems.ts';

const AGENCY = fileURLToPath(new URL('./hello-agency', import.meta.url));
const CODE = fileURLToPath(new URL('./hello-code', import.meta.url));

/** Writes a plugin with the folder's name; gives its files. */
export function writeTemplate(folder: string, { code }: { code: boolean }): string[] {
  const name = basename(folder);
  if (!/^[a-z0-9][a-z0-9-]{1,60}$/.test(name))
    throw new Problem('bad_request', `"${name}" cannot be the name of a plugin: lower-case letters, digits and "-".`);
  if (existsSync(folder)) throw new Problem('conflict', `${folder} is there already. Choose another name.`);
  const from = code ? CODE : AGENCY;
  cpSync(from, folder, { recursive: true });
  const files = readdirSync(folder).sort();
  for (const file of files) {
    const text = readFileSync(join(folder, file), 'utf8');
    const own = text.replaceAll(basename(from), name).replaceAll(basename(from).replaceAll('-', '_'), name.replaceAll('-', '_'));
    writeFileSync(join(folder, file), own);
  }
  return files.map((file) => join(name, file));
}

// `waypost plugin new`: a plugin to begin with, whose every file may be changed, and what editors need to help with it.

import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Problem } from '#shared/platform/problems.ts';
import { createManifestSchema, createPointSchema } from './reference.ts';

const AGENCY = fileURLToPath(new URL('./hello-agency', import.meta.url));
const CODE = fileURLToPath(new URL('./hello-code', import.meta.url));
/** Beside the plugin, and never in its package. */
const SCHEMAS = '.schemas';

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
  writeSchemas(folder);
  return files.map((file) => join(name, file));
}

/** So that an editor offers words while they are typed, and marks what cannot stand where it stands. */
function writeSchemas(folder: string): void {
  const write = (path: string, content: unknown) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), `${JSON.stringify(content, null, 2)}\n`);
  };
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    waypost: { contributes: Record<string, unknown[]> };
  };
  write(`${SCHEMAS}/package.json`, createManifestSchema());
  write('.vscode/settings.json', { 'json.schemas': [{ fileMatch: ['/package.json'], url: `./${SCHEMAS}/package.json` }] });
  write('.vscode/extensions.json', { recommendations: ['redhat.vscode-yaml'] });
  for (const [point, values] of Object.entries(manifest.waypost.contributes)) {
    const schema = createPointSchema(point);
    const files = values.filter((value): value is string => typeof value === 'string' && value.endsWith('.yaml'));
    if (!schema || files.length === 0) continue;
    write(`${SCHEMAS}/${point}.json`, schema);
    for (const file of files) {
      const path = join(folder, file);
      // The line by which the YAML extensions of editors find the schema of a file.
      writeFileSync(path, `# yaml-language-server: $schema=${SCHEMAS}/${point}.json\n${readFileSync(path, 'utf8')}`);
    }
  }
}

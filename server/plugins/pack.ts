// Makes a package of a plugin's folder: TypeScript becomes JavaScript, what is not part of a plugin stays behind, and the same
// folder always gives the same bytes. What comes out is read again as if it came from a stranger.

import { readdirSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join, relative, sep } from 'node:path';
import { gzipSync } from 'node:zlib';
import { packTar } from 'modern-tar';
import { findJsonFault } from '#shared/platform/json-fault.ts';
import { fail, type Result } from '#shared/platform/result.ts';
import { readText } from './file-text.ts';
import { readPackage, type PluginPackage } from './package-file.ts';
import { sayError } from './read-plugin.ts';

/** Folders and files that are the author's own. */
const LEFT_OUT = /(^|\/)(node_modules|\.[^/]+|tests?|package-lock\.json|tsconfig\.json)(\/|$)|\.d\.ts$|\.tgz$/;
/** Within this repository the door is a path; in the cage it is a name. */
const DOOR = /(["'])(?:\.\.\/)+shared\/plugin-api\/index\.ts\1/g;
const EPOCH = new Date(0);

export async function packFolder(folder: string): Promise<Result<PluginPackage>> {
  let files;
  try {
    files = listFiles(folder).map((path) => transform(path, readFileSync(join(folder, path))));
  } catch (error) {
    return fail({ code: 'unreadable_folder', severity: 'error', message: `${folder} cannot be packed: ${sayError(error)}` });
  }
  return packFiles(files);
}

/** @param files as they are to be in the package, by path */
export async function packFiles(files: Iterable<readonly [path: string, content: Uint8Array]>): Promise<Result<PluginPackage>> {
  const entries = Array.from(files, ([path, body]) => {
    return { header: { name: `package/${path}`, size: body.length, mtime: EPOCH, mode: 0o644 }, body };
  });
  return readPackage(gzipSync(await packTar(entries), { level: 9 }));
}

function listFiles(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath, entry.name)));
  return paths
    .map((path) => path.replaceAll(sep, '/'))
    .filter((path) => !LEFT_OUT.test(path))
    .sort();
}

function transform(path: string, content: Buffer): [path: string, content: Uint8Array] {
  if (path.endsWith('.ts')) return [path.replace(/\.ts$/, '.js'), Buffer.from(toJavaScript(path, content.toString('utf8')))];
  if (path !== 'package.json') return [path, content];
  const text = readText(path, content);
  // What cannot be read goes on as it is: reading the package says what is wrong with it, and where.
  if (!text.ok || findJsonFault(text.value)) return [path, content];
  const manifest = JSON.parse(text.value) as { main?: unknown };
  if (typeof manifest.main !== 'string' || !manifest.main.endsWith('.ts')) return [path, Buffer.from(text.value)];
  manifest.main = manifest.main.replace(/\.ts$/, '.js');
  return [path, Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`)];
}

function toJavaScript(path: string, text: string): string {
  try {
    const script = stripTypeScriptTypes(text);
    return script.replaceAll(DOOR, "'waypost'").replaceAll(/((?:from|import)\s*\(?\s*["']\.{1,2}\/[^"']+)\.ts(["'])/g, '$1.js$2');
  } catch (error) {
    throw new Error(`${path}: ${sayError(error)}`, { cause: error });
  }
}

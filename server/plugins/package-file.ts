// Reads a plugin's package, an npm tarball, from bytes that nobody has looked at yet. Nothing is written and nothing is run
// here: a package is taken whole, or refused in words that say why.

import { createHash } from 'node:crypto';
import { gunzip } from 'node:zlib';
import { promisify } from 'node:util';
import { unpackTar } from 'modern-tar';
import { readDocuments } from '#shared/eligibility/rule-file.ts';
import { toSchemaIssues } from '#shared/eligibility/schema-issues.ts';
import { findJsonFault } from '#shared/platform/json-fault.ts';
import { suggestWords } from '#shared/platform/suggest.ts';
import { PluginManifest } from '#shared/plugin-api/manifest.ts';
import { CONTRIBUTION_POINTS } from '#shared/plugin-api/points.ts';
import { fail, ok, type Result } from '#shared/platform/result.ts';
import { readText } from './file-text.ts';
import { isTextFile, PluginTexts } from './texts.ts';

export const PACKAGE_LIMITS = { bytes: 5 * 1024 * 1024, files: 500, codeBytes: 512 * 1024, pathLength: 200, depth: 8 };

export interface PluginPackage {
  manifest: PluginManifest;
  /** sha512 of the tarball: in hexadecimal, and as npm writes it. */
  hash: string;
  integrity: string;
  /** By path within the plugin. */
  files: Map<string, Uint8Array>;
  bytes: Uint8Array;
}

const unzip = promisify(gunzip);
const UNPACKED_LIMIT = PACKAGE_LIMITS.bytes + PACKAGE_LIMITS.files * 2048;

export async function readPackage(bytes: Uint8Array): Promise<Result<PluginPackage>> {
  if (bytes.length > PACKAGE_LIMITS.bytes) return refuse('too_large', `The package is larger than ${sayMegabytes(PACKAGE_LIMITS.bytes)}.`);
  const digest = createHash('sha512').update(bytes).digest();
  const unpacked = await unpack(bytes);
  if (!unpacked.ok) return unpacked;
  const manifest = readManifest(unpacked.value);
  if (!manifest.ok) return manifest;
  const lie = findLie(manifest.value, unpacked.value);
  if (lie !== undefined) return refuse('lying_manifest', `package.json: ${lie}`);
  const [hash, integrity] = [digest.toString('hex'), `sha512-${digest.toString('base64')}`];
  return ok({ manifest: manifest.value, hash, integrity, files: unpacked.value, bytes });
}

/** The scripts that a plugin's `main` may load: all of its modules. */
export function listModules(files: ReadonlyMap<string, Uint8Array>): Record<string, string> {
  const modules = [...files].filter(([path]) => /\.m?js$/.test(path));
  return Object.fromEntries(modules.map(([path, content]) => [path, Buffer.from(content).toString('utf8')]));
}

async function unpack(bytes: Uint8Array): Promise<Result<Map<string, Uint8Array>>> {
  let tar: Buffer;
  try {
    tar = await unzip(bytes, { maxOutputLength: UNPACKED_LIMIT });
  } catch (error) {
    const large = error instanceof RangeError || (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    if (large) return refuse('too_large', `The package unpacks to more than ${sayMegabytes(PACKAGE_LIMITS.bytes)}.`);
    return refuse('not_a_package', 'This is no plugin package. A package is a .tgz file, made by "waypost plugin pack" or "npm pack".');
  }
  let entries;
  try {
    entries = await unpackTar(tar, { strict: true });
  } catch {
    return refuse('not_a_package', 'The package is damaged: its files cannot be read.');
  }
  const files = new Map<string, Uint8Array>();
  const seen = new Set<string>();
  let total = 0;
  for (const { header, data } of entries) {
    if (header.type === 'directory' || header.type === 'pax-global-header') continue;
    if (header.type !== undefined && header.type !== 'file')
      return refuse('forbidden_entry', `"${header.name}" is a ${header.type}. A package holds files alone, no links and no devices.`);
    const path = readPath(header.name);
    if (path === undefined) return refuse('forbidden_path', `"${header.name}" leads out of the package, or is no fit name for a file.`);
    // On some systems both would be one file.
    if (seen.has(path.toLowerCase())) return refuse('forbidden_path', `"${path}" is in the package twice.`);
    seen.add(path.toLowerCase());
    if (files.size >= PACKAGE_LIMITS.files) return refuse('too_large', `The package holds more than ${PACKAGE_LIMITS.files} files.`);
    total += data?.length ?? 0;
    if (total > PACKAGE_LIMITS.bytes) return refuse('too_large', `The package unpacks to more than ${sayMegabytes(PACKAGE_LIMITS.bytes)}.`);
    files.set(path, data ?? new Uint8Array());
  }
  return ok(files);
}

/** npm puts everything into one folder, usually called "package". */
function readPath(name: string): string | undefined {
  const parts = name.split('/');
  parts.shift();
  const fine = parts.every(
    (part) => part !== '' && part !== '.' && part !== '..' && !/[\\:*?"<>|\u0000-\u001f\u007f]/.test(part) && !/[. ]$/.test(part),
  );
  const path = parts.join('/');
  const first = name.split('/')[0] ?? '';
  const inside = first !== '' && first !== '..' && first !== '.';
  return fine && inside && path !== '' && path.length <= PACKAGE_LIMITS.pathLength && parts.length <= PACKAGE_LIMITS.depth
    ? path
    : undefined;
}

function readManifest(files: ReadonlyMap<string, Uint8Array>): Result<PluginManifest> {
  const file = files.get('package.json');
  if (!file) return refuse('not_a_package', 'The package has no package.json.');
  const text = readText('package.json', file);
  if (!text.ok) return fail(...text.issues.map((one) => ({ ...one, message: `package.json: ${one.message}` })));
  const fault = findJsonFault(text.value);
  if (fault)
    return fail({ code: 'invalid_manifest', severity: 'error', ...fault, message: `package.json:${fault.line}: ${fault.message}` });
  const json: unknown = JSON.parse(text.value);
  const parsed = PluginManifest.safeParse(readTexts(files).resolveManifest(json, () => undefined));
  if (parsed.success) return ok(parsed.data);
  const [document] = readDocuments(text.value).documents;
  const issues = toSchemaIssues(parsed.error, { code: 'invalid_manifest', raw: json, known: Object.keys(CONTRIBUTION_POINTS) });
  return fail(
    ...issues.slice(0, 20).map(({ at, said: _, fix: __, ...issue }) => {
      const place = document?.locate(at) ?? {};
      return { ...issue, ...place, message: `package.json:${place.line ?? 1}: ${issue.message}` };
    }),
  );
}

/** The texts that stand apart from the contributions. */
export function readTexts(files: ReadonlyMap<string, Uint8Array>): PluginTexts {
  return new PluginTexts(
    [...files].filter(([path]) => isTextFile(path)).map(([path, content]) => [path, Buffer.from(content).toString('utf8')]),
  );
}

/** What the manifest says and the package does not hold. */
function findLie(manifest: PluginManifest, files: ReadonlyMap<string, Uint8Array>): string | undefined {
  if (manifest.main !== undefined) {
    const main = manifest.main.replace(/^\.\//, '');
    if (!files.has(main)) return `"main" names ${manifest.main}, which the package does not hold.`;
    if (!/\.m?js$/.test(main))
      return `"main" names ${manifest.main}; installed plugins run JavaScript (.js). "waypost plugin pack" makes it.`;
  }
  const code = [...files].filter(([path]) => /\.m?js$/.test(path)).reduce((sum, [, { length }]) => sum + length, 0);
  if (code > PACKAGE_LIMITS.codeBytes) return `its code is larger than ${PACKAGE_LIMITS.codeBytes / 1024} kB.`;
  const lists = Object.entries(manifest.waypost.contributes) as [string, unknown[] | undefined][];
  for (const [point, values = []] of lists)
    for (const value of values) {
      if (typeof value === 'object' && value !== null && 'run' in value && manifest.main === undefined)
        return `${point} names the function "${String(value.run)}", but there is no "main".`;
      if (typeof value === 'string' && ![...files.keys()].some((path) => fitsPattern(value, path))) {
        const [near] = suggestWords(value, files.keys());
        return `${point} names ${value}, which the package does not hold.${near === undefined ? '' : ` Did you mean ./${near}?`}`;
      }
    }
  return undefined;
}

/** `./folder/*.yaml` fits all such files of the folder. */
export function fitsPattern(pattern: string, path: string): boolean {
  const [start = '', end] = pattern.slice(2).split('*');
  if (end === undefined) return path === start;
  return path.startsWith(start) && path.endsWith(end) && !path.slice(start.length, path.length - end.length).includes('/');
}

function refuse(code: string, message: string): { ok: false; issues: [{ code: string; severity: 'error'; message: string }] } {
  return { ok: false, issues: [{ code, severity: 'error', message }] };
}

function sayMegabytes(bytes: number): string {
  return `${bytes / 1024 / 1024} MB`;
}

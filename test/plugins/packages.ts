// Packages made by hand, honest and otherwise.

import { gzipSync } from 'node:zlib';
import { packTar, type TarHeader } from 'modern-tar';
import { readPackage, type PluginPackage } from '#server/plugins/package-file.ts';

export interface PackageParts {
  name?: string;
  version?: string;
  permissions?: object;
  contributes?: object;
  main?: string;
  /** Over the manifest, as it is. */
  manifest?: object;
  files?: Record<string, string | Uint8Array>;
  /** Entries as they are, beside those that belong there. */
  entries?: { header: Partial<TarHeader> & { name: string }; body?: string | Uint8Array }[];
}

export async function tarballOf({
  name = 'made-up',
  version = '1.0.0',
  permissions,
  contributes = {},
  main,
  ...more
}: PackageParts): Promise<Buffer> {
  const manifest = {
    ...{ name, version, engines: { waypost: '^1' }, type: 'module' },
    ...(main !== undefined && { main: './main.js' }),
    waypost: { ...(permissions && { permissions }), contributes },
    ...more.manifest,
  };
  const files = { 'package.json': JSON.stringify(manifest), ...(main !== undefined && { 'main.js': main }), ...more.files };
  const entries = [
    ...Object.entries(files).map(([path, body]) => ({ header: { name: `package/${path}` }, body })),
    ...(more.entries ?? []),
  ].map(({ header, body = '' }) => ({ header: { ...header, size: Buffer.byteLength(body) }, body }));
  return gzipSync(await packTar(entries));
}

export async function packageOf(parts: PackageParts): Promise<PluginPackage> {
  const read = await readPackage(await tarballOf(parts));
  if (!read.ok) throw new Error(read.issues[0]?.message);
  return read.value;
}

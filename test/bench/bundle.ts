// The first screen's weight: what the browser loads before the map's own chunk.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { benchRow, type Bench } from './bench.ts';

const dist = join(import.meta.dirname, '../../dist/client');

interface ManifestChunk {
  file: string;
  css?: string[];
  imports?: string[];
  dynamicImports?: string[];
  isEntry?: boolean;
}

export const bench: Bench = {
  name: 'bundle',
  what: 'gzipped bytes that the first screen (Find) loads, the map chunk apart',
  async run() {
    const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8')) as Record<string, ManifestChunk>;
    const scripts = new Set<string>();
    const styles = new Set<string>();
    const visit = (id: string): void => {
      const chunk = manifest[id];
      if (!chunk || scripts.has(chunk.file)) return;
      scripts.add(chunk.file);
      for (const css of chunk.css ?? []) styles.add(css);
      for (const next of chunk.imports ?? []) visit(next);
    };
    const entry = Object.keys(manifest).find((id) => manifest[id]?.isEntry);
    if (!entry) throw new Error('No entry in dist/client/.vite/manifest.json: run npm run build first.');
    visit(entry);
    // The first screen is the workbench with the Find view open; what it loads on its way counts too.
    for (const id of Object.keys(manifest)) if (/client\/find\/FindView|find\/FindView\.svelte/.test(id)) visit(id);
    const map = new Set([...scripts].filter((file) => /maplibre/.test(readFileSync(join(dist, file), 'utf8').slice(0, 2000))));
    const size = (files: Iterable<string>) =>
      [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(dist, file)), { level: 9 }).length, 0);
    const fonts = existsSync(join(dist, 'assets')) ? readdirSync(join(dist, 'assets')).filter((file) => file.endsWith('.woff2')) : [];
    const latin = fonts.filter((file) => /latin-wght|latin-[a-z]*-?normal/.test(file) && !/ext/.test(file)).map((file) => `assets/${file}`);
    return [
      benchRow({
        id: 'bundle-js',
        unit: 'bytes gz',
        ours: size([...scripts].filter((file) => !map.has(file))),
        goal: { kind: 'oursAtMost', value: 200 * 1024 },
      }),
      benchRow({ id: 'bundle-css', unit: 'bytes gz', ours: size(styles) }),
      benchRow({
        id: 'bundle-fonts-latin',
        unit: 'bytes',
        ours: latin.reduce((sum, file) => sum + readFileSync(join(dist, file)).length, 0),
      }),
    ];
  },
};

// Builds the browser's side into dist/client: no inline script or style element (the CSP forbids them), every text
// file beside its .br and .gz, and a manifest by which the first screen's weight is measured.

import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type Plugin } from 'vite';
import { glyphs } from './client/ui/icons/vite-plugin.ts';

const COMPRESSED = /\.(js|mjs|css|html|svg|json)$/;
/** Below this many bytes a compressed answer is not smaller on the wire. */
const LEAST = 1024;

function precompress(): Plugin {
  let outDir = '';
  return {
    name: 'waypost:precompress',
    apply: 'build',
    configResolved(config) {
      outDir = config.build.outDir.startsWith('/') ? config.build.outDir : join(config.root, config.build.outDir);
    },
    writeBundle() {
      for (const name of readdirSync(outDir, { recursive: true, encoding: 'utf8' })) {
        const path = join(outDir, name);
        if (!COMPRESSED.test(name) || !statSync(path).isFile()) continue;
        const bytes = readFileSync(path);
        if (bytes.length < LEAST) continue;
        writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
        writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } }));
      }
    },
  };
}

const server = process.env['WAYPOST_SERVER'] ?? 'http://127.0.0.1:4280';

export default defineConfig({
  root: 'client',
  publicDir: false,
  plugins: [svelte({ configFile: false }), glyphs(), precompress()],
  worker: { format: 'es' },
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    manifest: true,
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // All that the first screen starts with comes as one file, not as fifty that other screens happen to share parts of.
            { name: 'core', tags: ['$initial'], test: (id) => !/client\/(main\.ts|index\.html)/.test(id) },
          ],
        },
      },
    },
  },
  server: {
    port: 4360,
    strictPort: true,
    proxy: Object.fromEntries(['/api', '/tiles', '/setup'].map((path) => [path, { target: server, changeOrigin: true }])),
  },
});

// Where Chromium is, and how it is started: software rendering, and nothing that it does of its own accord.

import { existsSync } from 'node:fs';

const CANDIDATES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export const CHROMIUM_ARGUMENTS = [
  '--no-sandbox',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
  '--disable-gpu-rasterization',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** As on a computer whose graphics driver is blocked: no WebGL, so the product shows its list without a map. */
export const WITHOUT_WEBGL = ['--disable-gpu', '--disable-software-rasterizer', '--disable-3d-apis'];

export function findChromium(): string | undefined {
  return CANDIDATES.find((path) => existsSync(path));
}

// Where the plugins lie that are shipped with the product.

import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const PLUGINS_FOLDER = fileURLToPath(new URL('../../plugins', import.meta.url));

/** The folder of a plugin that is shipped, or undefined: any other's code runs in the cage alone. */
export function findShippedFolder(path: string): string | undefined {
  const folder = resolve(path);
  return dirname(folder) === PLUGINS_FOLDER ? folder : undefined;
}

// Compiled code is kept between starts, for this process, its workers and its children.

import { enableCompileCache, getCompileCacheDir } from 'node:module';
import { dirname } from 'node:path';

/** To be called before anything large is imported. */
export function keepCompiledCode(): void {
  enableCompileCache();
  const folder = getCompileCacheDir();
  // What starts later looks for the folder here; below it each version of Node has its own.
  if (folder) process.env['NODE_COMPILE_CACHE'] ??= dirname(folder);
}

// The words of this editor come with it, so that whoever never makes a plugin never loads them.

import type { WorkbenchApi } from '#client/workbench/types.ts';

let words: Promise<void> | undefined;

/** A loader of the editor that brings its words along. */
export function withMadeWords<M>(workbench: WorkbenchApi, load: () => Promise<M>): () => Promise<M> {
  return async () => {
    words ??= Promise.all([import('../made-messages.ts'), import('../made-publish-messages.ts'), import('../made-glyph-messages.ts')]).then(
      ([{ madeMessages }, { publishMessages }, { glyphMessages }]) =>
        void workbench.registerMessages({ ...madeMessages, ...publishMessages, ...glyphMessages }),
    );
    const [module] = await Promise.all([load(), words]);
    return module;
  };
}

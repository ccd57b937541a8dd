// The words of this editor come with it, so that whoever never makes a plugin never loads them.

import type { WorkbenchApi } from '#client/workbench/types.ts';

let words: Promise<void> | undefined;

/** A loader of the editor that brings its words along. */
export function withMadeWords<M>(workbench: WorkbenchApi, load: () => Promise<M>): () => Promise<M> {
  return async () => {
    words ??= import('../made-messages.ts').then(({ madeMessages }) => void workbench.registerMessages(madeMessages));
    const [module] = await Promise.all([load(), words]);
    return module;
  };
}

// The words of casework come with its screens, so that whoever only searches never loads them.

import type { WorkbenchApi } from '#client/workbench/types.ts';

let words: Promise<void> | undefined;

function loadWords(workbench: WorkbenchApi): Promise<void> {
  words ??= Promise.all([
    import('./person-messages.ts'),
    import('./record-messages.ts'),
    import('./work-messages.ts'),
    import('./sharing-messages.ts'),
    import('./follow-messages.ts'),
    import('./keeping-messages.ts'),
    import('./letter-messages.ts'),
  ]).then((modules) => {
    for (const module of modules) for (const messages of Object.values(module)) workbench.registerMessages(messages);
  });
  return words;
}

/** A loader of one screen that brings the words along. */
export function withWords<M>(workbench: WorkbenchApi, load: () => Promise<M>): () => Promise<M> {
  return async () => {
    const [module] = await Promise.all([load(), loadWords(workbench)]);
    return module;
  };
}

// The words of this editor come with it, so that whoever never makes a plugin never loads them.

import type { WorkbenchApi } from '#client/workbench/types.ts';

let words: Promise<void> | undefined;

/** Loads the editor with its words. */
export async function loadMadeEditor(workbench: WorkbenchApi): Promise<typeof import('./MadeEditor.svelte')> {
  words ??= import('./made-messages.ts').then(({ madeMessages }) => void workbench.registerMessages(madeMessages));
  const [module] = await Promise.all([import('./MadeEditor.svelte'), words]);
  return module;
}

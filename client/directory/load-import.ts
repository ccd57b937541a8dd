// What an import notices is said in many words: they come with its screen, so that whoever never imports never loads them.

import type { WorkbenchApi } from '#client/workbench/types.ts';

let words: Promise<void> | undefined;

async function loadWords(workbench: WorkbenchApi): Promise<void> {
  const [{ importCodes }, { importSays }] = await Promise.all([import('./import-codes.ts'), import('./import-says.ts')]);
  for (const messages of [importCodes, importSays]) workbench.registerMessages(messages);
}

export async function loadImportEditor(workbench: WorkbenchApi) {
  const [module] = await Promise.all([import('./ImportEditor.svelte'), (words ??= loadWords(workbench))]);
  return module;
}

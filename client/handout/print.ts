// Prints one handout and nothing else: the sheet is drawn beside the workbench, which print CSS takes away meanwhile.

import { flushSync, mount, unmount } from 'svelte';
import type { HandoutContent } from '#shared/handout/content.ts';
import HandoutSheet from './HandoutSheet.svelte';
import './print.css';

/** Draws the sheet for the printer. @returns takes it away again */
export function stageForPrint(content: HandoutContent): () => void {
  const root = document.createElement('div');
  root.className = `print-stage ${content.paper}`;
  document.body.append(root);
  const sheet = mount(HandoutSheet, { target: root, props: { content } });
  flushSync();
  document.documentElement.dataset['printing'] = 'handout';
  return () => {
    delete document.documentElement.dataset['printing'];
    void unmount(sheet);
    root.remove();
  };
}

/** Opens the printer's dialog once the fonts are there. */
export async function printHandout(content: HandoutContent): Promise<void> {
  const unstage = stageForPrint(content);
  await document.fonts.ready;
  window.addEventListener('afterprint', unstage, { once: true });
  window.print();
}

// Prints the report and nothing else: the sheet is drawn beside the workbench, which print CSS takes away meanwhile.

import { flushSync, mount, unmount } from 'svelte';
import type { ReportMap } from './report-maps.ts';
import ReportSheet from './ReportSheet.svelte';
import type { GapsSession } from './session.svelte.ts';
import './report-print.css';

/** Opens the printer's dialog once the sheet is measured and its fonts are there. */
export async function printReport(props: { gaps: GapsSession; maps: readonly ReportMap[] | null | undefined; date: Date }): Promise<void> {
  const root = document.createElement('div');
  root.className = 'gaps-print-stage';
  root.inert = true;
  document.body.append(root);
  document.documentElement.dataset['printing'] = 'gaps';
  const sheet = mount(ReportSheet, { target: root, props });
  flushSync();
  window.addEventListener(
    'afterprint',
    () => {
      delete document.documentElement.dataset['printing'];
      void unmount(sheet);
      root.remove();
    },
    { once: true },
  );
  await document.fonts.ready;
  await Promise.all([...root.querySelectorAll('img')].map((image) => image.decode().catch(() => undefined)));
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  window.print();
}

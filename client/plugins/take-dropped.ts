// A plugin's package that is dropped anywhere on the window, by whoever may install it. Other files are left to what they are
// dropped on.

import type { WorkbenchApi } from '#client/workbench/types.ts';
import { toDisposable, type Disposable } from '#shared/platform/disposable.ts';

const isPackage = ({ name }: File) => /\.(tgz|tar\.gz)$/i.test(name);

export function takeDroppedPackages(workbench: WorkbenchApi): Disposable {
  const allowed = () => workbench.getContext('can.plugins.manage') === true;
  // What is dragged has no name before it is dropped: any file may be let go, and one that nobody takes is not opened by the browser.
  const over = (event: DragEvent) => {
    if (allowed() && event.dataTransfer?.types.includes('Files')) event.preventDefault();
  };
  const drop = (event: DragEvent) => {
    const files = [...(event.dataTransfer?.files ?? [])];
    const file = files.find(isPackage);
    if (!allowed() || files.length === 0) return;
    event.preventDefault();
    if (!file) return;
    event.stopPropagation();
    workbench.openView('plugins');
    void import('./installed.svelte.ts').then(({ installedOf }) => installedOf(workbench).look(file));
  };
  window.addEventListener('dragover', over);
  window.addEventListener('drop', drop, true);
  return toDisposable(() => {
    window.removeEventListener('dragover', over);
    window.removeEventListener('drop', drop, true);
  });
}

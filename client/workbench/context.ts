// How components get the workbench they stand in.

import { getContext, setContext } from 'svelte';
import type { WorkbenchApi } from './types.ts';
import type { Workbench } from './workbench.svelte.ts';

const KEY = Symbol('workbench');

export function provideWorkbench(workbench: Workbench): void {
  setContext(KEY, workbench);
}

/** What a feature's components may use of the workbench. */
export function useWorkbench(): WorkbenchApi {
  return useShell();
}

/** The whole workbench, for its own parts and the settings. */
export function useShell(): Workbench {
  const workbench = getContext<Workbench | undefined>(KEY);
  if (!workbench) throw new Error('This component stands outside a workbench.');
  return workbench;
}

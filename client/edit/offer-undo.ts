// What was done to the directory, said with the way back beside it.

import { api, sayFailure, type Outputs } from '#client/api.ts';
import type { WorkbenchApi } from '#client/workbench/types.ts';

/** @param act the act that "Undo" takes back; null: nothing was written */
export function offerUndo(workbench: WorkbenchApi, { text, act }: { text: string; act: number | null }): void {
  const t = workbench.t.bind(workbench);
  const acts = { label: t('edit.command.acts'), run: () => void workbench.executeCommand('edit.acts') };
  workbench.setContext('directory.saved', Date.now());
  workbench.notify({
    severity: 'success',
    text,
    actions: act === null ? [acts] : [{ label: t('edit.undo'), run: () => void undo(workbench, act) }, acts],
  });
}

async function undo(workbench: WorkbenchApi, act: number): Promise<void> {
  try {
    sayUndone(workbench, await api.history.undo.mutate({ act }));
  } catch (error) {
    workbench.notify({ severity: 'error', text: sayFailure(error) });
  }
}

/** What went back, and how much of it stays because it was changed since. */
export function sayUndone(workbench: WorkbenchApi, { records, conflicts }: Outputs['history']['undo']): void {
  workbench.setContext('directory.saved', Date.now());
  workbench.notify({
    severity: conflicts > 0 ? 'warning' : 'success',
    text: workbench.t('edit.undo.done', { count: records }),
    ...(conflicts > 0 ? { detail: workbench.t('edit.undo.stay', { count: conflicts }) } : {}),
  });
}

// Runs the command that a node of a plugin's view names; one that is not there is said in words.

import type { WorkbenchApi } from '#client/workbench/types.ts';

export function runCommand(
  workbench: WorkbenchApi,
  { command, args = [] }: { command?: string | undefined; args?: unknown[] | undefined },
): void {
  if (command === undefined) return;
  workbench.executeCommand(command, ...args).catch((error: unknown) => {
    workbench.notify({
      severity: 'error',
      text: workbench.t('plugins.commandFailed'),
      detail: error instanceof Error ? error.message : String(error),
    });
  });
}

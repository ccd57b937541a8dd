// The Gaps screen is loaded when it is first opened, with its words: whoever never opens it pays for a few names only.

import type { WorkbenchApi } from '#client/workbench/types.ts';
import type { GapsSession } from './session.svelte.ts';

let opened: Promise<GapsSession> | undefined;

/** The one analysis of this page. */
export function openGaps(workbench: WorkbenchApi): Promise<GapsSession> {
  opened ??= open(workbench).catch((error: unknown) => {
    opened = undefined;
    throw error;
  });
  return opened;
}

async function open(workbench: WorkbenchApi): Promise<GapsSession> {
  const { createSession } = await import('./open-session.svelte.ts');
  return createSession(workbench);
}

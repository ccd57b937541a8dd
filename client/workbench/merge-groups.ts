// Two groups of editors as one, where there is no room for both.

import type { EditorGroup } from './layout.svelte.ts';

export function mergeGroups(groups: readonly EditorGroup[], focused: number): EditorGroup {
  return {
    editors: groups.flatMap((group) => group.editors),
    active: groups[focused]?.active ?? groups[0]?.active ?? null,
  };
}

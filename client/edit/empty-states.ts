// What is said of problems and suggestions where there are none.

import type { EmptyState } from '#client/workbench/types.ts';

export const EMPTY_STATES: readonly EmptyState[] = [
  { id: 'problems.none', at: 'problems', order: 0, icon: 'circle-check', title: 'problems.none' },
  {
    id: 'suggestions.none',
    at: 'suggestions',
    order: 0,
    icon: 'inbox',
    when: '!decided',
    title: 'suggestions.none',
    detail: 'suggestions.none.hint',
  },
  { id: 'suggestions.decided', at: 'suggestions', order: 0, icon: 'inbox', when: 'decided', title: 'suggestions.none.decided' },
];

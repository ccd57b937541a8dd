// What Find says where nothing stands.

import type { EmptyState } from '#client/workbench/types.ts';

export const EMPTY_STATES: readonly EmptyState[] = [
  {
    id: 'find.nearest',
    at: 'find.results',
    order: 0,
    when: 'nearest',
    title: 'find.empty.nothing',
    detail: 'find.empty.nearest',
  },
  { id: 'find.none', at: 'find.results', order: 0, when: '!nearest', title: 'find.empty.nothing', detail: 'find.empty.none' },
  {
    id: 'find.shortlist',
    at: 'find.shortlist',
    order: 0,
    icon: 'bookmark',
    title: 'find.shortlist.empty',
    detail: 'find.shortlist.emptyHint',
  },
];

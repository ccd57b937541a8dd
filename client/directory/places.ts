// The directory's own entries of menus, and what it says where nothing stands: through the same door as those of plugins.

import type { EmptyState, MenuEntry } from '#client/workbench/types.ts';

export const EMPTY_STATES: readonly EmptyState[] = [
  {
    id: 'directory.empty.text',
    at: 'directory',
    order: 0,
    icon: 'search',
    when: 'text && !filtered',
    title: 'directory.browse.noHit',
    detail: 'directory.browse.noHitHint',
  },
  {
    id: 'directory.empty.textFiltered',
    at: 'directory',
    order: 0,
    icon: 'search',
    when: 'text && filtered',
    title: 'directory.browse.noHit',
    detail: 'directory.browse.noFitHint',
  },
  {
    id: 'directory.empty.filtered',
    at: 'directory',
    order: 0,
    icon: 'search',
    when: '!text && filtered',
    title: 'directory.browse.noFit',
    detail: 'directory.browse.noFitHint',
  },
  {
    id: 'directory.empty.map',
    at: 'directory',
    order: 0,
    icon: 'search',
    when: '!text && !filtered && onMap',
    title: 'directory.browse.empty',
    detail: 'directory.browse.emptyHint',
  },
  {
    id: 'directory.empty.all',
    at: 'directory',
    order: 0,
    icon: 'search',
    when: '!text && !filtered && !onMap',
    title: 'directory.browse.empty',
    detail: 'directory.browse.emptyAll',
    buttons: [{ label: 'directory.command.import', command: 'directory.import', icon: 'file-up', primary: true }],
  },
];

export const MENU_ENTRIES: readonly MenuEntry[] = [
  { id: 'directory.showOnMap', menu: 'resource', command: 'directory.showOnMap', when: '!resource.hidden', group: 'open', order: 0 },
  { id: 'directory.reach', menu: 'resource', command: 'directory.reach', when: '!resource.hidden', group: 'open', order: 1 },
  { id: 'directory.copyContact', menu: 'resource', command: 'directory.copyContact', group: 'share', order: 0 },
];

// Editing in the workbench: the form of a service, its history, the acts of the directory, one change for many.

import type { Contribute } from '#client/workbench/types.ts';
import { DisposableStore } from '#shared/platform/disposable.ts';
import { EMPTY_STATES } from './empty-states.ts';
import { messages, problemMessages } from './messages.ts';
import { nameOfPage } from './pages.svelte.ts';
import { contributeSuggestions } from './suggest-contribution.ts';

interface PageParams {
  id: string;
}

export const contributeEdit: Contribute = (workbench) => {
  const store = new DisposableStore();
  const category = 'edit.category';
  const when = 'can.directory.edit && directory.page';
  store.add(workbench.registerMessages(messages));
  store.add(workbench.registerMessages(problemMessages));
  store.add(contributeSuggestions(workbench));
  const title = (what: 'edit.tab' | 'edit.history.tab', id: string) => workbench.t(what, { name: nameOfPage(id) ?? '' }).trim();
  /** The page that was given, else the one in front. */
  const pageOf = (given: unknown): string | undefined => {
    const id = typeof given === 'string' ? given : workbench.getContext('directory.page');
    return typeof id === 'string' ? id : undefined;
  };

  store.add(
    workbench.registerEditor<PageParams>({
      id: 'edit',
      title: ({ id }) => title('edit.tab', id),
      icon: () => 'pencil',
      key: ({ id }) => id,
      load: () => import('./EditEditor.svelte'),
    }),
  );
  store.add(
    workbench.registerEditor<PageParams>({
      id: 'history',
      title: ({ id }) => title('edit.history.tab', id),
      icon: () => 'history',
      key: ({ id }) => id,
      keep: true,
      load: () => import('./HistoryEditor.svelte'),
    }),
  );
  store.add(
    workbench.registerEditor<object>({
      id: 'acts',
      title: () => workbench.t('edit.acts'),
      icon: () => 'history',
      key: () => 'acts',
      keep: true,
      load: () => import('./ActsEditor.svelte'),
    }),
  );
  store.add(
    workbench.registerEditor<{ ids?: readonly string[] }>({
      id: 'bulk',
      title: () => workbench.t('edit.bulk'),
      icon: () => 'list-checks',
      key: () => 'bulk',
      load: () => import('./BulkEditor.svelte'),
    }),
  );

  store.add(
    workbench.registerCommand({
      id: 'edit.open',
      title: 'edit.command.open',
      category,
      icon: 'pencil',
      when,
      keybinding: 'F2',
      run: (given) => {
        const id = pageOf(given);
        if (id !== undefined) workbench.openEditor<PageParams>('edit', { id });
      },
    }),
  );
  store.add(
    workbench.registerCommand({
      id: 'edit.history',
      title: 'edit.command.history',
      category,
      icon: 'history',
      when,
      run: (given) => {
        const id = pageOf(given);
        if (id !== undefined) workbench.openEditor<PageParams>('history', { id });
      },
    }),
  );
  store.add(
    workbench.registerCommand({
      id: 'edit.acts',
      title: 'edit.command.acts',
      category,
      icon: 'history',
      when: 'can.directory.edit',
      run: () => workbench.openEditor<object>('acts', {}),
    }),
  );
  store.add(
    workbench.registerCommand({
      id: 'edit.bulk',
      title: 'edit.command.bulk',
      category,
      icon: 'list-checks',
      when: 'can.directory.edit',
      run: (ids) => workbench.openEditor<{ ids?: readonly string[] }>('bulk', Array.isArray(ids) ? { ids: ids as string[] } : {}),
    }),
  );
  store.add(
    workbench.registerEditor<object>({
      id: 'problems',
      title: () => workbench.t('problems.title'),
      icon: () => 'triangle-alert',
      key: () => 'problems',
      keep: true,
      load: () => import('./ProblemsEditor.svelte'),
    }),
  );
  store.add(
    workbench.registerCommand({
      id: 'edit.problems',
      title: 'problems.command',
      category,
      icon: 'triangle-alert',
      when: 'can.directory.edit',
      run: () => workbench.openEditor<object>('problems', {}),
    }),
  );
  for (const state of EMPTY_STATES) store.add(workbench.registerEmptyState(state));
  return store;
};

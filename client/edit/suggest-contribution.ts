// Suggested changes in the workbench: the form for those who may not edit, the queue for those who may, one's own.

import type { Contribute } from '#client/workbench/types.ts';
import { DisposableStore } from '#shared/platform/disposable.ts';
import { nameOfPage } from './pages.svelte.ts';
import { suggestMessages } from './suggest-messages.ts';

export const contributeSuggestions: Contribute = (workbench) => {
  const store = new DisposableStore();
  const category = 'edit.category';
  store.add(workbench.registerMessages(suggestMessages));
  store.add(
    workbench.registerEditor<{ id: string }>({
      id: 'suggest',
      title: ({ id }) => workbench.t('suggest.tab', { name: nameOfPage(id) ?? '' }).trim(),
      icon: () => 'message-square',
      key: ({ id }) => id,
      load: () => import('./SuggestEditor.svelte'),
    }),
  );
  store.add(
    workbench.registerEditor<object>({
      id: 'suggestions',
      title: () => workbench.t('suggestions.title'),
      icon: () => 'inbox',
      key: () => 'suggestions',
      keep: true,
      load: () => import('./SuggestionsEditor.svelte'),
    }),
  );
  store.add(
    workbench.registerEditor<object>({
      id: 'suggestionsMine',
      title: () => workbench.t('suggestions.mine'),
      icon: () => 'message-square',
      key: () => 'suggestionsMine',
      keep: true,
      load: () => import('./SuggestMine.svelte'),
    }),
  );
  store.add(
    workbench.registerCommand({
      id: 'edit.suggest',
      title: 'suggest.command',
      category,
      icon: 'message-square',
      when: 'can.directory.suggest && !can.directory.edit && directory.page',
      // Where others edit, they suggest.
      keybinding: 'F2',
      run: (given) => {
        const id = typeof given === 'string' ? given : workbench.getContext('directory.page');
        if (typeof id === 'string') workbench.openEditor<{ id: string }>('suggest', { id });
      },
    }),
  );
  store.add(
    workbench.registerCommand({
      id: 'edit.suggestions',
      title: 'suggestions.command',
      category,
      icon: 'inbox',
      when: 'can.directory.edit',
      run: () => workbench.openEditor<object>('suggestions', {}),
    }),
  );
  store.add(
    workbench.registerCommand({
      id: 'edit.suggestionsMine',
      title: 'suggestions.mine',
      category,
      icon: 'message-square',
      when: 'signedIn && can.directory.suggest && !can.directory.edit',
      run: () => workbench.openEditor<object>('suggestionsMine', {}),
    }),
  );
  return store;
};

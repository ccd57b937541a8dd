// The directory in the workbench: pages of resources, browsing, bringing data in.

import { api, getContributions } from '#client/api.ts';
import { withProps } from '#client/ui/with-props.ts';
import type { Contribute, QuickOpenItem } from '#client/workbench/types.ts';
import { DisposableStore } from '#shared/platform/disposable.ts';
import type { ServicesNode } from '#shared/plugin-api/view-nodes.ts';
import { loadImportEditor } from './load-import.ts';
import { messages } from './messages.ts';
import { placeLookedAt } from './looked-at.ts';
import { EMPTY_STATES, MENU_ENTRIES } from './places.ts';
import { copyContact, showOnMap, showReach } from './one-service.ts';
import { names } from './names.svelte.ts';

const QUICK_LIMIT = 12;

interface PageParams {
  id: string;
}

function lookOf(type: QuickOpenItem['look']): Pick<QuickOpenItem, 'look'> {
  return type ? { look: { shape: type.shape, icon: type.icon, colour: type.colour } } : {};
}

export const contributeDirectory: Contribute = (workbench) => {
  const store = new DisposableStore();
  const category = 'directory.category';
  store.add(workbench.registerMessages(messages));
  store.add(
    workbench.registerEditor<PageParams>({
      id: 'resource',
      title: ({ id }) => names.get(id)?.name ?? workbench.t('directory.title'),
      icon: ({ id }) => names.get(id)?.icon ?? 'map-pin',
      key: ({ id }) => id,
      keep: true,
      load: () => import('./ResourcePage.svelte'),
    }),
  );
  store.add(
    workbench.registerEditor<object>({
      id: 'import',
      title: () => workbench.t('directory.import.title'),
      icon: () => 'file-up',
      key: () => 'import',
      keep: true,
      load: () => loadImportEditor(workbench),
    }),
  );
  store.add(
    workbench.registerCommand({
      id: 'directory.import',
      title: 'directory.command.import',
      category,
      icon: 'file-up',
      when: 'can.directory.import',
      run: () => workbench.openEditor<object>('import', {}),
    }),
  );
  store.add(
    workbench.registerEditor<object>({
      id: 'export',
      title: () => workbench.t('directory.export.title'),
      icon: () => 'download',
      key: () => 'export',
      keep: true,
      load: () => import('./ExportEditor.svelte'),
    }),
  );
  store.add(
    workbench.registerCommand({
      id: 'directory.export',
      title: 'directory.command.export',
      category,
      icon: 'download',
      when: 'can.directory.export',
      run: () => workbench.openEditor<object>('export', {}),
    }),
  );
  store.add(
    workbench.registerView({
      id: 'directory',
      title: 'directory.browse',
      icon: 'book-open',
      order: 20,
      headerCommands: ['directory.import', 'directory.export'],
      focus: 'browse',
      load: () => import('./BrowseView.svelte'),
    }),
  );
  store.add(
    workbench.registerCommand({
      id: 'directory.open',
      title: 'directory.command.open',
      category,
      hidden: true,
      run: (id, options) => {
        if (typeof id === 'string')
          workbench.openEditor<PageParams>('resource', { id }, (options as { beside?: boolean } | undefined) ?? {});
      },
    }),
  );
  store.add(
    workbench.registerCommand({
      id: 'directory.browse',
      title: 'directory.command.browse',
      category,
      icon: 'book-open',
      run: () => workbench.executeCommand('workbench.view.directory'),
    }),
  );
  store.add(
    workbench.registerCommand({
      id: 'directory.showOnMap',
      title: 'directory.page.map',
      category,
      icon: 'map-pin',
      hidden: true,
      run: showOnMap,
    }),
  );
  store.add(
    workbench.registerCommand({
      id: 'directory.reach',
      title: 'map.menu.reach',
      category,
      icon: 'footprints',
      hidden: true,
      run: (id) => showReach(workbench, id),
    }),
  );
  store.add(
    workbench.registerCommand({
      id: 'directory.copyContact',
      title: 'directory.command.copyContact',
      category,
      icon: 'copy',
      hidden: true,
      run: (id) => copyContact(workbench, id),
    }),
  );
  store.add(
    workbench.registerPart({
      id: 'directory.services',
      load: async (query) => ({ default: withProps((await import('./ServiceList.svelte')).default, { query: query as ServicesNode }) }),
    }),
  );
  for (const entry of MENU_ENTRIES) store.add(workbench.registerMenuEntry(entry));
  for (const state of EMPTY_STATES) store.add(workbench.registerEmptyState(state));
  store.add(
    workbench.registerQuickOpen({
      id: 'directory.services',
      title: 'directory.quick.services',
      order: 10,
      provide: async (query, signal) => {
        if (query.trim().length < 2) return [];
        const near = placeLookedAt();
        const [found, { resourceTypes }] = await Promise.all([
          api.directory.search.query({ text: query.trim(), limit: QUICK_LIMIT, ...(near && { near }) }, { signal }),
          getContributions(workbench.language),
        ]);
        const looks = new Map(resourceTypes.map(({ value }) => [value.id, value]));
        return found.map((hit, i) => ({
          id: hit.id,
          label: hit.name,
          icon: 'map-pin',
          score: QUICK_LIMIT - i,
          ...(hit.detail ? { detail: hit.detail } : {}),
          ...lookOf(hit.type ? looks.get(hit.type) : undefined),
          run: ({ beside }) => void workbench.executeCommand('directory.open', hit.id, { beside }),
        }));
      },
    }),
  );
  return store;
};

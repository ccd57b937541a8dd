// Rules in the workbench: the list of them, the builder, and the way from a service to its rule.

import { api } from '#client/api.ts';
import type { Contribute } from '#client/workbench/types.ts';
import { DisposableStore } from '#shared/platform/disposable.ts';
import { today } from '#client/ui/day.ts';
import { messages } from './messages.ts';
import { plain } from '#client/workbench/words.ts';
import { toSlug } from '#shared/platform/slug.ts';

export interface RuleParams {
  /** "agency/name" */
  id: string;
  /** Begin it: there is no such rule yet. `service` is to use it. */
  isNew?: boolean;
  service?: string;
  /** Its name, where it is new. */
  name?: string;
  /** What it is called, for the tab. */
  title?: string;
  /** What the agency writes about whom it serves: conditions are to be read from it. */
  words?: string;
}

export const contributeRules: Contribute = (workbench) => {
  const store = new DisposableStore();
  const category = 'rules.category';
  store.add(workbench.registerMessages(messages));
  store.add(
    workbench.registerView({
      id: 'rules',
      title: 'rules.title',
      icon: 'list-checks',
      order: 40,
      width: 290,
      when: 'can.rules.edit',
      headerCommands: ['rules.new'],
      focus: 'rules',
      load: () => import('./RulesView.svelte'),
    }),
  );
  store.add(
    workbench.registerEmptyState({
      id: 'rules.none',
      at: 'rules',
      order: 0,
      icon: 'list-checks',
      title: 'rules.list.empty',
      buttons: [{ label: 'rules.command.new', command: 'rules.new', icon: 'plus' }],
    }),
  );
  store.add(
    workbench.registerEditor<RuleParams>({
      id: 'rule',
      title: ({ id, name, title }) => workbench.t('rules.tab', { name: title || name || plain(id.split('/')[1] ?? id) }),
      icon: () => 'list-checks',
      key: ({ id }) => id,
      load: () => import('./RuleEditor.svelte'),
    }),
  );
  const open = (params: RuleParams) => workbench.openEditor<RuleParams>('rule', params);
  const newId = () => `own/rule-${today()}`;

  /** @param resource id of a service, or of it at a location */
  async function openOf(resource: string, { withWords }: { withWords: boolean }): Promise<void> {
    const { service } = await api.directory.resource.query({ id: resource });
    const words = withWords ? { words: service.eligibility_description ?? '' } : {};
    if (service.rule) return open({ id: service.rule, ...words });
    if (workbench.getContext('can.rules.edit') !== true) {
      workbench.notify({ severity: 'info', text: workbench.t('rules.service.none') });
      return;
    }
    const name = service.name ?? '';
    open({ id: `own/${toSlug(name) || 'rule'}`, isNew: true, service: service.id, name, ...words });
  }
  store.add(
    workbench.registerCommand({
      id: 'rules.list',
      title: 'rules.command.list',
      category,
      icon: 'list-checks',
      when: 'can.rules.edit',
      run: () => workbench.openView('rules'),
    }),
  );
  store.add(
    workbench.registerCommand({
      id: 'rules.new',
      title: 'rules.command.new',
      category,
      icon: 'plus',
      when: 'can.rules.edit',
      run: () => open({ id: newId(), isNew: true }),
    }),
  );
  store.add(
    workbench.registerCommand({
      id: 'rules.words',
      title: 'rules.command.words',
      category,
      icon: 'file-text',
      when: 'can.rules.edit',
      run: async (resource) => {
        if (typeof resource === 'string') await openOf(resource, { withWords: true });
        else open({ id: newId(), isNew: true, words: '' });
      },
    }),
  );
  store.add(
    workbench.registerCommand({
      id: 'rules.open',
      title: 'rules.command.open',
      category,
      hidden: true,
      run: (id, title) => {
        if (typeof id === 'string') open({ id, ...(typeof title === 'string' && { title }) });
      },
    }),
  );
  // For whoever knows its id and name already, such as the plugin that it is to belong to.
  store.add(
    workbench.registerCommand({
      id: 'rules.beginNamed',
      title: 'rules.command.new',
      category,
      hidden: true,
      run: (id, name) => {
        if (typeof id === 'string' && typeof name === 'string') open({ id, isNew: true, name });
      },
    }),
  );
  store.add(
    workbench.registerCommand({
      id: 'rules.ofService',
      title: 'rules.command.ofService',
      category,
      icon: 'list-checks',
      when: 'directory.page',
      run: async (given) => {
        const resource = typeof given === 'string' ? given : workbench.getContext('directory.page');
        if (typeof resource === 'string') await openOf(resource, { withWords: false });
      },
    }),
  );
  store.add(
    workbench.registerQuickOpen({
      id: 'rules',
      title: 'rules.title',
      order: 40,
      provide: async (query) => {
        if (query.trim().length < 2 || workbench.getContext('can.rules.edit') !== true) return [];
        const { listRules } = await import('./list.ts');
        const found = await listRules(workbench.language, query);
        return found.slice(0, 8).map(({ id, title }, i) => ({
          id,
          label: title,
          detail: id,
          icon: 'list-checks',
          score: 8 - i,
          run: () => open({ id, title }),
        }));
      },
    }),
  );
  return store;
};

// Casework in the workbench: my clients, their pages, the quick note, and the ways from a search to a person and back. None of
// these editors is kept over a reload, and no address, title of the window or notification of the system says who is open.

import { map } from '#client/map/controller.svelte.ts';
import { withProps } from '#client/ui/with-props.ts';
import type { Command, Contribute, WorkbenchApi } from '#client/workbench/types.ts';
import type { MenuGroup } from '#shared/platform/menu-groups.ts';
import { DisposableStore } from '#shared/platform/disposable.ts';
import { countAlerts, followAlerts } from './alerts.svelte.ts';
import { followElsewhere } from './elsewhere.ts';
import { withWords } from './load.ts';
import { messages } from './messages.ts';
import { chosenMatch, followPerson, keepSearch, labelOf, quickNote, wantedReferral, withPerson } from './open-people.svelte.ts';

export type PersonPart = 'now' | 'plan' | 'assessment' | 'sharing' | 'timeline' | 'closing' | 'record';

export interface PersonParams {
  id: string;
  part?: PersonPart;
}

const MAY = 'can.people.intake';

const CLIENT_MENU: readonly [command: string, group: MenuGroup][] = [
  ['people.brief', 'open'],
  ['people.copy', 'share'],
  ['people.letter', 'share'],
  ['people.record', 'other'],
];

export const contributeCasework: Contribute = (workbench) => {
  const store = new DisposableStore();
  const titled = (what: 'person' | 'brief' | 'copy' | 'letter', id: string) =>
    workbench.t(`case.tab.${what}`, { name: labelOf(id) ?? workbench.t('case.tab.client') });
  store.add(workbench.registerMessages(messages));
  store.add(followAlerts());
  store.add(followElsewhere());
  store.add(
    workbench.registerView({
      id: 'people',
      title: 'case.people',
      icon: 'users',
      order: 16,
      width: 360,
      when: MAY,
      headerCommands: ['people.note', 'people.new'],
      focus: 'people',
      badge: countAlerts,
      load: withWords(workbench, () => import('./PeopleView.svelte')),
    }),
  );
  store.add(
    workbench.registerStatusItem({
      id: 'case.unwatched',
      side: 'end',
      order: 5,
      when: 'can.users.manage',
      load: withWords(workbench, () => import('./UnwatchedStatus.svelte')),
    }),
  );
  store.add(followPerson(workbench));
  store.add(
    workbench.registerEditor<PersonParams>({
      id: 'person',
      title: ({ id }) => titled('person', id),
      icon: () => 'user',
      key: ({ id }) => id,
      load: withWords(workbench, () => import('./PersonEditor.svelte')),
    }),
  );
  store.add(
    workbench.registerEditor<object>({
      id: 'person.new',
      title: () => workbench.t('case.command.new'),
      icon: () => 'user-plus',
      key: () => 'new',
      load: withWords(workbench, () => import('./NewPerson.svelte')),
    }),
  );
  store.add(
    workbench.registerEditor<PersonParams>({
      id: 'person.brief',
      title: ({ id }) => titled('brief', id),
      icon: () => 'file-text',
      key: ({ id }) => id,
      load: withWords(workbench, () => import('./BriefEditor.svelte')),
    }),
  );
  store.add(
    workbench.registerEditor<PersonParams>({
      id: 'person.copy',
      title: ({ id }) => titled('copy', id),
      icon: () => 'printer',
      key: ({ id }) => id,
      load: withWords(workbench, () => import('./PlanCopy.svelte')),
    }),
  );
  store.add(
    workbench.registerEditor<PersonParams>({
      id: 'person.letter',
      title: ({ id }) => titled('letter', id),
      icon: () => 'file-text',
      key: ({ id }) => id,
      load: withWords(workbench, () => import('./LetterEditor.svelte')),
    }),
  );
  store.add(
    workbench.registerEditor<object>({
      id: 'referrals.inbox',
      title: () => workbench.t('case.command.inbox'),
      icon: () => 'inbox',
      key: () => 'inbox',
      load: withWords(workbench, () => import('./InboxEditor.svelte')),
    }),
  );
  store.add(
    workbench.registerEditor<object>({
      id: 'places',
      title: () => workbench.t('case.command.places'),
      icon: () => 'bed',
      key: () => 'places',
      load: withWords(workbench, () => import('./PlacesEditor.svelte')),
    }),
  );
  store.add(
    workbench.registerEditor<object>({
      id: 'people.supervise',
      title: () => workbench.t('case.command.supervise'),
      icon: () => 'list-checks',
      key: () => 'supervise',
      load: withWords(workbench, () => import('./SuperviseEditor.svelte')),
    }),
  );
  // On a phone the map lies behind the list, so it stands above that.
  store.add(
    workbench.registerViewStrip({
      id: 'case.search',
      view: 'find',
      order: 10,
      when: 'phone && case.searching',
      load: withWords(workbench, () => import('./SearchFor.svelte')),
    }),
  );
  for (const command of commands(workbench)) store.add(workbench.registerCommand({ category: 'case.category', ...command }));
  store.add(
    workbench.registerQuickOpen({
      id: 'people',
      title: 'case.people',
      order: 15,
      provide: async (query) => {
        // An account without an agency has no clients, and the server would only refuse it.
        if (query.trim().length < 2 || !workbench.getContext(MAY) || !workbench.getContext('agency')) return [];
        const { findPeople } = await import('./people-list.ts');
        return (await findPeople(query.trim())).slice(0, 6).map(({ id, label }, i) => ({
          id,
          label,
          icon: 'user',
          score: 6 - i,
          run: () => workbench.openEditor<PersonParams>('person', { id }),
        }));
      },
    }),
  );
  store.add(
    map.controller.registerOverlay({
      id: 'case.search',
      place: 'bottom-start',
      order: 20,
      visible: () => withPerson.searching !== null && !workbench.phone,
      load: withWords(workbench, async () => ({ default: withProps((await import('./SearchFor.svelte')).default, {}) })),
    }),
  );
  CLIENT_MENU.forEach(([command, group], order) =>
    store.add(workbench.registerMenuEntry({ id: `client.${command}`, menu: 'client', command, group, order })),
  );
  store.add(
    workbench.registerEmptyState({
      id: 'people.empty',
      at: 'people',
      order: 0,
      icon: 'users',
      when: '!text',
      title: 'case.list.empty',
      detail: 'case.list.empty.hint',
      buttons: [{ label: 'case.command.new', command: 'people.new', icon: 'user-plus' }],
    }),
  );
  store.add(
    workbench.registerEmptyState({
      id: 'referrals.none',
      at: 'referrals',
      order: 0,
      icon: 'inbox',
      title: 'case.inbox.empty',
      detail: 'case.inbox.empty.hint',
    }),
  );
  store.add(
    workbench.registerEmptyState({
      id: 'people.nobody',
      at: 'people',
      order: 0,
      icon: 'users',
      when: 'text',
      title: 'case.list.nobody',
      detail: 'case.list.nobody.hint',
    }),
  );
  return store;
};

function commands(workbench: WorkbenchApi): Omit<Command, 'category'>[] {
  /** The person that was given, else the one in front. */
  const personOf = (given: unknown): string | null => (typeof given === 'string' ? given : withPerson.id);
  const openFor = (editor: string) => (given: unknown) => {
    const id = personOf(given);
    if (id) workbench.openEditor<PersonParams>(editor, { id });
    else workbench.openView('people');
  };
  const choose = (act: 'pin' | 'refer') => (given: unknown) => {
    if (typeof given === 'string') Object.assign(chosenMatch, { service: given, act });
  };
  return [
    {
      id: 'people.list',
      title: 'case.command.people',
      icon: 'users',
      when: MAY,
      run: () => workbench.executeCommand('workbench.view.people'),
    },
    {
      id: 'people.new',
      title: 'case.command.new',
      icon: 'user-plus',
      when: MAY,
      keybinding: 'Alt+Shift+C',
      run: () => workbench.openEditor<object>('person.new', {}),
    },
    {
      id: 'people.note',
      title: 'case.command.note',
      icon: 'message-square',
      when: MAY,
      keybinding: 'Alt+Q',
      run: (given) => Object.assign(quickNote, { open: true, person: personOf(given) }),
    },
    {
      id: 'people.keepSearch',
      title: 'case.command.keep',
      icon: 'save',
      when: MAY,
      keybinding: 'Alt+K',
      run: () => (keepSearch.open = true),
    },
    {
      id: 'people.open',
      title: 'case.command.open',
      hidden: true,
      run: (id, part) => {
        if (typeof id === 'string') workbench.openEditor<PersonParams>('person', { id, ...(part ? { part: part as PersonPart } : {}) });
      },
    },
    {
      id: 'people.record',
      title: 'case.record.menu',
      icon: 'archive',
      hidden: true,
      run: (id) => workbench.executeCommand('people.open', id, 'record'),
    },
    { id: 'people.brief', title: 'case.command.brief', icon: 'file-text', when: `${MAY} && case.person`, run: openFor('person.brief') },
    { id: 'people.copy', title: 'case.command.copy', icon: 'printer', when: `${MAY} && case.person`, run: openFor('person.copy') },
    { id: 'people.letter', title: 'case.command.letter', icon: 'file-text', when: `${MAY} && case.person`, run: openFor('person.letter') },
    {
      id: 'referrals.inbox',
      title: 'case.command.inbox',
      icon: 'inbox',
      when: 'can.referrals.receive',
      run: (referral) => {
        wantedReferral.id = typeof referral === 'string' ? referral : null;
        workbench.openEditor<object>('referrals.inbox', {});
      },
    },
    {
      id: 'places.open',
      title: 'case.command.places',
      icon: 'bed',
      when: 'can.referrals.receive',
      run: () => workbench.openEditor<object>('places', {}),
    },
    {
      id: 'people.supervise',
      title: 'case.command.supervise',
      icon: 'list-checks',
      when: 'can.people.supervise',
      run: () => workbench.openEditor<object>('people.supervise', {}),
    },
    { id: 'people.pin', title: 'case.command.pin', icon: 'pin', hidden: true, run: choose('pin') },
    { id: 'people.refer', title: 'case.command.refer', icon: 'send', hidden: true, run: choose('refer') },
  ];
}

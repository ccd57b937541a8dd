// First steps: guides that plugins bring, each a few things to do, with a page of their own and a line above Find until they are
// put away. What was done is kept in this browser by account, and says nothing of what somebody looks for.

import { getSession, onDidChangeSession } from '#client/api.ts';
import { withProps } from '#client/ui/with-props.ts';
import type { Contribute } from '#client/workbench/types.ts';
import { DisposableStore, toDisposable } from '#shared/platform/disposable.ts';
import { followContributions } from '../follow.svelte.ts';
import { Guides } from './guides.svelte.ts';
import { messages } from '../first-steps-messages.ts';

export const contributeFirstSteps: Contribute = (workbench) => {
  const store = new DisposableStore();
  const guides = new Guides(workbench);
  const given = { guides };
  store.add(workbench.registerMessages(messages));
  store.add(
    workbench.registerEditor<object>({
      id: 'firstSteps',
      title: () => workbench.t('firstSteps.title'),
      icon: () => 'flag',
      key: () => 'firstSteps',
      keep: true,
      load: async () => ({ default: withProps<typeof given, { params: object }>((await import('./FirstSteps.svelte')).default, given) }),
    }),
  );
  store.add(
    workbench.registerCommand({
      id: 'firstSteps.open',
      title: 'firstSteps.title',
      icon: 'flag',
      when: 'firstSteps.offered',
      run: (id) => {
        if (typeof id === 'string') guides.chosen = id;
        workbench.openEditor<object>('firstSteps', {});
      },
    }),
  );
  store.add(
    workbench.registerViewStrip({
      id: 'firstSteps',
      view: 'find',
      order: 50,
      when: 'firstSteps.waiting',
      load: async () => ({ default: withProps((await import('./FirstStepsStrip.svelte')).default, given) }),
    }),
  );
  store.add(
    followContributions(
      workbench,
      ({ walkthroughs }) => walkthroughs,
      (walkthroughs, language) => {
        guides.set(walkthroughs, language);
        return toDisposable(() => guides.set([], language));
      },
    ),
  );
  const read = () =>
    void getSession().then(
      ({ user }) => (guides.account = user?.id ?? null),
      () => undefined,
    );
  store.add(onDidChangeSession(read));
  read();
  store.add(guides.follow());
  return store;
};

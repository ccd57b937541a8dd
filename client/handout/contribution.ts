// The handout in the workbench: its tab, and the commands that open and print it.

import type { Contribute } from '#client/workbench/types.ts';
import { withProps } from '#client/ui/with-props.ts';
import type { HandoutOrder } from '#shared/handout/order.ts';
import { DisposableStore } from '#shared/platform/disposable.ts';
import { messages } from './messages.ts';
import { HandoutState } from './state.svelte.ts';

const EDITOR = 'handout';

export const contributeHandout: Contribute = (workbench) => {
  const store = new DisposableStore();
  const state = new HandoutState(workbench);
  store.add(workbench.registerMessages(messages));
  store.add(
    workbench.registerEditor<object>({
      id: EDITOR,
      title: () => workbench.t('handout.editor.title'),
      icon: () => 'file-text',
      key: () => 'handout',
      // It says where someone is and what they need: never kept.
      keep: false,
      load: async () => ({
        default: withProps<{ state: HandoutState }, { params: object }>((await import('./HandoutEditor.svelte')).default, { state }),
      }),
    }),
  );
  store.add(
    workbench.registerCommand({
      id: 'handout.open',
      title: 'handout.command.open',
      category: 'handout.command.category',
      hidden: true,
      run: (order) => {
        if (order) void state.open(order as HandoutOrder);
        workbench.openEditor(EDITOR, {});
      },
    }),
  );
  store.add(
    workbench.registerCommand({
      id: 'handout.print',
      title: 'handout.command.print',
      category: 'handout.command.category',
      icon: 'printer',
      run: async () => {
        if (state.content) await (await import('./print.ts')).printHandout(state.content);
        else workbench.openEditor(EDITOR, {});
      },
    }),
  );
  return store;
};

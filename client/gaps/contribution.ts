// Gaps in the workbench: the coordinator's view, its report, its commands. All of it is loaded when it is first opened.

import { withProps } from '#client/ui/with-props.ts';
import type { Command, Contribute } from '#client/workbench/types.ts';
import { DisposableStore } from '#shared/platform/disposable.ts';
import { openGaps } from './load.ts';
import { messages } from './messages.ts';
import type { GapsSession } from './session.svelte.ts';

const MAY = 'can.gaps.use';
const IN_GAPS = `${MAY} && view == 'gaps'`;

export const contributeGaps: Contribute = (workbench) => {
  const store = new DisposableStore();
  store.add(workbench.registerMessages(messages));
  store.add(
    workbench.registerView({
      id: 'gaps',
      title: 'gaps.title',
      icon: 'hexagon',
      order: 30,
      width: 360,
      when: MAY,
      headerCommands: ['gaps.undo', 'gaps.redo'],
      load: async () => {
        const [{ default: GapsView }, session] = await Promise.all([import('./GapsView.svelte'), openGaps(workbench)]);
        return { default: withProps(GapsView, { session }) };
      },
    }),
  );
  const inGaps = (run: (session: GapsSession) => void) => async () => {
    workbench.openView('gaps');
    run(await openGaps(workbench));
  };
  const commands: readonly Omit<Command, 'category'>[] = [
    { id: 'gaps.open', title: 'gaps.command.open', icon: 'hexagon', when: MAY, run: () => workbench.openView('gaps') },
    {
      id: 'gaps.place',
      title: 'gaps.command.place',
      icon: 'map-pin',
      when: IN_GAPS,
      keybinding: 'Alt+P',
      run: inGaps((session) => session.setPlacing(true)),
    },
    {
      id: 'gaps.placeHere',
      title: 'gaps.command.placeHere',
      icon: 'crosshair',
      when: IN_GAPS,
      keybinding: 'Alt+Shift+P',
      run: inGaps((session) => session.placeInMiddle()),
    },
    {
      id: 'gaps.undo',
      title: 'gaps.command.undo',
      icon: 'undo-2',
      when: IN_GAPS,
      keybinding: 'Alt+Z',
      run: inGaps((session) => session.undo()),
    },
    {
      id: 'gaps.redo',
      title: 'gaps.command.redo',
      icon: 'redo-2',
      when: IN_GAPS,
      keybinding: 'Alt+Shift+Z',
      run: inGaps((session) => session.redo()),
    },
  ];
  for (const command of commands) store.add(workbench.registerCommand({ ...command, category: 'gaps.category' }));
  return store;
};

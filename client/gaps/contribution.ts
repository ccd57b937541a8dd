// Gaps in the workbench: the coordinator's view, its report, its commands. All of it is loaded when it is first opened.

import { sayFailure } from '#client/api.ts';
import { withProps } from '#client/ui/with-props.ts';
import type { Command, Contribute, WorkbenchApi } from '#client/workbench/types.ts';
import type { LonLat } from '#shared/geo/travel.ts';
import { DisposableStore, type Disposable } from '#shared/platform/disposable.ts';
import { countingUnmet, type Unanswered } from './count-unmet.svelte.ts';
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
      headerCommands: ['gaps.undo', 'gaps.redo', 'gaps.report'],
      load: async () => {
        const [{ default: GapsView }, session] = await Promise.all([import('./GapsView.svelte'), openGaps(workbench)]);
        return { default: withProps(GapsView, { session }) };
      },
    }),
  );
  store.add(
    workbench.registerEditor<object>({
      id: 'gaps.report',
      title: () => workbench.t('gaps.report.tab'),
      icon: () => 'file-text',
      key: () => 'report',
      load: async () => {
        const [{ default: GapReport }, session] = await Promise.all([import('./GapReport.svelte'), openGaps(workbench)]);
        return { default: withProps<{ session: GapsSession }, { params: object }>(GapReport, { session }) };
      },
    }),
  );
  const inGaps = (run: (session: GapsSession) => void) => async () => {
    workbench.openView('gaps');
    run(await openGaps(workbench));
  };
  store.add(registerCounting(workbench));
  store.add(registerPlaceActs(workbench));
  const commands: readonly Omit<Command, 'category'>[] = [
    { id: 'gaps.open', title: 'gaps.command.open', icon: 'hexagon', when: MAY, run: () => workbench.openView('gaps') },
    {
      id: 'gaps.place',
      title: 'gaps.command.place',
      icon: 'map-pin',
      when: IN_GAPS,
      keybinding: 'Alt+P',
      run: inGaps((session) => session.plans.setPlacing(true)),
    },
    {
      id: 'gaps.placeHere',
      title: 'gaps.command.placeHere',
      icon: 'crosshair',
      when: IN_GAPS,
      keybinding: 'Alt+Shift+P',
      run: inGaps((session) => session.plans.placeInMiddle()),
    },
    {
      id: 'gaps.report',
      title: 'gaps.command.report',
      icon: 'file-text',
      when: MAY,
      run: () => workbench.openEditor('gaps.report', {}),
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
  followAddress(workbench);
  for (const command of commands) store.add(workbench.registerCommand({ ...command, category: 'gaps.category' }));
  return store;
};

/** A link to a kept view opens it, and leaves the address as any other. */
function followAddress(workbench: WorkbenchApi): void {
  const open = async () => {
    if (!location.hash.startsWith('#gaps=')) return;
    const { idInAddress } = await import('./views.ts');
    const id = idInAddress(location.hash);
    history.replaceState(null, '', location.pathname);
    if (id === null) return;
    const session = await openGaps(workbench);
    workbench.openView('gaps');
    try {
      const said = await session.views.show(id);
      if (said) workbench.notify({ severity: 'warning', text: said });
    } catch (error) {
      workbench.notify({ severity: 'error', text: sayFailure(error) });
    }
  };
  void open();
  addEventListener('hashchange', () => void open());
}

/** A search that found nothing is counted from where that is said. */
function registerCounting(workbench: WorkbenchApi): Disposable {
  const store = new DisposableStore();
  store.add(
    workbench.registerCommand({
      id: 'gaps.countUnmet',
      title: 'gaps.command.countUnmet',
      category: 'gaps.category',
      icon: 'clipboard-list',
      when: "can.people.intake && view == 'find'",
      run: async () => {
        const unanswered = (await workbench.executeCommand('find.unanswered')) as Unanswered;
        if (unanswered.needs.length > 0) countingUnmet.asked = unanswered;
      },
    }),
  );
  store.add(
    workbench.registerEmptyState({
      id: 'gaps.countUnmet',
      at: 'find.results',
      order: 900,
      title: 'gaps.unmet.offer',
      detail: 'gaps.unmet.offer.detail',
      icon: 'hexagon',
      when: 'can.people.intake',
      buttons: [{ label: 'gaps.unmet.offer.do', command: 'gaps.countUnmet', args: [] }],
    }),
  );
  return store;
}

/** What can be done with a place on the map of gaps. */
function registerPlaceActs(workbench: WorkbenchApi): Disposable {
  const store = new DisposableStore();
  const acts: readonly { id: string; icon: string; run: (session: GapsSession, place: LonLat) => unknown }[] = [
    { id: 'gaps.placeAt', icon: 'map-pin', run: (session, place) => session.plans.place(place) },
    { id: 'gaps.probe', icon: 'ruler', run: (session, place) => session.probe.ask(place) },
  ];
  for (const [i, { id, icon, run }] of acts.entries()) {
    const act = async (place: unknown) => void run(await openGaps(workbench), place as LonLat);
    const title = id.replace('gaps.', 'gaps.command.');
    store.add(workbench.registerCommand({ id, title, category: 'gaps.category', icon, hidden: true, when: IN_GAPS, run: act }));
    store.add(workbench.registerMenuEntry({ id, menu: 'place', command: id, group: 'open', order: -2 + i, when: IN_GAPS }));
  }
  return store;
}

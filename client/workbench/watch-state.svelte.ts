// What follows from the workbench's state: the frame's own context keys, a command for each view, the attributes of <html>.

import { untrack } from 'svelte';
import type { Disposable } from '#shared/platform/disposable.ts';
import { focusField } from '../ui/focus-field.ts';
import { moveFocus } from './regions.ts';
import type { View } from './types.ts';
import type { Workbench } from './workbench.svelte.ts';

/** Keeps all of it up to date until called off. */
export function watchState(workbench: Workbench): () => void {
  return $effect.root(() => {
    $effect(() => {
      const { active } = workbench.layout;
      workbench.context.set('editor', active?.kind ?? null);
      workbench.context.set('editor.closable', active !== undefined && !(workbench.findEditorKind(active.kind)?.pinned ?? false));
    });
    $effect(() => {
      workbench.context.set('view', workbench.view?.id ?? null);
      workbench.context.set('side', workbench.layout.sideOpen);
    });
    $effect(() => {
      workbench.context.set('phone', workbench.phone);
      workbench.context.set('compact', workbench.appearance.compact);
    });
    $effect(() => workbench.appearance.apply(document.documentElement));
    $effect(() => {
      document.documentElement.lang = workbench.language;
      document.documentElement.dir = workbench.direction;
    });
    $effect(() => {
      const { views } = workbench;
      const commands = untrack(() => views.map((view, index) => registerViewCommand(workbench, view, index)));
      return () => commands.forEach((command) => command.dispose());
    });
    $effect(() => {
      const wished = workbench.wishedLanguage;
      untrack(() => void workbench.loadLanguage(wished).catch((error: unknown) => workbench.reportFailure(wished, error)));
    });
  });
}

function registerViewCommand(workbench: Workbench, view: View, index: number): Disposable {
  return workbench.commands.register({
    id: `workbench.view.${view.id}`,
    title: view.title,
    category: 'workbench.category.view',
    icon: view.icon,
    ...(index < 9 ? { keybinding: `Alt+${index + 1}` } : {}),
    run: () => {
      workbench.openView(view.id);
      if (view.focus) focusField(view.focus);
      else requestAnimationFrame(() => moveFocus('side'));
    },
  });
}

// Menus as data: entries of features and plugins alike, made into what a menu draws.

import { MENU_GROUPS } from '#shared/platform/menu-groups.ts';
import type { MenuItem } from '../ui/menu-item.ts';
import type { Commands } from './commands.ts';
import type { ContextKeys } from './context-keys.ts';
import type { MenuEntry, OpenedOn } from './types.ts';

/** A line of a menu that runs a command. */
export interface CommandMenuItem extends MenuItem {
  command: string;
}

interface Opened {
  menu: string;
  on: OpenedOn;
  workbench: { commands: Commands; context: ContextKeys; t(id: string): string };
}

/**
 * Group by group, then by order. An entry whose own `when` does not hold, or whose command nobody brought, is left out; one whose
 * command cannot be run just now cannot be pressed.
 */
export function toMenuItems(entries: readonly MenuEntry[], { menu, on, workbench }: Opened): CommandMenuItem[] {
  const { commands, context } = workbench;
  const place = ({ group = 'other' }: MenuEntry) => MENU_GROUPS.indexOf(group);
  const standing = entries
    .filter((entry) => entry.menu === menu && context.holds(entry.when, on.keys) && commands.find(entry.command) !== undefined)
    .toSorted((a, b) => place(a) - place(b) || a.order - b.order || (a.id < b.id ? -1 : 1));
  return standing.map((entry, i) => {
    const command = commands.find(entry.command)!;
    const before = standing[i - 1];
    return {
      id: entry.id,
      command: entry.command,
      label: workbench.t(entry.title ?? command.title),
      icon: entry.icon ?? command.icon,
      keys: commands.keyCapsOf(entry.command),
      disabled: !context.holds(command.when, on.keys),
      separated: before !== undefined && place(before) !== place(entry),
      run: () => void commands.execute(entry.command, ...(entry.args ?? on.args ?? [])),
    };
  });
}

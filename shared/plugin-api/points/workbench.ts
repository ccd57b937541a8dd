// What can be done and seen in the workbench: commands, keys, views, pages.

import { z } from 'zod';
import { Localized } from '../../platform/localized.ts';
import { MENU_GROUPS } from '../../platform/menu-groups.ts';
import { EMPTY_PLACES, MENUS, type EmptyPlace, type MenuId } from '../places.ts';
import { ViewNodes } from '../view-nodes.ts';
import { FunctionName, Glyph, Id, Path, When } from './common.ts';

export const CommandContribution = z.strictObject({
  id: Id,
  title: Localized,
  category: Localized.optional(),
  when: When.optional(),
  keybinding: z.string().optional().describe('Such as "Ctrl+Alt+S"; "Mod" is Cmd on a Mac and Ctrl elsewhere'),
  icon: Glyph.optional(),
  command: z.string().describe('Another command, which is run with `args`'),
  args: z.array(z.json()).optional().describe('Arguments, as JSON'),
});
export type CommandContribution = z.infer<typeof CommandContribution>;

export const KeybindingContribution = z.strictObject({
  key: z.string().describe('Such as "Ctrl+Alt+S"; "Mod" is Cmd on a Mac and Ctrl elsewhere'),
  command: z.string().describe('The command that it runs'),
  args: z.array(z.json()).optional().describe('Arguments, as JSON'),
  when: When.optional(),
});
export type KeybindingContribution = z.infer<typeof KeybindingContribution>;

const Order = z.number().min(-100).max(100);
const namesOf = <T extends string>(table: Readonly<Record<T, string>>) => z.enum(Object.keys(table) as [T, ...T[]]);
const listOf = (table: Readonly<Record<string, string>>) =>
  Object.entries(table)
    .map(([name, meaning]) => `"${name}": ${meaning}`)
    .join('. ');

export const MenuContribution = z.strictObject({
  menu: namesOf<MenuId>(MENUS).describe(`Where it stands. ${listOf(MENUS)}`),
  command: z.string().describe('The command that it runs'),
  args: z.array(z.json()).optional().describe('Arguments, as JSON; without them the command is given what the menu was opened on'),
  title: Localized.optional().describe('Default: that of the command'),
  icon: Glyph.optional(),
  when: When.optional(),
  group: z.enum(MENU_GROUPS).default('other').describe('Entries of one group stand together, the groups in this order'),
  order: Order.default(0).describe('Place in its group, behind the entries of the product'),
});
export type MenuContribution = z.infer<typeof MenuContribution>;

const ButtonContribution = z.strictObject({
  label: Localized,
  command: z.string().describe('The command that it runs; where it cannot be run the button is left out'),
  args: z.array(z.json()).optional().describe('Arguments, as JSON'),
  icon: Glyph.optional(),
});

export const EmptyStateContribution = z.strictObject({
  id: Id,
  at: namesOf<EmptyPlace>(EMPTY_PLACES).describe(`Where it is said, below what the product says. ${listOf(EMPTY_PLACES)}`),
  title: Localized,
  text: Localized.optional().describe('A sentence or two: what helps now'),
  icon: Glyph.optional(),
  when: When.optional(),
  order: Order.default(0).describe('Place among those of plugins'),
  buttons: z.array(ButtonContribution).max(3).default([]).describe('Ways on'),
});
export type EmptyStateContribution = z.infer<typeof EmptyStateContribution>;

export const WalkthroughContribution = z.strictObject({
  id: Id,
  title: Localized,
  text: Localized.optional().describe('One sentence: whom it is for and where it leads'),
  icon: Glyph.optional(),
  when: When.optional().describe('Who is offered it, such as "can.people.intake"'),
  order: Order.default(0).describe('Place among the others'),
  steps: z
    .array(
      z.strictObject({
        id: Id,
        title: Localized,
        text: Localized.describe('What is done here and why, in a sentence or two'),
        icon: Glyph.optional(),
        button: ButtonContribution.optional().describe('What leads to it'),
        completedWhen: When.optional().describe(
          'Ticked once this holds; "ran:find.handout" says that this command was run. Default: the command of its button was run',
        ),
      }),
    )
    .min(1)
    .max(12)
    .describe('In this order'),
});
export type WalkthroughContribution = z.infer<typeof WalkthroughContribution>;

/** A view drawn by the host from data: no code of a plugin runs in the browser. */
export const ViewContribution = z.strictObject({
  id: Id,
  title: Localized,
  icon: Glyph,
  where: z.enum(['activity', 'editor']).default('activity').describe('In the side bar, chosen in the activity bar; or in a tab'),
  when: When.optional(),
  nodes: ViewNodes.optional().describe('What it shows; else `run` gives it'),
  run: FunctionName.optional().describe('Function that gives the nodes each time the view is opened (see ViewFunction)'),
});
export type ViewContribution = z.infer<typeof ViewContribution>;

/** A page of a plugin's own, shut off from everything: it has scripts, and messages with its own plugin. */
export const FrameContribution = z.strictObject({
  id: Id,
  title: Localized,
  icon: Glyph,
  where: z.enum(['activity', 'editor']).default('activity').describe('In the side bar, chosen in the activity bar; or in a tab'),
  when: When.optional(),
  file: Path.describe('One HTML file with its scripts and styles in it'),
  run: FunctionName.optional().describe('Function that answers what the page asks (see FrameFunction)'),
});
export type FrameContribution = z.infer<typeof FrameContribution>;

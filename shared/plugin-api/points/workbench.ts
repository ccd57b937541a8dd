// What can be done and seen in the workbench: commands, keys, views, pages.

import { z } from 'zod';
import { Localized } from '../../platform/localized.ts';
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

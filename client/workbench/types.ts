// What a feature can add to the workbench. The workbench draws what these registries hold; it knows no feature.

import type { Component } from 'svelte';
import type { Shape } from '#client/ui/shapes.ts';
import type { Disposable } from '#shared/platform/disposable.ts';
import type { MenuGroup } from '#shared/platform/menu-groups.ts';
import type { CommandMenuItem } from './menus.ts';

/** Message ids everywhere a text is shown: `find.title`. Features bring English with `messages`. */
type MessageId = string;

export interface Command {
  id: string;
  title: MessageId;
  category?: MessageId;
  icon?: string;
  when?: string;
  /** "Mod+Shift+P", "F9", "Mod+K Mod+S"; Mod is Cmd on a Mac, Ctrl elsewhere. */
  keybinding?: string | string[];
  /** Hidden commands run by keybinding or by code, and do not stand in the palette. */
  hidden?: boolean;
  run(...args: unknown[]): unknown;
}

/** A view of the side bar, chosen in the activity bar (on a phone: in the bottom bar). */
export interface View {
  id: string;
  title: MessageId;
  /** A word or two, for the phone's bottom bar; default: the title. */
  shortTitle?: MessageId;
  icon: string;
  order: number;
  when?: string;
  /** Width of the side bar in px; default 412. */
  width?: number;
  badge?: () => number;
  /** Commands that stand as icons beside the view's title. */
  headerCommands?: readonly string[];
  /** Its field (`data-focus`) to which the command that opens it leads; default: where the keys were last, else its first control. */
  focus?: string;
  load(): Promise<{ default: Component }>;
  /** On a phone: what floats over the map's top while this view is open; without it a search pill stands there. */
  loadTop?(): Promise<{ default: Component }>;
}

/** A button of the phone's bottom bar that runs a command; the one lowest in order stands in the middle. */
export interface BarItem {
  id: string;
  title: MessageId;
  icon: string;
  order: number;
  when?: string;
  danger?: boolean;
  command: string;
  /** What the command opens, where nothing else of the phone's frame brings it along. */
  load?(): Promise<{ default: Component }>;
}

/** A kind of editor: what stands in a tab. `key(params)` makes two openings of one thing one tab. */
export interface EditorKind<P = unknown> {
  id: string;
  title(params: P): string;
  icon(params: P): string;
  key(params: P): string;
  /** Pinned editors (the map) stand first and cannot be closed. */
  pinned?: boolean;
  /**
   * Open ones come back after a reload: their params are then kept in the browser. Only for params that say nothing
   * of a person, such as the id of a service; facts, places and needs are never kept.
   */
  keep?: boolean;
  load(): Promise<{ default: Component<{ params: P }> | Component<Record<string, never>> }>;
}

export interface StatusItem {
  id: string;
  side: 'start' | 'end';
  order: number;
  when?: string;
  load(): Promise<{ default: Component }>;
}

/** What another feature has to say above a view, such as for whom is being searched. */
export interface ViewStrip {
  id: string;
  /** Id of the view above which it stands. */
  view: string;
  order: number;
  when?: string;
  load(): Promise<{ default: Component }>;
}

/** A command in a menu. */
export interface MenuEntry {
  id: string;
  /** Name of the menu; those that plugins may use stand in `shared/plugin-api/places.ts`. */
  menu: string;
  command: string;
  /** Default: what the menu was opened on. */
  args?: readonly unknown[];
  /** Default: those of the command. */
  title?: MessageId;
  icon?: string;
  /** Over the context keys and those of what the menu was opened on; where it does not hold the entry is left out. */
  when?: string;
  /** Default: other. */
  group?: MenuGroup;
  order: number;
}

/** What a menu or an empty state is about. */
export interface OpenedOn {
  /** What its commands are given. */
  args?: readonly unknown[];
  /** Keys of it for `when` clauses, beside those of the workbench. */
  keys?: Readonly<Record<string, unknown>>;
}

/** What is said where nothing stands, and the ways on from there. */
export interface EmptyState {
  id: string;
  at: string;
  title: MessageId;
  detail?: MessageId;
  icon?: string;
  when?: string;
  order: number;
  /** Without `args` a command is given what the state is about. */
  buttons?: readonly { label: MessageId; command: string; args?: readonly unknown[]; icon?: string; primary?: boolean }[];
}

/** A component that a feature lends to others by name: none needs to know the other. */
export interface Part {
  id: string;
  /** @param props whatever the part says that it wants */
  load(props: object): Promise<{ default: Component }>;
}

/** Something that stands at the end of the title bar, such as the crisis button or the account menu. On a phone there is no title bar: what must be there is a command or a bar item. */
export interface TitleItem {
  id: string;
  order: number;
  when?: string;
  load(): Promise<{ default: Component }>;
}

export interface QuickOpenItem {
  id: string;
  label: string;
  detail?: string;
  icon?: string;
  /** Shape and colour of a kind of resource, instead of the icon. */
  look?: { shape: Shape; icon: string; colour: string };
  /** Drawn at the end of the row; a short text. */
  badge?: string;
  keybinding?: string;
  /** Higher first within its group. */
  score?: number;
  run(options: { beside: boolean }): void;
}

export interface QuickOpenProvider {
  id: string;
  title: MessageId;
  order: number;
  /** Alone with this first character: ">" commands, "@" places. */
  prefix?: string;
  provide(query: string, signal: AbortSignal): Promise<QuickOpenItem[]> | QuickOpenItem[];
}

export interface Notification {
  severity: 'info' | 'success' | 'warning' | 'error';
  text: string;
  detail?: string;
  actions?: { label: string; run(): void }[];
  /** ms; errors stay until dismissed. */
  timeout?: number;
}

export interface Progress {
  update(state: { done?: number; total?: number; text?: string }): void;
  end(): void;
}

/** Given to a feature's `contribute`. All registrations are taken back with the returned disposable. */
export interface WorkbenchApi {
  registerCommand(command: Command): Disposable;
  registerView(view: View): Disposable;
  registerEditor<P>(kind: EditorKind<P>): Disposable;
  registerStatusItem(item: StatusItem): Disposable;
  registerTitleItem(item: TitleItem): Disposable;
  registerBarItem(item: BarItem): Disposable;
  registerViewStrip(strip: ViewStrip): Disposable;
  registerMenuEntry(entry: MenuEntry): Disposable;
  registerEmptyState(state: EmptyState): Disposable;
  registerPart(part: Part): Disposable;
  registerQuickOpen(provider: QuickOpenProvider): Disposable;
  /** English messages of the feature; other languages come from `translations` contributions. */
  registerMessages(messages: Record<MessageId, string>): Disposable;

  executeCommand(id: string, ...args: unknown[]): Promise<unknown>;
  openView(id: string): void;
  openEditor<P>(id: string, params: P, options?: { beside?: boolean; background?: boolean }): void;
  closeEditor(id: string, key: string): void;
  openPalette(query?: string): void;
  /** What a feature lends under this id; undefined: nobody lends it. */
  findPart(id: string): Part | undefined;
  /** What stands in a menu that was opened on something; reactive. */
  menuItems(menu: string, on?: OpenedOn): CommandMenuItem[];
  /** What is said where nothing stands, the headline first; reactive. */
  emptyStates(at: string, on?: OpenedOn): EmptyState[];
  /** The editor in front, in the group that was shown or touched last; reactive. */
  readonly activeEditor: { readonly kind: string; readonly params: unknown } | undefined;

  /** Context keys for `when` clauses; reading one in a component is reactive. */
  setContext(key: string, value: unknown): void;
  getContext(key: string): unknown;

  notify(notification: Notification): Disposable;
  /** Long work: shows after 300 ms, with a count and, where `onCancel` is given, Cancel. */
  progress(title: string, onCancel?: () => void): Progress;
  /** Says it to screen readers, without showing it. */
  announce(text: string): void;

  /** Formats a message in the reader's language; reactive. */
  t(id: MessageId, values?: Record<string, unknown>): string;
  /** As `t`, in another language than the reader's, where its bundle is loaded (see `loadLanguage`); else in English. */
  tIn(language: string, id: MessageId, values?: Record<string, unknown>): string;
  /** Fetches a language's bundle, so that `tIn` has it. */
  loadLanguage(language: string): Promise<void>;
  /** BCP 47 tag and direction of the interface; reactive. */
  readonly language: string;
  /** For Intl: the language with the digits that the product writes everywhere ("ar-u-nu-latn"); reactive. */
  readonly locale: string;
  readonly direction: 'ltr' | 'rtl';
  /** 'light' | 'dark' | 'hc-light' | 'hc-dark' or the id of a contributed theme's base; reactive. */
  readonly theme: string;
  /** Phone layout (narrower than 720 px); reactive. */
  readonly phone: boolean;
}

/** Each feature exports one of these from its contribution.ts. */
export type Contribute = (workbench: WorkbenchApi) => Disposable;

// What features and plugins have registered with the workbench, and what of it stands where just now.

import { untrack } from 'svelte';
import { DisposableStore, type Disposable } from '#shared/platform/disposable.ts';
import type { Commands } from './commands.ts';
import type { ContextKeys } from './context-keys.ts';
import type { MessageCatalog } from './message-catalog.ts';
import type { Layout } from './layout.svelte.ts';
import { toMenuItems, type CommandMenuItem } from './menus.ts';
import { inOrder, Registry } from './registry.ts';
import type {
  BarItem,
  Command,
  EditorKind,
  EmptyState,
  MenuEntry,
  OpenedOn,
  Part,
  QuickOpenProvider,
  StatusItem,
  TitleItem,
  View,
  ViewStrip,
} from './types.ts';

export abstract class Registrations {
  abstract readonly commands: Commands;
  abstract readonly context: ContextKeys;
  abstract readonly messages: MessageCatalog;
  abstract readonly layout: Layout;
  abstract openEditor<P>(id: string, params: P, options?: { background?: boolean }): void;
  abstract t(id: string, values?: Record<string, unknown>): string;

  readonly #views = new Registry<View>('view');
  readonly #editors = new Registry<EditorKind>('editor');
  readonly #statusItems = new Registry<StatusItem>('status item');
  readonly #titleItems = new Registry<TitleItem>('title item');
  readonly #barItems = new Registry<BarItem>('bar item');
  readonly #viewStrips = new Registry<ViewStrip>('view strip');
  readonly #menuEntries = new Registry<MenuEntry>('menu entry');
  readonly #emptyStates = new Registry<EmptyState>('empty state');
  readonly #parts = new Registry<Part>('part');
  readonly #quickOpen = new Registry<QuickOpenProvider>('quick open provider');

  // ── Registrations ──

  registerCommand(command: Command): Disposable {
    return this.commands.register(command);
  }

  registerView(view: View): Disposable {
    const store = new DisposableStore();
    store.add(this.#views.register(view));
    // They stand in the same menu as those of others, before them.
    (view.headerCommands ?? []).forEach((command, order) =>
      store.add(
        this.registerMenuEntry({
          id: `workbench.header.${view.id}.${command}`,
          menu: 'view/title',
          command,
          when: `view == '${view.id}'`,
          group: 'open',
          order,
        }),
      ),
    );
    return store;
  }

  registerEditor<P>(kind: EditorKind<P>): Disposable {
    const registered = this.#editors.register(kind as EditorKind);
    if (kind.pinned) untrack(() => this.openEditor(kind.id, {} as P, { background: true }));
    return registered;
  }

  registerStatusItem(item: StatusItem): Disposable {
    return this.#statusItems.register(item);
  }

  registerTitleItem(item: TitleItem): Disposable {
    return this.#titleItems.register(item);
  }

  registerBarItem(item: BarItem): Disposable {
    return this.#barItems.register(item);
  }

  registerViewStrip(strip: ViewStrip): Disposable {
    return this.#viewStrips.register(strip);
  }

  registerMenuEntry(entry: MenuEntry): Disposable {
    return this.#menuEntries.register(entry);
  }

  registerEmptyState(state: EmptyState): Disposable {
    return this.#emptyStates.register(state);
  }

  registerPart(part: Part): Disposable {
    return this.#parts.register(part);
  }

  registerQuickOpen(provider: QuickOpenProvider): Disposable {
    return this.#quickOpen.register(provider);
  }

  registerMessages(messages: Record<string, string>): Disposable {
    return this.messages.register(messages);
  }

  /** Contributes a list of commands at once. */
  registerCommands(commands: readonly Command[]): Disposable {
    const store = new DisposableStore();
    for (const command of commands) store.add(this.registerCommand(command));
    return store;
  }

  // ── What stands where ──

  get views(): View[] {
    return inOrder(this.#views.all.filter((view) => this.context.holds(view.when)));
  }

  /** The view that is shown: the chosen one, or the first. */
  get view(): View | undefined {
    return this.views.find((view) => view.id === this.layout.view) ?? this.views[0];
  }

  get titleItems(): TitleItem[] {
    return inOrder(this.#titleItems.all.filter((item) => this.context.holds(item.when)));
  }

  get barItems(): BarItem[] {
    return inOrder(this.#barItems.all.filter((item) => this.context.holds(item.when)));
  }

  viewStrips(view: string): ViewStrip[] {
    return inOrder(this.#viewStrips.all.filter((strip) => strip.view === view && this.context.holds(strip.when)));
  }

  get quickOpenProviders(): QuickOpenProvider[] {
    return inOrder(this.#quickOpen.all);
  }

  statusItems(side: StatusItem['side']): StatusItem[] {
    return inOrder(this.#statusItems.all.filter((item) => item.side === side && this.context.holds(item.when)));
  }

  findEditorKind(id: string): EditorKind | undefined {
    return this.#editors.find(id);
  }

  findPart(id: string): Part | undefined {
    return this.#parts.find(id);
  }

  /** What stands in a menu that was opened on something. */
  menuItems(menu: string, on: OpenedOn = {}): CommandMenuItem[] {
    return toMenuItems(this.#menuEntries.all, { menu, on, workbench: this });
  }

  /** What is said where nothing stands: the first is the headline. */
  emptyStates(at: string, on: OpenedOn = {}): EmptyState[] {
    return inOrder(this.#emptyStates.all.filter((state) => state.at === at && this.context.holds(state.when, on.keys)));
  }
}

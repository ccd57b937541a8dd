// The workbench: it holds what features register and the state of the frame, and knows no feature.

import { untrack } from 'svelte';
import { DisposableStore, toDisposable, type Disposable } from '#shared/platform/disposable.ts';
import type { Platform } from '#shared/platform/keybinding.ts';
import { Appearance } from './appearance.svelte.ts';
import { Commands } from './commands.ts';
import { ContextKeys } from './context-keys.ts';
import { Layout, type OpenEditor } from './layout.svelte.ts';
import { MessageCatalog, toLocale } from './message-catalog.ts';
import { Notifications } from './notifications.svelte.ts';
import { Preferences } from './preferences.svelte.ts';
import { focusField } from '../ui/focus-field.ts';
import { moveFocus } from './regions.ts';
import { inOrder, Registry } from './registry.ts';
import type {
  BarItem,
  Command,
  EditorKind,
  Notification,
  Progress,
  QuickOpenProvider,
  StatusItem,
  TitleItem,
  View,
  ViewStrip,
  WorkbenchApi,
} from './types.ts';

/** Wider than this two editors and the side bar fit side by side. */
const ROOM_FOR_ALL = 1600;

export class Workbench implements WorkbenchApi {
  readonly platform: Platform = /Mac|iPhone|iPad/.test(navigator.platform) ? 'mac' : 'other';
  readonly preferences = new Preferences();
  readonly appearance = new Appearance(this.preferences);
  readonly messages = new MessageCatalog();
  readonly context = new ContextKeys((text) => this.notify({ severity: 'warning', text }));
  readonly notifications = new Notifications((text, urgent) => this.#say(text, urgent));
  readonly commands = new Commands({
    platform: this.platform,
    context: this.context,
    ownKeybindings: () => this.preferences.values.keybindings,
    onFailure: (command, error) => this.reportFailure(this.t('workbench.commandFailed', { command: this.t(command.title) }), error),
  });
  readonly layout = new Layout({
    isKept: (kind) => this.#isKept(kind),
    isPinned: (kind) => this.#editors.find(kind)?.pinned ?? false,
  });
  readonly #views = new Registry<View>('view');
  readonly #editors = new Registry<EditorKind>('editor');
  readonly #statusItems = new Registry<StatusItem>('status item');
  readonly #titleItems = new Registry<TitleItem>('title item');
  readonly #barItems = new Registry<BarItem>('bar item');
  readonly #viewStrips = new Registry<ViewStrip>('view strip');
  readonly #quickOpen = new Registry<QuickOpenProvider>('quick open provider');

  /** The palette's text while it is open. */
  palette = $state.raw<string | null>(null);
  /** Whether the list of notifications is shown. */
  centreOpen = $state(false);
  /** What the live regions say. */
  said = $state.raw({ text: '', urgent: false, count: 0 });
  /** Name of the deployment, beside the brand; empty until known. */
  deploymentName = $state('');
  #language = $derived(this.#chooseLanguage());
  #loadBundle: ((language: string) => Promise<void>) | undefined;

  // ── Registrations ──

  registerCommand(command: Command): Disposable {
    return this.commands.register(command);
  }

  registerView(view: View): Disposable {
    return this.#views.register(view);
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

  openView(id: string): void {
    this.layout.showView(id);
    if (this.phone) this.showMap();
  }

  openEditor<P>(id: string, params: P, options: { beside?: boolean; background?: boolean } = {}): void {
    const kind = this.#editors.find(id);
    if (!kind) throw new Error(`There is no editor "${id}".`);
    const key = kind.key(params);
    const editor: OpenEditor = { id: `${id}:${key}`, kind: id, key, params };
    const room = !this.phone && !this.appearance.compact;
    this.layout.open(editor, {
      beside: (options.beside ?? false) && room,
      background: options.background ?? false,
      yieldSide: window.innerWidth < ROOM_FOR_ALL,
    });
    if (!options.background && !kind.pinned) focusPanel(editor.id);
  }

  closeEditor(id: string, key: string): void {
    this.layout.close(`${id}:${key}`);
  }

  /** Of a kind that is not registered (yet) only what was kept before can be open. */
  #isKept(id: string): boolean {
    const kind = this.#editors.find(id);
    return kind === undefined || (kind.keep ?? kind.pinned ?? false);
  }

  /** Shows the pinned editor: on a phone the ground on which the views lie. */
  showMap(): void {
    const pinned = this.layout.groups.flatMap((group) => group.editors).find((editor) => this.#editors.find(editor.kind)?.pinned);
    if (pinned) this.layout.activate(pinned.id);
  }

  openPalette(query = ''): void {
    this.palette = query;
  }

  // ── Doing and telling ──

  executeCommand(id: string, ...args: unknown[]): Promise<unknown> {
    return this.commands.execute(id, ...args);
  }

  get activeEditor(): OpenEditor | undefined {
    return this.layout.active;
  }

  setContext(key: string, value: unknown): void {
    this.context.set(key, value);
  }

  getContext(key: string): unknown {
    return this.context.get(key);
  }

  notify(notification: Notification): Disposable {
    return this.notifications.notify(notification);
  }

  progress(title: string, onCancel?: () => void): Progress {
    return this.notifications.progress(title, onCancel);
  }

  announce(text: string): void {
    this.#say(text, false);
  }

  /** Tells a failure: the server's own sentence where it gave one. */
  reportFailure(text: string, error: unknown): void {
    const detail = error instanceof Error ? error.message : String(error);
    this.notify({ severity: 'error', text, detail });
  }

  #say(text: string, urgent: boolean): void {
    untrack(() => (this.said = { text, urgent, count: this.said.count + 1 }));
  }

  /** Keeps the frame's own context keys, the views' commands and the attributes of <html> up to date, until called off. */
  watchState(): () => void {
    return $effect.root(() => {
      $effect(() => {
        const { active } = this.layout;
        this.context.set('editor', active?.kind ?? null);
        this.context.set('editor.closable', active !== undefined && !(this.#editors.find(active.kind)?.pinned ?? false));
      });
      $effect(() => {
        this.context.set('view', this.view?.id ?? null);
        this.context.set('side', this.layout.sideOpen);
      });
      $effect(() => {
        this.context.set('phone', this.phone);
        this.context.set('compact', this.appearance.compact);
      });
      $effect(() => this.appearance.apply(document.documentElement));
      $effect(() => {
        document.documentElement.lang = this.language;
        document.documentElement.dir = this.direction;
      });
      $effect(() => {
        const { views } = this;
        const commands = untrack(() => views.map((view, index) => this.#registerViewCommand(view, index)));
        return () => commands.forEach((command) => command.dispose());
      });
      $effect(() => {
        const wished = this.wishedLanguage;
        untrack(() => void this.loadLanguage(wished).catch((error: unknown) => this.reportFailure(wished, error)));
      });
    });
  }

  #registerViewCommand(view: View, index: number): Disposable {
    return this.commands.register({
      id: `workbench.view.${view.id}`,
      title: view.title,
      category: 'workbench.category.view',
      icon: view.icon,
      ...(index < 9 ? { keybinding: `Alt+${index + 1}` } : {}),
      run: () => {
        this.openView(view.id);
        if (view.focus) focusField(view.focus);
        else requestAnimationFrame(() => moveFocus('side'));
      },
    });
  }

  // ── Language and look ──

  t(id: string, values?: Record<string, unknown>): string {
    return this.messages.format(this.#language, id, values);
  }

  tIn(language: string, id: string, values?: Record<string, unknown>): string {
    return this.messages.format(language, id, values);
  }

  get language(): string {
    return this.#language;
  }

  get locale(): string {
    return toLocale(this.#language);
  }

  get direction(): 'ltr' | 'rtl' {
    return this.messages.directionOf(this.#language);
  }

  get theme(): string {
    return this.appearance.theme.base;
  }

  get phone(): boolean {
    return this.appearance.phone;
  }

  async loadLanguage(language: string): Promise<void> {
    if (!this.messages.hasBundle(language)) await this.#loadBundle?.(language);
  }

  /** Whoever can fetch bundles says how. */
  provideBundles(load: (language: string) => Promise<void>): Disposable {
    this.#loadBundle = load;
    return toDisposable(() => (this.#loadBundle = undefined));
  }

  /** The wished language where its bundle is there; until then the interface stays in English. */
  #chooseLanguage(): string {
    const wished = this.wishedLanguage;
    return this.messages.hasBundle(wished) ? wished : 'en';
  }

  /** The language that was chosen or that the browser asks for, among those there are. */
  get wishedLanguage(): string {
    const { language } = this.preferences.values;
    return this.messages.chooseLanguage(language === 'auto' ? navigator.languages : [language]);
  }
}

/** Who opens an editor works on in it: the keys go there, unless they have been taken elsewhere by then. */
function focusPanel(id: string): void {
  const before = document.activeElement;
  // After the palette has given the focus back to what opened it.
  setTimeout(() => {
    const now = document.activeElement;
    const isTaken = now !== before && now !== document.body && before?.isConnected === true;
    const panel = [...document.querySelectorAll<HTMLElement>('[role="tabpanel"]')].find((node) => node.id.endsWith(`-${id}`));
    if (panel && !isTaken && !panel.contains(now)) panel.focus({ preventScroll: true });
  }, 0);
}

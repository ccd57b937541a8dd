// The workbench: what features register (registrations.ts) and the state of the frame. It knows no feature.

import { untrack } from 'svelte';
import { toDisposable, type Disposable } from '#shared/platform/disposable.ts';
import type { Platform } from '#shared/platform/keybinding.ts';
import { Appearance } from './appearance.svelte.ts';
import { Commands } from './commands.ts';
import { ContextKeys } from './context-keys.ts';
import { Layout, type OpenEditor } from './layout.svelte.ts';
import { MessageCatalog, toLocale } from './message-catalog.ts';
import { Notifications } from './notifications.svelte.ts';
import { Preferences } from './preferences.svelte.ts';
import { Registrations } from './registrations.ts';
import { focusPanel } from './focus-panel.ts';
import { watchState } from './watch-state.svelte.ts';
import type { Notification, Progress, WorkbenchApi } from './types.ts';

/** Wider than this two editors and the side bar fit side by side. */
const ROOM_FOR_ALL = 1600;

export class Workbench extends Registrations implements WorkbenchApi {
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
    isPinned: (kind) => this.findEditorKind(kind)?.pinned ?? false,
  });

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

  openView(id: string): void {
    this.layout.showView(id);
    if (this.phone) this.showMap();
  }

  openEditor<P>(id: string, params: P, options: { beside?: boolean; background?: boolean } = {}): void {
    const kind = this.findEditorKind(id);
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
    const kind = this.findEditorKind(id);
    return kind === undefined || (kind.keep ?? kind.pinned ?? false);
  }

  /** Shows the pinned editor: on a phone the ground on which the views lie. */
  showMap(): void {
    const pinned = this.layout.groups.flatMap((group) => group.editors).find((editor) => this.findEditorKind(editor.kind)?.pinned);
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
    return watchState(this);
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

// The plugins of this server as the Plugins view and the tab of each one see them, and the acts on them: one reading for both.

import { api, forgetContributions, onDidChangeContributions, sayFailure, type Outputs } from '#client/api.ts';
import type { WorkbenchApi } from '#client/workbench/types.ts';
import { localize } from '#shared/platform/localized.ts';
import { sendPackage, type Inspected } from './send-package.ts';

export type ListedPlugin = Outputs['plugins']['installed'][number];

/** What was done can be taken back for so long, ms. */
const UNDO_MS = 10_000;

export class InstalledPlugins {
  list = $state.raw<readonly ListedPlugin[] | null>(null);
  agencies = $state.raw<Outputs['plugins']['agencies']>([]);
  /** What waits for consent: a package that was chosen or dropped, or a plugin that is to be switched on. */
  inspected = $state.raw<Inspected | null>(null);
  /** Where that is asked. */
  askedOn = $state<'list' | 'page'>('list');
  failure = $state<string | null>(null);
  busy = $state(false);
  readonly #workbench: WorkbenchApi;

  constructor(workbench: WorkbenchApi) {
    this.#workbench = workbench;
  }

  /** Reads them, and again whenever one changes: whoever writes a plugin sees here what is wrong with it. */
  follow(): () => void {
    if (this.#workbench.getContext('can.plugins.manage') !== true) return () => undefined;
    void this.#attempt(() => this.read());
    const listener = onDidChangeContributions(() => void this.read().catch(() => undefined));
    return () => listener.dispose();
  }

  async read(): Promise<void> {
    [this.list, this.agencies] = await Promise.all([api.plugins.installed.query(), api.plugins.agencies.query()]);
  }

  find(name: string): ListedPlugin | undefined {
    return this.list?.find((plugin) => plugin.name === name);
  }

  titleOf({ title, name }: Pick<ListedPlugin, 'title' | 'name'>): string {
    return localize(title, this.#workbench.language) || name;
  }

  open(plugin: ListedPlugin): void {
    this.#workbench.openEditor('plugin', { name: plugin.name, title: this.titleOf(plugin) });
  }

  look(file: File): Promise<void> {
    return this.#attempt(async () => {
      this.askedOn = 'list';
      this.inspected = await sendPackage(file);
    });
  }

  /** Switches on what was looked at. @param grant agrees to what it asks for */
  agree(grant: boolean): Promise<void> {
    return this.#attempt(async () => {
      if (!this.inspected) return;
      const { package: id, name, version, title } = this.inspected;
      const plugin = this.find(name);
      if (id === null) {
        this.inspected = null;
        if (plugin) await this.#switch(plugin, true, grant);
        return;
      }
      await api.plugins.install.mutate({ package: id, grant, enable: true });
      this.inspected = null;
      await this.#changed();
      this.#say('plugins.installed', { name: this.titleOf({ title, name }), version });
    });
  }

  /** What it asks for, and whose eligibility changes, is read before it is on. @param from where that is shown */
  turn(plugin: ListedPlugin, on: boolean, from: 'list' | 'page'): Promise<void> {
    return this.#attempt(async () => {
      if (on) {
        const before = await api.plugins.inspect.query({ name: plugin.name });
        if (asksMore(plugin) || before.impacts.length > 0 || !before.ok) {
          [this.askedOn, this.inspected] = [from, before];
          return;
        }
      }
      await this.#switch(plugin, on);
    });
  }

  async #switch(plugin: ListedPlugin, on: boolean, grant = false): Promise<void> {
    const { name } = plugin;
    if (on) await api.plugins.enable.mutate({ name, grant });
    else await api.plugins.disable.mutate({ name });
    await this.#changed();
    const undo = () => void this.#attempt(() => this.#switch(plugin, !on));
    this.#say(on ? 'plugins.done.enable' : 'plugins.done.disable', { name: this.titleOf(plugin) }, undo);
  }

  /** To the version before. */
  goBack(plugin: ListedPlugin): Promise<void> {
    return this.#attempt(async () => {
      await api.plugins.back.mutate({ name: plugin.name, grant: false });
      await this.#changed();
      this.#say('plugins.done.back', { name: this.titleOf(plugin) });
    });
  }

  remove(plugin: ListedPlugin): Promise<void> {
    return this.#attempt(async () => {
      await api.plugins.remove.mutate({ name: plugin.name });
      this.#workbench.closeEditor('plugin', plugin.name);
      await this.#changed();
      this.#say('plugins.done.remove', { name: this.titleOf(plugin) });
    });
  }

  /** @param agencies null: for all */
  holdFor(plugin: ListedPlugin, agencies: string[] | null): Promise<void> {
    return this.#attempt(async () => {
      await api.plugins.setAgencies.mutate({ name: plugin.name, agencies });
      await this.#changed();
      this.#workbench.announce(this.#workbench.t('plugins.done.agencies', { name: this.titleOf(plugin) }));
    });
  }

  /** Opens it in the browser's own editor: as it is made here, or taken from its package. */
  change({ name }: ListedPlugin): Promise<void> {
    return this.#attempt(async () => {
      const isMade = (await api.made.list.query()).some((one) => one.name === name);
      if (!isMade) await api.made.fromInstalled.mutate({ name, language: this.#workbench.language.split('-')[0] ?? 'en' });
      await this.#workbench.executeCommand('plugins.make', name);
    });
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    [this.failure, this.busy] = [null, true];
    try {
      await work();
    } catch (error) {
      this.failure = sayFailure(error);
    }
    this.busy = false;
  }

  async #changed(): Promise<void> {
    await this.read();
    forgetContributions();
  }

  #say(message: string, values: Record<string, unknown>, undo?: () => void): void {
    const workbench = this.#workbench;
    workbench.notify({
      ...{ severity: 'success', text: workbench.t(message, values), timeout: UNDO_MS },
      ...(undo && { actions: [{ label: workbench.t('plugins.undo'), run: undo }] }),
    });
  }
}

const ofWorkbench = new WeakMap<WorkbenchApi, InstalledPlugins>();

export function installedOf(workbench: WorkbenchApi): InstalledPlugins {
  const found = ofWorkbench.get(workbench) ?? new InstalledPlugins(workbench);
  ofWorkbench.set(workbench, found);
  return found;
}

/** It asks for more than was granted. */
export function asksMore({ shipped, asks, granted }: ListedPlugin): boolean {
  return (
    !shipped &&
    (asks.network.some(({ host }) => !granted.network.includes(host)) || asks.reads.some(({ fact }) => !granted.reads.includes(fact)))
  );
}

/** What somebody has to look at, before everything else about it. */
export function troubleOf(plugin: ListedPlugin): 'quarantine' | 'faults' | 'asks' | null {
  if (plugin.state === 'quarantine') return 'quarantine';
  if (plugin.faults.length > 0) return 'faults';
  return plugin.installed && asksMore(plugin) ? 'asks' : null;
}

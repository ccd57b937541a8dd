// What plugins add to the workbench, through the door of its own features: commands, keys, menus, views, pages, words for what is
// empty. All of it is data: no code of a plugin runs in the browser.

import { withProps } from '#client/ui/with-props.ts';
import type { Contributions } from '#client/api.ts';
import type { WorkbenchApi } from '#client/workbench/types.ts';
import { DisposableStore, type Disposable } from '#shared/platform/disposable.ts';
import { localize, type Localized } from '#shared/platform/localized.ts';

/** Editor → what draws a view, or a page, of a plugin. */
export const SHOWN_IN = {
  'plugin.view': () => import('./PluginView.svelte'),
  'plugin.frame': () => import('./PluginFrame.svelte'),
} as const;

export interface ViewParams {
  plugin: string;
  view: string;
  /** Message id, and the name of a glyph. */
  title: string;
  icon: string;
}

/** Behind what the product has itself. */
const BEHIND = 1000;
const FIRST_VIEW = 60;

type Registered = Pick<Contributions, 'commands' | 'keybindings' | 'menus' | 'views' | 'frames' | 'emptyStates'>;

/** Registers what all plugins bring. What is faulty is left out and named on the console. */
export function registerContributions(workbench: WorkbenchApi, contributions: Registered, language: string): Disposable {
  const into = new Registering(workbench, language);
  into.commands(contributions);
  into.keys(contributions);
  into.views(contributions);
  into.menus(contributions);
  into.emptyStates(contributions);
  return into.finish();
}

class Registering {
  readonly #workbench: WorkbenchApi;
  readonly #language: string;
  readonly #store = new DisposableStore();
  readonly #texts: Record<string, string> = {};

  constructor(workbench: WorkbenchApi, language: string) {
    this.#workbench = workbench;
    this.#language = language;
  }

  finish(): Disposable {
    this.#store.add(this.#workbench.registerMessages(this.#texts));
    return this.#store;
  }

  commands({ commands }: Pick<Registered, 'commands'>): void {
    for (const { plugin, value } of commands) {
      const { id, when, icon, keybinding, command, args } = value;
      this.#attempt(`The command "${id}" of ${plugin}`, () =>
        this.#workbench.registerCommand({
          id,
          title: this.#say(`contributed.command.${id}`, value.title),
          ...(value.category !== undefined && { category: this.#say(`contributed.category.${id}`, value.category) }),
          ...given({ icon, when, keybinding }),
          run: (...on) => this.#workbench.executeCommand(command, ...(args ?? on)),
        }),
      );
    }
  }

  keys({ keybindings }: Pick<Registered, 'keybindings'>): void {
    keybindings.forEach(({ plugin, value: { key, command, args = [], when } }, i) => {
      this.#attempt(`The key ${key} of ${plugin}`, () =>
        this.#workbench.registerCommand({
          id: `contributed.key.${plugin}.${i}`,
          title: command,
          hidden: true,
          keybinding: key,
          ...given({ when }),
          run: () => this.#workbench.executeCommand(command, ...args),
        }),
      );
    });
  }

  views({ views, frames }: Pick<Registered, 'views' | 'frames'>): void {
    const shown = [
      ...views.map((view) => ({ ...view, editor: 'plugin.view' as const, id: `plugin.${view.plugin}.${view.value.id}` })),
      ...frames.map((frame) => ({ ...frame, editor: 'plugin.frame' as const, id: `plugin.${frame.plugin}.frame.${frame.value.id}` })),
    ];
    shown.forEach(({ plugin, value, editor, id }, i) => {
      const common = { title: this.#say(id, value.title), icon: value.icon, ...given({ when: value.when }) };
      const params: ViewParams = { plugin, view: value.id, title: id, icon: value.icon };
      this.#attempt(`The view "${value.id}" of ${plugin}`, () =>
        value.where === 'activity'
          ? this.#workbench.registerView({
              id,
              ...common,
              order: FIRST_VIEW + i,
              load: async () => ({ default: withProps((await SHOWN_IN[editor]()).default, { params }) }),
            })
          : this.#workbench.registerCommand({
              id: `workbench.view.${id}`,
              ...common,
              category: 'workbench.category.view',
              run: () => this.#workbench.openEditor<ViewParams>(editor, params),
            }),
      );
    });
  }

  menus({ menus }: Pick<Registered, 'menus'>): void {
    menus.forEach(({ plugin, value: { menu, command, args, title, icon, when, group, order } }, i) => {
      const id = `contributed.menu.${plugin}.${i}`;
      this.#attempt(`The entry of the menu "${menu}" of ${plugin}`, () =>
        this.#workbench.registerMenuEntry({
          ...{ id, menu, command, group, order: BEHIND + order },
          ...(title !== undefined && { title: this.#say(id, title) }),
          ...given({ args, icon, when }),
        }),
      );
    });
  }

  emptyStates({ emptyStates }: Pick<Registered, 'emptyStates'>): void {
    for (const { plugin, value } of emptyStates) {
      const id = `contributed.empty.${plugin}.${value.id}`;
      this.#attempt(`What is said of the empty "${value.at}" by ${plugin}`, () =>
        this.#workbench.registerEmptyState({
          id,
          at: value.at,
          order: BEHIND + value.order,
          title: this.#say(id, value.title),
          ...(value.text !== undefined && { detail: this.#say(`${id}.text`, value.text) }),
          ...given({ icon: value.icon, when: value.when }),
          buttons: value.buttons.map(({ label, command, args, icon }, i) => ({
            label: this.#say(`${id}.${i}`, label),
            command,
            ...given({ args, icon }),
          })),
        }),
      );
    }
  }

  #say(id: string, text: Localized): string {
    this.#texts[id] = toMessage(localize(text, this.#language));
    return id;
  }

  #attempt(what: string, register: () => Disposable): void {
    try {
      this.#store.add(register());
    } catch (error) {
      console.error(`${what} is left out.`, error);
    }
  }
}

/** Without what is not there. */
function given<T extends object>(values: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

/** A text as an ICU message that says just that. */
function toMessage(text: string): string {
  return text.replaceAll("'", "''").replace(/[{}<>]+/g, (special) => `'${special}'`);
}

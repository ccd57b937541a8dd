// Everything that can be done, by id, with the keys that do it. A person's own keys win over contributed ones.

import type { Disposable } from '#shared/platform/disposable.ts';
import {
  parseKeybinding,
  resolveKey,
  toKeyCaps,
  toStroke,
  isTyping,
  type BoundCommand,
  type Keybinding,
  type KeyPress,
  type Platform,
  type Stroke,
} from '#shared/platform/keybinding.ts';
import type { ContextKeys } from './context-keys.ts';
import { Registry } from './registry.ts';
import type { Command } from './types.ts';

/** Command id → own keys; an empty list takes the contributed keys away. */
export type OwnKeybindings = Readonly<Record<string, readonly string[]>>;

export interface CommandsOptions {
  platform: Platform;
  context: ContextKeys;
  ownKeybindings: () => OwnKeybindings;
  onFailure: (command: Command, error: unknown) => void;
}

export class Commands {
  readonly #registry = new Registry<Command>('command');
  readonly #options: CommandsOptions;
  #pending: Stroke | undefined;

  constructor(options: CommandsOptions) {
    this.#options = options;
  }

  register(command: Command): Disposable {
    return this.#registry.register(command);
  }

  find(id: string): Command | undefined {
    return this.#registry.find(id);
  }

  get all(): Command[] {
    return this.#registry.all;
  }

  /** Those that can be run now and stand in the palette. */
  get available(): Command[] {
    return this.all.filter((command) => !command.hidden && this.#options.context.holds(command.when));
  }

  /** Runs a command; a failure is told to the person, and undefined comes back. The key "ran:<id>" says that it was run. */
  async execute(id: string, ...args: unknown[]): Promise<unknown> {
    const command = this.#registry.find(id);
    if (!command) throw new Error(`There is no command "${id}".`);
    try {
      const given = await command.run(...args);
      this.#options.context.set(`ran:${id}`, true);
      return given;
    } catch (error) {
      this.#options.onFailure(command, error);
      return undefined;
    }
  }

  /** The keys of a command as text, its own or contributed. */
  keysOf(command: Command): readonly string[] {
    return this.#options.ownKeybindings()[command.id] ?? [command.keybinding ?? []].flat();
  }

  /** The first keys of a command as their caps name them; none where it has none. */
  keyCapsOf(id: string): string[] {
    const command = this.#registry.find(id);
    const keys = command && this.keysOf(command)[0];
    const binding = keys === undefined ? undefined : this.#parse(keys);
    return binding ? toKeyCaps(binding, this.#options.platform) : [];
  }

  get bindings(): BoundCommand[] {
    const own = this.#options.ownKeybindings();
    const rows = this.all.flatMap((command) =>
      this.keysOf(command).flatMap((keys) => {
        const binding = this.#parse(keys);
        return binding
          ? [{ command: command.id, binding, active: () => this.#options.context.holds(command.when), isOwn: command.id in own }]
          : [];
      }),
    );
    return rows.toSorted((a, b) => Number(a.isOwn) - Number(b.isOwn));
  }

  /** True where the key press was taken: by a command, or as the first half of a chord. */
  handleKey(press: KeyPress, typing: boolean): boolean {
    const stroke = toStroke(press);
    if (!stroke || (typing && !this.#pending && isTyping(stroke))) return false;
    const pending = this.#pending;
    this.#pending = undefined;
    const found = resolveKey(this.bindings, stroke, pending);
    if (found.kind === 'chord') this.#pending = stroke;
    if (found.kind === 'command') void this.execute(found.command);
    // The second half of a chord that leads nowhere must not be typed either.
    return found.kind !== 'none' || pending !== undefined;
  }

  #parse(keys: string): Keybinding | undefined {
    const parsed = parseKeybinding(keys, this.#options.platform);
    return parsed.ok ? parsed.value : undefined;
  }
}

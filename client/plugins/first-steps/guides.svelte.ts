// The guides that are offered to whoever is here, and which of their steps are done.

import type { Contributions } from '#client/api.ts';
import { readStored, writeStored } from '#client/workbench/preferences.svelte.ts';
import type { WorkbenchApi } from '#client/workbench/types.ts';
import { toDisposable, type Disposable } from '#shared/platform/disposable.ts';
import { localize } from '#shared/platform/localized.ts';
import { evaluateWhen, parseWhen } from '#shared/platform/when.ts';

export interface Step {
  /** Within all guides. */
  id: string;
  title: string;
  text: string;
  icon: string | undefined;
  button: { label: string; command: string; args: readonly unknown[] } | undefined;
  completedWhen: string | undefined;
}

export interface Guide {
  id: string;
  title: string;
  text: string | undefined;
  icon: string;
  when: string | undefined;
  steps: readonly Step[];
}

interface Kept {
  /** Ids of steps. */
  done: readonly string[];
  /** The line above Find was put away. */
  away: boolean;
}

const KEY = 'waypost.firstSteps';
const NOTHING: Kept = { done: [], away: false };

export class Guides {
  readonly #workbench: WorkbenchApi;
  #all = $state.raw<readonly Guide[]>([]);
  #kept = $state.raw<Readonly<Record<string, Kept>>>(readStored(KEY, {}));
  /** Whose steps these are; null: nobody has signed in. */
  account = $state<string | null>(null);
  /** The guide that was asked for by its id. */
  chosen = $state<string | null>(null);

  /** For whoever is here. */
  readonly offered: readonly Guide[] = $derived(this.#all.filter(({ when }) => this.#holds(when)));
  /** The first that is not done. */
  readonly next: Guide | undefined = $derived(this.offered.find((guide) => !this.isFinished(guide)));

  constructor(workbench: WorkbenchApi) {
    this.#workbench = workbench;
  }

  set(walkthroughs: Contributions['walkthroughs'], language: string): void {
    this.#all = walkthroughs
      .toSorted((a, b) => a.value.order - b.value.order)
      .map(({ plugin, value }) => {
        const id = `${plugin}/${value.id}`;
        return {
          id,
          title: localize(value.title, language),
          text: value.text && localize(value.text, language),
          icon: value.icon ?? 'flag',
          when: value.when,
          steps: value.steps.map((step) => ({
            id: `${id}/${step.id}`,
            title: localize(step.title, language),
            text: localize(step.text, language),
            icon: step.icon,
            button: step.button && {
              label: localize(step.button.label, language),
              command: step.button.command,
              args: step.button.args ?? [],
            },
            completedWhen: step.completedWhen ?? (step.button && `ran:${step.button.command}`),
          })),
        };
      });
  }

  isDone(step: Step): boolean {
    return this.#own.done.includes(step.id);
  }

  isFinished({ steps }: Guide): boolean {
    return steps.every((step) => this.isDone(step));
  }

  /** Ticks a step, or takes the tick back. */
  mark(step: Step, done: boolean): void {
    if (this.isDone(step) === done) return;
    const others = this.#own.done.filter((id) => id !== step.id);
    this.#keep({ done: done ? [...others, step.id] : others });
  }

  putAway(): void {
    this.#keep({ away: true });
  }

  /** Ticks what is done as it is done, and says whether anything waits, until disposed. */
  follow(): Disposable {
    return toDisposable(
      $effect.root(() => {
        $effect(() => {
          for (const step of this.offered.flatMap(({ steps }) => steps))
            if (step.completedWhen !== undefined && this.#holds(step.completedWhen)) this.mark(step, true);
        });
        $effect(() => {
          this.#workbench.setContext('firstSteps.offered', this.offered.length > 0);
          this.#workbench.setContext('firstSteps.waiting', this.account !== null && !this.#own.away && this.next !== undefined);
        });
      }),
    );
  }

  get #own(): Kept {
    return this.#kept[this.account ?? ''] ?? NOTHING;
  }

  #keep(change: Partial<Kept>): void {
    this.#kept = { ...this.#kept, [this.account ?? '']: { ...this.#own, ...change } };
    writeStored(KEY, this.#kept);
  }

  #holds(clause: string | undefined): boolean {
    if (clause === undefined) return true;
    const when = parseWhen(clause);
    return when.ok && evaluateWhen(when.value, (key) => this.#workbench.getContext(key));
  }
}

// A plugin while it is made: what is typed, kept a moment after each change, undone and done again, and what is still missing.
// Nothing of it holds before it is published, and nothing that was typed is lost on the way.

import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import { api, isOffline, problemCodeOf, sayFailure, type Outputs } from '#client/api.ts';
import { toContributions } from '#shared/plugin-api/made/contributions.ts';
import type { MadeDraft } from '#shared/plugin-api/made/draft.ts';
import type { MadeIssueCode } from '#shared/plugin-api/made/reading.ts';

export type Opened = Outputs['made']['open'];

/** How long after a change the draft is kept, ms. */
const SAVE_AFTER = 700;
/** After a failure it is tried again, ms. */
const TRY_AGAIN = 5000;
/** Changes of one field within this time are undone together, ms. */
const ONE_STEP = 900;
const MOST_STEPS = 200;

export class MadeState {
  readonly name: string;
  opened = $state.raw<Opened | null>(null);
  content = $state<MadeDraft | null>(null);
  failure = $state<string | null>(null);
  savedAt = $state<string | null>(null);
  saveFailure = $state<string | null>(null);
  /** Somebody else changed it since it was read. */
  contested = $state(false);
  revision = $state(0);
  /** Everything that is missing is told, not only where somebody was already. */
  tried = $state(false);
  #beside = $state('');
  readonly #left = new SvelteSet<string>();
  readonly #issues = $derived.by(() => {
    const found = new SvelteMap<string, MadeIssueCode>();
    if (this.content)
      for (const { path, code } of toContributions(this.name, this.content).issues) if (!found.has(path)) found.set(path, code);
    return found;
  });
  #steps = $state.raw<readonly string[]>([]);
  #at = $state(0);
  #steppedAt = -Infinity;
  #kept = $state('');
  #timer: ReturnType<typeof setTimeout> | undefined;
  #saving: Promise<void> = Promise.resolve();

  constructor(name: string) {
    this.name = name;
  }

  /** The language in which its words are written beside the first one; undefined: it has one alone. */
  get beside(): string | undefined {
    const others = this.content?.languages.slice(1) ?? [];
    return others.includes(this.#beside) ? this.#beside : others[0];
  }
  set beside(language: string | undefined) {
    this.#beside = language ?? '';
  }

  get changed(): boolean {
    return this.content !== null && this.#steps[this.#at] !== this.#kept;
  }
  get canUndo(): boolean {
    return this.#at > 0;
  }
  get canRedo(): boolean {
    return this.#at < this.#steps.length - 1;
  }
  get issues(): ReadonlyMap<string, MadeIssueCode> {
    return this.#issues;
  }

  async read(): Promise<void> {
    this.failure = null;
    try {
      this.#take(await api.made.open.query({ name: this.name }));
    } catch (error) {
      this.failure = sayFailure(error);
    }
  }

  /** What is published and who did, without touching what is typed. */
  async readVersions(): Promise<void> {
    const opened = await api.made.open.query({ name: this.name });
    // Publishing writes ids down: where nothing was typed since, the draft is what came of it.
    if (this.changed) this.opened = { ...opened, draft: this.opened?.draft ?? opened.draft };
    else this.#take(opened, { keepSteps: true });
  }

  #take(opened: Opened, { keepSteps = false } = {}): void {
    this.opened = opened;
    this.content = opened.draft;
    [this.revision, this.savedAt, this.saveFailure, this.contested] = [opened.revision, opened.at, null, false];
    this.#kept = JSON.stringify(opened.draft);
    if (keepSteps) this.note(this.#kept);
    else [this.#steps, this.#at] = [[this.#kept], 0];
  }

  /** Hears what stands in the forms now. */
  note(text: string): void {
    if (text === this.#steps[this.#at]) return;
    const now = performance.now();
    const together = now - this.#steppedAt < ONE_STEP && this.#at === this.#steps.length - 1 && this.#at > 0;
    const before = this.#steps.slice(Math.max(0, this.#at + (together ? 0 : 1) - MOST_STEPS), this.#at + (together ? 0 : 1));
    this.#steps = [...before, text];
    this.#at = before.length;
    this.#steppedAt = now;
    if (text !== this.#kept) this.keepSoon();
  }

  /** Another field is written in: what changes from here on is undone by itself. */
  endStep(): void {
    this.#steppedAt = -Infinity;
  }

  undo(): void {
    this.#step(-1);
  }

  redo(): void {
    this.#step(1);
  }

  #step(by: 1 | -1): void {
    const text = this.#steps[this.#at + by];
    if (text === undefined) return;
    this.#at += by;
    this.endStep();
    this.content = JSON.parse(text) as MadeDraft;
    this.keepSoon();
  }

  /** Another version's words instead of these; undone like any change. */
  replace(draft: MadeDraft): void {
    this.content = draft;
  }

  keepSoon(after = SAVE_AFTER): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.keep(), after);
  }

  /** Resolves once nothing waits to be kept, or keeping failed. */
  keep(): Promise<void> {
    clearTimeout(this.#timer);
    return (this.#saving = this.#saving.then(async () => {
      const text = this.#steps[this.#at];
      if (text === undefined || text === this.#kept || this.contested) return;
      try {
        const draft = JSON.parse(text) as MadeDraft;
        const { revision, at } = await api.made.save.mutate({ name: this.name, draft, revision: this.revision });
        [this.revision, this.savedAt, this.saveFailure] = [revision, at, null];
        this.#kept = text;
      } catch (error) {
        this.saveFailure = sayFailure(error);
        this.contested = problemCodeOf(error) === 'conflict';
        if (isOffline(error)) this.keepSoon(TRY_AGAIN);
      }
    }));
  }

  /** Of two who changed it at once: what the other wrote stands in the forms; undo brings back what stood here. */
  async takeTheirs(): Promise<void> {
    try {
      const theirs = await api.made.open.query({ name: this.name });
      this.endStep();
      this.#take(theirs, { keepSteps: true });
      this.endStep();
    } catch (error) {
      this.saveFailure = sayFailure(error);
    }
  }

  /** The same: what stands here holds. */
  async keepMine(): Promise<void> {
    this.revision = (await api.made.open.query({ name: this.name })).revision;
    this.contested = false;
    await this.keep();
  }

  leave(path: string): void {
    this.#left.add(path);
  }

  /** What is wrong with a field, once somebody was there. */
  issue(path: string): MadeIssueCode | undefined {
    return this.tried || this.#left.has(path) ? this.#issues.get(path) : undefined;
  }

  /** How many things are missing in a part. */
  countIssues(prefix: string): number {
    return [...this.#issues.keys()].filter((path) => path === prefix || path.startsWith(`${prefix}.`)).length;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    void this.keep();
  }
}

/** Tells a new part from those that are there. */
export function newKey(list: readonly { key: string }[], letter: string): string {
  let number = list.length + 1;
  while (list.some(({ key }) => key === `${letter}${number}`)) number++;
  return `${letter}${number}`;
}

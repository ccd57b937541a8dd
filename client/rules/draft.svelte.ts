// The life of one rule's draft: read, kept a moment after each change, dropped, published, taken back. What it says and what
// can be done with its parts is RuleState.

import { api, forgetContributions, getContributions, sayFailure, type Outputs } from '#client/api.ts';
import type { WorkbenchApi } from '#client/workbench/types.ts';
import { writeRule } from '#shared/eligibility/rule-document.ts';
import type { RuleParams } from './contribution.ts';
import { today } from '#client/ui/day.ts';
import { holdsOn } from './list.ts';
import { RuleState } from './state.svelte.ts';
import { readRuleOf, readVocabulary, type MadePlugin } from './vocabulary.ts';

type Opened = Outputs['rules']['open'];
/** How long after a change the draft is kept, ms. */
const SAVE_AFTER = 900;

export class RuleDraft {
  readonly id: string;
  opened = $state.raw<Opened | null>(null);
  rule = $state.raw<RuleState | null>(null);
  /** The plugin that is made here with which it is published; null: it is published alone. */
  plugin = $state.raw<MadePlugin | null>(null);
  failure = $state<string | null>(null);
  /** There is no such rule yet: it needs a name first. */
  beginning = $state(false);
  /** Revision of the draft as it was last read or kept; 0: there is none. */
  revision = $state(0);
  savedAt = $state<string | null>(null);
  saveFailure = $state<string | null>(null);
  readonly today = today();
  /** The version that holds today. */
  readonly live = $derived.by(() => {
    const holding = (this.opened?.versions ?? []).filter(({ withdrawn }) => withdrawn === null);
    const found = holding.find(({ text }) => holdsOn(readRuleOf(text)?.applies, this.today)) ?? holding.at(0);
    return found ? { version: found.version, text: found.text, from: found.from } : null;
  });
  readonly #params: RuleParams;
  readonly #workbench: WorkbenchApi;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #saving: Promise<void> = Promise.resolve();

  constructor(params: RuleParams, workbench: WorkbenchApi) {
    this.id = params.id;
    this.#params = params;
    this.#workbench = workbench;
  }

  get canEdit(): boolean {
    return this.#workbench.getContext('can.rules.edit') === true;
  }

  async read(): Promise<void> {
    this.failure = null;
    const { id, isNew, service, name, words } = this.#params;
    try {
      const [found, contributions, made] = await Promise.all([
        api.rules.open.query({ rule: id }),
        getContributions(this.#workbench.language),
        this.canEdit ? api.made.vocabulary.query() : [],
      ]);
      this.plugin = made.find(({ rules }) => rules.includes(id)) ?? null;
      this.opened = found;
      this.revision = found.draft?.revision ?? 0;
      this.savedAt = found.draft?.at ?? null;
      const text = found.draft?.text ?? this.live?.text;
      this.beginning = text === undefined;
      const before = this.rule?.words;
      this.rule = new RuleState(readVocabulary(contributions, this.plugin), this.today, this.#workbench);
      this.rule.words.text = before?.text ?? words ?? '';
      if (text !== undefined) this.rule.open(text);
      else if (isNew && (service || name)) await this.begin(id, { title: name ?? id.split('/')[1]!.replaceAll('-', ' ') });
    } catch (error) {
      this.failure = sayFailure(error);
    }
  }

  /** Gives a new rule its id and name; with `words` its conditions are then read from them. */
  async begin(id: string, { title, words }: { title: string; words?: string }): Promise<void> {
    if (id !== this.id) {
      // The page that opens reads the draft: it has to be there.
      const kept = await this.#try(() => api.rules.saveDraft.mutate({ rule: id, text: newText(id, title), revision: 0 }));
      if (!kept) return;
      this.#announceSaved();
      this.#workbench.openEditor<RuleParams>('rule', { ...this.#params, id, ...(words ? { words } : {}) });
      this.#workbench.closeEditor('rule', this.id);
      return;
    }
    this.beginning = false;
    this.rule?.open('');
    this.rule?.setText(newText(id, title));
    if (words && this.rule) this.rule.words.text = words;
  }

  /** Nothing of what is written holds before it is published. */
  keepSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.keep(), SAVE_AFTER);
  }

  keep(): Promise<void> {
    clearTimeout(this.#timer);
    return (this.#saving = this.#saving.then(async () => {
      const { rule } = this;
      if (!rule?.changed || !this.canEdit) return;
      const { text } = rule;
      try {
        const kept = await api.rules.saveDraft.mutate({ rule: this.id, text, revision: this.revision });
        const isFirst = this.revision === 0;
        [this.revision, this.savedAt, this.saveFailure] = [kept.revision, kept.at, null];
        rule.saved = text;
        if (isFirst) this.#announceSaved();
      } catch (error) {
        this.saveFailure = sayFailure(error);
      }
    }));
  }

  dispose(): void {
    clearTimeout(this.#timer);
    void this.keep();
  }

  async drop(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#try(async () => {
      await api.rules.discardDraft.mutate({ rule: this.id });
      this.#announceSaved();
      if (this.live) return this.read();
      if (this.rule) this.rule.saved = this.rule.text;
      this.#workbench.closeEditor('rule', this.id);
    });
  }

  /** After a version was published: whoever reads rules hears of it, and it can be taken back at once. */
  async published(version: number): Promise<void> {
    await this.changed();
    if (this.#params.service) await this.attach(this.#params.service);
    this.#workbench.notify({
      severity: 'success',
      text: this.#say('rules.published', { version }),
      timeout: 10_000,
      actions: [{ label: this.#say('rules.undo'), run: () => void this.#takeBack(version) }],
    });
  }

  /** Versions came or went. */
  async changed(): Promise<void> {
    forgetContributions();
    this.#announceSaved();
    this.#workbench.setContext('rules.published', Date.now());
    await this.read();
  }

  async #takeBack(version: number): Promise<void> {
    await this.#try(async () => {
      await api.rules.unpublish.mutate({ rule: this.id, version, reason: this.#say('rules.unpublish.undone') });
      await this.changed();
      this.#workbench.notify({ severity: 'success', text: this.#say('rules.unpublished', { version }) });
    });
  }

  /**
   * A service is decided by this rule from now on: an edit like any other, which can be undone.
   * @param resource id of the service, or of it at a location
   */
  async attach(resource: string): Promise<void> {
    await this.#try(async () => {
      await api.rules.attach.mutate({ service: resource, rule: this.id, reason: this.#say('rules.attach.reason', { rule: this.id }) });
      this.#workbench.setContext('directory.saved', Date.now());
      await this.read();
    });
  }

  #say(message: string, values: Record<string, unknown> = {}): string {
    return this.#workbench.t(message, values);
  }

  #announceSaved(): void {
    this.#workbench.setContext('rules.saved', Date.now());
  }

  /** Says what went wrong. @returns what came out, true where that is nothing; undefined where it failed */
  async #try<T>(act: () => Promise<T>): Promise<T | true | undefined> {
    try {
      return (await act()) ?? true;
    } catch (error) {
      this.#workbench.notify({ severity: 'error', text: sayFailure(error) });
      return undefined;
    }
  }
}

function newText(id: string, title: string): string {
  return writeRule({
    rule: id,
    version: 1,
    title,
    who: 'household',
    eligible_when: { all: [{ id: 'adult', fact: 'person.age', at_least: 18 }] },
    tests: [],
  });
}

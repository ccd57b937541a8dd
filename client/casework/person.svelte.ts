// One person as their pages show them: the record that the reader may see, read again after each write. In memory alone.

import { api, problemCodeOf, sayFailure } from '#client/api.ts';
import { foldRecord, type PersonRecord } from '#shared/casework/record.ts';
import { classOfFact, type FieldClass } from '#shared/intake/field-class.ts';
import { addEntries, onDidChangePeople, readAgencies, readColleagues, type NewEntry, type Opened } from './server.ts';
import { readVocabulary, type CaseVocabulary } from './vocabulary.ts';
import { rememberLabel } from './open-people.svelte.ts';
import { callName } from './say.ts';
import type { Words } from './say-entry.ts';
import type { WorkbenchApi } from '#client/workbench/types.ts';

export class PersonState {
  readonly id: string;
  readonly workbench: WorkbenchApi;
  opened = $state.raw<Opened | null>(null);
  vocabulary = $state.raw<CaseVocabulary | null>(null);
  colleagues = $state.raw<ReadonlyMap<string, string> | null>(null);
  #agencies: ReadonlyMap<string, string> | null = null;
  failure = $state<string | null>(null);
  #reads = 0;

  readonly record: PersonRecord | null = $derived(this.opened && foldRecord(this.opened.entries));
  /** What its entries are said with. */
  readonly words: Words | null = $derived.by(() => {
    const { record, vocabulary, workbench } = this;
    if (!record || !vocabulary) return null;
    const parts = record.plans.flatMap(({ plan }) => plan.goals.flatMap((goal) => [goal, ...goal.steps])).toReversed();
    return {
      t: workbench.t.bind(workbench),
      locale: workbench.locale,
      vocabulary,
      planText: (id) => parts.find((part) => part.id === id)?.text,
    };
  });
  readonly isClosed = $derived(this.opened?.person.status === 'closed');

  constructor(id: string, workbench: WorkbenchApi) {
    this.id = id;
    this.workbench = workbench;
  }

  get name(): string {
    return this.record ? callName(this.record, this.workbench) : '';
  }

  /** Reads now, after each write, and when something happened elsewhere. @returns stops following */
  follow(): () => void {
    void this.read();
    const following = onDidChangePeople((person) => {
      if (person === this.id || person === null) void this.read();
    });
    return () => following.dispose();
  }

  async read(): Promise<void> {
    const mine = ++this.#reads;
    try {
      const [opened, vocabulary, colleagues, agencies] = await Promise.all([
        api.people.get.query({ person: this.id }),
        readVocabulary(this.workbench.language),
        readColleagues(),
        readAgencies(),
      ]);
      if (mine !== this.#reads) return;
      this.#agencies = agencies;
      [this.opened, this.vocabulary, this.colleagues, this.failure] = [opened, vocabulary, colleagues, null];
      rememberLabel(this.id, this.name);
    } catch (error) {
      if (mine !== this.#reads) return;
      // What is on the page stays, half written forms too, unless it is not for this reader any more.
      if (this.opened && problemCodeOf(error) !== 'not_found') this.#notify(error);
      else [this.opened, this.failure] = [null, sayFailure(error)];
    }
  }

  /** Of the plan that holds: what is told of it is told in its class. */
  get planClass(): FieldClass {
    return this.record?.plans.at(-1)?.entry.class ?? 'needs';
  }

  maySee(fieldClass: FieldClass): boolean {
    return this.opened?.access.read.includes(fieldClass) ?? false;
  }

  mayWrite(fieldClass: FieldClass): boolean {
    return this.opened?.access.write.includes(fieldClass) ?? false;
  }

  /** Whether the reader's classes hold a field of the identity, of the contact, or a fact. */
  maySeeField(field: string): boolean {
    if (field === 'language' || field === 'interpreter') return this.maySee('contact');
    const definition = this.vocabulary?.facts.find(field);
    return this.maySee(definition ? classOfFact(definition) : 'identity');
  }

  /** Who wrote something: a colleague by name, somebody of another agency by that. */
  authorName({ author, agency }: { author: string; agency: string }): string {
    return this.colleagues?.get(author) ?? this.#agencies?.get(agency) ?? this.workbench.t('case.author');
  }

  /** A colleague by their account. */
  workerName(account: string): string {
    return this.colleagues?.get(account) ?? this.workbench.t('case.author');
  }

  /** As `add`, for who shows the refusal beside what was asked. */
  addOrThrow(...entries: NewEntry[]): Promise<void> {
    return addEntries(this.id, entries);
  }

  /** Adds to the record. @returns whether it was kept; if not, a notice says why. Forms make a `Change` instead. */
  async add(...entries: NewEntry[]): Promise<boolean> {
    try {
      await addEntries(this.id, entries);
      return true;
    } catch (error) {
      this.#notify(error, 'case.notKept');
      return false;
    }
  }

  #notify(error: unknown, what = 'case.notRead'): void {
    this.workbench.notify({ severity: 'error', text: this.workbench.t(what), detail: sayFailure(error) });
  }
}

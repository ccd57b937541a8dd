// One rule in the builder: its text, what can be undone, what is read from it, and how it comes out for people. Nothing here
// is published by itself.

import { SvelteMap } from 'svelte/reactivity';
import type { WorkbenchApi } from '#client/workbench/types.ts';
import { checkRule } from '#shared/eligibility/check-rule.ts';
import { measureCoverage } from '#shared/eligibility/coverage.ts';
import { lintRule } from '#shared/eligibility/lint.ts';
import { parseRule } from '#shared/eligibility/parse-rule.ts';
import type { RuleTable } from '#shared/eligibility/tables.ts';
import { readDocuments } from '#shared/eligibility/rule-file.ts';
import { runRuleTests } from '#shared/eligibility/rule-tests.ts';
import type { RuleTree } from '#shared/eligibility/rule-tree.ts';
import { Rule, type RuleNode, type RuleTest } from '#shared/eligibility/rule.ts';
import { sayNode } from '#shared/eligibility/say-rule.ts';
import { createRuleTrial, sayBecause, type Tried } from '#shared/eligibility/try-rule.ts';
import type { FactCatalogue } from '#shared/intake/catalogue.ts';
import type { FactDefinition, Facts } from '#shared/intake/facts.ts';
import type { Messages } from '#shared/platform/messages.ts';
import { toDiagnostics, toTextDiagnostics } from './diagnostics.ts';
import { nodeAt, toKey } from './nodes.ts';
import { EXAMPLE_PEOPLE, type ExamplePerson } from './people.ts';
import * as edits from '#shared/eligibility/rule-document.ts';
import type { ReadLanguage } from './words.ts';
import { findPlaces, messagesOf, type RuleVocabulary } from './vocabulary.ts';

const MOST_STEPS = 200;

export interface ShownPerson extends ExamplePerson {
  tried: Tried | undefined;
}

export class RuleState {
  readonly vocabulary: RuleVocabulary;
  readonly today: string;
  text = $state('');
  /** The text as it was last kept. */
  saved = $state('');
  /** What was read last that could be read: while a text is being typed the tree stays. */
  written = $state.raw<unknown>({});
  /** Key of the condition whose own sentence went with the edit before: the screen says so beside it. */
  sayDroppedAt = $state<string | undefined>();
  /** The path of the part that is chosen, joined by dots. */
  selected = $state('eligible_when');
  /** A part that is to be shown and given the focus, from wherever it was named. */
  wanted = $state.raw<edits.NodePath | undefined>();
  /** What an agency writes about whom it serves, while a draft is read from it. Kept nowhere else. */
  readonly words = $state<{ text: string; language: ReadLanguage }>({ text: '', language: 'en' });
  personId = $state('ana');
  /** People who were added here, and examples that were changed. They are in no database. */
  readonly #people = new SvelteMap<string, ExamplePerson>();
  #past = $state.raw<readonly string[]>([]);
  #future = $state.raw<readonly string[]>([]);
  #typing: string | undefined;

  readonly #voice: Pick<WorkbenchApi, 't' | 'locale'>;

  /** @param voice in whose language what is wrong is said */
  constructor(vocabulary: RuleVocabulary, today: string, voice: Pick<WorkbenchApi, 't' | 'locale'>) {
    this.vocabulary = vocabulary;
    this.today = today;
    this.#voice = voice;
  }

  open(text: string): void {
    this.text = text;
    this.saved = text;
    this.sayDroppedAt = undefined;
    this.#past = [];
    this.#future = [];
    this.#read();
  }

  // ── Text ──

  readonly unreadable = $derived(edits.readWritten(this.text) === undefined);
  readonly changed = $derived(this.text !== this.saved);
  readonly canUndo = $derived(this.#past.length > 0);
  readonly canRedo = $derived(this.#future.length > 0);

  /** @param typing what is being typed into: its letters are one step of undo together */
  setText(text: string, typing?: string): void {
    if (text === this.text) return;
    if (typing === undefined || typing !== this.#typing) this.#past = [...this.#past.slice(1 - MOST_STEPS), this.text];
    if (typing === undefined || typing !== this.#typing) this.sayDroppedAt = undefined;
    this.#typing = typing;
    this.#future = [];
    this.text = text;
    this.#read();
  }

  /**
   * An edit of what a part asks. Its own sentence would go on saying what was asked before: it goes in the same step.
   * @returns whether there was such a sentence
   */
  changeMeaning(path: edits.NodePath, text: string, typing?: string): boolean {
    if (text === this.text) return false;
    const after = edits.dropSay(text, path);
    this.setText(after, typing);
    if (after !== text) this.sayDroppedAt = toKey(path);
    return after !== text;
  }

  undo(): void {
    const before = this.#past.at(-1);
    if (before === undefined) return;
    this.#past = this.#past.slice(0, -1);
    this.#future = [this.text, ...this.#future];
    this.text = before;
    this.#typing = undefined;
    this.sayDroppedAt = undefined;
    this.#read();
  }

  redo(): void {
    const [after] = this.#future;
    if (after === undefined) return;
    this.#future = this.#future.slice(1);
    this.#past = [...this.#past, this.text];
    this.text = after;
    this.#typing = undefined;
    this.sayDroppedAt = undefined;
    this.#read();
  }

  #read(): void {
    const read = edits.readWritten(this.text);
    if (read) this.written = read.written;
  }

  // ── What it says ──

  readonly issues = $derived.by(() => checkRule(this.written, this.#options()));
  readonly rule = $derived.by((): Rule | null => {
    if (this.issues.some(({ severity }) => severity === 'error')) return null;
    const parsed = Rule.safeParse(this.written);
    return parsed.success ? parsed.data : null;
  });
  /** Branches that its tests go through. */
  readonly coverage = $derived.by(() => this.rule && measureCoverage(this.rule, { ...this.sources, on: this.today }));
  /** What speaks against a rule that can be decided. Untested branches are told beside the tests. */
  readonly warnings = $derived(this.rule ? lintRule(this.rule, this.#options()) : []);
  readonly diagnostics = $derived.by(() => {
    const { written } = this;
    const [source] = readDocuments(this.text).documents;
    const locate = (path: edits.NodePath) => source?.locate(path) ?? {};
    const say = (id: string) => this.#voice.t(id);
    return toDiagnostics([...this.issues, ...this.warnings], { written, locate, say, messages: this.messages(this.#voice.locale) });
  });
  /** What is wrong with the text: the same, or why it cannot be read. */
  readonly textDiagnostics = $derived.by(() => {
    if (!this.unreadable) return this.diagnostics;
    return toTextDiagnostics(parseRule(this.text).issues, this.messages(this.#voice.locale));
  });
  readonly trial = $derived(this.rule && createRuleTrial(this.rule, this.sources));

  get sources(): { facts: readonly FactDefinition[]; tables: RuleTable[] } {
    return { facts: this.vocabulary.facts, tables: [...this.vocabulary.tables.values()] };
  }

  #options(): { catalogue: FactCatalogue; tables: ReadonlyMap<string, RuleTable> } {
    return { catalogue: this.vocabulary.catalogue, tables: this.vocabulary.tables };
  }

  /** Messages of the sentences, in any language. */
  messages(language: string): Messages {
    return messagesOf(language);
  }

  get who(): 'person' | 'household' {
    return (this.written as { who?: unknown } | null)?.who === 'household' ? 'household' : 'person';
  }

  /** What a limit of a dated table comes to for the person shown; empty for what needs no reckoning. */
  hintAt(path: edits.NodePath, language: string): string {
    const { tried } = this.person;
    const node = nodeAt(this.written, path);
    if (!this.trial || !tried || typeof node !== 'object' || node === null || !JSON.stringify(node).includes('"percent"')) return '';
    const tree = findTree(tried.tree, path.slice(1).join('.'));
    if (!tree?.leaf) return '';
    const { leaf } = tree;
    const { say: _, ...written } = tree.written;
    const because = {
      condition: tree.id,
      outcome: 'open',
      core: false,
      groups: [],
      negated: false,
      leaf,
      written,
      thresholds: [],
    } as const;
    return sayBecause({ ...because, written: written as RuleNode, groups: [] }, tried, this.messages(language));
  }

  /** Areas that the rule itself names. */
  get placesNamed(): string[] {
    return findPlaces(this.written);
  }

  /** A condition by its id or path, in words. */
  nameOf(condition: string, language: string): string {
    const { catalogue, tables } = this.vocabulary;
    const find = (tree: RuleTree): RuleTree | undefined => (tree.id === condition ? tree : tree.children.map(find).find(Boolean));
    const { tried } = this.person;
    const found = tried && find(tried.tree);
    return found ? sayNode(found.written, { messages: this.messages(language), catalogue, tables }) : condition;
  }

  // ── People ──

  readonly people = $derived.by((): ShownPerson[] => {
    const shown = [...EXAMPLE_PEOPLE.map((person) => this.#people.get(person.id) ?? person), ...this.#added()];
    return shown.map((person) => ({ ...person, tried: this.trial?.decide(person.facts, this.today) }));
  });
  readonly person = $derived(this.people.find(({ id }) => id === this.personId) ?? this.people[0]!);

  #added(): ExamplePerson[] {
    return [...this.#people.values()].filter(({ id }) => !EXAMPLE_PEOPLE.some((person) => person.id === id));
  }

  setPerson(person: ExamplePerson): void {
    this.#people.set(person.id, person);
    this.personId = person.id;
  }

  addPerson(name: string): void {
    let number = this.#people.size + 1;
    while (this.#people.has(`own-${number}`)) number++;
    this.setPerson({ id: `own-${number}`, name, facts: {} });
  }

  /** Facts that the rule names, and those of the person shown, in the order of the rule. */
  readonly factsAsked = $derived.by((): FactDefinition[] => {
    const ids = [...JSON.stringify(this.written ?? null).matchAll(/"(?:fact|some|every|of|by)":"([^"]+)"/g)].map(([, id]) => id!);
    const tables = ids.flatMap((id) => this.vocabulary.tables.get(id)?.by ?? []);
    return [...ids, ...tables].filter((id, i, all) => all.indexOf(id) === i).flatMap((id) => this.vocabulary.catalogue.find(id) ?? []);
  });

  // ── Tests ──

  readonly tests = $derived.by(() => {
    const { rule } = this;
    if (!rule) return [];
    return runRuleTests(rule, { ...this.sources, on: this.today }).map((result, i) => ({ ...result, written: rule.tests[i]! }));
  });

  /** The person that is shown, as a test of what comes out now. */
  keepAsTest(name: string): void {
    const { facts, tried } = this.person;
    if (!tried) return;
    const named = tried.because.filter(({ core, outcome }) => core && outcome !== 'open').map(({ condition }) => condition);
    const because = named.filter((id) => /^[a-z0-9_]+$/.test(id));
    const test: RuleTest = {
      name,
      on: this.today,
      given: this.#relevant(facts),
      expect: tried.verdict,
      ...(because.length > 0 ? { because } : {}),
      ...(tried.missing.length > 0 ? { ask: tried.missing } : {}),
    };
    this.setText(edits.addTest(this.text, test));
  }

  /** Only what the rule asks for: a test should not hang on anything else. */
  #relevant(facts: Facts): Facts {
    const asked = this.factsAsked.flatMap(({ id, derivedFrom }) => [id, derivedFrom]);
    return Object.fromEntries(Object.entries(facts).filter(([id]) => asked.includes(id)));
  }
}

/** @param place path inside `eligible_when`: "all.2.any.0" */
function findTree(root: RuleTree, place: string): RuleTree | undefined {
  const steps = place === '' ? [] : place.split('.');
  let tree: RuleTree | undefined = root;
  for (let i = 1; i < steps.length; i += 2) tree = tree?.children[Number(steps[i])];
  return tree;
}

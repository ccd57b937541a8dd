// The coordinator's analysis, in memory: what is asked, the world it is asked of, what comes out, and what is chosen of it. The
// map, the table and the drawings all read it from here, which is what links them.

import { map } from '#client/map/controller.svelte.ts';
import type { WorkbenchApi } from '#client/workbench/types.ts';
import type { LonLat } from '#shared/geo/travel.ts';
import { chooseCells, type Brush } from './choose.ts';
import { classesOf, classify, type ValueClass } from './classes.ts';
import { DIFFERENCE_CLASSES } from './compare.ts';
import { CellNames } from './cell-names.svelte.ts';
import { Comparison } from './comparison.svelte.ts';
import { KeptViews } from './kept-views.svelte.ts';
import { toMoment } from './moment.ts';
import { NO_OUTCOME, workOut, type Outcome } from './outcome.ts';
import { Plans } from './plans.svelte.ts';
import { Probe } from './probe.svelte.ts';
import { FIRST_QUESTION, worldKey, type GapQuestion } from './question.ts';
import { sayShare } from './say.ts';
import type { Scenario } from './scenarios.ts';
import type { GapPopulation, GapServer } from './server.ts';
import { noteStep, NO_STEPS, redoStep, undoStep, type Steps } from './steps.ts';
import { UnmetNeeds } from './unmet.svelte.ts';
import type { View } from './views.ts';
import type { GapVocabulary } from './vocabulary.ts';
import { PlannedWays } from './ways.svelte.ts';
import { WhereNext } from './where-next.svelte.ts';
import { demandOf, openWorld, type World } from './world.ts';

/** What the screen stands at. */
export type Stage = 'starting' | 'unpopulated' | 'asking' | 'loading' | 'ready' | 'failed';

export class GapsSession {
  readonly workbench: WorkbenchApi;
  readonly server: GapServer;
  readonly ways: PlannedWays;
  readonly plans: Plans;
  readonly compare: Comparison;
  readonly next: WhereNext;
  readonly views: KeptViews;
  readonly names: CellNames;
  readonly probe: Probe;
  readonly unmet: UnmetNeeds;
  #steps = $state.raw<Steps<View>>(NO_STEPS);

  vocabulary = $state.raw<GapVocabulary | null>(null);
  populations = $state.raw<readonly GapPopulation[] | null>(null);
  question = $state.raw<GapQuestion>(FIRST_QUESTION);
  world = $state.raw<World | null>(null);
  brush = $state.raw<Brush | null>(null);
  /** Only what the map shows counts in the table and the drawings. */
  inView = $state(false);
  /** Index of the cell that is looked at. */
  cell = $state<number | null>(null);
  failure = $state<unknown>(null);
  loading = $state(false);
  /** The dialog that brings people in is open. */
  adding = $state(false);
  #request: AbortController | null = null;
  #loadedKey = '';

  readonly population = $derived(this.populations?.find(({ id }) => id === this.question.population) ?? null);
  readonly stage: Stage = $derived.by(() => {
    if (this.populations === null) return this.failure ? 'failed' : 'starting';
    if (this.populations.length === 0) return 'unpopulated';
    if (this.question.needs.length === 0) return 'asking';
    if (this.world) return 'ready';
    return this.failure ? 'failed' : 'loading';
  });

  readonly plannedWays = $derived.by(() => (this.world ? this.plans.sites.map((place) => this.ways.of(place, this.world!)) : []));
  readonly demand = $derived(this.world ? demandOf(this.world, this.question.group) : new Float64Array());
  /** Without the planned sites. */
  readonly today: Outcome = $derived(this.world ? workOut(this.world, this.question, []) : NO_OUTCOME);
  readonly outcome: Outcome = $derived.by(() =>
    this.world && this.plans.sites.length > 0
      ? workOut(
          this.world,
          this.question,
          this.plannedWays.map(({ ways }) => ways),
        )
      : this.today,
  );
  /** Cut by what is today, so that a colour means the same in every scenario. */
  readonly measureClasses: readonly ValueClass[] = $derived(classesOf(this.question, this.today.values, this.demand));
  readonly classes: readonly ValueClass[] = $derived.by(() => (this.compare.differences ? DIFFERENCE_CLASSES : this.measureClasses));
  /** What the colours of the map stand for. */
  readonly mapValues = $derived.by(() => this.compare.differences ?? this.outcome.values);
  readonly cellClasses = $derived(classify(this.mapValues, this.demand, this.classes));
  readonly chosen: Uint8Array | null = $derived.by(() => {
    const { world, brush, probe } = this;
    if (!world) return null;
    return probe.found?.within ?? chooseCells(world, this.mapValues, { brush, bounds: this.inView ? map.controller.bounds : null });
  });
  /** Figures hang on straight lines: all ways do, or those of a planned site. A few ways beside the streets are told in words alone. */
  readonly isEstimate = $derived(this.world?.travel.from === 'line' || this.plannedWays.some(({ estimated }) => estimated));
  readonly estimateSentence = $derived.by(() => {
    const { travel } = this.world ?? {};
    if (!travel) return null;
    if (this.plans.dragged && travel.from === 'graph') return this.workbench.t('gaps.say.moving');
    if (this.isEstimate) return this.workbench.t('gaps.say.estimate');
    return travel.estimated > 0
      ? this.workbench.t('gaps.say.someEstimated', { share: sayShare(travel.estimated / travel.pairs, this.workbench, 1) })
      : null;
  });

  constructor(workbench: WorkbenchApi, server: GapServer) {
    this.workbench = workbench;
    this.server = server;
    this.ways = new PlannedWays(server);
    this.plans = new Plans(this);
    this.compare = new Comparison(this);
    this.next = new WhereNext(this);
    this.views = new KeptViews(this);
    this.names = new CellNames(server);
    this.probe = new Probe(this);
    this.unmet = new UnmetNeeds(server);
  }

  /** Its view is open. */
  get shown(): boolean {
    return this.workbench.getContext('view') === 'gaps';
  }

  // What is asked and what is planned change in steps that can be taken back.

  get #view(): View {
    return { question: this.question, scenarios: this.plans.scenarios };
  }

  /** Called before a change. @param gesture what it is part of, such as one drag */
  noteStep(gesture?: unknown): void {
    this.#steps = noteStep(this.#steps, this.#view, gesture);
  }

  get canUndo(): boolean {
    return this.#steps.back.length > 0;
  }

  get canRedo(): boolean {
    return this.#steps.forth.length > 0;
  }

  undo(): void {
    this.#go(undoStep(this.#steps, this.#view));
  }

  redo(): void {
    this.#go(redoStep(this.#steps, this.#view));
  }

  #go(step: ReturnType<typeof undoStep<View>>): void {
    if (!step) return;
    this.#steps = step.steps;
    this.#show(step.then);
  }

  #show({ question, scenarios }: View): void {
    this.plans.show(scenarios);
    this.#put(question);
  }

  /** As it was kept: question and scenarios together. */
  restore({ question, scenarios }: View): void {
    const there = this.populations?.some(({ id }) => id === question.population);
    this.noteStep();
    this.compare.end();
    this.#show({ scenarios, question: there ? question : { ...question, population: this.question.population } });
  }

  /** Reads which populations there are. @param wanted one of them that is to be looked at */
  async start(wanted?: string): Promise<void> {
    this.failure = null;
    try {
      this.populations = await this.server.populations();
    } catch (error) {
      this.failure = error;
      return;
    }
    const population = wanted ?? this.question.population;
    if (this.populations.some(({ id }) => id === population)) return this.#put({ ...this.question, population });
    const [first] = this.populations.toSorted((a, b) => Number(a.own) - Number(b.own));
    this.#put({ ...this.question, population: first?.id ?? null, group: 'all' });
  }

  /** @param gesture what it is part of, such as one drag */
  ask(change: Partial<GapQuestion>, gesture?: unknown): void {
    this.noteStep(gesture);
    this.#put({ ...this.question, ...change });
  }

  #put(question: GapQuestion): void {
    const before = this.question;
    if (question.population !== before.population) {
      this.cell = null;
      this.probe.end();
    }
    if (question.measure !== before.measure || question.minutes !== before.minutes) this.brush = null;
    this.next.forget();
    this.question = question;
    this.#follow();
  }

  retry(): void {
    this.#loadedKey = '';
    if (this.populations === null) void this.start();
    else this.#follow();
  }

  /** Asks for the world where another one is needed. */
  #follow(): void {
    const { population, question } = this;
    if (!population || question.needs.length === 0) return;
    const key = worldKey(question);
    if (key === this.#loadedKey) return;
    this.#loadedKey = key;
    void this.#load(population);
  }

  async #load(population: GapPopulation): Promise<void> {
    this.#request?.abort();
    const request = (this.#request = new AbortController());
    const { needs, openAt, usableBy, mode, minutes } = this.question;
    this.loading = true;
    this.failure = null;
    try {
      const given = await this.server.world(
        {
          population: population.id,
          supply: {
            needs: [...needs],
            ...(openAt && { openAt: toMoment(openAt) }),
            ...(Object.keys(usableBy).length > 0 && { usableBy }),
          },
          mode,
          minutes,
        },
        request.signal,
      );
      if (request.signal.aborted) return;
      const isElsewhere = this.world?.population.id !== population.id;
      const world = openWorld(population, mode, given);
      this.ways.follow(world);
      this.world = world;
      if (isElsewhere) this.fit();
      void this.askWays();
    } catch (error) {
      if (request.signal.aborted) return;
      this.#loadedKey = '';
      this.failure = error;
    } finally {
      if (request === this.#request) this.loading = false;
    }
  }

  /** Travel from the planned sites, where it is not known yet. */
  async askWays(): Promise<void> {
    try {
      await this.ways.ask([...this.plans.sites, ...(this.probe.at ? [this.probe.at] : [])]);
    } catch (error) {
      this.failure = error;
    }
  }

  /** All of the population, clear of what lies over the map. */
  fit(): void {
    if (this.population) map.controller.fit(this.population.bounds);
  }

  /** People without help in a scenario that need not be the one on the map. */
  unreachedWith(scenario: Scenario): number {
    const { world, question } = this;
    if (!world) return 0;
    if (scenario.id === this.plans.scenario?.id) return this.outcome.summary.unreached;
    const placed = scenario.sites.map((site) => this.ways.of(site, world).ways);
    return workOut(world, question, placed).summary.unreached;
  }

  flyTo(place: LonLat): void {
    map.controller.flyTo(place);
  }

  look(cell: number | null): void {
    this.cell = cell;
  }
}

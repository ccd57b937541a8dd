// The coordinator's analysis, in memory: what is asked, the world it is asked of, scenarios, and what is chosen of it. The map,
// the table and the drawings all read it from here, which is what links them.

import { map } from '#client/map/controller.svelte.ts';
import type { MovedSite } from '#client/map/types.ts';
import type { WorkbenchApi } from '#client/workbench/types.ts';
import type { LonLat } from '#shared/geo/travel.ts';
import { classesOf, classify, type ValueClass } from './classes.ts';
import { NO_OUTCOME, workOut, type Outcome } from './outcome.ts';
import { FIRST_QUESTION, worldKey, type GapQuestion } from './question.ts';
import {
  activeOf,
  addScenario,
  addSites,
  changeSite,
  History,
  NO_SCENARIOS,
  removeScenario,
  removeSite,
  type PlannedPlace,
  type Scenario,
  type Scenarios,
} from './scenarios.ts';
import type { GapPopulation, GapServer } from './server.ts';
import { chooseCells, type Brush } from './choose.ts';
import { toMoment } from './moment.ts';
import type { GapVocabulary } from './vocabulary.ts';
import { PlannedWays } from './ways.svelte.ts';
import { WhereNext } from './where-next.svelte.ts';
import { KeptViews } from './kept-views.svelte.ts';
import type { View } from './views.ts';
import { differences, DIFFERENCE_CLASSES, type Pinned } from './compare.ts';
import { sayLabel, sayShare } from './say.ts';
import { demandOf, openWorld, type World } from './world.ts';

/** What the screen stands at. */
export type Stage = 'starting' | 'unpopulated' | 'asking' | 'loading' | 'ready' | 'failed';

export class GapsSession {
  readonly workbench: WorkbenchApi;
  readonly server: GapServer;
  readonly ways: PlannedWays;
  readonly next: WhereNext;
  readonly views: KeptViews;

  vocabulary = $state.raw<GapVocabulary | null>(null);
  populations = $state.raw<readonly GapPopulation[] | null>(null);
  question = $state.raw<GapQuestion>(FIRST_QUESTION);
  world = $state.raw<World | null>(null);
  scenarios = $state.raw<Scenarios>(NO_SCENARIOS);
  /** A site that is being dragged, and where it is. */
  dragged = $state.raw<(LonLat & { id: string }) | null>(null);
  brush = $state.raw<Brush | null>(null);
  /** Only what the map shows counts in the table and the drawings. */
  inView = $state(false);
  /** Index of the cell that is looked at. */
  cell = $state<number | null>(null);
  #wantsPlace = $state(false);
  /** The next click on the map places a site. */
  readonly placing = $derived(this.#wantsPlace && map.controller.picking);
  failure = $state<unknown>(null);
  loading = $state(false);
  /** The dialog that brings people in is open. */
  adding = $state(false);
  /** What this is compared with. */
  pinned = $state.raw<Pinned | null>(null);
  #showsDifference = $state(false);
  readonly #history = new History<Scenarios>();
  /** Raised with each step, since the history itself is not reactive. */
  #steps = $state(0);
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

  readonly scenario = $derived(activeOf(this.scenarios));
  readonly planned: readonly PlannedPlace[] = $derived(
    (this.scenario?.sites ?? []).map((site) => (site.id === this.dragged?.id ? { ...site, ...this.dragged } : site)),
  );
  readonly plannedWays = $derived(this.world ? this.planned.map((place) => this.ways.of(place, this.world!)) : []);
  readonly demand = $derived(this.world ? demandOf(this.world, this.question.group) : new Float64Array());
  /** Without the planned sites. */
  readonly today: Outcome = $derived(this.world ? workOut(this.world, this.question, []) : NO_OUTCOME);
  readonly outcome: Outcome = $derived(
    this.world && this.planned.length > 0
      ? workOut(
          this.world,
          this.question,
          this.plannedWays.map(({ ways }) => ways),
        )
      : this.today,
  );
  readonly canShowDifference = $derived(this.pinned !== null && this.pinned.population === this.world?.population.id);
  /** The map shows the difference and not the values. */
  readonly comparing = $derived(this.#showsDifference && this.canShowDifference);
  /** Cut by what is today, so that a colour means the same in every scenario. */
  readonly measureClasses: readonly ValueClass[] = $derived(classesOf(this.question, this.today.values, this.demand));
  readonly classes: readonly ValueClass[] = $derived(this.comparing ? DIFFERENCE_CLASSES : this.measureClasses);
  /** What the colours of the map stand for. */
  readonly mapValues = $derived(
    this.comparing && this.pinned ? differences(this.outcome.nearest, this.pinned.outcome.nearest) : this.outcome.values,
  );
  readonly cellClasses = $derived(classify(this.mapValues, this.demand, this.classes));
  readonly chosen: Uint8Array | null = $derived(
    this.world ? chooseCells(this.world, this.mapValues, { brush: this.brush, bounds: this.inView ? map.controller.bounds : null }) : null,
  );
  /** Figures hang on straight lines: all ways do, or those of a planned site. A few ways beside the streets are told in words alone. */
  readonly isEstimate = $derived(this.world?.travel.from === 'line' || this.plannedWays.some(({ estimated }) => estimated));
  readonly estimateSentence = $derived.by(() => {
    const { travel } = this.world ?? {};
    if (!travel) return null;
    if (this.dragged && travel.from === 'graph') return this.workbench.t('gaps.say.moving');
    if (this.isEstimate) return this.workbench.t('gaps.say.estimate');
    return travel.estimated > 0
      ? this.workbench.t('gaps.say.someEstimated', { share: sayShare(travel.estimated / travel.pairs, this.workbench, 1) })
      : null;
  });

  constructor(workbench: WorkbenchApi, server: GapServer) {
    this.workbench = workbench;
    this.server = server;
    this.ways = new PlannedWays(server);
    this.next = new WhereNext(this);
    this.views = new KeptViews(this);
  }

  /** What is asked, in a few words. */
  get label(): string {
    return sayLabel(this);
  }

  /** Keeps what there is now, to be set beside what is asked next. */
  pin(): void {
    const { label, outcome, demand, world } = this;
    if (!world) return;
    this.pinned = { label, outcome, demand, population: world.population.id };
    this.setComparing(true);
  }

  unpin(): void {
    this.pinned = null;
    this.setComparing(false);
  }

  setComparing(on: boolean): void {
    this.#showsDifference = on;
    this.brush = null;
  }

  /** As it was kept: question and scenarios together. */
  restore({ question, scenarios }: View): void {
    const there = this.populations?.some(({ id }) => id === question.population);
    this.unpin();
    this.change(scenarios);
    this.ask(there ? question : { ...question, population: this.question.population });
  }

  get shown(): boolean {
    return this.workbench.getContext('view') === 'gaps';
  }

  get canUndo(): boolean {
    return this.#steps >= 0 && this.#history.canUndo;
  }

  get canRedo(): boolean {
    return this.#steps >= 0 && this.#history.canRedo;
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
    if (this.populations.some(({ id }) => id === population)) return this.ask({ population });
    const [first] = this.populations.toSorted((a, b) => Number(a.own) - Number(b.own));
    this.ask({ population: first?.id ?? null, group: 'all' });
  }

  ask(change: Partial<GapQuestion>): void {
    if (change.population !== undefined && change.population !== this.question.population) this.cell = null;
    if (change.measure !== undefined || change.minutes !== undefined) this.brush = null;
    this.next.forget();
    this.question = { ...this.question, ...change };
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
      void this.#askWays();
    } catch (error) {
      if (request.signal.aborted) return;
      this.#loadedKey = '';
      this.failure = error;
    } finally {
      if (request === this.#request) this.loading = false;
    }
  }

  async #askWays(): Promise<void> {
    try {
      await this.ways.ask(this.planned);
    } catch (error) {
      this.failure = error;
    }
  }

  // Scenarios: every change is one step that can be taken back.

  change(next: Scenarios): void {
    this.#history.note(this.scenarios);
    this.#show(next);
  }

  undo(): void {
    const then = this.#history.undo(this.scenarios);
    if (then) this.#show(then);
  }

  redo(): void {
    const then = this.#history.redo(this.scenarios);
    if (then) this.#show(then);
  }

  #show(scenarios: Scenarios): void {
    this.scenarios = scenarios;
    this.#steps += 1;
    void this.#askWays();
  }

  /** Looks at another scenario, or at today. */
  open(scenario: string | null): void {
    this.#show({ ...this.scenarios, active: scenario });
  }

  begin(): void {
    this.change(addScenario(this.scenarios, this.#nameScenario()));
  }

  #nameScenario(): string {
    return this.workbench.t('gaps.scenario.name', { number: this.scenarios.list.length + 1 });
  }

  addSites(places: readonly (LonLat & { name: string | null })[]): void {
    this.change(addSites(this.scenarios, places, this.#nameScenario()));
    for (const site of this.planned.slice(-places.length)) if (site.name === null) void this.#name(site);
  }

  /** For those who do not point: the site stands where the map looks, and is moved with the arrow keys. */
  placeInMiddle(): void {
    const { camera } = map.controller;
    if (camera) this.addSites([{ lon: camera.lon, lat: camera.lat, name: null }]);
  }

  setPlacing(placing: boolean): void {
    this.#wantsPlace = placing;
    map.controller.setPicking(placing);
  }

  /** A place was clicked: a site, where one is wanted. */
  takePlace({ lon, lat }: LonLat): void {
    if (!this.#wantsPlace) return;
    this.#wantsPlace = false;
    this.addSites([{ lon, lat, name: null }]);
  }

  /** All of the population, clear of what lies over the map. */
  fit(): void {
    if (this.population) map.controller.fit(this.population.bounds);
  }

  removeScenario(id: string): void {
    this.change(removeScenario(this.scenarios, id));
  }

  /** People without help in a scenario that need not be the one on the map. */
  unreachedWith(scenario: Scenario): number {
    const { world, question } = this;
    if (!world) return 0;
    if (scenario.id === this.scenario?.id) return this.outcome.summary.unreached;
    const placed = scenario.sites.map((site) => this.ways.of(site, world).ways);
    return workOut(world, question, placed).summary.unreached;
  }

  removeSite(id: string): void {
    this.change(removeSite(this.scenarios, id));
  }

  moveSite({ id, lon, lat, done }: MovedSite): void {
    if (!done) {
      this.dragged = { id, lon, lat };
      void this.#askWays();
      return;
    }
    this.dragged = null;
    this.change(changeSite(this.scenarios, id, { lon, lat, name: null }));
    const site = this.planned.find((other) => other.id === id);
    if (site) void this.#name(site);
  }

  /** What stands there, where somebody knows; no step of its own. */
  async #name({ id, lon, lat }: PlannedPlace): Promise<void> {
    const name = await this.server.nameOf({ lon, lat }).catch(() => null);
    const still = this.scenario?.sites.find((site) => site.id === id);
    if (name && still && still.lon === lon && still.lat === lat) this.scenarios = changeSite(this.scenarios, id, { name });
  }

  /** How a planned site is called. */
  siteName(site: PlannedPlace): string {
    const number = this.planned.findIndex(({ id }) => id === site.id) + 1;
    return site.name ?? this.workbench.t('gaps.site.name', { number });
  }

  flyTo(place: LonLat): void {
    map.controller.flyTo(place);
  }

  look(cell: number | null): void {
    this.cell = cell;
  }
}

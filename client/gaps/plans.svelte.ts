// Scenarios as they are worked on: sites placed, dragged, named and taken away, and which of them are on the map.

import { map } from '#client/map/controller.svelte.ts';
import type { MovedSite } from '#client/map/types.ts';
import type { LonLat } from '#shared/geo/travel.ts';
import {
  activeOf,
  addScenario,
  addSites,
  changeSite,
  NO_SCENARIOS,
  removeScenario,
  removeSite,
  type PlannedPlace,
  type Scenario,
  type Scenarios,
} from './scenarios.ts';
import type { GapsSession } from './session.svelte.ts';

export class Plans {
  readonly #gaps: GapsSession;
  scenarios = $state.raw<Scenarios>(NO_SCENARIOS);
  /** A site that is being dragged, and where it is. */
  dragged = $state.raw<(LonLat & { id: string }) | null>(null);
  #wantsPlace = $state(false);
  /** The next click on the map places a site. */
  readonly placing = $derived(this.#wantsPlace && map.controller.picking);
  /** The one that is open; null: today. */
  readonly scenario: Scenario | null = $derived(activeOf(this.scenarios));
  /** Its sites, the dragged one where it is now. */
  readonly sites: readonly PlannedPlace[] = $derived(
    (this.scenario?.sites ?? []).map((site) => (site.id === this.dragged?.id ? { ...site, ...this.dragged } : site)),
  );

  constructor(gaps: GapsSession) {
    this.#gaps = gaps;
  }

  /** One step that can be taken back. */
  change(next: Scenarios): void {
    this.#gaps.noteStep();
    this.show(next);
  }

  /** No step: what is on the map is looked at, not changed. */
  show(scenarios: Scenarios): void {
    this.scenarios = scenarios;
    void this.#gaps.askWays();
  }

  /** Looks at another scenario, or at today. */
  open(scenario: string | null): void {
    this.show({ ...this.scenarios, active: scenario });
  }

  begin(): void {
    this.change(addScenario(this.scenarios, this.#nameNext()));
  }

  #nameNext(): string {
    return this.#gaps.workbench.t('gaps.scenario.name', { number: this.scenarios.list.length + 1 });
  }

  removeScenario(id: string): void {
    this.change(removeScenario(this.scenarios, id));
  }

  addSites(places: readonly (LonLat & { name: string | null })[]): void {
    this.change(addSites(this.scenarios, places, this.#nameNext()));
    for (const site of this.sites.slice(-places.length)) if (site.name === null) void this.#name(site);
  }

  place({ lon, lat }: LonLat): void {
    this.addSites([{ lon, lat, name: null }]);
  }

  /** For those who do not point: the site stands where the map looks, and is moved with the arrow keys. */
  placeInMiddle(): void {
    const { camera } = map.controller;
    if (camera) this.place(camera);
  }

  setPlacing(placing: boolean): void {
    this.#wantsPlace = placing;
    map.controller.setPicking(placing);
  }

  /** A place was clicked: a site, where one is wanted. */
  takePlace(place: LonLat): void {
    if (!this.#wantsPlace) return;
    this.#wantsPlace = false;
    this.place(place);
  }

  removeSite(id: string): void {
    this.change(removeSite(this.scenarios, id));
  }

  moveSite({ id, lon, lat, done }: MovedSite): void {
    if (!done) {
      this.dragged = { id, lon, lat };
      void this.#gaps.askWays();
      return;
    }
    this.dragged = null;
    this.change(changeSite(this.scenarios, id, { lon, lat, name: null }));
    const site = this.sites.find((other) => other.id === id);
    if (site) void this.#name(site);
  }

  /** What stands there, where somebody knows; no step of its own. */
  async #name({ id, lon, lat }: PlannedPlace): Promise<void> {
    const name = await this.#gaps.server.nameOf({ lon, lat }).catch(() => null);
    const still = this.scenario?.sites.find((site) => site.id === id);
    if (name && still && still.lon === lon && still.lat === lat) this.scenarios = changeSite(this.scenarios, id, { name });
  }

  /** How a planned site is called. */
  nameOf(site: PlannedPlace): string {
    const number = this.sites.findIndex(({ id }) => id === site.id) + 1;
    return site.name ?? this.#gaps.workbench.t('gaps.site.name', { number });
  }
}

// Scenarios as a value that is only ever replaced, so that each step can be undone: sites that are thought of beside those
// that stand. "Today" is no scenario: it has none.

import type { LonLat } from '#shared/geo/travel.ts';

export interface PlannedPlace extends LonLat {
  id: string;
  /** As the reader named it, or what stands there; null: not known. */
  name: string | null;
}

export interface Scenario {
  id: string;
  name: string;
  sites: readonly PlannedPlace[];
}

export interface Scenarios {
  list: readonly Scenario[];
  /** Whose sites are on the map; null: today. */
  active: string | null;
  /** The next number that an id is made of: no id is ever used twice. */
  next: number;
}

export const NO_SCENARIOS: Scenarios = { list: [], active: null, next: 1 };

export function activeOf({ list, active }: Scenarios): Scenario | null {
  return list.find(({ id }) => id === active) ?? null;
}

/** @param name of the scenario that is begun where none is active */
export function addSites(all: Scenarios, places: readonly (LonLat & { name: string | null })[], name: string): Scenarios {
  const open = activeOf(all) ? all : addScenario(all, name);
  const sites = places.map(({ lon, lat, name: siteName }, i) => ({ id: `site-${open.next + i}`, lon, lat, name: siteName }));
  return change({ ...open, next: open.next + places.length }, (scenario) => ({ ...scenario, sites: [...scenario.sites, ...sites] }));
}

export function addScenario(all: Scenarios, name: string, sites: readonly PlannedPlace[] = []): Scenarios {
  const id = `scenario-${all.next}`;
  return { list: [...all.list, { id, name, sites }], active: id, next: all.next + 1 };
}

export function changeSite(all: Scenarios, id: string, to: Partial<Omit<PlannedPlace, 'id'>>): Scenarios {
  return change(all, (scenario) => ({ ...scenario, sites: scenario.sites.map((site) => (site.id === id ? { ...site, ...to } : site)) }));
}

export function removeSite(all: Scenarios, id: string): Scenarios {
  return change(all, (scenario) => ({ ...scenario, sites: scenario.sites.filter((site) => site.id !== id) }));
}

export function removeScenario(all: Scenarios, id: string): Scenarios {
  return { ...all, list: all.list.filter((scenario) => scenario.id !== id), active: all.active === id ? null : all.active };
}

function change(all: Scenarios, how: (scenario: Scenario) => Scenario): Scenarios {
  return { ...all, list: all.list.map((scenario) => (scenario.id === all.active ? how(scenario) : scenario)) };
}

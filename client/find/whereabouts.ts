// Where a search starts and how one gets from there: places by words, by a click on the map and by this device; the way to a
// resource; the nearest that would work, however far.

import { map } from '#client/map/controller.svelte.ts';
import type { WorkbenchApi } from '#client/workbench/types.ts';
import type { LonLat } from '#shared/geo/travel.ts';
import { localize } from '#shared/platform/localized.ts';
import type { FindRequest } from '#shared/matching/request.ts';
import type { Place } from '#shared/plugin-api/index.ts';
import type { FindDraft, StartPlace } from './draft.ts';
import type { FindServer } from './server.ts';

const REGION_ZOOM = 6;
/** How far "the nearest" is looked for. */
const FARTHEST_MINUTES = 240;

/** What it needs of the search. */
interface Search {
  readonly workbench: WorkbenchApi;
  readonly draft: FindDraft;
  request(): FindRequest | null;
  setPlace(place: StartPlace): void;
}

export class Whereabouts {
  readonly #find: Search;
  readonly #server: FindServer;
  #outside: ReturnType<FindServer['outsidePlaces']> | undefined;

  constructor(find: Search, server: FindServer) {
    this.#find = find;
    this.#server = server;
  }

  /** Suggestions for what is typed. */
  search(text: string, signal?: AbortSignal): Promise<Place[]> {
    const near = this.#lookedAt();
    return this.#server.searchPlaces({ text, language: this.#find.workbench.language, ...(near ? { near } : {}) }, signal);
  }

  /** Services beyond this server that may be asked, by name; asked for once. */
  async listOutside(): Promise<{ id: string; name: string }[]> {
    const { language } = this.#find.workbench;
    const services = await (this.#outside ??= this.#server.outsidePlaces().catch(() => []));
    return services.map(({ id, label }) => ({ id, name: localize(label, language) }));
  }

  /** Sends what is typed to one of them; empty where it does not answer, which is said. */
  async askOutside({ id, name }: { id: string; name: string }, text: string): Promise<Place[]> {
    const { workbench } = this.#find;
    try {
      return await this.#server.askOutside({ service: id, text, language: workbench.language });
    } catch {
      workbench.notify({ severity: 'warning', text: workbench.t('find.where.outsideFailed', { name }) });
      return [];
    }
  }

  /** Starts from a point of the map or of this device, under the name of what stands there. */
  async usePoint({ lon, lat }: LonLat, kind: 'here' | 'map'): Promise<void> {
    const named = await this.#server.reverse({ lon, lat }).catch(() => null);
    const label = named?.label ?? this.#find.workbench.t(kind === 'here' ? 'find.where.here' : 'find.where.point');
    this.#find.setPlace({ lon, lat, kind, label });
  }

  /** Asks this device where it is. @returns whether it said */
  async useHere(): Promise<boolean> {
    const position = await new Promise<GeolocationPosition | null>((resolve) => {
      if (!('geolocation' in navigator)) resolve(null);
      else navigator.geolocation.getCurrentPosition(resolve, () => resolve(null), { timeout: 10_000, maximumAge: 60_000 });
    });
    if (!position) {
      this.#find.workbench.notify({ severity: 'warning', text: this.#find.workbench.t('find.where.hereFailed') });
      return false;
    }
    await this.usePoint({ lon: position.coords.longitude, lat: position.coords.latitude }, 'here');
    return true;
  }

  /** Way to a resource as points; null where only an estimate exists. */
  wayTo(to: LonLat): Promise<[number, number][] | null> {
    const { place, mode } = this.#find.draft;
    if (!place) return Promise.resolve(null);
    return this.#server.path({ from: { lon: place.lon, lat: place.lat }, to, mode }).catch(() => null);
  }

  /** The nearest place that would work; null where there is none. */
  async findNearest(): Promise<{ name: string; minutes: number; estimated: boolean } | null> {
    const request = this.#find.request();
    if (!request) return null;
    const travel = { mode: this.#find.draft.mode, minutes: FARTHEST_MINUTES };
    const { matches } = await this.#server.match({ ...request, travel, limit: 200 });
    const [nearest] = matches
      .flatMap(({ verdict, minutes, estimated, resource }) =>
        verdict === 'ineligible' || minutes === null ? [] : [{ name: resource.service.name, minutes: Math.ceil(minutes), estimated }],
      )
      .sort((a, b) => a.minutes - b.minutes);
    return nearest ?? null;
  }

  /** Where the search starts, else the middle of the map, where it shows no more than a region. */
  #lookedAt(): LonLat | null {
    const { place } = this.#find.draft;
    if (place) return { lon: place.lon, lat: place.lat };
    const { camera } = map.controller;
    return camera && camera.zoom >= REGION_ZOOM ? { lon: camera.lon, lat: camera.lat } : null;
  }
}

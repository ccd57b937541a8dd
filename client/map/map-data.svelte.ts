// What the map draws of the directory: basemaps, kinds of resource, contributed layers, the version of the tiles.
// Which of them are shown is chosen in the layers menu and kept as long as the page.

import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import { localize } from '#shared/platform/localized.ts';
import type { Disposable } from '#shared/platform/disposable.ts';
import type { Event } from '#shared/platform/event.ts';
import type { ContributionOf } from '#shared/plugin-api/points.ts';
import type { Basemap } from './basemap.ts';
import { NO_LOOKS, toPinLooks, type PinLooks } from './pin-spec.ts';
import type { AnalysisLayer } from './style.ts';
import type { LonLat } from '#shared/geo/travel.ts';
import type { MapBounds, MapSearch } from './types.ts';

export interface DirectoryStatus {
  version: string | number;
  bounds: MapBounds | null;
}

/** What the map asks of the server, apart from tiles. */
export interface MapServer {
  basemaps(language: string): Promise<readonly Basemap[]>;
  status(): Promise<DirectoryStatus>;
  contributions(
    language: string,
  ): Promise<{ resourceTypes: readonly ContributionOf<'resourceTypes'>[]; mapLayers: readonly ContributedLayer[] }>;
  /** What is reached on foot from a place. */
  reach(near: LonLat, minutes: number): Promise<Pick<MapSearch, 'reach' | 'estimated'>>;
  /** GeoJSON of a contributed layer. */
  layerData(layer: { plugin: string; id: string }): Promise<unknown>;
  onDirectoryChange(listener: () => void): Disposable;
  /** Someone signed in or out: what may be read has changed. */
  onSessionChange: Event<unknown>;
}

type ContributedLayer = { plugin: string } & Omit<ContributionOf<'mapLayers'>, 'data'>;

/** A layer of a plugin; its data comes when it is first turned on. */
interface NamedLayer extends Omit<AnalysisLayer, 'data'> {
  label: string;
  fetch(): Promise<unknown>;
}

const RETRY_MS = [1000, 4000, 15_000] as const;

export class MapData {
  basemaps = $state.raw<readonly Basemap[]>([]);
  looks = $state.raw<PinLooks>(NO_LOOKS);
  layers = $state.raw<readonly NamedLayer[]>([]);
  status = $state.raw<DirectoryStatus | null>(null);
  /** Ids of what is turned on (asked-for basemaps, layers) or off (other basemaps) against the default. */
  readonly turned = new SvelteSet<string>();
  /** Ids of basemaps of which the last tile asked for could not be had. */
  readonly failing = new SvelteSet<string>();

  readonly shownBasemaps = $derived(this.basemaps.filter((basemap) => this.isShown(basemap)));
  readonly shownLayers: readonly AnalysisLayer[] = $derived(
    this.layers.flatMap((layer) => {
      const data = this.turned.has(`layer/${layer.id}`) ? this.#layerData.get(layer.id) : undefined;
      return data === undefined ? [] : [{ ...layer, data }];
    }),
  );
  readonly #layerData = new SvelteMap<string, unknown>();

  #server: MapServer | null = null;
  #language = 'en';
  #retry: ReturnType<typeof setTimeout> | undefined;

  /** Set once by the contribution; a map without a server draws what searches put on it. */
  connect(server: MapServer): Disposable {
    this.#server = server;
    const changes = server.onDirectoryChange(() => void this.#refreshStatus().catch(() => {}));
    const sessions = server.onSessionChange(() => void this.load(this.#language));
    return {
      dispose: () => {
        clearTimeout(this.#retry);
        changes.dispose();
        sessions.dispose();
        if (this.#server === server) this.#server = null;
      },
    };
  }

  /** What is reached on foot from a place; null while there is no server to ask. */
  async reach(near: LonLat, minutes: number): Promise<Pick<MapSearch, 'reach' | 'estimated'> | null> {
    return (await this.#server?.reach(near, minutes)) ?? null;
  }

  /** Loads all of it; what fails is tried again later, and the map does without until then. */
  async load(language: string, attempt = 0): Promise<void> {
    const server = this.#server;
    if (!server) return;
    this.#language = language;
    clearTimeout(this.#retry);
    const results = await Promise.allSettled([
      server.basemaps(language).then((basemaps) => (this.basemaps = basemaps)),
      this.#refreshStatus(),
      this.#loadContributions(server, language),
    ]);
    const delay = RETRY_MS[attempt];
    if (delay !== undefined && results.some((result) => result.status === 'rejected')) {
      this.#retry = setTimeout(() => void this.load(language, attempt + 1), delay);
    }
  }

  /** Streets from the internet only where they were turned on: who serves them learns which areas are looked at. */
  isShown(basemap: Basemap): boolean {
    return this.turned.has(`basemap/${basemap.id}`) === (basemap.kind === 'internet');
  }

  turnBasemap(id: string): void {
    this.#turn(`basemap/${id}`);
  }

  /** Turns a plugin's layer on or off. Rejects, and leaves it off, where its data cannot be had. */
  async turnLayer(id: string): Promise<void> {
    const layer = this.layers.find((one) => one.id === id);
    if (this.#turn(`layer/${id}`) === 'off' || !layer || this.#layerData.has(id)) return;
    try {
      this.#layerData.set(id, await layer.fetch());
    } catch (error) {
      this.turned.delete(`layer/${id}`);
      throw error;
    }
  }

  #turn(key: string): 'on' | 'off' {
    if (this.turned.delete(key)) return 'off';
    this.turned.add(key);
    return 'on';
  }

  async #refreshStatus(): Promise<void> {
    const status = await this.#server?.status();
    if (status) this.status = status;
  }

  async #loadContributions(server: MapServer, language: string): Promise<void> {
    const { resourceTypes, mapLayers } = await server.contributions(language);
    this.looks = toPinLooks(resourceTypes, language);
    this.layers = mapLayers.map(({ plugin, id, label, layers }) => ({
      id: `${plugin}/${id}`,
      label: localize(label, language),
      layers,
      fetch: () => server.layerData({ plugin, id }),
    }));
  }
}

export const mapData = new MapData();

// From words to places and back, on this machine, geocoders of plugins that talk to nobody among it. What talks to the outside is
// asked only where a person said so for these words, and they never get into a log. Kept current in the background: a search is
// answered from what is there while newer addresses are read.

import type { PluginManifest } from '#shared/plugin-api/manifest.ts';
import type { BasemapContribution, GeocoderContribution } from '#shared/plugin-api/points.ts';
import type { Localized } from '#shared/platform/localized.ts';
import { Problem } from '#shared/platform/problems.ts';
import type { Contribution } from '#shared/platform/registry.ts';
import type { LonLat } from '#shared/geo/travel.ts';
import type { Place } from '#shared/plugin-api/functions.ts';
import type { ServerDeps } from '#server/deps.ts';
import { getBasemaps } from './basemaps.ts';
import { Gazetteer } from './gazetteer.ts';
import { hasHidden, listAddressPlaces, readBasemapNames } from './places-source.ts';

export interface PlaceQuery {
  text: string;
  language: string;
  limit: number;
  /** Where somebody looks or starts from: of two places alike the nearer one comes first. */
  near?: LonLat | undefined;
}

/** A service beyond this machine, by the plugin that asks it. */
export interface OutsideGeocoder {
  id: string;
  label: Localized;
}

export interface Geocoder {
  search(query: PlaceQuery): Promise<Place[]>;
  /** Those that a person may ask. */
  listOutside(): OutsideGeocoder[];
  /** Sends the words to one of them. Throws a Problem where there is none of this id, or it does not answer. */
  askOutside(id: string, query: PlaceQuery): Promise<Place[]>;
  reverse(at: LonLat): Promise<Place | null>;
}

const GEOCODER_TIMEOUT_MS = 3000;
/** A newer gazetteer is made this long after the last one at the soonest, and so seldom that it takes a twentieth of the time. */
const REST_MS = 2000;
const REST_FACTOR = 20;
const ofApp = new WeakMap<ServerDeps, Geocoder>();

/** The geocoder of this process, made on first use. */
export function getGeocoder(deps: ServerDeps): Geocoder {
  let geocoder = ofApp.get(deps);
  if (!geocoder) ofApp.set(deps, (geocoder = createGeocoder(deps)));
  return geocoder;
}

function createGeocoder(deps: ServerDeps): Geocoder {
  let current: Promise<Gazetteer> | undefined;
  let version = '';
  /** When the next one may be made, as milliseconds of the process. */
  let due = 0;
  /** Counts what must not be answered from any more: a gazetteer of an earlier era is thrown away. */
  let era = 0;
  let checking: Promise<void> = Promise.resolve();
  let basemapNames: ReturnType<typeof readNames> | undefined;

  async function readNames() {
    const basemaps = deps.registry.getPoint<BasemapContribution>('basemaps').all();
    const names = await Promise.all(
      basemaps.map(async ({ plugin, value }) => {
        try {
          return readBasemapNames(await getBasemaps(deps).names(plugin, value));
        } catch (error) {
          if (!deps.background.signal.aborted)
            deps.log.warn(
              { plugin, basemap: value.id, error: error instanceof Error ? error.message : String(error) },
              'street names left out',
            );
          return { places: [], streets: [] };
        }
      }),
    );
    return { places: names.flatMap((one) => one.places), streets: names.flatMap((one) => one.streets) };
  }

  async function build(): Promise<Gazetteer> {
    const [addresses, names] = await Promise.all([listAddressPlaces(deps.db, deps.background.pause), (basemapNames ??= readNames())]);
    const known = new Set(names.places.map((place) => place.label));
    const places = addresses.filter((place) => place.kind !== 'place' || !known.has(place.label));
    return Gazetteer.build({ places: [...names.places, ...places], streets: names.streets }, deps.background.pause);
  }

  // A place that became hidden must not be found for a moment longer: what knew it is thrown away at once.
  deps.feed.onDidChange((changes) => {
    const changed = changes.flatMap(({ object, op, record_id }) => (object === 'location' && op !== 'create' ? [record_id] : []));
    if (current === undefined || changed.length === 0) return;
    checking = deps.background.note(
      checking.then(async () => {
        if (await hasHidden(deps.db, changed).catch(() => true)) discard();
      }),
    );
  });

  function discard(): void {
    era += 1;
    current = undefined;
  }

  function start(): Promise<Gazetteer> {
    const began = performance.now();
    version = deps.directory.current().version;
    due = Infinity;
    const building = deps.background.note(build());
    const rest = () => (due = performance.now() + Math.max(REST_MS, REST_FACTOR * (performance.now() - began)));
    building.then(rest, rest);
    return building;
  }

  /** The latest that is ready; a newer one is made behind it, where the last one is not too fresh. */
  async function gazetteer(): Promise<Gazetteer> {
    await deps.directory.ready;
    await checking;
    if (current === undefined) {
      const mine = (current = start());
      mine.catch(() => {
        if (current === mine) current = undefined;
      });
      const now = era;
      const made = await mine;
      return now === era ? made : gazetteer();
    }
    if (version !== deps.directory.current().version && performance.now() >= due) {
      const now = era;
      const next = start();
      next.then(
        () => {
          if (now === era) current = next;
        },
        (error: unknown) =>
          deps.background.signal.aborted || deps.log.warn({ error: error instanceof Error ? error.message : String(error) }, 'gazetteer'),
      );
    }
    return current;
  }

  function listContributed(where: 'here' | 'outside'): Contribution<GeocoderContribution>[] {
    const talking = new Set(deps.plugins.list.flatMap(({ name, manifest }) => (talksToTheOutside(manifest) ? [name] : [])));
    const geocoders = deps.registry.getPoint<GeocoderContribution>('geocoders').all();
    return geocoders.filter(({ plugin }) => talking.has(plugin) === (where === 'outside'));
  }

  /** Null: it did not answer. */
  async function ask(
    { plugin, value }: Contribution<GeocoderContribution>,
    { text, language, limit }: PlaceQuery,
  ): Promise<Place[] | null> {
    try {
      const geocode = await deps.plugins.getFunction(plugin, 'geocoders', value.run);
      return await Promise.race([geocode({ text, language, limit }), rejectAfter(GEOCODER_TIMEOUT_MS)]);
    } catch (error) {
      const said = error instanceof Error ? error.message : String(error);
      deps.log.warn({ plugin, geocoder: value.id, error: withoutWords(said, text) }, 'geocoder left out');
      return null;
    }
  }

  return {
    async search(query) {
      const own = (await gazetteer()).search(query.text, query.limit, query.near);
      const answers = own.length < query.limit ? await Promise.all(listContributed('here').map((one) => ask(one, query))) : [];
      return [...own, ...answers.flatMap((found) => found ?? [])].slice(0, query.limit);
    },
    listOutside: () => listContributed('outside').map((one) => ({ id: idOf(one), label: one.value.label })),
    async askOutside(id, query) {
      const geocoder = listContributed('outside').find((one) => idOf(one) === id);
      if (!geocoder) throw new Problem('not_found', 'This service is not asked any more. Load the page again.');
      const found = await ask(geocoder, query);
      if (!found) throw new Problem('not_available', 'It does not answer now.');
      return found.slice(0, query.limit);
    },
    async reverse(at) {
      return (await gazetteer()).reverse(at);
    },
  };
}

const idOf = ({ plugin, value }: Contribution<GeocoderContribution>): string => `${plugin}/${value.id}`;

const talksToTheOutside = ({ waypost: { permissions } }: PluginManifest): boolean => Object.keys(permissions?.network ?? {}).length > 0;

/** A message may quote what was asked, as it was typed or as it stood in an address. */
function withoutWords(message: string, words: string): string {
  return [words, encodeURIComponent(words.toWellFormed())].reduce((text, one) => (one === '' ? text : text.replaceAll(one, '…')), message);
}

function rejectAfter(ms: number): Promise<never> {
  return new Promise((_, reject) => setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms).unref());
}

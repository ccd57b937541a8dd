// From words to places and back, on this machine; then whatever geocoders plugins bring. Kept current in the background:
// a search is answered from what is there while newer addresses are read.

import type { BasemapContribution, GeocoderContribution } from '#shared/plugin-api/points.ts';
import type { LonLat } from '#shared/geo/travel.ts';
import type { Place } from '#shared/plugin-api/functions.ts';
import type { ServerDeps } from '#server/deps.ts';
import { getBasemaps } from './basemaps.ts';
import { Gazetteer } from './gazetteer.ts';
import { listAddressPlaces, readBasemapNames } from './places-source.ts';

export interface Geocoder {
  search(query: { text: string; language: string; limit: number }): Promise<Place[]>;
  reverse(at: LonLat): Promise<Place | null>;
}

const GEOCODER_TIMEOUT_MS = 3000;
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
  let basemapNames: ReturnType<typeof readNames> | undefined;

  async function readNames() {
    const basemaps = deps.registry.getPoint<BasemapContribution>('basemaps').all();
    const names = await Promise.all(
      basemaps.map(async ({ plugin, value }) => {
        try {
          return readBasemapNames(await getBasemaps(deps).names(plugin, value));
        } catch (error) {
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
    const [addresses, names] = await Promise.all([listAddressPlaces(deps.db), (basemapNames ??= readNames())]);
    const known = new Set(names.places.map((place) => place.label));
    const places = addresses.filter((place) => place.kind !== 'place' || !known.has(place.label));
    return new Gazetteer({ places: [...names.places, ...places], streets: names.streets });
  }

  /** The latest that is ready; a newer one is made behind it. */
  async function gazetteer(): Promise<Gazetteer> {
    await deps.directory.ready;
    const now = deps.directory.current().version;
    if (current === undefined) {
      version = now;
      current = build();
      current.catch(() => (current = undefined));
    } else if (version !== now) {
      version = now;
      const next = build();
      next.then(
        () => (current = next),
        (error: unknown) => deps.log.warn({ error: error instanceof Error ? error.message : String(error) }, 'gazetteer'),
      );
    }
    return current;
  }

  async function contributed(query: { text: string; language: string; limit: number }): Promise<Place[]> {
    const geocoders = deps.registry.getPoint<GeocoderContribution>('geocoders').all();
    const answers = await Promise.all(
      geocoders.map(async ({ plugin, value }) => {
        try {
          const geocode = await deps.plugins.getFunction(plugin, 'geocoders', value.run);
          return await Promise.race([geocode(query), rejectAfter(GEOCODER_TIMEOUT_MS)]);
        } catch (error) {
          deps.log.warn({ plugin, geocoder: value.id, error: error instanceof Error ? error.message : String(error) }, 'geocoder left out');
          return [];
        }
      }),
    );
    return answers.flat();
  }

  return {
    async search(query) {
      const own = (await gazetteer()).search(query.text, query.limit);
      const others = own.length < query.limit ? await contributed(query) : [];
      return [...own, ...others].slice(0, query.limit);
    },
    async reverse(at) {
      return (await gazetteer()).reverse(at);
    },
  };
}

function rejectAfter(ms: number): Promise<never> {
  return new Promise((_, reject) => setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms).unref());
}

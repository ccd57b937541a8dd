// What the gazetteer is made of: addresses of the directory, with towns and postal codes as their centres, and the named
// streets and places of contributed basemaps. The query takes no address of a hidden place.

import type { Feature, Position } from 'geojson';
import type { Kysely } from 'kysely';
import { foldWords } from '#shared/directory/words.ts';
import { haversine } from '#shared/geo/distance.ts';
import type { BasemapLayers, Place } from '#shared/plugin-api/functions.ts';
import type { Database } from '#server/db/schema.ts';
import type { GazetteerSource, Street } from './gazetteer.ts';

const BATCH = 2000;
/** A neighbourhood's name is told for what lies within this. */
const NEIGHBOURHOOD_M = 4000;

/** Sums of positions under one name. */
class Centres {
  #sums = new Map<string, { name: string; detail: string; lon: number; lat: number; count: number }>();

  add(name: string, detail: string, { lon, lat }: { lon: number; lat: number }): void {
    // "NEW YORK" and "New York" are one town.
    const key = foldWords(`${name} ${detail}`);
    const sum = this.#sums.get(key) ?? { name, detail, lon: 0, lat: 0, count: 0 };
    sum.lon += lon;
    sum.lat += lat;
    sum.count++;
    this.#sums.set(key, sum);
  }

  places(kind: Place['kind']): Place[] {
    return [...this.#sums.values()].map(({ name, detail, lon, lat, count }) => ({
      id: `${kind}:${name}:${detail}`,
      label: name,
      detail,
      kind,
      lon: lon / count,
      lat: lat / count,
    }));
  }
}

/** Addresses, towns and postal codes of places that are not hidden. Gives `pause` the turn after each batch. */
export async function listAddressPlaces(db: Kysely<Database>, pause: () => Promise<void>): Promise<Place[]> {
  const addresses = new Map<string, Place>();
  const towns = new Centres();
  const codes = new Centres();
  for (let after = ''; ;) {
    const rows = await db
      .selectFrom('address')
      .innerJoin('location', 'location.id', 'address.location_id')
      .select(['address.id', 'address_1', 'city', 'state_province', 'postal_code', 'longitude', 'latitude'])
      .where('address.id', '>', after)
      .where('location.hidden', '=', 0)
      .where('location.longitude', 'is not', null)
      .where('location.latitude', 'is not', null)
      .where((eb) => eb.or([eb('address.address_type', 'is', null), eb('address.address_type', '!=', 'postal')]))
      .orderBy('address.id')
      .limit(BATCH)
      .execute();
    for (const row of rows) {
      const at = { lon: row.longitude!, lat: row.latitude! };
      if (at.lon === 0 && at.lat === 0) continue;
      const [street, city, state, code] = [row.address_1, row.city, row.state_province, row.postal_code].map((text) => text?.trim() ?? '');
      const town = [city, state].filter((text) => text).join(', ');
      if (street) {
        const id = `address:${street}:${town}`;
        addresses.set(id, {
          id,
          label: street,
          detail: [city, [state, code].filter((text) => text).join(' ')].filter((text) => text).join(', '),
          kind: 'address',
          ...at,
        });
      }
      if (city) towns.add(city, state ?? '', at);
      if (code) codes.add(code.split('-')[0]!, town, at);
    }
    const last = rows.at(-1);
    if (!last || rows.length < BATCH) break;
    after = last.id;
    await pause();
  }
  return [...towns.places('place'), ...codes.places('postal_code'), ...addresses.values()];
}

/** Whether any of these locations is hidden now. */
export async function hasHidden(db: Kysely<Database>, locations: readonly string[]): Promise<boolean> {
  const found = await db.selectFrom('location').select('id').where('id', 'in', locations).where('hidden', '!=', 0).limit(1).execute();
  return found.length > 0;
}

/** Named streets and places of a basemap. Streets of one name in one neighbourhood are one street. */
export function readBasemapNames({ roads, places }: Pick<BasemapLayers, 'roads' | 'places'>): GazetteerSource {
  const named = (places?.features ?? []).flatMap((feature): Place[] => {
    const name = nameOf(feature);
    if (name === null || feature.geometry?.type !== 'Point') return [];
    const [lon, lat] = feature.geometry.coordinates as [number, number];
    // Whole countries and states are no place to start from.
    if (['country', 'region'].includes(String(feature.properties?.['kind']))) return [];
    return [{ id: `place:${name}`, label: name, detail: '', kind: 'place', lon, lat }];
  });
  const streets = new Map<string, Street>();
  for (const feature of roads?.features ?? []) {
    const name = nameOf(feature);
    const lines = linesOf(feature);
    if (name === null || lines.length === 0) continue;
    const middle = lines[0]![lines[0]!.length >> 1]!;
    const near = nearestName(named, middle);
    const street = streets.get(`${name} ${near}`) ?? { name, near, lines: [] };
    street.lines.push(...lines);
    streets.set(`${name} ${near}`, street);
  }
  return { places: named, streets: [...streets.values()] };
}

function nameOf(feature: Feature): string | null {
  const name: unknown = feature.properties?.['name'];
  return typeof name === 'string' && name.trim() !== '' ? name : null;
}

function linesOf({ geometry }: Feature): [number, number][][] {
  const lines: Position[][] =
    geometry?.type === 'LineString' ? [geometry.coordinates] : geometry?.type === 'MultiLineString' ? geometry.coordinates : [];
  return lines.filter((line) => line.length > 1) as [number, number][][];
}

function nearestName(places: readonly Place[], [lon, lat]: [number, number]): string {
  let best = { name: '', meters: NEIGHBOURHOOD_M };
  for (const place of places) {
    const meters = haversine(lon, lat, place.lon, place.lat);
    if (meters < best.meters) best = { name: place.label, meters };
  }
  return best.name;
}

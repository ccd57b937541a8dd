// The time zone of a site: what its record says, else what the deployment says, else where it lies. Offline.

import lookupZone from '@photostructure/tz-lookup';
import { isValidCell } from 'h3-js';
import { findZone } from '#shared/directory/zone.ts';
import { cellCenter } from '#shared/geo/cells.ts';

export interface SitePlace {
  /** IANA name, from the record. */
  timezone: string | null;
  lon: number | null;
  lat: number | null;
  /** Of a hidden site, its coarse cell: its position is not to be used. */
  cell: string | null;
}

/**
 * IANA name; null where nothing tells it.
 * @param zone the deployment's own; null or empty: none
 * @param country two letters: where a site has no position, and its country one zone
 */
export function zoneOfSite(place: SitePlace | null, zone: string | null, country: string): string | null {
  for (const name of [place?.timezone, zone]) if (name && findZone(name)) return name;
  return (place && zoneAtPlace(place)) ?? zoneOfCountry(country);
}

function zoneAtPlace({ lon, lat, cell }: SitePlace): string | null {
  const position = cell !== null && isValidCell(cell) ? cellCenter(cell) : lon !== null && lat !== null ? { lon, lat } : null;
  if (position === null || Math.abs(position.lat) > 90 || Math.abs(position.lon) > 180) return null;
  const name = lookupZone(position.lat, position.lon);
  // A position at sea is a mistake, and its zone no one's clock.
  return name.startsWith('Etc/') || !findZone(name) ? null : name;
}

const zonesOfCountries = new Map<string, string | null>();

function zoneOfCountry(country: string): string | null {
  let zone = zonesOfCountries.get(country);
  if (zone === undefined) zonesOfCountries.set(country, (zone = findOnlyZone(country)));
  return zone;
}

function findOnlyZone(country: string): string | null {
  if (!/^[A-Z]{2}$/i.test(country)) return null;
  // Known to every runtime that this runs on, and not yet to the types.
  const locale = new Intl.Locale(`und-${country}`) as Intl.Locale & { getTimeZones(): string[] | undefined };
  const zones = locale.getTimeZones() ?? [];
  return zones.length === 1 ? zones[0]! : null;
}

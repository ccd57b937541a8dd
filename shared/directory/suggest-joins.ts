// What a table does not say itself but another one says of its rows: the position of a location, the organization of a service.

import { normalizeName } from './column-words.ts';
import type { HsdsTable, TableMapping } from './mapping.ts';
import type { TableProfile } from './profile.ts';

/** Share of a column's cells that must hold a whole position. */
const POSITION_SHARE = 0.5;

/** A column that holds both halves of the position, such as "Geolocation is 42.1, -87.9". */
export function findPositionColumn(profile: TableProfile): { latitude: string; longitude: string } | undefined {
  const columns = [...profile.columns.values()].filter(
    ({ looked, positions, numbers }) => looked > 0 && positions >= looked * POSITION_SHARE && numbers === 0,
  );
  const best = columns.toSorted((a, b) => b.filled - a.filled)[0];
  return best && { latitude: best.name, longitude: best.name };
}

type Join = NonNullable<TableMapping['join']>[number];

/** The position of a location may stand in another table that names the location, and in none of its own columns. */
export function joinPosition(profile: TableProfile, profiles: readonly TableProfile[], own: string | undefined): Join | undefined {
  if (own === undefined || findPositionColumn(profile)) return undefined;
  for (const other of profiles) {
    const reference = [...other.columns.values()].find(({ name }) => /^location (id|uuid|guid|key)$/.test(normalizeName(name)));
    const position = other === profile ? undefined : findPositionColumn(other);
    if (reference && position) return { table: other.table, on: own, matches: reference.name, columns: [position.latitude] };
  }
  return undefined;
}

export function joinedPosition({ table, columns }: Join): { latitude: string; longitude: string } {
  const column = `${table}.${columns[0] as string}`;
  return { latitude: column, longitude: column };
}

/** In Ohana's layout a service belongs to a location, and the location to an organization. */
export function joinOrganization(profile: TableProfile, profiles: readonly TableProfile[]): Pick<HsdsTable, 'join'> {
  if (profile.columns.has('organization_id') || !profile.columns.has('location_id') || !/^services?$/i.test(profile.table)) return {};
  const locations = profiles.find(
    ({ table, columns }) => /^locations?$/i.test(table) && columns.has('organization_id') && columns.has('id'),
  );
  return locations ? { join: [{ table: locations.table, on: 'location_id', matches: 'id', columns: ['organization_id'] }] } : {};
}

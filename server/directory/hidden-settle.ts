// After any write that may have hidden a place: hides the places that the texts of their services call secret, and
// those that would give a hidden one away because the same organization stands there openly. What someone has said is
// to be shown stays shown.

import type { Kysely, Transaction } from 'kysely';
import { addressWords } from '#shared/directory/address-words.ts';
import type { HsdsObject } from '#shared/directory/hsds.ts';
import { foldWords } from '#shared/directory/words.ts';
import { haversine } from '#shared/geo/distance.ts';
import { ownerOf, reserve } from '#server/db/acts.ts';
import type { Database } from '#server/db/schema.ts';
import { inPieces } from './bulk-write.ts';
import { readHiddenPlaces } from './hidden-places.ts';

export interface HiddenTwin {
  id: string;
  name: string;
  because: 'text' | 'same_place';
  /** Where its row was read, such as `sites.csv:12`. */
  place: string | null;
}

export interface SettleRequest {
  actId: number;
  /** Services and links whose texts say that their place is secret. */
  hides?: readonly { object: HsdsObject; id: string }[];
}

/** Two positions this near to each other are one place, metres. */
const SAME_PLACE = 40;

/** Runs inside the transaction of the act. Gives the places that it hid. */
export async function settleHidden(trx: Transaction<Database>, { actId, hides = [] }: SettleRequest): Promise<HiddenTwin[]> {
  const byText = await hide(trx, { actId, ids: await listPlacesOf(trx, hides), because: 'text' });
  const twins: HiddenTwin[] = [];
  // A twin of a twin is one too.
  for (let found = await findTwins(trx); found.length > 0; found = await findTwins(trx)) {
    const now = await hide(trx, { actId, ids: found, because: 'same_place' });
    if (now.length === 0) break;
    twins.push(...now);
  }
  return [...byText, ...twins];
}

/** Sets the flag, with its change in the history, on those that are open and were not said to be shown. */
async function hide(
  trx: Transaction<Database>,
  { actId, ids, because }: { actId: number; ids: readonly string[]; because: HiddenTwin['because'] },
): Promise<HiddenTwin[]> {
  const hidden: HiddenTwin[] = [];
  for (const piece of inPieces(await withoutShown(trx, ids))) {
    const rows = await trx.selectFrom('location').selectAll().where('id', 'in', piece).where('hidden', '=', 0).execute();
    if (rows.length === 0) continue;
    const places = await listPlaces(
      trx,
      rows.map((row) => row.source_row),
    );
    await recordUpdates(trx, actId, rows);
    await trx
      .updateTable('location')
      .set({ hidden: 1 })
      .where(
        'id',
        'in',
        rows.map((row) => row.id),
      )
      .execute();
    for (const { id, name, source_row } of rows)
      hidden.push({ id, name: name ?? '', because, place: source_row === null ? null : (places.get(source_row) ?? null) });
  }
  return hidden;
}

/** Ids without those of which the last that was decided here is that they be shown. */
async function withoutShown(db: Kysely<Database>, ids: readonly string[]): Promise<string[]> {
  const shown = new Set<string>();
  for (const piece of inPieces(ids)) {
    const rows = await db
      .selectFrom('audit')
      .select(['record_id', 'action'])
      .where('record_id', 'in', piece)
      .where('action', 'in', ['hidden.hide', 'hidden.show'])
      .orderBy('seq')
      .execute();
    for (const { record_id, action } of rows) {
      if (action === 'hidden.show') shown.add(record_id);
      else shown.delete(record_id);
    }
  }
  return ids.filter((id) => !shown.has(id));
}

async function listPlaces(db: Kysely<Database>, sourceRows: readonly (number | null)[]): Promise<Map<number, string>> {
  const ids = sourceRows.filter((id) => id !== null);
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom('source_row').select(['id', 'place']).where('id', 'in', ids).execute();
  return new Map(rows.map(({ id, place }) => [id, place]));
}

async function recordUpdates(trx: Transaction<Database>, actId: number, rows: readonly Database['location'][]): Promise<void> {
  const first = await reserve(trx, 'change', rows.length);
  await trx
    .insertInto('change')
    .values(
      rows.map((row, i) => ({
        seq: first + i,
        act_id: actId,
        object: 'location' as const,
        record_id: row.id,
        op: 'update' as const,
        before: JSON.stringify(row),
        owner_id: ownerOf(row),
      })),
    )
    .execute();
}

async function listPlacesOf(db: Kysely<Database>, hides: NonNullable<SettleRequest['hides']>): Promise<string[]> {
  const ids = new Set<string>();
  for (const piece of inPieces(hides.map(({ id }) => id))) {
    const links = await db
      .selectFrom('service_at_location')
      .select('location_id')
      .where((eb) => eb.or([eb('id', 'in', piece), eb('service_id', 'in', piece)]))
      .execute();
    for (const { location_id } of links) if (location_id !== null) ids.add(location_id);
  }
  return [...ids];
}

/**
 * Open places of an organization that runs a hidden one, which would give it away: the same address, or the same position
 * under the same name or without an address of their own. A position alone may be that of the office, or of the town.
 */
async function findTwins(db: Kysely<Database>): Promise<string[]> {
  const hidden = await readHiddenPlaces(db);
  if (hidden.isEmpty) return [];
  const twins = new Set<string>();
  for (const piece of inPieces(hidden.organizations)) {
    const open = await listOpenPlaces(db, piece);
    const near = open.map((place) => ({ ...place, at: hidden.placesOfOrganization(place.organization_id!) }));
    const ids = [...new Set(near.flatMap(({ id, at }) => [id, ...at]))];
    const [addresses, names] = [await listAddresses(db, ids), await listNames(db, ids)];
    for (const { id, longitude: lon, latitude: lat, at } of near) {
      const own = addresses.get(id);
      const isTwin = at.some((place) => {
        if (own && intersects(own, addresses.get(place))) return true;
        const position = hidden.positionOf(place);
        if (!position || lon === null || lat === null || haversine(position.lon, position.lat, lon, lat) > SAME_PLACE) return false;
        return own === undefined || intersects(names.get(id), names.get(place));
      });
      if (isTwin) twins.add(id);
    }
  }
  return withoutShown(db, [...twins]);
}

async function listOpenPlaces(db: Kysely<Database>, organizations: readonly string[]) {
  const own = await db
    .selectFrom('location')
    .select(['id', 'longitude', 'latitude', 'organization_id'])
    .where('hidden', '=', 0)
    .where('organization_id', 'in', organizations)
    .execute();
  const served = await db
    .selectFrom('location')
    .innerJoin('service_at_location', 'service_at_location.location_id', 'location.id')
    .innerJoin('service', 'service.id', 'service_at_location.service_id')
    .select(['location.id', 'location.longitude', 'location.latitude', 'service.organization_id'])
    .where('location.hidden', '=', 0)
    .where('service.organization_id', 'in', organizations)
    .execute();
  return [...own, ...served];
}

function intersects(a: ReadonlySet<string> | undefined, b: ReadonlySet<string> | undefined): boolean {
  return a !== undefined && b !== undefined && [...a].some((one) => b.has(one));
}

/** "99 N Secret Lane" and "99 North Secret Ln." are one; without a house number nothing is said. */
function addressKey({ address_1 }: { address_1?: string | null }): string | null {
  const words = addressWords(address_1 ?? '');
  const at = words.findIndex((word) => /^\d+[a-z]?$/.test(word));
  return at < 0 || words.length - at < 2 ? null : words.slice(at).join(' ');
}

type Sets = Map<string, Set<string>>;

function addTo(sets: Sets, id: string | null, value: string | null): void {
  if (id === null || !value) return;
  const set = sets.get(id);
  if (set) set.add(value);
  else sets.set(id, new Set([value]));
}

async function listAddresses(db: Kysely<Database>, locations: readonly string[]): Promise<Sets> {
  const keys: Sets = new Map();
  for (const piece of inPieces(locations)) {
    const rows = await db.selectFrom('address').select(['location_id', 'address_1']).where('location_id', 'in', piece).execute();
    for (const row of rows) addTo(keys, row.location_id, addressKey(row));
  }
  return keys;
}

/** What a place and its services are called. */
async function listNames(db: Kysely<Database>, locations: readonly string[]): Promise<Sets> {
  const names: Sets = new Map();
  for (const piece of inPieces(locations)) {
    const places = await db.selectFrom('location').select(['id', 'name']).where('id', 'in', piece).execute();
    for (const { id, name } of places) addTo(names, id, foldWords(name ?? ''));
    const services = await db
      .selectFrom('service_at_location')
      .innerJoin('service', 'service.id', 'service_at_location.service_id')
      .select(['service_at_location.location_id', 'service.name'])
      .where('service_at_location.location_id', 'in', piece)
      .execute();
    for (const { location_id, name } of services) addTo(names, location_id, foldWords(name ?? ''));
  }
  return names;
}

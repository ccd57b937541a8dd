// Which places are hidden, what belongs to them, and what of a record may be told. Every door by which records leave
// (index, page, export, history) asks here; it holds where they are only to take that out of texts.

import { sql, type Kysely, type SqlBool } from 'kysely';
import { hsdsDefinition, type HsdsObject } from '#shared/directory/hsds.ts';
import { createRedactor, type PlaceSecrets, type Redactor } from '#shared/directory/redact.ts';
import { cellCenter, coarseCell } from '#shared/geo/cells.ts';
import type { LonLat } from '#shared/geo/travel.ts';
import type { Database } from '#server/db/schema.ts';
import { inPieces } from './bulk-write.ts';

/** The condition under which the index of hidden places serves. */
export const isHidden = sql<SqlBool>`hidden <> 0`;

type Row = Readonly<Record<string, unknown>>;

/** Columns of a hidden location that tell where it is, or whose id there may be looked up elsewhere. */
const TELLING = [
  'latitude',
  'longitude',
  'cell',
  'transportation',
  'external_identifier',
  'external_identifier_type',
  'description',
  'alternate_name',
  'url',
] as const;
/** By which column a record belongs to a hidden place, the nearest first. */
const OWNERS: readonly (readonly [column: string, object: HsdsObject])[] = [
  ['location_id', 'location'],
  ['service_at_location_id', 'service_at_location'],
  ['service_id', 'service'],
  ['organization_id', 'organization'],
];

const ORGANIZATION = 'organization ';

interface Place {
  position: LonLat | null;
  addresses: PlaceSecrets['addresses'][number][];
}

export class HiddenPlaces {
  readonly #places: ReadonlyMap<string, Place>;
  /** "object id" → the hidden places that it belongs to. */
  readonly #placesOf: ReadonlyMap<string, readonly string[]>;
  readonly #addressIds: ReadonlySet<string>;
  readonly #redactors = new Map<string, Redactor>();

  constructor(places: ReadonlyMap<string, Place>, placesOf: ReadonlyMap<string, readonly string[]>, addressIds: ReadonlySet<string>) {
    this.#places = places;
    this.#placesOf = placesOf;
    this.#addressIds = addressIds;
  }

  get isEmpty(): boolean {
    return this.#places.size === 0;
  }

  /** Ids of those that run a hidden place. */
  get organizations(): string[] {
    return [...this.#placesOf.keys()].flatMap((key) => (key.startsWith(ORGANIZATION) ? [key.slice(ORGANIZATION.length)] : []));
  }

  placesOfOrganization(id: string): readonly string[] {
    return this.#placesOf.get(ORGANIZATION + id) ?? [];
  }

  isLocation(id: string): boolean {
    return this.#places.has(id);
  }

  positionOf(id: string): LonLat | null {
    return this.#places.get(id)?.position ?? null;
  }

  /** What takes out of texts where the hidden places of a record are; undefined where it has none. */
  findRedactor(object: HsdsObject, id: string | null | undefined): Redactor | undefined {
    if (id === null || id === undefined) return undefined;
    const places = this.#placesOf.get(`${object} ${id}`);
    if (!places) return undefined;
    // An organization's own texts name its offices: only what is known to be hidden is taken out of them.
    const anyAddress = object !== 'organization';
    const key = `${anyAddress} ${places.join(' ')}`;
    let redactor = this.#redactors.get(key);
    if (!redactor) this.#redactors.set(key, (redactor = createRedactor(this.#secretsOf(places), { anyAddress })));
    return redactor;
  }

  /** What takes out of texts where any hidden place is. */
  redactorOfAll(): Redactor {
    return createRedactor(this.#secretsOf([...this.#places.keys()]), { anyAddress: false });
  }

  /**
   * The record as it may be told to anyone who may read the directory: null where it only says where a hidden place is,
   * such as its address. `extra` may be an object or the text of one.
   */
  withhold<T extends Row>(object: HsdsObject, record: T): T | null {
    if (this.isEmpty) return record;
    if (this.#isAddressOf(object, record)) return null;
    const owner = this.#ownerOf(object, record);
    const redactor = owner && this.findRedactor(...owner);
    if (!redactor) return record;
    const told: Record<string, unknown> = { ...record };
    if (object === 'location' && this.isLocation(String(record['id']))) {
      for (const column of TELLING) if (column in told) told[column] = null;
    }
    // What belongs to the organization as a whole keeps its other columns.
    if ('extra' in told && owner[0] !== 'organization') told['extra'] = ownOnly(told['extra']);
    if (object === 'service_area' && typeof told['extent'] === 'string' && isSmall(told['extent'])) told['extent'] = null;
    const redacted = redactor.value(told);
    // An outline is told whole or not at all: with figures taken out of it no program can read it.
    if (object === 'service_area' && isGeoJson(told['extent']) && redacted['extent'] !== told['extent']) redacted['extent'] = null;
    return redacted as T;
  }

  #secretsOf(ids: readonly string[]): PlaceSecrets {
    const places = ids.map((id) => this.#places.get(id)!);
    return {
      addresses: places.flatMap((place) => place.addresses),
      around: places.flatMap(({ position }) => (position ? cellCenter(coarseCell(position)) : [])),
    };
  }

  #isAddressOf(object: HsdsObject, record: Row): boolean {
    const isOf = (id: unknown) => this.#addressIds.has(String(id)) || this.#places.has(String(id));
    if (object === 'address') return isOf(record['location_id']);
    if (object === 'attribute') return isOf(record['link_id']);
    if (object === 'metadata') return isOf(record['resource_id']);
    return false;
  }

  /** By what a record belongs to hidden places: the record itself, or what it hangs on. */
  #ownerOf(object: HsdsObject, record: Row): [HsdsObject, string] | undefined {
    const { fields } = hsdsDefinition(object);
    const links: (readonly [unknown, unknown])[] = [
      [object, record['id']],
      ...OWNERS.flatMap(([column, owner]) => (column in fields ? [[owner, record[column]] as const] : [])),
      [record['link_entity'], record['link_id']],
      [record['resource_type'], record['resource_id']],
    ];
    return links.find(([owner, id]) => this.#placesOf.has(`${String(owner)} ${String(id)}`)) as [HsdsObject, string] | undefined;
  }
}

/** Other columns of the source may repeat the address in any form: only ours are told. */
function ownOnly(extra: unknown): unknown {
  const isText = typeof extra === 'string';
  const all: unknown = isText ? JSON.parse(extra) : extra;
  if (typeof all !== 'object' || all === null) return null;
  const own = Object.entries(all).filter(([key]) => key.startsWith('waypost:'));
  if (own.length === 0) return null;
  return isText ? JSON.stringify(Object.fromEntries(own)) : Object.fromEntries(own);
}

/** Degrees: an outline smaller than this tells more than the coarse cell does. */
const SMALL = 0.03;

/** Whether GeoJSON spans less than a coarse cell. What is no GeoJSON is a name, and stays. */
export function isSmall(extent: string): boolean {
  if (!isGeoJson(extent)) return false;
  const pairs = [...extent.matchAll(/\[\s*(-?[\d.]+(?:e-?\d+)?)\s*,\s*(-?[\d.]+(?:e-?\d+)?)\s*[,\]]/gi)];
  const span = (values: number[]) => values.reduce((a, b) => Math.max(a, b), -Infinity) - values.reduce((a, b) => Math.min(a, b), Infinity);
  return span(pairs.map(([, lon]) => Number(lon))) < SMALL && span(pairs.map(([, , lat]) => Number(lat))) < SMALL;
}

function isGeoJson(extent: unknown): boolean {
  return typeof extent === 'string' && extent.trimStart().startsWith('{');
}

/** Reads all hidden places with what hangs on them: they are few. */
export async function readHiddenPlaces(db: Kysely<Database>): Promise<HiddenPlaces> {
  const rows = await db.selectFrom('location').select(['id', 'organization_id', 'longitude', 'latitude']).where(isHidden).execute();
  const places = new Map(
    rows.map(({ id, longitude: lon, latitude: lat }): [string, Place] => [
      id,
      { position: lon === null || lat === null ? null : { lon, lat }, addresses: [] },
    ]),
  );
  const addressIds = new Set<string>();
  const placesOf = new Map<string, string[]>();
  const note = (object: HsdsObject, id: string | null, place: string) => {
    if (id === null) return;
    const key = `${object} ${id}`;
    const known = placesOf.get(key);
    if (!known) placesOf.set(key, [place]);
    else if (!known.includes(place)) known.push(place);
  };
  for (const { id, organization_id } of rows) {
    note('location', id, id);
    note('organization', organization_id, id);
  }
  for (const piece of inPieces([...places.keys()])) {
    const addresses = await db
      .selectFrom('address')
      .select(['id', 'location_id', 'address_1', 'address_2', 'postal_code'])
      .where('location_id', 'in', piece)
      .execute();
    for (const address of addresses) {
      addressIds.add(address.id);
      places.get(address.location_id!)!.addresses.push(address);
    }
    const links = await db
      .selectFrom('service_at_location')
      .leftJoin('service', 'service.id', 'service_at_location.service_id')
      .select(['service_at_location.id', 'service_at_location.service_id', 'service_at_location.location_id', 'service.organization_id'])
      .where('service_at_location.location_id', 'in', piece)
      .execute();
    for (const { id, service_id, location_id, organization_id } of links) {
      note('service_at_location', id, location_id!);
      note('service', service_id, location_id!);
      note('organization', organization_id, location_id!);
    }
  }
  return new HiddenPlaces(places, placesOf, addressIds);
}

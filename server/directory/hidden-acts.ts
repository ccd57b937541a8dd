// What is decided and read of a hidden place: hiding it, showing it again, and where it is for the few who may know.
// Each is written to the audit in the transaction that does it; where that fails, nothing is told and nothing changes.

import type { Kysely, Transaction } from 'kysely';
import { Problem } from '#shared/platform/problems.ts';
import { recordAudit } from '#server/audit/audit.ts';
import type { Database } from '#server/db/schema.ts';
import type { ServerDeps } from '#server/deps.ts';
import { getActorName, type Actor } from '#server/identity/actor.ts';
import { writeDirectoryAct } from './directory-act.ts';
import type { TypeFields } from './edit-check.ts';
import { readEditForm, type EditForm } from './edit-form.ts';
import { isHidden, readHiddenPlaces } from './hidden-places.ts';

type Deps = Pick<ServerDeps, 'db' | 'clock'>;

export interface HiddenPlaceRequest {
  actor: Actor;
  /** Id of a location, or of a resource at one. */
  id: string;
  /** Why, for the record. */
  reason: string;
}

export interface HiddenDecision {
  id: string;
  name: string;
  hidden: boolean;
  /** Other places that had to be hidden with it, since they would give it away. */
  also: { id: string; name: string }[];
}

/** Hides a place from everyone. Handouts behind links that tell of it are withdrawn. */
export async function hidePlace({ db, clock }: Deps, { actor, id, reason }: HiddenPlaceRequest): Promise<HiddenDecision> {
  return writeDirectoryAct(db, newAct(actor, clock(), reason), async (trx, act) => {
    const place = await getPlace(trx, id);
    if (place.hidden === 0) {
      await act.record([{ object: 'location', recordId: place.id, op: 'update', before: place }]);
      await trx.updateTable('location').set({ hidden: 1 }).where('id', '=', place.id).execute();
    }
    const also = await act.settle();
    return { id: place.id, name: place.name, hidden: true, also: also.map((twin) => ({ id: twin.id, name: twin.name })) };
  });
}

/** Shows a place again, for one that was hidden by mistake. From then on only a person hides it. */
export async function showPlace({ db, clock }: Deps, { actor, id, reason }: HiddenPlaceRequest): Promise<HiddenDecision> {
  return writeDirectoryAct(db, newAct(actor, clock(), reason), async (trx, act) => {
    const place = await getPlace(trx, id);
    if (place.hidden !== 0) {
      await act.record([{ object: 'location', recordId: place.id, op: 'update', before: place }]);
      await trx.updateTable('location').set({ hidden: 0, cell: null }).where('id', '=', place.id).execute();
    }
    return { id: place.id, name: place.name, hidden: false, also: [] };
  });
}

/** Where a hidden place is, for whoever may know, on record. */
export async function readPlace({ db, clock }: Deps, { actor, id, reason }: HiddenPlaceRequest) {
  return db.transaction().execute(async (trx) => {
    const place = await getPlace(trx, id);
    if (place.hidden === 0) throw new Problem('bad_request', 'This place is not hidden: its page tells where it is.');
    await recordAudit(trx, { actor, at: clock(), action: 'hidden.read', object: 'location', recordId: place.id, reason });
    const addresses = await trx
      .selectFrom('address')
      .select(['address_1', 'address_2', 'city', 'state_province', 'postal_code', 'country', 'address_type'])
      .where('location_id', '=', place.id)
      .orderBy('id')
      .execute();
    const { longitude: lon, latitude: lat, description, transportation } = place;
    return { id: place.id, name: place.name, addresses, lon, lat, description, transportation };
  });
}

/** The form of a page with where its hidden places are, so that an address can be corrected: each of them on record. */
export async function readExactForm(
  { db, clock }: Deps,
  { actor, id, reason }: HiddenPlaceRequest,
  typeFields: TypeFields,
): Promise<EditForm> {
  return db.transaction().execute(async (trx) => {
    const hidden = await readHiddenPlaces(trx);
    const form = await readEditForm(trx, id, typeFields, { exact: true });
    const places = form.records.filter((record) => record.object === 'location' && hidden.isLocation(record.id));
    if (places.length === 0) throw new Problem('bad_request', 'This place is not hidden: its page tells where it is.');
    for (const place of places)
      await recordAudit(trx, { actor, at: clock(), action: 'hidden.read', object: 'location', recordId: place.id, reason });
    return form;
  });
}

/** The hidden places by name, with the services given there, and nothing of where they are. */
export async function listHiddenPlaces(db: Kysely<Database>): Promise<{ id: string; name: string; services: string[] }[]> {
  const hidden = await readHiddenPlaces(db);
  const rows = await db
    .selectFrom('location')
    .leftJoin('service_at_location', 'service_at_location.location_id', 'location.id')
    .leftJoin('service', 'service.id', 'service_at_location.service_id')
    .select(['location.id', 'location.name', 'service.name as service'])
    .where(isHidden)
    .orderBy('location.name')
    .orderBy('location.id')
    .execute();
  return [...Map.groupBy(rows, (row) => row.id)].map(([id, group]) => {
    const redactor = hidden.findRedactor('location', id);
    const told = (text: string) => redactor?.text(text) ?? text;
    return {
      id,
      name: told(group[0]?.name ?? ''),
      services: group.flatMap(({ service }) => (service === null ? [] : [told(service)])).sort(),
    };
  });
}

function newAct(actor: Actor, now: number, reason: string) {
  return { kind: 'edit', actor: getActorName(actor), at: new Date(now).toISOString(), reason } as const;
}

/** Throws a Problem where neither a place nor a resource at one has the id. */
async function getPlace(trx: Transaction<Database>, id: string): Promise<Database['location'] & { name: string }> {
  const link = await trx.selectFrom('service_at_location').select('location_id').where('id', '=', id).executeTakeFirst();
  const place = await trx
    .selectFrom('location')
    .selectAll()
    .where('id', '=', link?.location_id ?? id)
    .executeTakeFirst();
  if (!place) throw new Problem('not_found', 'There is no such place in this directory. It may have been removed.');
  return { ...place, name: place.name ?? '' };
}

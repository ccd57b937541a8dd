// What search reads beside the index: whole descriptions, what a service costs, whether a wheelchair gets in. Everything
// goes through the withholding of hidden places first, so that no word of where one is can be searched for.

import type { Kysely } from 'kysely';
import type { DirectoryIndex } from '#shared/directory/index.ts';
import type { SearchDetails } from '#shared/directory/search.ts';
import { isStepFree, readCost } from '#shared/directory/search-traits.ts';
import type { Database } from '#server/db/schema.ts';
import { isAmong } from './among.ts';
import { readHiddenPlaces } from './hidden-places.ts';

/** Details of some rows of an index, in their order. */
export async function readSearchDetails(
  db: Kysely<Database>,
  index: DirectoryIndex,
  rows: readonly number[],
): Promise<readonly SearchDetails[]> {
  const serviceIds = [...new Set(rows.map((row) => index.serviceId(row)))];
  const locationIds = [...new Set(rows.flatMap((row) => index.location(row)?.id ?? []))];
  const hidden = await readHiddenPlaces(db);
  const services = await db
    .selectFrom('service')
    .select(['id', 'organization_id', 'alternate_name', 'description', 'fees_description'])
    .where(isAmong(db, 'id', serviceIds))
    .execute();
  const costs = await db
    .selectFrom('cost_option')
    .select(['id', 'service_id', 'option', 'amount', 'amount_description'])
    .where(isAmong(db, 'service_id', serviceIds))
    .execute();
  const access = await db
    .selectFrom('accessibility')
    .select(['id', 'location_id', 'description', 'details'])
    .where(isAmong(db, 'location_id', locationIds))
    .execute();
  const serviceById = new Map(services.map((service) => [service.id, hidden.withhold('service', service)]));
  const costsOf = Map.groupBy(costs, (cost) => cost.service_id);
  const accessOf = Map.groupBy(access, (one) => one.location_id);
  return rows.map((row) => {
    const id = index.serviceId(row);
    const service = serviceById.get(id);
    const texts = [service?.alternate_name, service?.description].filter((text) => text);
    return {
      description: texts.length > 0 ? texts.join(' ') : null,
      cost: readCost(service?.fees_description ?? null, costsOf.get(id) ?? []),
      accessible: isStepFree((accessOf.get(index.location(row)?.id ?? null) ?? []).flatMap((one) => [one.description, one.details])),
    };
  });
}

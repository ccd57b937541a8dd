// The records of one row belong together: each is linked to the nearest of the others that it can belong to. Where the row
// hides its place, nothing but the place's own record may tell where it is.

import { coarseCell } from '../geo/cells.ts';
import { hsdsDefinition, HSDS_OBJECTS, type HsdsObject } from './hsds.ts';
import type { MappedRecord } from './import-record.ts';
import { addRecord, newRecord, type RowMapping } from './row-mapping.ts';

/** Fields by which a record names what it belongs to, the nearest first. */
export const PARENT_FIELDS = new Map(
  HSDS_OBJECTS.map((object) => [
    object,
    (['service_id', 'location_id', 'organization_id'] as const).filter((field) => field in hsdsDefinition(object).fields),
  ]),
);

/** The row links its own records, and nothing beyond. */
export function linkRecords(row: RowMapping, links: boolean): void {
  const find = (object: HsdsObject): MappedRecord | undefined => row.records.find((record) => record.object === object);
  const service = find('service');
  const location = find('location');
  const organization = find('organization');
  if (links && service && location)
    addRecord({ ...newRecord('service_at_location', row), fields: { service_id: service.id, location_id: location.id } }, row);
  let isOneLoose = false;
  let isOneHidden = false;
  for (const record of row.records) {
    const { object, fields } = record;
    if (object === 'service' || object === 'location') {
      if (organization) fields['organization_id'] ??= organization.id;
      if (object === 'location' && fields['hidden'] === 1) isOneHidden = true;
    } else if (object === 'service_at_location') {
      fields['service_id'] ??= service?.id ?? null;
      fields['location_id'] ??= location?.id ?? null;
      if (isLoose(record)) isOneLoose = true;
    } else if (object !== 'organization')
      linkToParent(record, { service_id: service, location_id: location, organization_id: organization });
  }
  // A row that names no place links its service to none.
  if (isOneLoose) row.records = row.records.filter((record) => !isLoose(record));
  if (!isOneHidden) return;
  for (const record of row.records) if (record.object === 'location' && record.fields['hidden'] === 1) hideLocation(record);
  // What was noticed is said, and not what stood there.
  for (const issue of row.issues) issue.value = null;
}

function linkToParent(
  { object, fields }: MappedRecord,
  parents: Record<'service_id' | 'location_id' | 'organization_id', MappedRecord | undefined>,
): void {
  for (const field of PARENT_FIELDS.get(object) ?? []) {
    const parent = parents[field];
    if (!parent) continue;
    fields[field] ??= parent.id;
    return;
  }
}

function isLoose({ object, fields }: MappedRecord): boolean {
  return object === 'service_at_location' && (fields['location_id'] === null || fields['service_id'] === null);
}

/** The coarse cell is all that anything but the location's own row may know of where a hidden site is. */
function hideLocation(location: MappedRecord): void {
  location.fields['hidden'] = 1;
  const { latitude, longitude } = location.fields;
  if (typeof latitude === 'number' && typeof longitude === 'number' && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180) {
    location.fields['cell'] = coarseCell({ lon: longitude, lat: latitude });
  }
}

// Recognises tables and files that are HSDS already, by name and by columns, older names included.

import { HSDS, HSDS_OBJECTS, hsdsDefinition, type HsdsObject } from './hsds.ts';
import type { TableProfile } from './profile.ts';

/** Names of tables and files that earlier versions of the specification, and habit, use. */
const OTHER_NAMES: Record<string, HsdsObject> = {
  services_at_location: 'service_at_location',
  services_at_locations: 'service_at_location',
  service_at_locations: 'service_at_location',
  physical_addresses: 'address',
  postal_addresses: 'address',
  mail_addresses: 'address',
  regular_schedules: 'schedule',
  holiday_schedules: 'schedule',
  accessibility_for_disabilities: 'accessibility',
  taxonomy: 'taxonomy',
  urls: 'url',
  costs_options: 'cost_option',
  services_taxonomy: 'attribute',
};

const BY_NAME = new Map<string, HsdsObject>([
  ...HSDS_OBJECTS.flatMap((object): [string, HsdsObject][] => [
    [object, object],
    [HSDS[object].file.replace('.csv', ''), object],
  ]),
  ...Object.entries(OTHER_NAMES),
]);

/** The object that a table's name speaks of: `organization_full`, `services.csv`, `taxonomy_term_list`. */
export function findObjectByName(table: string): HsdsObject | undefined {
  const name = table
    .toLowerCase()
    .replace(/\.[^.]+$/, '')
    .replace(/[-\s]+/g, '_');
  return BY_NAME.get(name) ?? BY_NAME.get(name.replace(/_(full|list|all|\d+)$/, ''));
}

/** Share of columns that the object must know, where the table's name speaks of it, and where it does not. */
const SHARE_WITH_NAME = 0.6;
const SHARE_ALONE = 0.85;
const FEWEST_ALONE = 4;

/** The HSDS object that every row of the table is; undefined where the table speaks another language. `forced`: the person said that it is HSDS. */
export function findHsdsObject(profile: Pick<TableProfile, 'table' | 'columns'>, forced = false): HsdsObject | undefined {
  const columns = [...profile.columns.keys()];
  const named = findObjectByName(profile.table);
  if (named && (columns.length === 0 || forced || shareOf(named, columns) >= SHARE_WITH_NAME)) return named;
  if (columns.length < FEWEST_ALONE && !forced) return undefined;
  let best: HsdsObject | undefined;
  let bestShare = 0;
  for (const object of HSDS_OBJECTS) {
    const share = shareOf(object, columns) + missingRequired(object, columns) * -0.2;
    if (share > bestShare) [best, bestShare] = [object, share];
  }
  return columns.includes('id') && bestShare >= (forced ? 0.5 : SHARE_ALONE) ? best : undefined;
}

function shareOf(object: HsdsObject, columns: readonly string[]): number {
  const { fields, nested } = hsdsDefinition(object);
  const known = columns.filter((column) => {
    const head = column.split('.')[0] as string;
    return Object.hasOwn(fields, head) || Object.hasOwn(nested, head) || column === '(beyond the header)';
  }).length;
  return known / Math.max(1, columns.length);
}

/** In JSON a reference may be told by nesting, so that only other required fields count. */
function missingRequired(object: HsdsObject, columns: readonly string[]): number {
  return Object.entries(hsdsDefinition(object).fields).filter(
    ([name, field]) => field.required && field.kind !== 'ref' && !columns.includes(name),
  ).length;
}

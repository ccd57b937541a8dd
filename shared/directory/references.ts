// Which records refer to which, read off the specification: for following a record to what it hangs on, and to its parts.

import { HSDS_OBJECTS, hsdsDefinition, type HsdsObject } from './hsds.ts';

export interface Reference {
  /** The object that refers. */
  from: HsdsObject;
  /** Its column with the other's id. */
  column: string;
  to: HsdsObject;
  /** The column that names the other's object, where the reference may be to any. */
  entity?: 'link_entity' | 'resource_type';
}

const ANY = { attribute: ['link_id', 'link_entity'], metadata: ['resource_id', 'resource_type'] } as const;

/** Every reference that the specification knows. */
export const REFERENCES: readonly Reference[] = HSDS_OBJECTS.flatMap((from): Reference[] => {
  const fields = Object.entries(hsdsDefinition(from).fields);
  const stated = fields.flatMap(([column, { to }]) => (to === undefined ? [] : [{ from, column, to: to as HsdsObject }]));
  if (from !== 'attribute' && from !== 'metadata') return stated;
  const [column, entity] = ANY[from];
  return [...stated, ...HSDS_OBJECTS.map((to) => ({ from, column, to, entity }))];
});

export const REFERENCES_FROM: ReadonlyMap<HsdsObject, readonly Reference[]> = Map.groupBy(REFERENCES, ({ from }) => from);

/** What stands for itself even where it belongs to something else: an organization's services are no parts of it. */
export const WHOLES: ReadonlySet<HsdsObject> = new Set([
  'organization',
  'program',
  'service',
  'location',
  'taxonomy',
  'taxonomy_term',
  'unit',
]);

/** From a record to its parts: telephones, addresses, schedules …, and for a service its places' links. */
export const PARTS_OF: ReadonlyMap<HsdsObject, readonly Reference[]> = Map.groupBy(
  REFERENCES.filter(
    ({ from, to, column }) => !WHOLES.has(from) && !(from === 'service_at_location' && to === 'location') && !isKind(to, column),
  ),
  ({ to }) => to,
);

/** The record's kind or measure, not what it is a part of. */
function isKind(to: HsdsObject, column: string): boolean {
  return column === 'taxonomy_term_id' || column === 'unit_id' || to === 'taxonomy';
}

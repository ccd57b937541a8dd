// Suggests how foreign tables become HSDS records, from the names and the values of their columns alone.
// It links what a row links and never more: an organization only from a column that names one.

import { COLUMN_TARGETS, DATE_NAMES, normalizeName, phoneKindOf } from './column-words.ts';
import { hsdsDefinition, type HsdsObject } from './hsds.ts';
import type { HsdsTable, ImportMapping, MappedValue, RecordMapping, TableMapping } from './mapping.ts';
import { findLegacyTable } from './legacy-hsds.ts';
import type { ColumnProfile, TableProfile } from './profile.ts';
import { findHsdsObject } from './suggest-hsds.ts';
import { findPositionColumn, joinedPosition, joinOrganization, joinPosition } from './suggest-joins.ts';
import { suggestKey, type TableKind } from './suggest-key.ts';
import type { TypeOfText } from './type-words.ts';

export interface SuggestOptions {
  /** Name of the mapping and of the source. */
  name: string;
  typeOfText: TypeOfText;
  /** Every table is HSDS: the person said so. */
  hsds?: boolean;
}

export function suggestMapping(profiles: readonly TableProfile[], options: SuggestOptions): ImportMapping {
  const kinds = new Map(profiles.map((profile) => [profile.table, kindByName(profile.table)]));
  const several = new Set([...kinds.values()]).size > 1;
  const tables = profiles.flatMap((profile): (TableMapping | HsdsTable)[] => {
    const legacy = findLegacyTable(profile.table, [...profile.columns.keys()]);
    if (legacy) return [{ table: profile.table, hsds: legacy.object, legacy: legacy.legacy, ...joinOrganization(profile, profiles) }];
    const object = findHsdsObject(profile, options.hsds);
    if (object) return [{ table: profile.table, hsds: object }];
    const kind = several ? (kinds.get(profile.table) as TableKind) : 'flat';
    const table = suggestTable(profile, { ...options, kind, kinds: several ? kinds : new Map(), profiles });
    // A table without a name for its rows is none of services: saying so is better than rejecting them one by one.
    return profiles.length > 1 && !isNamed(table) ? [] : [table];
  });
  return { mapping: options.name, source: options.name, tables: tables.length > 0 ? tables : [{ table: '*', hsds: 'service' }] };
}

function isNamed({ records }: TableMapping): boolean {
  const main = records[0];
  return main?.object === 'location' || main?.fields['name'] !== undefined;
}

function kindByName(table: string): TableKind {
  const name = normalizeName(table);
  if (/\b(organi[sz]ations?|agenc(y|ies)|providers?)\b/.test(name)) return 'organization';
  if (/\b(locations?|sites?|facilit(y|ies))\b/.test(name)) return 'location';
  if (/\b(services?|programs?)\b/.test(name)) return 'service';
  return 'flat';
}

interface TableContext extends SuggestOptions {
  kind: TableKind;
  kinds: ReadonlyMap<string, TableKind>;
  profiles: readonly TableProfile[];
}

function suggestTable(profile: TableProfile, context: TableContext): TableMapping {
  const { kind } = context;
  const found = matchColumns(profile, kind);
  const key = suggestKey(profile, kind);
  const records: RecordMapping[] = [];
  const main: HsdsObject = kind === 'location' || kind === 'organization' ? kind : 'service';
  const fields = fieldsOf(found, main);
  const name = found.get(`${main}.name`);
  if (name) fields['name'] = toValue(name);
  if (main === 'service') {
    fields['status'] = statusValue(profile, found.get('service.status'));
    const type = typeValue(profile, context);
    if (type) fields['waypost:type'] = type;
  }
  const references = suggestReferences(profile, context, key.columns);
  if (main !== 'organization' && references.has('organization')) fields['organization_id'] = references.get('organization') as MappedValue;
  records.push({ object: main, fields });

  const organization = found.get('organization.name');
  if (main !== 'organization' && organization && !references.has('organization')) {
    records.push({ object: 'organization', fields: { ...fieldsOf(found, 'organization'), name: toValue(organization) } });
  }
  const join = kind === 'location' && !found.has('location.latitude') ? joinPosition(profile, context.profiles, key.columns[0]) : undefined;
  const place = { ...findPositionColumn(profile), ...(join && joinedPosition(join)), ...fieldsOf(found, 'location') };
  const address = fieldsOf(found, 'address');
  if (kind === 'flat' && (Object.keys(place).length > 0 || Object.keys(address).length > 0)) {
    const hidden = found.get('waypost:hidden');
    records.push({
      object: 'location',
      fields: { ...(name ? { name: toValue(name) } : {}), ...place, ...(hidden ? { 'waypost:hidden': toValue(hidden) } : {}) },
    });
    records.push({ object: 'service_at_location', fields: {} });
  } else if (kind === 'location') {
    const hidden = found.get('waypost:hidden');
    Object.assign(fields, place, hidden ? { 'waypost:hidden': toValue(hidden) } : {});
  } else if (kind === 'service' && references.has('location')) {
    records.push({ object: 'service_at_location', fields: { location_id: references.get('location') as MappedValue } });
  }
  if (Object.keys(address).length > 0 && (kind === 'flat' || kind === 'location')) records.push({ object: 'address', fields: address });
  records.push(...suggestLists(profile, found, kind));
  const newest = suggestNewest(profile);
  return { table: profile.table, key: key.mapping, ...(join ? { join: [join] } : {}), ...(newest ? { newest } : {}), records, ignore: [] };
}

/** Columns for each target, the best first. */
type Found = Map<string, ColumnProfile[]>;

const PREFIXES: [RegExp, HsdsObject][] = [
  [/^(organi[sz]ation|org|agency|provider) /, 'organization'],
  [/^(service|program) /, 'service'],
  [/^(location|site|facility) /, 'location'],
];

function matchColumns(profile: TableProfile, kind: TableKind): Found {
  const scored: { target: string; column: ColumnProfile; score: number }[] = [];
  for (const column of profile.columns.values()) {
    if (column.filled === 0) continue;
    const match = bestTarget(column, kind);
    if (match) scored.push({ ...match, column });
  }
  scored.sort((a, b) => b.score - a.score || b.column.filled - a.column.filled);
  const found: Found = new Map();
  for (const { target, column } of scored) found.set(target, [...(found.get(target) ?? []), column]);
  return found;
}

function bestTarget(column: ColumnProfile, kind: TableKind): { target: string; score: number } | undefined {
  const whole = normalizeName(column.name);
  const prefix = PREFIXES.find(([pattern]) => pattern.test(whole));
  const bare = prefix ? whole.replace(prefix[0], '') : whole;
  let best: { target: string; score: number } | undefined;
  for (const candidate of COLUMN_TARGETS) {
    const exact = candidate.names.indexOf(whole);
    const stripped = prefix ? candidate.names.indexOf(bare) : -1;
    const place = exact >= 0 ? exact : stripped;
    if (place < 0 || !looksLike(column, candidate.like)) continue;
    const score = (exact >= 0 ? 1 : 0.9) - place * 0.01;
    const target = exact >= 0 && candidate.target !== 'service.name' ? candidate.target : withOwner(candidate.target, prefix?.[1]);
    if (!best || score > best.score) best = { target: ownTarget(target, kind), score };
  }
  return best;
}

function withOwner(target: string, owner: HsdsObject | undefined): string {
  return owner && owner !== 'location' && target.startsWith('service.') ? target.replace('service.', `${owner}.`) : target;
}

/** In a table of organizations the name is the organization's. */
function ownTarget(target: string, kind: TableKind): string {
  if ((kind === 'organization' || kind === 'location') && target.startsWith('service.')) {
    const field = target.slice('service.'.length);
    const own = kind === 'organization' && field === 'url' ? 'website' : field;
    if (own in hsdsDefinition(kind).fields) return `${kind}.${own}`;
  }
  if (target === 'organization.url') return 'organization.website';
  return target;
}

function looksLike(column: ColumnProfile, like: string | undefined): boolean {
  if (column.itemKeys.size > 0) return like === 'phone' || like === 'text';
  const looked = Math.max(1, column.looked);
  if (like === 'number') return column.numbers / looked >= 0.5;
  if (like === 'url') return column.urls / looked >= 0.3 || column.numbers === 0;
  if (like === 'email') return column.emails / looked >= 0.3;
  if (like === 'phone') return column.phones / looked >= 0.3;
  if (like === 'text') return column.numbers / looked < 0.7;
  if (like === 'flag') return column.values.size <= 12 && !column.many;
  return true;
}

function toValue(columns: readonly ColumnProfile[]): MappedValue {
  const plain = columns.filter((column) => column.itemKeys.size === 0);
  const names = (plain.length > 0 ? plain : columns).map((column) => column.name);
  return names.length > 1 ? { first: names } : (names[0] as string);
}

const LISTED = new Set(['phone', 'schedule', 'language', 'service_area', 'required_document', 'accessibility']);

function fieldsOf(found: Found, object: HsdsObject): Record<string, MappedValue> {
  const fields: Record<string, MappedValue> = {};
  for (const [target, columns] of found) {
    const [owner, field] = target.split('.') as [string, string];
    if (owner === object && field !== 'name' && columns.some((column) => column.itemKeys.size === 0)) fields[field] = toValue(columns);
  }
  return fields;
}

function statusValue(profile: TableProfile, columns: ColumnProfile[] | undefined): MappedValue {
  const column = columns?.[0];
  if (!column || column.filled < profile.rows * 0.001) return { constant: 'active' };
  const lookup: Record<string, string> = {};
  for (const value of column.values.keys()) {
    const word = value.toLowerCase();
    if (/^(active|yes|y|true|1|open|current|operational)$/.test(word)) lookup[value] = 'active';
    else if (/temporar/.test(word)) lookup[value] = 'temporarily closed';
    else if (/^(defunct|closed permanently|permanently closed)$/.test(word)) lookup[value] = 'defunct';
    else if (/^(inactive|no|n|false|0|closed|not operating)$/.test(word)) lookup[value] = 'inactive';
  }
  return { column: column.name, lookup, otherwise: 'active' };
}

/** A resource type from the words in columns of kinds; else from those in the name of the file or folder. */
function typeValue(profile: TableProfile, context: TableContext): MappedValue | undefined {
  const names = COLUMN_TARGETS.find(({ target }) => target === 'waypost:type')?.names ?? [];
  const lookup: Record<string, string> = {};
  const used: { name: string; covered: number }[] = [];
  for (const column of profile.columns.values()) {
    if (!names.includes(normalizeName(column.name)) || column.many) continue;
    let covered = 0;
    for (const [value, count] of column.values) {
      const type = context.typeOfText(value);
      if (!type) continue;
      lookup[value] = type;
      covered += count;
    }
    if (covered > 0) used.push({ name: column.name, covered });
  }
  const assumed = context.typeOfText(`${context.name} ${profile.table}`) ?? undefined;
  if (used.length === 0) return assumed ? { constant: assumed } : undefined;
  used.sort((a, b) => b.covered - a.covered);
  return { column: used.map(({ name }) => name), lookup, ...(assumed ? { otherwise: assumed } : {}) };
}

/** Records of which a row may give several: telephone numbers, hours, languages, areas. */
function suggestLists(profile: TableProfile, found: Found, kind: TableKind): RecordMapping[] {
  const records: RecordMapping[] = [];
  for (const [target, columns] of found) {
    const [object, field] = target.split('.') as [HsdsObject, string];
    if (!LISTED.has(object)) continue;
    if (kind === 'organization' && object !== 'phone') continue;
    if (kind === 'location' && (object === 'service_area' || object === 'required_document')) continue;
    const plain: ColumnProfile[] = [];
    for (const column of columns) {
      const item = itemFields(object, column);
      if (item) records.push({ object, each: { column: column.name }, fields: item });
      else if (column.itemKeys.size > 0) continue;
      else if (column.lists > 0) records.push({ object, each: { column: column.name }, fields: { [field]: '$part' } });
      else if (object === 'language' || object === 'service_area')
        records.push({ object, each: { column: column.name, split: separatorOf(column) }, fields: { [field]: '$part' } });
      else if (target === 'phone.number' && columns.length > 1 && phoneKindOf(column.name))
        records.push({ object, fields: { [field]: column.name, type: { constant: phoneKindOf(column.name) as string } } });
      else plain.push(column);
    }
    if (plain.length > 0) records.push({ object, fields: { [field]: toValue(plain) } });
  }
  return records;
}

/** Lists of objects whose fields can be read: `phones: [{ number, type }]`, `regular_schedule: [{ weekday, opens_at, closes_at }]`. */
function itemFields(object: HsdsObject, column: ColumnProfile): Record<string, MappedValue> | undefined {
  const keys = column.itemKeys;
  if (object === 'phone' && keys.has('number')) {
    return Object.fromEntries(
      ['number', 'type', 'extension', 'description'].filter((key) => keys.has(key)).map((key) => [key, `$part.${key}`]),
    );
  }
  if (object === 'schedule' && keys.has('weekday') && keys.has('opens_at') && keys.has('closes_at')) {
    return { byday: '$part.weekday', opens_at: '$part.opens_at', closes_at: '$part.closes_at' };
  }
  return undefined;
}

function separatorOf(column: ColumnProfile): string {
  const values = [...column.values.keys()];
  return values.some((value) => value.includes(';')) ? ';' : values.some((value) => value.includes('\n')) ? '\n' : ',';
}

function suggestReferences(
  profile: TableProfile,
  context: TableContext,
  own: readonly string[],
): Map<'organization' | 'location', MappedValue> {
  const references = new Map<'organization' | 'location', MappedValue>();
  for (const target of ['organization', 'location'] as const) {
    const other = context.profiles.find((candidate) => candidate !== profile && context.kinds.get(candidate.table) === target);
    const idColumn = other && suggestKey(other, target).columns[0];
    if (!other || !idColumn) continue;
    const column = [...profile.columns.values()].find(
      ({ name }) => !own.includes(name) && new RegExp(`^${target} (id|uuid|guid|key)$`).test(normalizeName(name)),
    );
    if (column) references.set(target, { column: column.name, refersTo: { table: other.table, column: idColumn } });
  }
  return references;
}

function suggestNewest(profile: TableProfile): string | undefined {
  const dates = [...profile.columns.values()].filter(
    (column) => DATE_NAMES.includes(normalizeName(column.name)) && column.filled > 0 && column.days / Math.max(1, column.looked) > 0.8,
  );
  dates.sort((a, b) => b.filled - a.filled || DATE_NAMES.indexOf(normalizeName(a.name)) - DATE_NAMES.indexOf(normalizeName(b.name)));
  return dates[0]?.name;
}

// Full HSDS trees of a batch of records, level by level, so that a level costs one query however many parents it has.
// A child never contains what contains it: inside an organization's services their organization is not told again.

import { hsdsDefinition, HSDS_OBJECTS, type ExportRecord, type ExportSource, type HsdsObject } from '../../shared/plugin-api/index.ts';
import { columnTerm, listExtraAttributes } from './extra-attributes.ts';

export type Tree = Record<string, unknown>;

/** Trees of these records, in their order. */
export async function buildTrees(source: ExportSource, object: HsdsObject, records: readonly ExportRecord[]): Promise<Tree[]> {
  return build(source, { object, records, within: [], parentKey: null });
}

interface Level {
  object: HsdsObject;
  records: readonly ExportRecord[];
  /** Objects that contain this level, the outermost first. */
  within: readonly HsdsObject[];
  /** The field that names the parent: told by the nesting. */
  parentKey: string | null;
}

async function build(source: ExportSource, level: Level): Promise<Tree[]> {
  const { object, records, within } = level;
  if (records.length === 0) return [];
  const definition = hsdsDefinition(object);
  const trees = records.map((): Tree => ({}));
  const present = await findPresent(source, level);
  records.forEach((record, i) => setFields(trees[i] as Tree, record, level, present));
  const inside = [...within, object];
  for (const [key, nested] of Object.entries(definition.nested)) {
    if (nested.kind !== 'linked' && within.includes(nested.object)) continue;
    if (nested.kind === 'one') {
      const ids = unique(records.map((record) => text(record, nested.key)));
      const found = await source.where(nested.object, 'id', ids);
      const byId = new Map(
        (await build(source, { object: nested.object, records: found, within: inside, parentKey: null })).map((tree) => [tree['id'], tree]),
      );
      records.forEach((record, i) => {
        const tree = byId.get(text(record, nested.key));
        if (tree) (trees[i] as Tree)[key] = tree;
      });
      continue;
    }
    const field = nested.kind === 'many' ? nested.key : nested.idKey;
    const named = await source.where(nested.object, field, unique(records.map(({ id }) => id)));
    const children =
      nested.kind === 'many' ? named : nameTypes(await listLinked(source, named, { ...nested, parent: object }), nested.typeKey, object);
    const childTrees = await build(source, { object: nested.object, records: children, within: inside, parentKey: field });
    const byParent = Map.groupBy(
      childTrees.map((tree, i) => ({ tree, parent: text(children[i] as ExportRecord, field) })),
      ({ parent }) => parent,
    );
    records.forEach((record, i) => {
      const own = (byParent.get(record.id) ?? []).map(({ tree }) => tree);
      if (key === 'attributes') own.push(...extraTrees(object, record));
      if (own.length > 0) (trees[i] as Tree)[key] = own;
    });
  }
  return trees;
}

function setFields(
  tree: Tree,
  record: ExportRecord,
  { object, parentKey }: Level,
  present: ReadonlyMap<string, ReadonlySet<string>>,
): void {
  for (const [name, field] of Object.entries(hsdsDefinition(object).fields)) {
    const value = (record as Record<string, unknown>)[name];
    if (isOpenChoice(field, value)) tree[name] = null;
    if (value === null || value === undefined || name === parentKey) continue;
    // A reference that some nesting tells is left out; one to nothing, and one that no nesting tells, is written.
    if (field.kind === 'ref' && field.to && isNestable(object, name) && present.get(field.to)?.has(String(value))) continue;
    tree[name] = value;
  }
}

/** A choice that HSDS requires and nobody made is told as such: left out altogether, it would look like an older HSDS. */
export function isOpenChoice({ kind, required }: { kind: string; required?: true }, value: unknown): boolean {
  return kind === 'one_of' && required === true && (value === null || value === undefined);
}

/** Whether HSDS nests one of the two records in the other for this reference. */
function isNestable(object: HsdsObject, field: string): boolean {
  if (Object.values(hsdsDefinition(object).nested).some((nested) => nested.kind === 'one' && nested.key === field)) return true;
  return HSDS_OBJECTS.some((parent) =>
    Object.values(hsdsDefinition(parent).nested).some(
      (nested) => nested.kind === 'many' && nested.object === object && nested.key === field,
    ),
  );
}

/** Which of the records that a level refers to are there. */
async function findPresent(source: ExportSource, { object, records, parentKey }: Level): Promise<Map<string, Set<string>>> {
  const wanted = new Map<string, Set<string>>();
  for (const [name, field] of Object.entries(hsdsDefinition(object).fields)) {
    if (field.kind !== 'ref' || !field.to || name === parentKey || !isNestable(object, name)) continue;
    const ids = wanted.get(field.to) ?? new Set<string>();
    for (const record of records) {
      const id = text(record, name);
      if (id) ids.add(id);
    }
    wanted.set(field.to, ids);
  }
  const present = new Map<string, Set<string>>();
  for (const [target, ids] of wanted)
    present.set(target, new Set((await source.where(target as HsdsObject, 'id', [...ids])).map(({ id }) => id)));
  return present;
}

/**
 * Attributes and metadata that belong to an object of this kind: a link names its object by type and id. Where the type
 * is no object of HSDS, or no such object has the id, the id alone decides.
 */
export async function listLinked(
  source: ExportSource,
  records: readonly ExportRecord[],
  link: { idKey: string; typeKey: string; parent: HsdsObject },
): Promise<ExportRecord[]> {
  const typeOf = (record: ExportRecord): HsdsObject | undefined =>
    HSDS_OBJECTS.find((object) => object === (record as Record<string, unknown>)[link.typeKey]);
  const others = records.filter((record) => typeOf(record) !== undefined && typeOf(record) !== link.parent);
  const rightful = new Set<string>();
  for (const [type, list] of Map.groupBy(others, typeOf)) {
    if (!type) continue;
    for (const { id } of await source.where(type, 'id', unique(list.map((record) => text(record, link.idKey)))))
      rightful.add(`${type} ${id}`);
  }
  return records.filter((record) => !rightful.has(`${typeOf(record) ?? ''} ${text(record, link.idKey)}`));
}

/** A link that says no type belongs to what it stands in, and says so from here on: whoever reads it back would. */
function nameTypes(records: readonly ExportRecord[], typeKey: string, parent: HsdsObject): ExportRecord[] {
  return records.map((record) => (text(record, typeKey) === '' ? { ...record, [typeKey]: parent } : record));
}

function extraTrees(object: HsdsObject, record: ExportRecord): Tree[] {
  return listExtraAttributes(object, record).map(({ taxonomy_term_id: _, ...attribute }) => ({
    ...attribute,
    taxonomy_term: columnTerm(attribute.label),
  }));
}

function text(record: ExportRecord, field: string): string {
  const value = (record as Record<string, unknown>)[field];
  return typeof value === 'string' ? value : '';
}

function unique(ids: readonly string[]): string[] {
  return [...new Set(ids.filter(Boolean))];
}

// HSDS as JSON: a file of full trees for each kind of root, and `tabular.json` for what stands in no tree.

import {
  HSDS,
  HSDS_OBJECTS,
  hsdsDefinition,
  type ExportFile,
  type ExportRecord,
  type ExportSource,
  type HsdsObject,
} from '../../shared/plugin-api/index.ts';
import { buildTrees, isOpenChoice, listLinked } from './hsds-trees.ts';
import { listExtraAttributes, columnTerm } from './extra-attributes.ts';

const ROOTS: readonly [HsdsObject, string][] = [
  ['organization', 'organization_full.json'],
  ['service', 'service_full.json'],
  ['service_at_location', 'service_at_location_full.json'],
  ['location', 'location.json'],
  ['taxonomy', 'taxonomy.json'],
  ['taxonomy_term', 'taxonomy_term.json'],
];

const TREES_AT_ONCE = 200;

export async function* exportHsdsJson(source: ExportSource): AsyncIterable<ExportFile> {
  for (const [object, path] of ROOTS) yield { path, chunks: treeFile(source, object) };
  const orphans = await listOrphans(source);
  if (Object.keys(orphans).length > 0) yield { path: 'tabular.json', chunks: [JSON.stringify(orphans)] };
}

async function* treeFile(source: ExportSource, object: HsdsObject): AsyncIterable<string> {
  let separator = '';
  yield '[';
  for await (const records of source.records(object)) {
    for (let at = 0; at < records.length; at += TREES_AT_ONCE) {
      const trees = await buildTrees(source, object, records.slice(at, at + TREES_AT_ONCE) as ExportRecord[]);
      if (trees.length === 0) continue;
      yield `${separator}\n${trees.map((tree) => JSON.stringify(tree)).join(',\n')}`;
      separator = ',';
    }
  }
  yield '\n]\n';
}

/** Records that no tree holds: those whose parents are missing, or that have none. */
async function listOrphans(source: ExportSource): Promise<Record<string, unknown[]>> {
  const roots = new Set(ROOTS.map(([object]) => object));
  const reached = new Map<HsdsObject, Set<string>>();
  const alone = new Map<HsdsObject, Set<string>>();
  const orphans: Record<string, unknown[]> = {};
  // Parents before children: a child of an orphan is one too.
  for (const object of [...FIRST, ...HSDS_OBJECTS.filter((other) => !FIRST.includes(other) && !LAST.includes(other)), ...LAST]) {
    if (roots.has(object)) continue;
    const own = new Set<string>();
    const left = new Set<string>();
    reached.set(object, own);
    alone.set(object, left);
    for await (const records of source.records(object)) {
      const held = await findHeld(source, object, records as ExportRecord[], reached);
      for (const record of records as ExportRecord[]) {
        (held.has(record.id) ? own : left).add(record.id);
        // A tree leaves out a reference that the other's tree tells; an orphan has none, so it is told here.
        if (!held.has(record.id) || refersToOne(object, record, alone)) addOrphan(orphans, object, record);
      }
    }
  }
  return orphans;
}

/** Parents of others that are no roots, and what may belong to anything. */
const FIRST: readonly HsdsObject[] = ['program', 'contact', 'phone', 'service_capacity', 'unit'];
const LAST: readonly HsdsObject[] = ['attribute', 'metadata'];

async function findHeld(
  source: ExportSource,
  object: HsdsObject,
  records: readonly ExportRecord[],
  reached: ReadonlyMap<HsdsObject, ReadonlySet<string>>,
): Promise<Set<string>> {
  const held = new Set<string>();
  for (const parent of HSDS_OBJECTS) {
    for (const nested of Object.values(hsdsDefinition(parent).nested)) {
      if (nested.object !== object) continue;
      if (nested.kind === 'one') {
        for (const holder of await source.where(
          parent,
          nested.key,
          records.map(({ id }) => id),
        )) {
          if (reached.get(parent)?.has(holder.id) ?? true) held.add(String((holder as Record<string, unknown>)[nested.key]));
        }
        continue;
      }
      const field = nested.kind === 'many' ? nested.key : nested.idKey;
      const named = records.filter((record) => typeof (record as Record<string, unknown>)[field] === 'string');
      const linked = nested.kind === 'many' ? named : await listLinked(source, named, { ...nested, parent });
      const parents = new Set(
        (
          await source.where(
            parent,
            'id',
            linked.map((record) => String((record as Record<string, unknown>)[field])),
          )
        ).map(({ id }) => id),
      );
      for (const record of linked) {
        const id = String((record as Record<string, unknown>)[field]);
        if (parents.has(id) && (reached.get(parent)?.has(id) ?? true)) held.add(record.id);
      }
    }
  }
  return held;
}

function refersToOne(object: HsdsObject, record: ExportRecord, alone: ReadonlyMap<HsdsObject, ReadonlySet<string>>): boolean {
  return Object.entries(hsdsDefinition(object).fields).some(
    ([name, { to }]) => to !== undefined && alone.get(to as HsdsObject)?.has(String((record as Record<string, unknown>)[name])) === true,
  );
}

function addOrphan(orphans: Record<string, unknown[]>, object: HsdsObject, record: ExportRecord): void {
  const row: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(hsdsDefinition(object).fields)) {
    const value = (record as Record<string, unknown>)[name];
    if (value !== null && value !== undefined) row[name] = value;
    else if (isOpenChoice(field, value)) row[name] = null;
  }
  (orphans[HSDS[object].file] ??= []).push(row);
  for (const attribute of listExtraAttributes(object, record)) {
    (orphans[HSDS.attribute.file] ??= []).push({ ...attribute, taxonomy_term: columnTerm(attribute.label) });
  }
}

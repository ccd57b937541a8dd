// HSDS as a tabular data package: one CSV for each object, all of them, and a `datapackage.json` that describes them.

import {
  HSDS,
  HSDS_OBJECTS,
  HSDS_VERSION,
  hsdsDefinition,
  type ExportFile,
  type ExportSource,
  type HsdsObject,
} from '../../shared/plugin-api/index.ts';
import { toCell, toLine } from './csv-text.ts';
import { columnTerm, listExtraAttributes } from './extra-attributes.ts';

export async function* exportHsdsTabular(source: ExportSource): AsyncIterable<ExportFile> {
  // Attributes and terms come last: they carry what the other tables have no column for.
  const last: HsdsObject[] = ['attribute', 'taxonomy_term'];
  const extras: string[] = [];
  const labels = new Set<string>();
  for (const object of HSDS_OBJECTS.filter((candidate) => !last.includes(candidate)))
    yield { path: HSDS[object].file, chunks: table(source, object, { extras, labels }) };
  // Attributes and terms have other columns too, which are not told yet when their own table is written.
  yield { path: HSDS.attribute.file, chunks: attributeTable(source, { extras, labels }) };
  yield { path: HSDS.taxonomy_term.file, chunks: termTable(source, labels) };
  yield { path: 'datapackage.json', chunks: [JSON.stringify(describePackage(), null, 2)] };
}

interface Collected {
  extras: string[];
  labels: Set<string>;
}

async function* table(source: ExportSource, object: HsdsObject, collected: Collected): AsyncIterable<string> {
  const fields = Object.keys(hsdsDefinition(object).fields);
  yield toLine(fields);
  for await (const records of source.records(object)) {
    let text = '';
    for (const record of records) {
      text += toLine(fields.map((field) => toCell((record as Record<string, unknown>)[field])));
      collect(object, record, collected);
    }
    yield text;
  }
}

function collect(object: HsdsObject, record: Parameters<typeof listExtraAttributes>[1], { extras, labels }: Collected): void {
  const fields = Object.keys(HSDS.attribute.fields);
  for (const attribute of listExtraAttributes(object, record)) {
    labels.add(attribute.label);
    extras.push(toLine(fields.map((field) => toCell((attribute as unknown as Record<string, unknown>)[field]))));
  }
}

async function* attributeTable(source: ExportSource, collected: Collected): AsyncIterable<string> {
  yield* table(source, 'attribute', collected);
  for await (const terms of source.records('taxonomy_term')) for (const term of terms) collect('taxonomy_term', term, collected);
  for (let at = 0; at < collected.extras.length; at += 1000) yield collected.extras.slice(at, at + 1000).join('');
}

async function* termTable(source: ExportSource, labels: ReadonlySet<string>): AsyncIterable<string> {
  yield* table(source, 'taxonomy_term', { extras: [], labels: new Set() });
  const fields = Object.keys(HSDS.taxonomy_term.fields);
  for (const label of labels) yield toLine(fields.map((field) => toCell((columnTerm(label) as Record<string, unknown>)[field])));
}

const TYPES: Record<string, { type: string; format?: string }> = {
  number: { type: 'number' },
  date: { type: 'date' },
  datetime: { type: 'datetime', format: 'any' },
  uri: { type: 'string', format: 'uri' },
  email: { type: 'string', format: 'email' },
};

function describePackage(): unknown {
  return {
    name: 'human_services_data',
    title: 'Human Services Data',
    profile: 'tabular-data-package',
    version: HSDS_VERSION,
    resources: HSDS_OBJECTS.map((object) => ({
      name: object,
      path: HSDS[object].file,
      format: 'csv',
      mediatype: 'text/csv',
      encoding: 'utf-8',
      profile: 'tabular-data-resource',
      schema: {
        primaryKey: 'id',
        fields: Object.entries(hsdsDefinition(object).fields).map(([name, field]) => ({
          name,
          ...(TYPES[field.kind] ?? { type: 'string' }),
          ...(field.required || field.values
            ? { constraints: { ...(field.required ? { required: true } : {}), ...(field.values ? { enum: field.values } : {}) } }
            : {}),
        })),
      },
    })),
  };
}

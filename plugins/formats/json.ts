// JSON files: one record, a list of records, an HSDS page of records (`contents`), tables by file name, or GeoJSON.

import type { ImportFile, ReadBatch, ReadIssue } from '../../shared/plugin-api/index.ts';
import { splitArray } from './json-array.ts';
import { parseJson } from './json-value.ts';
import { featureRow } from './geojson-feature.ts';
import { BATCH_ROWS, readText, tableName } from './text.ts';

type JsonObject = Record<string, unknown>;

export async function* readJson(file: ImportFile): AsyncIterable<ReadBatch> {
  const issues: ReadIssue[] = [];
  const batches = new Batches(file.path);
  const splitter = splitArray();
  let isArray: boolean | null = null;
  let whole = '';
  for await (const piece of readText(file)) {
    issues.push(...piece.issues);
    if (isArray === null && piece.text.trim() !== '') isArray = piece.text.trimStart().startsWith('[');
    if (!isArray) whole += piece.text;
    else {
      for (const item of splitter.push(piece.text)) batches.add(tableName(file.path), parseJson(item), item);
      yield* batches.take(false);
    }
  }
  if (isArray) {
    if (!splitter.isComplete())
      batches.report('json_unreadable', 'error', 'The list is not closed: the file seems to be cut off. What stood before was read.');
  } else readWhole(batches, whole);
  batches.issues.unshift(...issues);
  yield* batches.take(true);
}

function readWhole(batches: Batches, text: string): void {
  const value = parseJson(text);
  if (!isObject(value)) {
    batches.report(
      'json_unreadable',
      'error',
      'The file is no JSON. Look for a missing quote, bracket or comma, or whether it was cut off.',
    );
    return;
  }
  const table = tableName(batches.file);
  if (value['type'] === 'FeatureCollection' && Array.isArray(value['features'])) {
    for (const feature of value['features']) batches.addFeature(table, feature);
  } else if (Array.isArray(value['contents'])) {
    for (const item of value['contents']) batches.add(table, item, '');
  } else if (isTables(value)) {
    for (const [name, rows] of Object.entries(value)) for (const row of rows as unknown[]) batches.add(tableName(name), row, '');
  } else if ('openapi_url' in value && 'version' in value && !('id' in value)) {
    batches.report(
      'file_skipped',
      'info',
      'This file only says which version of the specification an interface speaks. It holds no records.',
    );
  } else batches.add(table, value, '');
}

/** `{ "organizations.csv": [{…}], … }` or `{ "organization": [{…}], … }`. */
function isTables(value: JsonObject): boolean {
  const entries = Object.values(value);
  return entries.length > 0 && !('id' in value) && entries.every((rows) => Array.isArray(rows) && rows.every(isObject));
}

class Batches {
  readonly file: string;
  readonly issues: ReadIssue[] = [];
  #open = new Map<string, ReadBatch>();
  #rows = new Map<string, number>();

  constructor(file: string) {
    this.file = file;
  }

  add(table: string, value: unknown, text: string): void {
    const row = this.#next(table);
    if (isObject(value)) this.#batch(table).rows.push({ row, values: value });
    else this.#refuse(row, text || JSON.stringify(value));
  }

  addFeature(table: string, feature: unknown): void {
    const row = this.#next(table);
    const read = featureRow(feature, { file: this.file, row });
    if (!read) return this.#refuse(row, JSON.stringify(feature) ?? '');
    this.#batch(table).rows.push({ row, values: read.values });
    this.issues.push(...read.issues);
  }

  report(code: string, severity: ReadIssue['severity'], message: string): void {
    this.issues.push({ file: this.file, row: null, column: null, code, severity, message, value: null });
  }

  #refuse(row: number, value: string): void {
    const message = 'This is no JSON object, so it was left out.';
    this.issues.push({
      file: this.file,
      row,
      column: null,
      code: 'line_unreadable',
      severity: 'error',
      message,
      value: value.slice(0, 200),
    });
  }

  #next(table: string): number {
    const row = (this.#rows.get(table) ?? 0) + 1;
    this.#rows.set(table, row);
    return row;
  }

  #batch(table: string): ReadBatch {
    let batch = this.#open.get(table);
    if (!batch) this.#open.set(table, (batch = { file: this.file, table, columns: [], rows: [], issues: [] }));
    return batch;
  }

  *take(last: boolean): Iterable<ReadBatch> {
    for (const [table, batch] of this.#open) {
      if (!last && batch.rows.length < BATCH_ROWS) continue;
      batch.issues = this.issues.splice(0);
      this.#open.delete(table);
      yield batch;
    }
    if (last && this.issues.length > 0)
      yield { file: this.file, table: tableName(this.file), columns: [], rows: [], issues: this.issues.splice(0) };
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

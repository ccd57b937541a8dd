// NDJSON: one JSON object a line. A line that cannot be read is reported and the rest is kept.

import type { ImportFile, ReadBatch } from '../../shared/plugin-api/index.ts';
import { parseJson } from './json-value.ts';
import { readLines, type Line } from './lines.ts';
import { BATCH_ROWS, tableName } from './text.ts';

export async function* readNdjson(file: ImportFile): AsyncIterable<ReadBatch> {
  const empty = (): ReadBatch => ({ file: file.path, table: tableName(file.path), columns: [], rows: [], issues: [] });
  let batch = empty();
  for await (const { lines, issues } of readLines(file)) {
    batch.issues.push(...issues);
    for (const line of lines) {
      addLine(batch, line);
      if (batch.rows.length < BATCH_ROWS) continue;
      yield batch;
      batch = empty();
    }
  }
  yield batch;
}

function addLine(batch: ReadBatch, { number, text }: Line): void {
  const values = parseJson(text);
  if (typeof values === 'object' && values !== null && !Array.isArray(values)) {
    batch.rows.push({ row: number, values: values as Record<string, unknown> });
    return;
  }
  const message = 'This line is no JSON object, so it was left out. Look for a missing quote, bracket or comma.';
  const value = text.slice(0, 200);
  batch.issues.push({ file: batch.file, row: number, column: null, code: 'line_unreadable', severity: 'error', message, value });
}

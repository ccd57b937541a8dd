// NDJSON: one JSON object a line. A line that cannot be read is reported and the rest is kept.

import type { ImportFile, ReadBatch, ReadIssue, ReadRow } from '../../shared/plugin-api/index.ts';
import { parseJson } from './json-value.ts';
import { BATCH_ROWS, readText, tableName } from './text.ts';

export async function* readNdjson(file: ImportFile): AsyncIterable<ReadBatch> {
  const table = tableName(file.path);
  let rows: ReadRow[] = [];
  let issues: ReadIssue[] = [];
  let rest = '';
  let row = 0;
  const add = (line: string): void => {
    if (line.trim() === '') return;
    row++;
    if (file.rows && !file.rows.has(row)) return;
    const values = parseObject(line);
    if (values) rows.push({ row, values, text: line });
    else {
      const message = 'This line is no JSON object, so it was left out. Look for a missing quote, bracket or comma.';
      issues.push({ file: file.path, row, column: null, code: 'line_unreadable', severity: 'error', message, value: line.slice(0, 200) });
    }
  };
  for await (const piece of readText(file)) {
    issues.push(...piece.issues);
    const text = rest + piece.text;
    let at = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', at)) {
      add(text.slice(at, end));
      at = end + 1;
      if (rows.length >= BATCH_ROWS) {
        yield { file: file.path, table, columns: [], rows, issues };
        rows = [];
        issues = [];
      }
    }
    rest = text.slice(at);
  }
  add(rest);
  yield { file: file.path, table, columns: [], rows, issues };
}

function parseObject(text: string): Record<string, unknown> | null {
  const value = parseJson(text);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
}

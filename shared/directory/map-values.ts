// Reads one mapped value from a row, and notes which columns it came from, so that every other column can be kept.

import { toText } from './cells.ts';
import type { MappedValue } from './mapping.ts';

export interface ValueRow {
  values: Record<string, unknown>;
  /** The item or part that a record is made for. */
  part?: unknown;
  /** Columns that are represented in the records. */
  used: Set<string>;
}

export interface ReadValue {
  value: unknown;
  /** Column that it came from, for messages. */
  column: string | null;
}

/** `refersTo` gives the raw id: the caller knows what it refers to. */
export function readValue(mapped: MappedValue, row: ValueRow): ReadValue {
  if (typeof mapped === 'string') return { value: readColumn(mapped, row), column: mapped };
  if ('constant' in mapped) return { value: mapped.constant, column: null };
  if ('first' in mapped) return readFirst(mapped.first, row);
  if ('join' in mapped) {
    const parts = mapped.join.map((column) => toText(readColumn(column, row))).filter((part) => part !== null);
    return { value: parts.join(mapped.with) || null, column: mapped.join[0] ?? null };
  }
  if ('split' in mapped) {
    const text = toText(readColumn(mapped.column, row));
    return { value: text?.split(mapped.split)[mapped.part]?.trim() ?? null, column: mapped.column };
  }
  if ('lookup' in mapped) return readLookup(mapped, row);
  return { value: readColumn(mapped.column, row), column: mapped.column };
}

function readColumn(column: string, row: ValueRow): unknown {
  if (column === '$part') return row.part;
  if (column.startsWith('$part.')) {
    const part = row.part;
    return typeof part === 'object' && part !== null ? (part as Record<string, unknown>)[column.slice(6)] : undefined;
  }
  row.used.add(column);
  return row.values[column];
}

/** Columns of the list that say something else than the one that was taken stay to be kept. */
function readFirst(columns: readonly string[], row: ValueRow): ReadValue {
  let taken: ReadValue | null = null;
  let text: string | null = null;
  for (const column of columns) {
    const value = row.values[column];
    const own = Array.isArray(value) ? (value.length > 0 ? JSON.stringify(value) : null) : toText(value);
    if (own === null) continue;
    if (!taken) {
      taken = { value, column };
      text = own;
      row.used.add(column);
    } else if (own === text) row.used.add(column);
  }
  return taken ?? { value: null, column: columns[0] ?? null };
}

type Lookup = Extract<MappedValue, { lookup: unknown }>;

const folded = new WeakMap<Lookup, Map<string, string>>();

/** The columns themselves stay to be kept: a look-up tells less than they do. */
function readLookup(mapped: Lookup, row: ValueRow): ReadValue {
  let table = folded.get(mapped);
  if (!table) {
    table = new Map(Object.entries(mapped.lookup).map(([from, to]) => [from.trim().toLowerCase(), to]));
    folded.set(mapped, table);
  }
  const columns = typeof mapped.column === 'string' ? [mapped.column] : mapped.column;
  for (const column of columns) {
    const cell = column.startsWith('$part') ? readColumn(column, row) : row.values[column];
    for (const item of Array.isArray(cell) ? cell : [cell]) {
      const found = table.get(toText(item)?.toLowerCase() ?? '');
      if (found !== undefined) return { value: found, column };
    }
  }
  return { value: mapped.otherwise ?? null, column: columns[0] ?? null };
}

/** The parts of a cell, or the items of a list, for which records are made. */
export function listParts(each: { column: string; split?: string | undefined }, row: ValueRow): unknown[] {
  const cell = readColumn(each.column, row);
  if (Array.isArray(cell)) return cell;
  const text = toText(cell);
  if (text === null) return [];
  return each.split
    ? text
        .split(each.split)
        .map((part) => part.trim())
        .filter(Boolean)
    : [text];
}

// Finds the column that identifies a row, and the column within which it does where ids repeat.

import { toText } from './cells.ts';
import { SCOPE_NAMES, normalizeName } from './column-words.ts';
import type { ColumnProfile, TableProfile } from './profile.ts';

/** What the rows of a table mostly are. `flat`: one row is a service at a place. */
export type TableKind = 'flat' | 'service' | 'location' | 'organization';

export interface SuggestedKey {
  mapping: { column?: string | string[]; scope?: string };
  columns: string[];
}

const ID_WORD = /(^| )(id|uuid|guid|identifier)$/;
/** An id may repeat in this share of rows and still be one: some rows are there twice. */
const REPEATS_ALLOWED = 0.35;
const SCOPE_VALUES = 200;

const OWN_NAMES: Record<TableKind, RegExp> = {
  flat: /^(id|uuid|guid|identifier|(service|services|location|site|entity|record|resource|row|unique|facility) (id|uuid|guid))$/,
  service: /^(id|uuid|guid|identifier|services? (id|uuid|guid))$/,
  location: /^(id|uuid|guid|identifier|locations? (id|uuid|guid)|site id)$/,
  organization: /^(id|uuid|guid|identifier|(organi[sz]ations?|agency|provider) (id|uuid|guid))$/,
};

export function suggestKey(profile: TableProfile, kind: TableKind): SuggestedKey {
  const candidates = [...profile.columns.values()].filter((column) => isId(column, kind));
  candidates.sort((a, b) => rank(a) - rank(b) || b.filled - a.filled);
  const scope = findScope(profile, candidates[0]);
  const columns: string[] = [];
  let uncovered = profile.sample;
  for (const column of candidates) {
    // A further id column helps only in rows that have no id yet.
    const covers = uncovered.filter((row) => toText(row[column.name]) !== null);
    if (covers.length === 0 || countRepeats(covers, [column.name], scope) > covers.length * REPEATS_ALLOWED) continue;
    columns.push(column.name);
    uncovered = uncovered.filter((row) => toText(row[column.name]) === null);
  }
  const column = columns.length > 1 ? columns : columns[0];
  return { mapping: { ...(column ? { column } : {}), ...(scope ? { scope } : {}) }, columns };
}

function isId(column: ColumnProfile, kind: TableKind): boolean {
  const name = normalizeName(column.name);
  return column.lists === 0 && column.filled > 1 - 1e-9 && ID_WORD.test(name) && OWN_NAMES[kind].test(name);
}

function rank(column: ColumnProfile): number {
  const name = normalizeName(column.name);
  return name === 'id' ? 0 : /uuid|guid/.test(name) ? 1 : 2;
}

/** Ids alone repeat between scrapers, feeds or files: the column that makes them differ, if there is one. */
function findScope(profile: TableProfile, id: ColumnProfile | undefined): string | undefined {
  const rows = id ? profile.sample.filter((row) => toText(row[id.name]) !== null) : profile.sample;
  const without = id ? countRepeats(rows, [id.name], undefined) : 0;
  if (id && without === 0) return scopeByName(profile, 0.999);
  let best: { name: string; repeats: number } | undefined;
  for (const column of profile.columns.values()) {
    if (column === id || column.many || column.values.size < 2 || column.values.size > SCOPE_VALUES || column.lists > 0) continue;
    if (column.filled < profile.rows * 0.999 || !SCOPE_NAMES.includes(normalizeName(column.name))) continue;
    const repeats = id ? countRepeats(rows, [id.name], column.name) : 0;
    const better =
      !best ||
      repeats < best.repeats ||
      (repeats === best.repeats && SCOPE_NAMES.indexOf(normalizeName(column.name)) < SCOPE_NAMES.indexOf(normalizeName(best.name)));
    if ((!id || repeats < without) && better) best = { name: column.name, repeats };
  }
  return best?.name;
}

/** A scraper's name is a scope even where no id happens to repeat: the next file may. */
function scopeByName(profile: TableProfile, share: number): string | undefined {
  return [...profile.columns.values()].find((column) => normalizeName(column.name) === 'scraper' && column.filled >= profile.rows * share)
    ?.name;
}

function countRepeats(rows: readonly Record<string, unknown>[], columns: readonly string[], scope: string | undefined): number {
  const seen = new Set<string>();
  for (const row of rows) seen.add([scope ? toText(row[scope]) : '', ...columns.map((column) => toText(row[column]))].join('\u0000'));
  return rows.length - seen.size;
}

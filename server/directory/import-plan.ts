// What an import is going to do: which tables there are, and how each becomes HSDS records.

import type { HsdsObject } from '#shared/directory/hsds.ts';
import { findTable, type HsdsTable, type ImportMapping, type TableMapping } from '#shared/directory/mapping.ts';
import { createProfile, flattenRow, observeRow, type TableProfile } from '#shared/directory/profile.ts';
import { suggestMapping } from '#shared/directory/suggest.ts';
import { createTypeOfText, type TypeOfText } from '#shared/directory/type-words.ts';
import type { ResourceType } from '#shared/plugin-api/points.ts';
import type { ContributionRegistry } from '#shared/platform/registry.ts';
import { hashText } from './hash-text.ts';
import type { ReadableFile } from './import-reading.ts';

/** Rows of each table by which a mapping is suggested. */
const PROFILE_ROWS = 5_000;

export async function profileFiles(files: readonly ReadableFile[]): Promise<TableProfile[]> {
  const profiles = new Map<string, TableProfile>();
  for (const file of files) {
    for await (const batch of file.read()) {
      let profile = profiles.get(batch.table);
      if (!profile) profiles.set(batch.table, (profile = createProfile(batch.table, batch.file)));
      for (const row of batch.rows) observeRow(profile, flattenRow(row.values));
      if (profile.rows >= PROFILE_ROWS) break;
    }
  }
  return [...profiles.values()].filter((profile) => profile.rows > 0);
}

export interface PlanOptions {
  source: string;
  format: string;
  registry: ContributionRegistry;
  mapping?: ImportMapping | undefined;
}

/** The mapping to use: the given one, one that a plugin contributes for such columns, else a suggested one. */
export function planMapping(profiles: readonly TableProfile[], { source, format, registry, mapping }: PlanOptions): ImportMapping {
  if (mapping) return mapping;
  const suggested = suggestMapping(profiles, {
    name: source,
    typeOfText: typesOf(registry),
    hsds: format === 'hsds' || format === 'hsds-json',
  });
  for (const { value } of registry.getPoint<ImportMapping>('importMappings').all()) {
    const columns = value.match?.columns;
    if (columns && profiles.some((profile) => columns.every((column) => profile.columns.has(column)))) return { ...suggested, ...value };
  }
  return suggested;
}

function typesOf(registry: ContributionRegistry): TypeOfText {
  const types = registry.getPoint<ResourceType>('resourceTypes').all();
  return createTypeOfText(types.map(({ value }) => ({ id: value.id, words: Object.values(value.words).flat() })));
}

/** The tables of an import by their part of the mapping; a table that it does not speak of is not read. */
export class TablePlans {
  #mapping: ImportMapping;

  constructor(mapping: ImportMapping) {
    this.#mapping = mapping;
  }

  find(table: string): TableMapping | HsdsTable | undefined {
    return findTable(this.#mapping, table);
  }

  mainObjectOf(table: string): HsdsObject | undefined {
    const plan = this.find(table);
    return plan && ('hsds' in plan ? plan.hsds : plan.records[0]?.object);
  }

  /** The table's own scope, where another table gives the same kind of record and nothing refers to this one. */
  scopeOf(table: string, tables: readonly string[]): string | undefined {
    const plan = this.find(table);
    if (!plan || 'hsds' in plan) return undefined;
    const same = tables.filter((other) => this.mainObjectOf(other) === plan.records[0]?.object);
    return same.length > 1 && !this.isReferredTo(table) ? table : undefined;
  }

  /** Whether rows of another table name rows of this one. */
  isReferredTo(table: string): boolean {
    return this.#mapping.tables.some((plan) => {
      if ('hsds' in plan) return false;
      return plan.records.some((record) =>
        Object.values(record.fields).some((value) => typeof value === 'object' && 'refersTo' in value && value.refersTo.table === table),
      );
    });
  }

  /** Changes with the way in which the table is read, so that a corrected mapping is applied to unchanged rows. */
  fingerprintOf(table: string): string {
    return hashText(JSON.stringify(this.find(table) ?? null)).slice(0, 8);
  }
}

// Collects what an import decides about each row while it runs, packed, so that a million rows fit beside it. What it
// holds is written only when the try has been rolled back, and through what hides places; the digest of all of it tells
// whether a later run does the same.

import { createHash, type Hash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { HsdsObject } from '#shared/directory/hsds.ts';
import type { MappedRecord, RowIssue } from '#shared/directory/import-record.ts';
import { columnsOf, storedValue, type StoredRecord } from './record-columns.ts';

export type StagedOutcome = 'created' | 'updated' | 'unchanged' | 'rejected' | 'conflict' | 'gone';
type Value = string | number | null;

export interface StagedChange {
  op: 'create' | 'update' | 'delete';
  object: HsdsObject;
  id: string;
  /** Told by several rows, such as an organization. */
  shared: boolean;
  /** Columns by which the record belongs to others: by them it is known whether it belongs to a hidden place. */
  links: Record<string, Value>;
  fields: { field: string; before: Value; after: Value }[];
}

/** A value that was edited here, and the one that the source gives now. */
export interface StagedContest {
  object: HsdsObject;
  id: string;
  links: Record<string, Value>;
  field: string;
  ours: Value;
  theirs: Value;
}

export interface StagedItem {
  outcome: StagedOutcome;
  /** Where it was read, such as `services.csv:12`. */
  place: string;
  key: string | null;
  /** The row with others of its key, in place of what was told of it before. */
  again: boolean;
  /** The record that the row mainly is. */
  main: { object: HsdsObject; name: string; links: Record<string, Value> } | null;
  changes: StagedChange[];
  contests: StagedContest[];
  /** Why a row is rejected. */
  reasons: Pick<RowIssue, 'code' | 'column' | 'value' | 'message'>[];
}

/** Characters of JSON that are packed at once. */
const PACK = 1 << 19;
/** Columns that hold the id of a record. */
const LINK = /(^id|(?<!tax)_id|^link_entity)$/;
const NAMES = ['name', 'alternate_name', 'description', 'number'];

export interface StageDigests {
  digest: string;
  shared: string;
}

export class ImportStage {
  /** Whether items are held for showing, or only their digest is made. */
  readonly #keeps: boolean;
  readonly #packs: Buffer[] = [];
  readonly #own: Hash = createHash('sha256');
  readonly #shared: Hash = createHash('sha256');
  /** Items of one key of which only the last counts, by its number. */
  readonly #again = new Map<string, number>();
  #open: string[] = [];
  #openLength = 0;
  #count = 0;

  constructor({ keeps }: { keeps: boolean }) {
    this.#keeps = keeps;
  }

  add(item: StagedItem): void {
    const own = item.changes.filter(({ shared }) => !shared);
    this.#own.update(
      JSON.stringify([
        item.place,
        item.key,
        item.contests.length > 0 ? 'conflict' : item.outcome,
        // A decision may write what else a contested row says.
        item.contests.length > 0 ? [] : own.map(digestible),
        item.contests.map(({ object, field, ours, theirs }) => [object, field, ours, theirs]),
      ]),
    );
    const shared = item.changes.filter((change) => change.shared);
    if (shared.length > 0) this.#shared.update(JSON.stringify(shared.map(digestible)));
    if (!this.#keeps) return;
    if (item.again && item.key !== null) this.#again.set(item.key, this.#count);
    this.#count++;
    const text = JSON.stringify(item);
    this.#open.push(text);
    this.#openLength += text.length;
    if (this.#openLength >= PACK) this.#pack();
  }

  reject(file: string, row: number, reasons: StagedItem['reasons']): void {
    const place = `${file}:${row}`;
    this.add({ outcome: 'rejected', place, key: null, again: false, main: null, changes: [], contests: [], reasons });
  }

  #pack(): void {
    this.#packs.push(deflateRawSync(this.#open.join('\n'), { level: 1 }));
    this.#open = [];
    this.#openLength = 0;
  }

  /** The digest of all that was added; nothing can be added afterwards. */
  finish(): StageDigests {
    return { digest: this.#own.digest('hex'), shared: this.#shared.digest('hex') };
  }

  /** All items in the order of the input. */
  *items(): Iterable<StagedItem> {
    this.#pack();
    const carried = new Map<string, StagedChange[]>();
    let n = 0;
    for (const pack of this.#packs) {
      for (const line of inflateRawSync(pack).toString().split('\n')) {
        if (line === '') continue;
        const item = JSON.parse(line) as StagedItem;
        const last = item.key === null ? undefined : this.#again.get(item.key);
        const isPast = last !== undefined && last !== n++;
        if (last === undefined) n++;
        if (isPast) {
          // Others that it brought along stay told.
          if (item.key !== null)
            carried.set(
              item.key,
              item.changes.filter(({ shared }) => shared),
            );
          continue;
        }
        if (last !== undefined && item.key !== null) item.changes.push(...(carried.get(item.key) ?? []));
        yield item;
      }
    }
  }
}

/** Ids of new records are made when they are written, so they may differ the next time. */
function digestible({ op, object, fields }: StagedChange): unknown {
  return [op, object, fields.map(({ field, before, after }) => (LINK.test(field) ? [field] : [field, before, after]))];
}

export function linksOf(record: Readonly<Record<string, unknown>>): Record<string, Value> {
  const links: Record<string, Value> = {};
  for (const [column, value] of Object.entries(record))
    if (value !== null && (LINK.test(column) || column === 'resource_type')) links[column] = value as Value;
  return links;
}

export function mainOf(record: MappedRecord | undefined): StagedItem['main'] {
  if (!record) return null;
  return { object: record.object, name: nameOf(record.fields), links: linksOf({ ...record.fields, id: record.id }) };
}

export function nameOf(values: Readonly<Record<string, unknown>>): string {
  for (const column of NAMES) if (typeof values[column] === 'string' && values[column] !== '') return values[column].slice(0, 200);
  return '';
}

export function describeCreation(record: MappedRecord): StagedChange {
  const fields: StagedChange['fields'] = [];
  for (const column of columnsOf(record.object)) {
    const after = storedValue(record, column);
    if (after !== null && !LINK.test(column) && !(column === 'hidden' && after === 0)) fields.push({ field: column, before: null, after });
  }
  const links = linksOf({ ...record.fields, id: record.id });
  return { op: 'create', object: record.object, id: record.id, shared: record.shared, links, fields };
}

interface Found {
  object: HsdsObject;
  id: string;
  values: StoredRecord;
}

export function describeUpdate(
  found: Found,
  after: StoredRecord,
  { fields, shared }: { fields: readonly string[]; shared: boolean },
): StagedChange {
  const { object, id, values } = found;
  const list = fields.map((field) => ({ field, before: values[field] ?? null, after: after[field] ?? null }));
  return { op: 'update', object, id, shared, links: linksOf(values), fields: list };
}

export function describeRemoval({ object, id, values }: Found): StagedChange {
  const fields: StagedChange['fields'] = [];
  for (const column of columnsOf(object)) {
    const before = values[column] ?? null;
    if (before !== null && !LINK.test(column)) fields.push({ field: column, before, after: null });
  }
  return { op: 'delete', object, id, shared: false, links: linksOf(values), fields };
}

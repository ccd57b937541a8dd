// The entries of a record in the order of their time, each as it reads after its corrections. Originals are kept beside them.

import type { FieldClass } from '../intake/field-class.ts';
import type { CorrectablePayload, EntryKind, PayloadOf, RecordEntry } from './entry.ts';

/** Where something in the record comes from. */
export interface Provenance {
  entryId: string;
  at: string;
  author: string;
  agency: string;
  class: FieldClass;
}

/** What an entry says, with where it comes from. */
export type Said<K extends EntryKind> = Omit<PayloadOf<K>, 'kind'> & { entry: Provenance };

/** One line of the timeline: an entry as it reads now, and every wording that it had before. */
export interface TimelineItem {
  entry: Provenance;
  /** Null: a correction says that it should not be there. */
  payload: CorrectablePayload | null;
  /** The original and the corrections before the last one, oldest first; none where it was never corrected. */
  earlier: { entry: Provenance; payload: CorrectablePayload | null }[];
  /** The last correction. */
  corrected: { entry: Provenance; reason: string } | undefined;
}

/**
 * Sorts entries by their time, then by id, and puts corrections into the place of what they correct. A correction of an entry that
 * is not among them, or of another class than that one, is left out.
 */
export function createTimeline(entries: readonly RecordEntry[]): TimelineItem[] {
  const sorted = [...entries].sort((a, b) => compare(a.at, b.at) || compare(a.id, b.id));
  const items = new Map<string, TimelineItem>();
  for (const entry of sorted) {
    if (entry.payload.kind === 'correction') continue;
    items.set(entry.id, { entry: provenanceOf(entry), payload: entry.payload, earlier: [], corrected: undefined });
  }
  for (const entry of sorted) {
    if (entry.payload.kind !== 'correction') continue;
    const item = items.get(entry.payload.of);
    if (item?.entry.class !== entry.class) continue;
    item.earlier.push({ entry: item.corrected?.entry ?? item.entry, payload: item.payload });
    item.corrected = { entry: provenanceOf(entry), reason: entry.payload.reason };
    item.payload = entry.payload.payload;
  }
  return [...items.values()];
}

/** What a timeline says, by kind. */
export class Entries {
  readonly #byKind = new Map<EntryKind, Said<EntryKind>[]>();

  constructor(timeline: readonly TimelineItem[]) {
    for (const { payload, entry } of timeline) {
      if (!payload) continue;
      const { kind, ...fields } = payload;
      const said = { ...fields, entry } as Said<EntryKind>;
      const sameKind = this.#byKind.get(kind);
      if (sameKind) sameKind.push(said);
      else this.#byKind.set(kind, [said]);
    }
  }

  /** Oldest first. */
  all<K extends CorrectablePayload['kind']>(kind: K): Said<K>[] {
    // The key of the map says which kind it is, which a Map cannot say in types.
    return [...((this.#byKind.get(kind) ?? []) as unknown as Said<K>[])];
  }

  /** The last entry of each thing that is told about again and again, in the order in which the things were first told. */
  lastBy<K extends CorrectablePayload['kind']>(kind: K, keyOf: (entry: Said<K>) => string): Said<K>[] {
    const last = new Map<string, Said<K>>();
    for (const entry of this.all(kind)) last.set(keyOf(entry), entry);
    return [...last.values()];
  }

  /** The last entry of each class: lists that are kept apart by class are told whole within it. */
  lastByClass<K extends CorrectablePayload['kind']>(kind: K): Map<FieldClass, Said<K>> {
    return new Map(this.all(kind).map((said) => [said.entry.class, said]));
  }
}

function provenanceOf({ id, at, author, agency, class: fieldClass }: RecordEntry): Provenance {
  return { entryId: id, at, author, agency, class: fieldClass };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

// One row while it is mapped: what is known of it so far, and how cells become field values.

import { findNumber, isEmptyWord, toPostalCode, toText } from './cells.ts';
import { DAY_WORDS, readDay, readTime } from './day-cells.ts';
import { hsdsDefinition, type HsdsObject } from './hsds.ts';
import type { MappedRecord, RowIssue, RowReference } from './import-record.ts';
import type { ReadValue, ValueRow } from './map-values.ts';
import type { RecordIds } from './record-ids.ts';

/** One row while it is mapped. */
export interface RowMapping extends ValueRow {
  /** What its ids are made of. */
  base: string;
  ids: RecordIds;
  records: MappedRecord[];
  issues: RowIssue[];
  references: RowReference[];
  counts: Map<HsdsObject, number>;
}

/** A record of the row; its id is used up only when it is added. */
export function newRecord(object: HsdsObject, row: RowMapping): MappedRecord {
  return { object, id: row.ids.part(row.base, object, row.counts.get(object) ?? 0), fields: {}, extra: null, shared: false };
}

export function addRecord(record: MappedRecord, row: RowMapping): void {
  row.records.push(record);
  row.counts.set(record.object, (row.counts.get(record.object) ?? 0) + 1);
}

/** A cell as the field's kind; what does not fit stays in `extra` under its column's name, with an issue. */
export function convert(object: HsdsObject, field: string, read: ReadValue, row: RowMapping): string | number | null {
  const definition = hsdsDefinition(object).fields[field];
  const text = Array.isArray(read.value) ? read.value.map(toText).filter(Boolean).join(', ') || null : toText(read.value);
  if (text === null || !definition) return definition ? null : text;
  switch (definition.kind) {
    case 'number': {
      const number = findNumber(read.value);
      return number ?? refuse(row, read, text, { code: 'number_expected', what: `a number is expected for ${object}.${field}` });
    }
    case 'date': {
      const { day, code } = readDay(text);
      if (day === null) return refuse(row, read, text, { code: code ?? 'date_unreadable', what: DAY_WORDS[code ?? 'date_unreadable'] });
      if (code) note(row, read, text, { code, what: DAY_WORDS[code] });
      return day;
    }
    case 'time':
      return (
        readTime(text) ??
        refuse(row, read, text, { code: 'time_unreadable', what: `a time such as 09:30 is expected for ${object}.${field}` })
      );
    case 'one_of':
      if (definition.values?.includes(text)) return text;
      return (
        definition.values?.find((value) => value.toLowerCase() === text.toLowerCase()) ??
        refuse(row, read, text, { code: 'value_unknown', what: `${object}.${field} is one of ${definition.values?.join(', ')}` })
      );
    case 'uri':
    case 'email':
      return isEmptyWord(text) ? null : text;
    default:
      return field === 'postal_code' ? toPostalCode(text) : text;
  }
}

function note(row: RowMapping, { column }: ReadValue, value: string, { code, what }: { code: string; what: string }): void {
  row.issues.push({ column, code, severity: 'warning', message: `"${column ?? ''}": ${what}.`, value });
}

function refuse(row: RowMapping, read: ReadValue, text: string, problem: { code: string; what: string }): null {
  if (read.column) row.used.delete(read.column);
  row.issues.push({
    column: read.column,
    code: problem.code,
    severity: 'warning',
    message: `"${read.column ?? ''}": ${problem.what}. The cell was kept as it is among the other columns; correct it in the source.`,
    value: text,
  });
  return null;
}

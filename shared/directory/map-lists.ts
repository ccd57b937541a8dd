// Telephone numbers and opening hours of a mapped row: cells that may hold several, or something else altogether.

import { remember } from '../platform/remember.ts';
import { toText } from './cells.ts';
import { findDay, toByDay } from './hours-cells.ts';
import { readHours } from './hours-text.ts';
import { addRecord, convert, newRecord, type RowMapping } from './row-mapping.ts';
import { readValue } from './map-values.ts';
import type { RecordMapping } from './mapping.ts';
import { readNamedHolidays } from './named-holidays.ts';
import { listPhoneNumbers } from './phone-cells.ts';
import { closedOnNote } from './schedule-notes.ts';

export function addPhones(mapping: RecordMapping, row: RowMapping): void {
  const number = mapping.fields['number'];
  if (!number) return;
  const read = readValue(number, row);
  const text = toText(read.value);
  if (text === null) return;
  const others: Record<string, string | number | null> = {};
  for (const [field, mapped] of Object.entries(mapping.fields))
    if (field !== 'number') others[field] = convert('phone', field, readValue(mapped, row), row);
  const found = addPhoneNumbers(text, read.column, row, others);
  if (found > 0) return;
  if (read.column) row.used.delete(read.column);
  row.issues.push({
    column: read.column,
    code: 'phone_unreadable',
    severity: 'warning',
    message: `"${read.column ?? ''}" holds no telephone number. The cell was kept as it is among the other columns.`,
    value: text,
  });
}

/** Adds every number of the text as a phone of its own; gives how many there were. */
export function addPhoneNumbers(
  text: string,
  column: string | null,
  row: RowMapping,
  others: Record<string, string | number | null> = {},
): number {
  const numbers = listPhoneNumbers(text);
  for (const { number, extension, type, description } of numbers) {
    const record = newRecord('phone', row);
    record.fields = { number };
    if (extension !== null) record.fields['extension'] = extension;
    if (type) record.fields['type'] = type;
    if (description) record.fields['description'] = description;
    for (const [field, value] of Object.entries(others)) if (value !== null) record.fields[field] = value;
    addRecord(record, row);
  }
  if (numbers.length > 1 && column) {
    row.issues.push({
      column,
      code: 'phones_split',
      severity: 'info',
      message: `"${column}" holds ${numbers.length} telephone numbers; each became one of its own.`,
      value: text,
    });
  }
  return numbers.length;
}

const rememberedHours = remember(readHours);

export function addSchedules(mapping: RecordMapping, row: RowMapping): void {
  const { description } = mapping.fields;
  if (!description) return addTold(mapping, row);
  const read = readValue(description, row);
  const text = toText(read.value);
  if (text === null) return;
  if (!/[a-z]/i.test(text) && addPhoneNumbers(text, null, row) > 0) {
    row.issues.push({
      column: read.column,
      code: 'phone_in_hours',
      severity: 'warning',
      message: `"${read.column ?? ''}" holds a telephone number, not hours. It was kept as the telephone number.`,
      value: text,
    });
    return;
  }
  const lines = rememberedHours(text);
  if (!lines) {
    row.issues.push({
      column: read.column,
      code: 'hours_as_text',
      severity: 'info',
      message:
        'The hours can be read in more than one way, so they are kept as text and shown as they are; whether it is open is not computed.',
      value: text,
    });
  }
  if (!lines || lines.length === 0) {
    addRecord({ ...newRecord('schedule', row), fields: { description: text } }, row);
    return;
  }
  lines.forEach((line, index) => {
    // The text stands once, with the first of its lines.
    const fields: Record<string, string | number | null> = {
      freq: line.freq,
      byday: line.byday,
      opens_at: line.opens,
      closes_at: line.closes,
      ...(line.validFrom !== undefined && { valid_from: line.validFrom }),
      ...(line.validTo !== undefined && { valid_to: line.validTo }),
      ...(line.notes !== undefined && { notes: line.notes }),
    };
    if (index === 0) fields['description'] = text;
    addRecord({ ...newRecord('schedule', row), fields }, row);
  });
}

/** Hours that come in fields of their own: weekday, from, to. */
function addTold(mapping: RecordMapping, row: RowMapping): void {
  const fields: Record<string, string | number | null> = {};
  for (const [field, mapped] of Object.entries(mapping.fields)) {
    const read = readValue(mapped, row);
    const text = toText(read.value);
    const day = field === 'byday' && text ? findDay(text) : undefined;
    const value = day === undefined ? convert('schedule', field, read, row) : toByDay(day);
    if (value !== null) fields[field] = value;
  }
  // A bare list of holidays, in a column of its own, are the days on which it is closed.
  const holidays = typeof fields['notes'] === 'string' ? readNamedHolidays(fields['notes']) : null;
  if (holidays) fields['notes'] = closedOnNote(holidays);
  if (fields['byday']) fields['freq'] ??= 'WEEKLY';
  if (Object.keys(fields).length > 0) addRecord({ ...newRecord('schedule', row), fields }, row);
}

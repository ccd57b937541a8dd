// The parts of a suggestion that are taken or left one by one: of a change each field, of what is new or removed the whole.

import type { Outputs } from '#client/api.ts';
import type { SuggestedState } from '#shared/directory/suggestion.ts';

type Records = Outputs['suggestions']['list']['suggestions'][number]['records'];
export type SuggestedRecord = Records[number];

export interface Part {
  key: string;
  /** Which record of the suggestion. */
  record: number;
  /** Absent: the record as a whole. */
  field?: string;
  state: SuggestedState | 'gone';
}

export function partsOf(records: Records): Part[] {
  return records.flatMap(({ op, isGone, fields }, record): Part[] => {
    if (op === 'update')
      return fields.map(({ field, state }) => ({ key: `${record} ${field}`, record, field, state: isGone ? 'gone' : state }));
    const isWithheld = fields.some(({ state }) => state === 'withheld');
    return [{ key: String(record), record, state: isGone ? 'gone' : isWithheld ? 'withheld' : 'open' }];
  });
}

export function canTake(state: Part['state']): boolean {
  return state === 'open' || state === 'changed' || state === 'same';
}

/** Whether nothing of it is left out that could be taken. What says so by now is taken with the rest. */
export function isWhole(parts: readonly Part[], chosen: readonly Part[]): boolean {
  return parts.every((part) => part.state === 'same' || chosen.includes(part));
}

/** The chosen parts as the server is told them; what the record says by now goes along, and closes the suggestion whole. */
export function toTaken(records: Records, chosen: readonly Part[]): { record: number; fields?: string[] }[] {
  return records.flatMap(({ op, fields }, record) => {
    const own = chosen.filter((part) => part.record === record);
    if (op !== 'update') return own.length > 0 ? [{ record }] : [];
    const same = fields.flatMap(({ field, state }) => (state === 'same' ? [field] : []));
    const taken = [...new Set([...own.flatMap(({ field }) => field ?? []), ...same])];
    return taken.length > 0 ? [{ record, fields: taken }] : [];
  });
}

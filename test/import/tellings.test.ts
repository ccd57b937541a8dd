// How often an import tells each record: the counts are exact, however many there are.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Tellings } from '#server/directory/import-tellings.ts';
import type { CarriedValue } from '#shared/directory/hsds-tree.ts';
import type { MappedRecord } from '#shared/directory/import-record.ts';

function attribute(id: string): MappedRecord {
  return { object: 'attribute', id, fields: {}, extra: null, shared: false };
}

function carried(id: string, by: MappedRecord | null): CarriedValue {
  return { object: 'service', id, label: 'x', value: '1', attribute: by };
}

it('expects every telling and every value that is carried to a record', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(40), fc.constantFrom('tell', 'carry', 'flag')), { maxLength: 300 }), (steps) => {
      const tellings = new Tellings();
      const told = new Map<number, number>();
      const values = new Map<number, number>();
      steps.forEach(([n, kind], i) => {
        if (kind === 'tell') {
          tellings.tell({ object: 'service', id: String(n) });
          told.set(n, (told.get(n) ?? 0) + 1);
          return;
        }
        tellings.carry(carried(String(n), kind === 'carry' ? attribute(`a${i}`) : null));
        values.set(n, (values.get(n) ?? 0) + 1);
      });
      tellings.finish();
      for (let n = 0; n <= 40; n++) {
        const times = told.get(n) ?? 0;
        expect(tellings.expected({ object: 'service', id: String(n) })).toBe(times === 0 ? 0 : times + (values.get(n) ?? 0));
      }
      steps.forEach(([n, kind], i) => {
        if (kind !== 'carry') return;
        // It goes back to its record where there is one, and is an attribute like any other where there is none.
        expect(tellings.isPutBack(attribute(`a${i}`))).toBe(told.has(n));
        expect(tellings.expected(attribute(`a${i}`))).toBe(told.has(n) ? 0 : 1);
      });
    }),
  );
});

it('counts a hundred thousand records, each by its object and id', () => {
  const tellings = new Tellings();
  for (let i = 0; i < 100_000; i++) for (let n = 0; n <= i % 3; n++) tellings.tell({ object: 'phone', id: `p${i}` });
  tellings.finish();
  let wrong = 0;
  for (let i = 0; i < 100_000; i++) if (tellings.expected({ object: 'phone', id: `p${i}` }) !== (i % 3) + 1) wrong++;
  expect(wrong).toBe(0);
  expect(tellings.expected({ object: 'service', id: 'p1' })).toBe(0);
});

// What is taken out of texts about a hidden place.

import { describe, expect, test } from 'vitest';
import { createRedactor } from '#shared/directory/redact.ts';

const SECRETS = {
  addresses: [
    { address_1: 'Confidential, 99 N Secret Lane', address_2: 'The Old Mill House', postal_code: '43999-1234' },
    { address_1: 'Calle Roble 45', address_2: null, postal_code: null },
    { address_1: '12 rue des Lilas', address_2: null, postal_code: null },
    { address_1: '7 Broadway', address_2: null, postal_code: null },
    { address_1: 'PO Box 12', address_2: null, postal_code: null },
  ],
  around: [{ lon: -82.654321, lat: 40.123456 }],
};
const known = createRedactor(SECRETS, { anyAddress: false });
const any = createRedactor({ addresses: [], around: [] }, { anyAddress: true });

describe('of a known place', () => {
  test.each([
    ['We are at 99 N. Secret Lane, ring twice.', 'We are at …, ring twice.'],
    ['We are at 99 North SECRET LN', 'We are at …'],
    ['The bus to Secret Lane stops here', 'The bus to … stops here'],
    ['99-secret-lane', '…'],
    ['99 Secret, behind the church', '…, behind the church'],
    ['Secret Lane House', '… House'],
    ['in the old mill house', 'in …'],
    ['ZIP 43999', 'ZIP …'],
    ['estamos en la calle Roble, 45', 'estamos en la …'],
    ['au 12, rue des Lilas', 'au …'],
    ['7 Broadway', '…'],
    ['40.1235, -82.6543', '…, …'],
    ['lon=82.65', 'lon=…'],
    ['half a cell away: 40.155, -82.69', 'half a cell away: …, …'],
    ['see https://maps.google.com/?q=40.1,-82.6 or call', 'see … or call'],
    ['https://what3words.com/filled.count.soap', '…'],
  ])('%s', (text, told) => expect(known.text(text)).toBe(told));

  test.each([
    'Call 555-010-0001',
    'Open 9 to 5, 24 hours on Monday',
    'PO Box 12',
    'Broadway Baptist Church',
    'Elmville',
    'It costs 40.50',
    '',
  ])('stays: %s', (text) => expect(known.text(text)).toBe(text));

  test('every text of a value, but no id, number or time', () => {
    const value = {
      id: '99 Secret Lane',
      service_id: '12345678-4399-8000-a000-123456789012',
      number: '43999',
      notes: ['Secret Lane', { deep: 'at 43999' }],
      other: 3,
      none: null,
      ref: '12345678-1234-8000-a000-123456789012',
    };
    expect(known.value(value)).toEqual({ ...value, notes: ['…', { deep: 'at …' }] });
  });
});

describe('of a place that the directory does not know', () => {
  test.each([
    ['Come to 118 N. Tanner Street on Monday', 'Come to … on Monday'],
    ['at 1200 5th Ave.', 'at …'],
    ['en Calle de la Luna 12', 'en …'],
    ['au 3 bis, rue de la Paix', 'au …'],
  ])('%s', (text, told) => expect(any.text(text)).toBe(told));

  test.each(['12 beds, 3 on the way', 'Open 24 hours a day', 'Call Dr. Lane', '5 Women and Children'])('stays: %s', (text) =>
    expect(any.text(text)).toBe(text),
  );
});

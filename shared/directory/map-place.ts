// Addresses of a mapped row: what stands in the wrong cell goes where it belongs, and a place that is withheld is hidden.

import { toText } from './cells.ts';
import { isPhoneNotAddress, isUsState, splitUsAddress } from './address-cells.ts';
import type { MappedRecord } from './import-record.ts';
import { addPhoneNumbers } from './map-lists.ts';
import { isWithheld, type RowMapping } from './row-mapping.ts';

export function tidyPlace(row: RowMapping): void {
  const location = row.records.find((record) => record.object === 'location');
  for (const address of row.records.filter((record) => record.object === 'address')) tidyAddress(address, location, row);
  row.records = row.records.filter((record) => record.object !== 'address' || Object.keys(record.fields).length > 0);
  if (location && isWithheld(location.fields['description']) && location.fields['hidden'] !== 1)
    hide(location, row, toText(location.fields['description']));
  if (location) location.fields['location_type'] ??= 'physical';
}

function tidyAddress(address: MappedRecord, location: MappedRecord | undefined, row: RowMapping): void {
  const { fields } = address;
  const first = toText(fields['address_1']);
  if (first && isPhoneNotAddress(first)) {
    delete fields['address_1'];
    addPhoneNumbers(first, null, row);
    row.issues.push({
      column: null,
      code: 'phone_in_address',
      severity: 'warning',
      message: 'The address is a telephone number. It was kept as the telephone number; look the address up.',
      value: first,
    });
  } else if (first && !fields['city']) {
    const parts = splitUsAddress(first);
    // Where commas do not set the city apart, the street stays whole beside state and postal code.
    if (parts && (parts.city || !parts.address_1)) fields['address_1'] = parts.address_1;
    if (parts?.city) fields['city'] = parts.city;
    if (parts) {
      fields['state_province'] ??= parts.state_province;
      fields['postal_code'] ??= parts.postal_code;
    }
  }
  for (const [field, value] of Object.entries(fields)) if (value === null) delete fields[field];
  if (Object.keys(fields).length === 0) return;
  if (location && isWithheld(fields['address_1'], fields['address_2'], fields['city'], fields['attention'])) hide(location, row, first);
  if (!fields['country'] && isUsState(toText(fields['state_province']))) fields['country'] = 'US';
  fields['address_type'] ??= 'physical';
}

function hide(location: MappedRecord, row: RowMapping, value: string | null): void {
  if (location.fields['hidden'] === 1) return;
  location.fields['hidden'] = 1;
  row.issues.push({
    column: null,
    code: 'location_hidden',
    severity: 'warning',
    message:
      'The text says that the place is confidential, so it is hidden: no map, list or export shows where it is. Undo this on its page if it is meant otherwise.',
    value,
  });
}

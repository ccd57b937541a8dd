// Addresses of a mapped row: what stands in the wrong cell goes where it belongs, and a place that is withheld is hidden.

import { toText } from './cells.ts';
import { isPhoneNotAddress, isUsState, splitUsAddress } from './address-cells.ts';
import type { MappedRecord } from './import-record.ts';
import { addPhoneNumbers } from './map-lists.ts';
import type { RowMapping } from './row-mapping.ts';
import { findHidingText, hiddenIssue } from './withheld.ts';

export function tidyPlace(row: RowMapping): void {
  const locations = row.records.filter((record) => record.object === 'location');
  for (const address of row.records.filter((record) => record.object === 'address')) tidyAddress(address, row);
  row.records = row.records.filter((record) => record.object !== 'address' || Object.keys(record.fields).length > 0);
  hideWithheld(locations, row);
  for (const location of locations) location.fields['location_type'] ??= 'physical';
}

/** A row that says in any of its texts that the place is secret hides its places; those of other rows are hidden at the end. */
function hideWithheld(locations: readonly MappedRecord[], row: RowMapping): void {
  const telling = row.records.find(({ object, fields }) => findHidingText(object, fields) !== undefined);
  if (!telling || (locations.length > 0 && locations.every((location) => location.fields['hidden'] === 1))) return;
  for (const location of locations) location.fields['hidden'] = 1;
  row.issues.push(locations.length > 0 ? hiddenIssue() : { ...hiddenIssue(), hides: { object: telling.object, id: telling.id } });
}

function tidyAddress(address: MappedRecord, row: RowMapping): void {
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
  const filled = Object.entries(fields).filter(([, value]) => value !== null);
  // A new object: taking fields out of the old one would make it slow.
  address.fields = Object.fromEntries(filled);
  if (filled.length === 0) return;
  tidyCountry(address.fields);
}

function tidyCountry(fields: MappedRecord['fields']): void {
  if (!fields['country'] && isUsState(toText(fields['state_province']))) fields['country'] = 'US';
  fields['address_type'] ??= 'physical';
}

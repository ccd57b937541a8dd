// What is wrong in every real directory, put in on purpose: listings nobody has checked for long, and some listed twice.

import type { Records } from './records.ts';

/** Which of the planned services were not verified for more than a year. */
export function isStale(index: number): boolean {
  return index % 29 === 11;
}

const DUPLICATES = 8;

/** Lists some services a second time, as another agency would have typed them: other words, the same door and phone. */
export function duplicateListings(records: Records): void {
  const { service = [], service_at_location = [], phone = [] } = records.byObject;
  const candidates = service.filter(({ id }, i) => i > 20 && i % 41 === 7 && service_at_location.some((link) => link.service_id === id));
  for (const original of candidates.slice(0, DUPLICATES)) {
    const link = service_at_location.find((other) => other.service_id === original.id);
    const number = phone.find((other) => other.service_id === original.id)?.number;
    if (!link || !number) continue;
    const key = `duplicate of ${original.id}`;
    const id = records.add('service', key, {
      organization_id: original.organization_id ?? null,
      name: retyped(original.name ?? ''),
      description: original.description ?? null,
      status: 'active',
      eligibility_description: 'See flyer.',
      assured_date: '2025-03-14',
      extra: { 'waypost:type': original.extra?.['waypost:type'] },
    });
    records.add('service_at_location', key, { service_id: id, location_id: link.location_id ?? null });
    records.add('phone', key, { service_id: id, number, type: 'voice' });
    records.add('schedule', key, { service_id: id, description: 'Please call for hours.' });
  }
}

/** The same name as somebody else types it. */
function retyped(name: string): string {
  return name
    .toUpperCase()
    .replace(/ STREET\b/, ' ST.')
    .replace(/ CENTER\b/, ' CTR')
    .replace(/,/g, ' -');
}

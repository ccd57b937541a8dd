import { describe, expect, test } from 'vitest';
import { positionOf, toHandoutSource, type DirectoryRecord } from '#client/handout/source.ts';

/** Everything that a record can hold; what may not be printed says so. */
function record(over: { hidden?: boolean } = {}): DirectoryRecord {
  const hidden = over.hidden ?? false;
  return {
    id: 'sal_1',
    hidden,
    type: 'pantry',
    needs: ['STAFF-needs'],
    service: {
      id: 'STAFF-service-id',
      name: 'Riverside Food Pantry',
      alternate_name: 'STAFF-alternate',
      description: 'Free groceries for everyone who comes by. STAFF-second-sentence of the description.',
      email: 'STAFF@example.org',
      alert: 'STAFF-alert',
      assured_date: '2026-11-03',
      assurer_email: 'STAFF-assurer@example.org',
      eligibility_description: 'STAFF-eligibility',
      application_process: 'STAFF-process',
      fees_description: 'Free',
      licenses: 'STAFF-licenses',
      accreditations: 'STAFF-accreditations',
      wait_time: 'STAFF-wait',
      url: 'https://STAFF.example',
      rule: 'STAFF/rule',
      resource_type: 'STAFF-type',
      last_modified: 'STAFF-modified',
    },
    organization: { id: 'STAFF-org', name: 'STAFF-organization', tax_id: 'STAFF-tax' },
    location: {
      id: 'STAFF-loc',
      name: 'STAFF-place',
      description: 'STAFF-way',
      transportation: 'STAFF-bus',
      lon: hidden ? null : -122.5,
      lat: hidden ? null : 45.5,
      hidden,
    },
    translations: {},
    address: hidden ? null : '118 Tanner Street',
    addresses: [{ attention: 'STAFF-attention' }],
    phone: '555 0142',
    phones: [
      { id: 'p1', number: '555 0142', of: 'service', type: 'voice', description: 'STAFF-line', extension: null },
      { id: 'p2', number: 'STAFF-office', of: 'organization', type: 'voice', description: null, extension: null },
      { id: 'p3', number: 'STAFF-fax', of: 'service', type: 'fax', description: null, extension: null },
    ],
    hours: { zone: 'America/Los_Angeles', now: { state: 'unknown' }, week: null, text: null },
    languages: [{ code: 'es', name: 'Spanish', note: 'STAFF-note' }],
    accessibility: [{ description: 'Step-free entrance', details: 'STAFF-details', url: null }],
    documents: [{ document: 'ID', uri: 'STAFF-uri' }],
    costs: [{ option: 'STAFF-cost' }],
    capacities: [{ available: 1, description: 'STAFF-capacity' }],
    areas: [{ name: 'STAFF-area' }],
    contacts: [{ name: 'STAFF-contact', email: 'STAFF-contact@example.org' }],
    terms: [{ name: 'STAFF-term', value: 'STAFF-value' }],
    elsewhere: [{ id: 'STAFF-elsewhere', name: 'STAFF-elsewhere' }],
    provenance: [{ source: 'STAFF-source', format: 'csv', at: '2026-01-01', objects: [] }],
    changes: [{ actor: 'STAFF-actor', reason: 'STAFF-reason' }],
  } as unknown as DirectoryRecord;
}

const options = { language: 'en', now: new Date('2026-11-22T12:00:00Z'), mode: 'walk' as const, travel: { minutes: 13, estimated: false } };

describe('what may stand on a handout', () => {
  test('no field that staff alone may see gets past the allow-list', () => {
    const text = JSON.stringify(toHandoutSource(record(), options));
    expect(text).not.toContain('STAFF');
    for (const part of [
      'Riverside Food Pantry',
      'Free groceries for everyone who comes by.',
      '118 Tanner Street',
      '555 0142',
      'Free',
      '"es"',
    ])
      expect(text).toContain(part);
  });

  test('a private site has neither address nor pin', () => {
    expect(toHandoutSource(record({ hidden: true }), options)).toMatchObject({
      hidden: true,
      address: null,
      stepFree: false,
      phones: ['555 0142'],
    });
    expect(positionOf(record({ hidden: true }))).toBeNull();
    expect(positionOf(record())).toEqual({ lon: -122.5, lat: 45.5 });
  });

  test('summary and documents in the language of the paper, where they are there', () => {
    const translated = { ...record(), translations: { es: { summary: 'Comida gratis.', bring: ['Identificación'] } } };
    expect(toHandoutSource(translated, { ...options, language: 'es' })).toMatchObject({
      summary: { text: 'Comida gratis.', language: 'es' },
      bring: [{ text: 'Identificación', language: 'es' }],
      name: { text: 'Riverside Food Pantry', language: 'en' },
    });
    expect(toHandoutSource(translated, { ...options, language: 'fr' }).summary).toMatchObject({ language: 'en' });
  });
});

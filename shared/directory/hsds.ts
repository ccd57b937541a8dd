// The Human Services Data Specification (HSDS 3.x) as data: every object, field and nesting of the
// specification, written once. Import, export, the database's columns and the forms read it here.
// Source of names and types: Open Referral, HSDS 3.1.1, docs.openreferral.org (checked 2026-11).

/** What a field holds. `number` keeps its type through import and export; all others are text. */
export type FieldKind = 'id' | 'text' | 'number' | 'date' | 'time' | 'datetime' | 'uri' | 'email' | 'one_of' | 'ref';

export interface Field {
  kind: FieldKind;
  required?: true;
  /** For `one_of`: the specification's closed list. */
  values?: readonly string[];
  /** For `ref`: the object that is referred to, by its id. */
  to?: string;
}

/**
 * How an object contains another one in the JSON form.
 * `one`: this object's `key` holds the other's id. `many`: the other's `key` holds this one's id.
 * `linked`: the other one names this object by type and id (`attribute.link_entity` and `link_id`).
 */
export type Nested =
  | { kind: 'one'; object: HsdsObject; key: string }
  | { kind: 'many'; object: HsdsObject; key: string }
  | { kind: 'linked'; object: 'attribute' | 'metadata'; idKey: string; typeKey: string };

const id = { kind: 'id', required: true } as const satisfies Field;
const text = { kind: 'text' } as const satisfies Field;
const number = { kind: 'number' } as const satisfies Field;
const date = { kind: 'date' } as const satisfies Field;
const time = { kind: 'time' } as const satisfies Field;
const datetime = { kind: 'datetime' } as const satisfies Field;
const uri = { kind: 'uri' } as const satisfies Field;
const email = { kind: 'email' } as const satisfies Field;
const required = <F extends Field>(field: F): F & { required: true } => ({ ...field, required: true });
const one_of = (...values: string[]): Field => ({ kind: 'one_of', values });
const ref = (to: string): Field => ({ kind: 'ref', to });
const one = (object: HsdsObject, key: string): Nested => ({ kind: 'one', object, key });
const many = (object: HsdsObject, key: string): Nested => ({ kind: 'many', object, key });
const attributes: Nested = { kind: 'linked', object: 'attribute', idKey: 'link_id', typeKey: 'link_entity' };
const metadata: Nested = { kind: 'linked', object: 'metadata', idKey: 'resource_id', typeKey: 'resource_type' };

export const HSDS_VERSION = '3.1';

export const HSDS = {
  organization: {
    file: 'organizations.csv',
    fields: {
      id: id,
      name: required(text),
      alternate_name: text,
      description: required(text),
      email: email,
      website: uri,
      tax_status: text,
      tax_id: text,
      year_incorporated: number,
      legal_status: text,
      logo: text,
      uri: uri,
      parent_organization_id: ref('organization'),
    },
    nested: {
      additional_websites: many('url', 'organization_id'),
      funding: many('funding', 'organization_id'),
      contacts: many('contact', 'organization_id'),
      phones: many('phone', 'organization_id'),
      locations: many('location', 'organization_id'),
      programs: many('program', 'organization_id'),
      organization_identifiers: many('organization_identifier', 'organization_id'),
      attributes,
      metadata,
      services: many('service', 'organization_id'),
    },
  },
  program: {
    file: 'programs.csv',
    fields: {
      id: id,
      organization_id: required(ref('organization')),
      name: required(text),
      alternate_name: text,
      description: required(text),
    },
    nested: {
      attributes,
      metadata,
    },
  },
  service: {
    file: 'services.csv',
    fields: {
      id: id,
      organization_id: required(ref('organization')),
      program_id: ref('program'),
      name: required(text),
      alternate_name: text,
      description: text,
      url: uri,
      email: email,
      status: required(one_of('active', 'inactive', 'defunct', 'temporarily closed')),
      interpretation_services: text,
      application_process: text,
      fees_description: text,
      wait_time: text,
      fees: text,
      accreditations: text,
      eligibility_description: text,
      minimum_age: number,
      maximum_age: number,
      assured_date: date,
      assurer_email: email,
      licenses: text,
      alert: text,
      last_modified: datetime,
    },
    nested: {
      additional_urls: many('url', 'service_id'),
      phones: many('phone', 'service_id'),
      schedules: many('schedule', 'service_id'),
      service_areas: many('service_area', 'service_id'),
      service_at_locations: many('service_at_location', 'service_id'),
      languages: many('language', 'service_id'),
      organization: one('organization', 'organization_id'),
      funding: many('funding', 'service_id'),
      cost_options: many('cost_option', 'service_id'),
      program: one('program', 'program_id'),
      required_documents: many('required_document', 'service_id'),
      contacts: many('contact', 'service_id'),
      capacities: many('service_capacity', 'service_id'),
      attributes,
      metadata,
    },
  },
  location: {
    file: 'locations.csv',
    fields: {
      id: id,
      location_type: required(one_of('physical', 'postal', 'virtual')),
      url: uri,
      organization_id: ref('organization'),
      name: text,
      alternate_name: text,
      description: text,
      transportation: text,
      latitude: number,
      longitude: number,
      external_identifier: text,
      external_identifier_type: text,
    },
    nested: {
      languages: many('language', 'location_id'),
      addresses: many('address', 'location_id'),
      contacts: many('contact', 'location_id'),
      accessibility: many('accessibility', 'location_id'),
      phones: many('phone', 'location_id'),
      schedules: many('schedule', 'location_id'),
      attributes,
      metadata,
    },
  },
  service_at_location: {
    file: 'service_at_location.csv',
    fields: {
      id: id,
      service_id: required(ref('service')),
      location_id: required(ref('location')),
      description: text,
    },
    nested: {
      service_areas: many('service_area', 'service_at_location_id'),
      contacts: many('contact', 'service_at_location_id'),
      phones: many('phone', 'service_at_location_id'),
      schedules: many('schedule', 'service_at_location_id'),
      location: one('location', 'location_id'),
      attributes,
      metadata,
      service: one('service', 'service_id'),
    },
  },
  address: {
    file: 'addresses.csv',
    fields: {
      id: id,
      location_id: ref('location'),
      attention: text,
      address_1: required(text),
      address_2: text,
      city: required(text),
      region: text,
      state_province: required(text),
      postal_code: required(text),
      country: required(text),
      address_type: required(one_of('physical', 'postal', 'virtual')),
    },
    nested: {
      attributes,
      metadata,
    },
  },
  phone: {
    file: 'phones.csv',
    fields: {
      id: id,
      location_id: ref('location'),
      service_id: ref('service'),
      organization_id: ref('organization'),
      contact_id: ref('contact'),
      service_at_location_id: ref('service_at_location'),
      number: required(text),
      extension: number,
      type: text,
      description: text,
    },
    nested: {
      languages: many('language', 'phone_id'),
      attributes,
      metadata,
    },
  },
  contact: {
    file: 'contacts.csv',
    fields: {
      id: id,
      organization_id: ref('organization'),
      service_id: ref('service'),
      service_at_location_id: ref('service_at_location'),
      location_id: ref('location'),
      name: text,
      title: text,
      department: text,
      email: email,
    },
    nested: {
      phones: many('phone', 'contact_id'),
      attributes,
      metadata,
    },
  },
  schedule: {
    file: 'schedules.csv',
    fields: {
      id: id,
      service_id: ref('service'),
      location_id: ref('location'),
      service_at_location_id: ref('service_at_location'),
      valid_from: date,
      valid_to: date,
      dtstart: date,
      timezone: number,
      until: date,
      count: number,
      wkst: one_of('MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'),
      freq: one_of('WEEKLY', 'MONTHLY'),
      interval: number,
      byday: text,
      byweekno: text,
      bymonthday: text,
      byyearday: text,
      description: text,
      opens_at: time,
      closes_at: time,
      schedule_link: uri,
      attending_type: text,
      notes: text,
    },
    nested: {
      attributes,
      metadata,
    },
  },
  service_area: {
    file: 'service_areas.csv',
    fields: {
      id: id,
      service_id: ref('service'),
      service_at_location_id: ref('service_at_location'),
      name: text,
      description: text,
      extent: text,
      extent_type: text,
      uri: text,
    },
    nested: {
      attributes,
      metadata,
    },
  },
  language: {
    file: 'languages.csv',
    fields: {
      id: id,
      service_id: ref('service'),
      location_id: ref('location'),
      phone_id: ref('phone'),
      name: text,
      code: text,
      note: text,
    },
    nested: {
      attributes,
      metadata,
    },
  },
  accessibility: {
    file: 'accessibility.csv',
    fields: {
      id: id,
      location_id: ref('location'),
      description: text,
      details: text,
      url: uri,
    },
    nested: {
      attributes,
      metadata,
    },
  },
  cost_option: {
    file: 'cost_options.csv',
    fields: {
      id: id,
      service_id: required(ref('service')),
      valid_from: date,
      valid_to: date,
      option: text,
      currency: text,
      amount: number,
      amount_description: text,
    },
    nested: {
      attributes,
      metadata,
    },
  },
  required_document: {
    file: 'required_documents.csv',
    fields: {
      id: id,
      service_id: ref('service'),
      document: text,
      uri: uri,
    },
    nested: {
      attributes,
      metadata,
    },
  },
  funding: {
    file: 'funding.csv',
    fields: {
      id: id,
      organization_id: ref('organization'),
      service_id: ref('service'),
      source: text,
    },
    nested: {
      attributes,
      metadata,
    },
  },
  service_capacity: {
    file: 'service_capacity.csv',
    fields: {
      id: id,
      service_id: required(ref('service')),
      unit_id: required(ref('unit')),
      available: required(number),
      maximum: number,
      description: text,
      updated: required(datetime),
    },
    nested: {
      unit: one('unit', 'unit_id'),
      attributes,
      metadata,
    },
  },
  unit: {
    file: 'units.csv',
    fields: {
      id: id,
      name: required(text),
      scheme: text,
      identifier: text,
      uri: uri,
    },
    nested: {
      attributes,
      metadata,
    },
  },
  url: {
    file: 'url.csv',
    fields: {
      id: id,
      label: text,
      url: required(uri),
      organization_id: ref('organization'),
      service_id: ref('service'),
    },
    nested: {
      attributes,
      metadata,
    },
  },
  organization_identifier: {
    file: 'organization_identifiers.csv',
    fields: {
      id: id,
      organization_id: required(ref('organization')),
      identifier_scheme: text,
      identifier_type: required(text),
      identifier: required(text),
    },
    nested: {
      attributes,
      metadata,
    },
  },
  taxonomy: {
    file: 'taxonomies.csv',
    fields: {
      id: id,
      name: required(text),
      description: required(text),
      uri: uri,
      version: text,
    },
    nested: {
      metadata,
    },
  },
  taxonomy_term: {
    file: 'taxonomy_terms.csv',
    fields: {
      id: id,
      code: text,
      name: required(text),
      description: required(text),
      parent_id: ref('taxonomy_term'),
      taxonomy: text,
      language: text,
      taxonomy_id: ref('taxonomy'),
      term_uri: uri,
    },
    nested: {
      taxonomy_detail: one('taxonomy', 'taxonomy_id'),
      metadata,
    },
  },
  attribute: {
    file: 'attributes.csv',
    fields: {
      id: id,
      link_id: required(text),
      taxonomy_term_id: required(ref('taxonomy_term')),
      link_type: text,
      link_entity: required(text),
      value: text,
      label: text,
    },
    nested: {
      taxonomy_term: one('taxonomy_term', 'taxonomy_term_id'),
      metadata,
    },
  },
  metadata: {
    file: 'metadata.csv',
    fields: {
      id: id,
      resource_id: required(text),
      resource_type: required(text),
      last_action_date: required(date),
      last_action_type: required(text),
      field_name: required(text),
      previous_value: required(text),
      replacement_value: required(text),
      updated_by: required(text),
    },
    nested: {},
  },
  meta_table_description: {
    file: 'meta_table_descriptions.csv',
    fields: {
      id: id,
      name: text,
      language: text,
      character_set: text,
    },
    nested: {
      attributes,
      metadata,
    },
  },
} as const satisfies Record<string, { file: string; fields: Record<string, Field>; nested: Record<string, Nested> }>;

/** The specification's objects, each the name of a database table too. */
export type HsdsObject =
  | 'organization'
  | 'program'
  | 'service'
  | 'location'
  | 'service_at_location'
  | 'address'
  | 'phone'
  | 'contact'
  | 'schedule'
  | 'service_area'
  | 'language'
  | 'accessibility'
  | 'cost_option'
  | 'required_document'
  | 'funding'
  | 'service_capacity'
  | 'unit'
  | 'url'
  | 'organization_identifier'
  | 'taxonomy'
  | 'taxonomy_term'
  | 'attribute'
  | 'metadata'
  | 'meta_table_description';

/** One object as a flat row: its scalar fields by name. Absent and null mean the same: nothing stated. */
export type HsdsRecord<O extends HsdsObject = HsdsObject> = { id: string } & {
  [F in keyof (typeof HSDS)[O]['fields']]?: ((typeof HSDS)[O]['fields'][F] extends { kind: 'number' } ? number : string) | null;
};

export interface HsdsDefinition {
  file: string;
  fields: Record<string, Field>;
  nested: Record<string, Nested>;
}

export const HSDS_OBJECTS = Object.keys(HSDS) as HsdsObject[];

export function hsdsDefinition(object: HsdsObject): HsdsDefinition {
  return HSDS[object];
}

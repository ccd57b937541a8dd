// Tables of HSDS 1 and 2, and of the older layout of Ohana, as rows of HSDS 3. What version 3 has no place for stays beside
// the record under its own name; a row never becomes more than what it says.

import { isTrueWord, toText } from './cells.ts';
import { DAY_WORDS, readDay } from './day-cells.ts';
import type { HsdsObject } from './hsds.ts';
import { FIELD_LINK } from './hsds-tree.ts';
import type { RowIssue } from './import-record.ts';
import {
  type LegacyRow,
  nested,
  organizationMissing,
  parts,
  renamed,
  type Tell,
  toAddress,
  toLanguage,
  toPayment,
  toTimes,
  toWeekday,
  unreadable,
  within,
  yearOf,
} from './legacy-cells.ts';

interface LegacyTable {
  object: HsdsObject;
  /** Names of the file or table. */
  names: readonly string[];
  /** All columns that such a table has in any version. */
  columns: readonly string[];
  /** Version 3 has a table of this name too: one of these columns, or the lack of `without`, tells the older one. */
  signs?: readonly string[];
  without?: string;
  upgrade(row: LegacyRow, tell: Tell): LegacyRow;
}

const PARENTS = ['id', 'organization_id', 'service_id', 'location_id', 'service_at_location_id'];

const LEGACY: Readonly<Record<string, LegacyTable>> = {
  organization: {
    object: 'organization',
    names: ['organization', 'organizations'],
    columns: words(
      'id name alternate_name description email url website tax_status tax_id year_incorporated date_incorporated legal_status accreditations funding_sources licenses logo uri',
    ),
    signs: ['url', 'date_incorporated', 'funding_sources'],
    upgrade({ url, funding_sources, date_incorporated, year_incorporated, ...row }) {
      const year = yearOf(year_incorporated ?? date_incorporated);
      return {
        ...row,
        ...renamed('website', row['website'] ?? url),
        ...nested('funding', funding_sources, 'source'),
        ...renamed('year_incorporated', year ?? year_incorporated),
        ...renamed('date_incorporated', String(year) === toText(date_incorporated) ? undefined : date_incorporated),
      };
    },
  },
  service: {
    object: 'service',
    names: ['service', 'services'],
    columns: words(
      'id organization_id program_id location_id name alternate_name description url website email status interpretation_services application_process wait_time fees accreditations licenses taxonomy_ids accepted_payments audience eligibility funding_sources keywords languages required_documents service_areas locations.organization_id',
    ),
    signs: words('taxonomy_ids location_id accepted_payments audience eligibility keywords website fees'),
    upgrade(row, tell) {
      const { website, eligibility, fees, location_id, service_areas, languages, required_documents, funding_sources, ...rest } = row;
      const { taxonomy_ids, accepted_payments, 'locations.organization_id': byLocation, ...others } = rest;
      const terms = parts(taxonomy_ids).map((taxonomy_term_id) => ({ taxonomy_term_id }));
      const status = toText(others['status']);
      if (status === null) others['status'] = 'active';
      const organization = others['organization_id'] ?? byLocation;
      if (toText(organization) === null) tell(organizationMissing());
      return {
        ...others,
        ...renamed('organization_id', organization),
        ...renamed('url', others['url'] ?? website),
        ...renamed('eligibility_description', eligibility),
        ...renamed('fees_description', fees),
        ...nested('service_areas', service_areas, 'name'),
        ...nested('languages', languages, 'name'),
        ...nested('required_documents', required_documents, 'document'),
        ...nested('funding', funding_sources, 'source'),
        ...(parts(accepted_payments).length > 0 && { cost_options: parts(accepted_payments).map(toPayment) }),
        ...(terms.length > 0 && { attributes: terms }),
        // The row names its one location: that is a link, and the only one.
        ...(toText(location_id) !== null && { service_at_locations: [{ location_id }] }),
      };
    },
  },
  location: {
    object: 'location',
    names: ['location', 'locations'],
    columns: words(
      'id organization_id name alternate_name description transportation latitude longitude accessibility admin_emails email languages short_desc website virtual url external_identifier external_identifier_type',
    ),
    without: 'location_type',
    upgrade({ accessibility, languages, website, virtual, ...row }) {
      const isVirtual = isTrueWord(toText(virtual) ?? '');
      return {
        ...row,
        location_type: isVirtual ? 'virtual' : 'physical',
        ...renamed('url', row['url'] ?? website),
        ...nested('accessibility', accessibility, 'description'),
        ...nested('languages', languages, 'name'),
      };
    },
  },
  phone: {
    object: 'phone',
    names: ['phone', 'phones'],
    columns: [
      ...PARENTS,
      ...words('contact_id number extension type number_type language description department country_prefix vanity_number'),
    ],
    signs: words('language department number_type country_prefix vanity_number'),
    upgrade({ language, department, number_type, ...row }) {
      const type = toText(row['type'] ?? number_type)?.toLowerCase();
      const described = [row['description'], department].map(toText).filter((text) => text !== null);
      return {
        ...row,
        ...renamed('type', type === 'sms' ? 'text' : type),
        ...renamed('description', described.join(', ') || undefined),
        ...(parts(language).length > 0 && { languages: parts(language).map(toLanguage) }),
      };
    },
  },
  physical_address: {
    object: 'address',
    names: ['physical_address', 'physical_addresses', 'address', 'addresses'],
    columns: words('id location_id attention address_1 address_2 address_3 address_4 city region state_province postal_code country'),
    without: 'address_type',
    upgrade: (row) => toAddress(row, 'physical'),
  },
  postal_address: {
    object: 'address',
    names: ['postal_address', 'postal_addresses', 'mail_address', 'mail_addresses'],
    columns: words('id location_id attention address_1 address_2 address_3 address_4 city region state_province postal_code country'),
    upgrade: (row) => toAddress(within('postal_addresses', row), 'postal'),
  },
  regular_schedule: {
    object: 'schedule',
    names: ['regular_schedule', 'regular_schedules'],
    columns: [...PARENTS, ...words('weekday opens_at closes_at')],
    upgrade({ weekday, ...row }, tell) {
      const day = toWeekday(toText(weekday));
      if (day === null) tell(unreadable('weekday', weekday, 'a weekday such as Monday, or 1 to 7 from Monday on, is expected'));
      const times = toTimes(row, tell);
      return { ...row, ...times, ...(day === null ? { ...renamed('weekday', weekday) } : { freq: 'WEEKLY', byday: day }) };
    },
  },
  holiday_schedule: {
    object: 'schedule',
    names: ['holiday_schedule', 'holiday_schedules'],
    columns: [...PARENTS, ...words('closed start_date end_date opens_at closes_at')],
    upgrade(row, tell) {
      const { closed, start_date, end_date, ...rest } = within('holiday_schedules', row);
      const isClosed = isTrueWord(toText(closed) ?? '');
      const [from, to] = [start_date, end_date].map((value) => readDay(toText(value) ?? ''));
      const times = isClosed ? {} : toTimes(rest, tell);
      if (from?.day && to?.day)
        return { ...rest, ...times, valid_from: from.day, valid_to: to.day, ...(isClosed && { description: 'Closed' }) };
      // A holiday of every year has no place in version 3: it is kept as words.
      for (const [column, value, read] of [
        ['start_date', start_date, from],
        ['end_date', end_date, to],
      ] as const)
        if (read?.code && toText(value) !== null) tell({ ...unreadable(column, value, DAY_WORDS[read.code]), code: read.code });
      const said = `${isClosed ? 'Closed' : 'Open'} ${[...new Set([start_date, end_date].map(toText))].filter(Boolean).join(' – ')}`;
      return { ...rest, ...times, description: said.trim(), ...renamed('start_date', start_date), ...renamed('end_date', end_date) };
    },
  },
  eligibility: {
    object: 'attribute',
    names: ['eligibility', 'eligibilities'],
    columns: words('id service_id eligibility'),
    upgrade: ({ id, service_id, eligibility, ...row }) => ({
      ...row,
      id: `eligibility/${toText(id) ?? ''}`,
      link_id: service_id,
      link_entity: 'service',
      link_type: FIELD_LINK,
      label: 'eligibility_description',
      value: eligibility,
    }),
  },
  payment_accepted: {
    object: 'cost_option',
    names: ['payment_accepted', 'payments_accepted'],
    columns: words('id service_id payment'),
    upgrade: ({ payment, ...row }) => ({ ...row, ...(toText(payment) !== null && toPayment(toText(payment) as string)) }),
  },
  accessibility_for_disabilities: {
    object: 'accessibility',
    names: ['accessibility_for_disabilities', 'accessibility'],
    columns: words('id location_id accessibility details'),
    signs: ['accessibility'],
    upgrade: ({ accessibility, ...row }) => ({ ...row, ...renamed('description', accessibility) }),
  },
  language: {
    object: 'language',
    names: ['language', 'languages'],
    columns: words('id service_id location_id language'),
    signs: ['language'],
    upgrade: ({ language, ...row }) => ({ ...row, ...(toText(language) !== null && toLanguage(toText(language) as string)) }),
  },
  service_area: {
    object: 'service_area',
    names: ['service_area', 'service_areas'],
    columns: words('id service_id service_area description'),
    signs: ['service_area'],
    upgrade: ({ service_area, ...row }) => ({ ...row, ...renamed('name', service_area) }),
  },
  taxonomy: {
    object: 'taxonomy_term',
    names: ['taxonomy', 'taxonomies'],
    columns: words('id taxonomy_id name parent_id parent_name vocabulary taxonomy_facet'),
    signs: words('parent_id parent_name vocabulary taxonomy_id'),
    upgrade: ({ taxonomy_id, vocabulary, ...row }) => ({
      ...row,
      ...renamed('id', row['id'] ?? taxonomy_id),
      ...renamed('code', row['id'] === undefined ? taxonomy_id : undefined),
      ...renamed('taxonomy', vocabulary),
    }),
  },
  service_taxonomy: {
    object: 'attribute',
    names: ['service_taxonomy', 'services_taxonomy', 'service_attribute', 'service_attributes'],
    columns: words('id service_id taxonomy_id taxonomy_term_id taxonomy_detail'),
    upgrade: ({ service_id, taxonomy_id, taxonomy_detail, ...row }) => ({
      ...row,
      link_id: service_id,
      link_entity: 'service',
      ...renamed('taxonomy_term_id', row['taxonomy_term_id'] ?? taxonomy_id),
      ...renamed('value', taxonomy_detail),
    }),
  },
  other_attribute: {
    object: 'attribute',
    names: ['other_attribute', 'other_attributes'],
    columns: words('id link_id link_type taxonomy_term_id'),
    upgrade: ({ link_type, ...row }) => ({ ...row, ...renamed('link_entity', link_type) }),
  },
};

/** Share of a table's columns that the older layout must know. */
const KNOWN_SHARE = 0.8;

/** The older layout that a table has, and the object of version 3 that its rows become; undefined where it has none. */
export function findLegacyTable(table: string, columns: readonly string[]): { legacy: string; object: HsdsObject } | undefined {
  const name = table.toLowerCase().replace(/[-\s]+/g, '_');
  for (const [legacy, { object, names, columns: known, signs, without }] of Object.entries(LEGACY)) {
    if (!names.includes(name) || !columns.some((column) => column === 'id' || column === 'taxonomy_id')) continue;
    if (columns.filter((column) => known.includes(column)).length < columns.length * KNOWN_SHARE) continue;
    if (signs && !signs.some((sign) => columns.includes(sign))) continue;
    if (without && columns.includes(without)) continue;
    return { legacy, object };
  }
  return undefined;
}

/** A row of version 3 for a row of the older layout. Throws where no layout has this name. */
export function upgradeRow(legacy: string, values: LegacyRow): { values: LegacyRow; issues: RowIssue[] } {
  const table = LEGACY[legacy];
  if (!table) throw new Error(`There is no older layout "${legacy}".`);
  const issues: RowIssue[] = [];
  const filled = Object.fromEntries(Object.entries(values).filter(([, value]) => toText(value) !== null || typeof value === 'object'));
  return { values: table.upgrade(filled, (issue) => issues.push(issue)), issues };
}

export function isLegacyName(legacy: string): boolean {
  return Object.hasOwn(LEGACY, legacy);
}

function words(text: string): string[] {
  return text.split(' ');
}

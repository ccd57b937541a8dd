// The names by which foreign tables call what HSDS has a field for. Compared without case, signs and spaces.
// A target is `object.field`; `waypost:` targets are ours. The first name of a list is the most telling.

export interface ColumnTarget {
  target: string;
  names: readonly string[];
  /** What the values must look like for the name to count; absent: anything. */
  like?: 'number' | 'url' | 'email' | 'phone' | 'text' | 'flag';
}

export const COLUMN_TARGETS: readonly ColumnTarget[] = [
  {
    target: 'service.name',
    names: [
      'name',
      'service name',
      'site name',
      'program name',
      'title',
      'location name',
      'facility name',
      'agency name',
      'label',
      'field 2',
      'nombre',
      'nom',
    ],
  },
  {
    target: 'service.alternate_name',
    names: ['alternate name', 'alternative name', 'nickname', 'also known as', 'aka', 'short name', 'other name'],
  },
  {
    target: 'service.description',
    names: [
      'description',
      'service description',
      'more information',
      'notes',
      'details',
      'body',
      'about',
      'summary',
      'additional information',
      'comments',
      'info',
      'descripcion',
    ],
    like: 'text',
  },
  {
    target: 'service.url',
    names: [
      'url',
      'website',
      'web site',
      'website address',
      'web',
      'homepage',
      'link',
      'site url',
      'sitio web',
      'pagina web',
      'site web',
      'site internet',
    ],
    like: 'url',
  },
  {
    target: 'service.email',
    names: ['email', 'e mail', 'email address', 'mail', 'correo', 'correo electronico', 'courriel'],
    like: 'email',
  },
  { target: 'service.status', names: ['status', 'is this service open?', 'service status', 'open status'], like: 'flag' },
  {
    target: 'service.eligibility_description',
    names: [
      'eligibility',
      'eligibility description',
      'who is eligible',
      'eligibility requirements',
      'requirements',
      'who can use it',
      'requisitos',
      'elegibilidad',
      'admissibilite',
    ],
    like: 'text',
  },
  {
    target: 'service.application_process',
    names: ['application process', 'how to apply', 'intake process', 'process', 'intake procedure'],
    like: 'text',
  },
  {
    target: 'service.fees_description',
    names: ['fees', 'cost', 'costs', 'fee', 'price', 'fees description', 'income eligibility and fees'],
    like: 'text',
  },
  { target: 'service.wait_time', names: ['wait time', 'waiting time'] },
  { target: 'service.interpretation_services', names: ['interpretation services', 'interpreters'] },
  { target: 'service.accreditations', names: ['accreditations'] },
  { target: 'service.licenses', names: ['licenses', 'licences'] },
  { target: 'service.minimum_age', names: ['minimum age', 'min age', 'age from'], like: 'number' },
  { target: 'service.maximum_age', names: ['maximum age', 'max age', 'age to'], like: 'number' },
  {
    target: 'organization.name',
    names: [
      'organization',
      'organisation',
      'organization name',
      'organisation name',
      'agency',
      'provider',
      'provider name',
      'parent organization',
      'parent agency',
      'operator',
      'sponsor',
      'org name',
      'org',
      'organizacion',
      'organisme',
    ],
  },
  {
    target: 'location.latitude',
    names: ['latitude', 'lat', 'location latitude', 'geo latitude', 'y', 'point y', 'latitud'],
    like: 'number',
  },
  {
    target: 'location.longitude',
    names: ['longitude', 'lon', 'lng', 'long', 'location longitude', 'geo longitude', 'x', 'point x', 'longitud'],
    like: 'number',
  },
  { target: 'location.transportation', names: ['transportation', 'transit', 'directions'] },
  {
    target: 'address.address_1',
    names: [
      'address 1',
      'address',
      'street address',
      'address line 1',
      'street',
      'location address',
      'site address',
      'physical address',
      'addr',
      'full address',
      'address address 1',
      'direccion',
      'domicilio',
      'calle',
      'adresse',
    ],
  },
  { target: 'address.address_2', names: ['address 2', 'address line 2', 'suite', 'unit', 'apt', 'address address 2'] },
  { target: 'address.city', names: ['city', 'town', 'municipality', 'locality', 'address city', 'ciudad', 'ville', 'commune'] },
  {
    target: 'address.state_province',
    names: ['state', 'state province', 'province', 'region', 'address state province', 'st', 'estado', 'provincia'],
  },
  {
    target: 'address.postal_code',
    names: ['zip', 'zip code', 'zipcode', 'postal code', 'postcode', 'address postal code', 'codigo postal', 'code postal', 'cp'],
  },
  { target: 'address.country', names: ['country', 'address country', 'country code', 'pais', 'pays'] },
  {
    target: 'phone.number',
    names: [
      'phone',
      'phone number',
      'telephone',
      'phones',
      'tel',
      'contact phone',
      'main phone',
      'hotline',
      'telefono',
      'toll free',
      'toll free number',
      'toll free phone number',
      'tty',
      'tdd',
      'tty phone number',
      'fax',
      'fax number',
      'text line',
      'sms',
      'crisis line',
      '24 hour hotline',
      'mobile',
      'cell phone',
      'phone 2',
      'secondary phone',
      'alternate phone',
      'other phone',
      'after hours phone',
    ],
    like: 'phone',
  },
  {
    target: 'schedule.description',
    names: [
      'hours',
      'hours of operation',
      'opening hours',
      'open hours',
      'regular schedule',
      'schedule',
      'hours notes',
      'operating hours',
      'times',
      'days and hours',
      'dates and hours',
      'horario',
      'horarios',
      'horaire',
      'horaires',
      'heures d ouverture',
    ],
    like: 'text',
  },
  {
    target: 'schedule.notes',
    names: [
      'holiday schedule',
      'holiday schedule location closed',
      'holidays closed',
      'closed holidays',
      'holidays observed',
      'holiday closures',
    ],
    like: 'text',
  },
  { target: 'language.name', names: ['languages', 'language', 'languages spoken', 'idiomas', 'idioma', 'langues'] },
  { target: 'accessibility.description', names: ['accessibility', 'wheelchair', 'accessible'] },
  { target: 'required_document.document', names: ['required documents', 'documents', 'what to bring', 'bring', 'documentation required'] },
  {
    target: 'service_area.name',
    names: ['service area', 'service areas', 'area served', 'coverage area', 'counties', 'county served', 'zip codes served'],
  },
  {
    target: 'waypost:hidden',
    names: ['hidden', 'confidential', 'is confidential', 'confidential location', 'hide address', 'private address', 'undisclosed'],
    like: 'flag',
  },
  {
    target: 'waypost:type',
    names: ['resource type', 'service type', 'type', 'category', 'services', 'subcategory', 'collection category', 'kind', 'program type'],
  },
];

/** Columns that hold the day of the last change of a row. */
export const DATE_NAMES = [
  'last updated',
  'updated at',
  'updated',
  'last modified',
  'modified',
  'date',
  'timestamp',
  'as of',
  'last verified',
  'scraped at',
];

/** Columns within which ids are unique, when the id alone is not. */
export const SCOPE_NAMES = [
  'scraper',
  'source',
  'dataset',
  'provider',
  'data source',
  'source org',
  'feed',
  'publisher',
  'food bank',
  'file name',
];

/** `_scraper`, `Site-Name`, `siteName` → `scraper`, `site name`. Dots of nested columns are kept apart as spaces. */
export function normalizeName(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}?]+/gu, ' ')
    .trim();
}

const PHONE_KINDS: readonly [RegExp, string][] = [
  [/\bfax\b/, 'fax'],
  [/\b(tty|tdd)\b/, 'tty'],
  [/\b(text|sms)\b/, 'text'],
  [/\b(cell|mobile)\b/, 'cell'],
  [/\b(hotline|crisis)\b/, 'hotline'],
  [/\b(toll free|2|secondary|alternate|other|after hours)\b/, 'voice'],
];

/** The type of the telephone numbers in a column that stands beside the main one; undefined for the main one itself. */
export function phoneKindOf(name: string): string | undefined {
  const normalized = normalizeName(name);
  return PHONE_KINDS.find(([pattern]) => pattern.test(normalized))?.[1];
}

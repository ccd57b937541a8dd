// Which service is where, under which name: the offers spread over the quarters and their organizations.

import type { Address, AddressBook } from '../town/addresses.ts';
import { DISTRICTS, type District } from '../town/districts.ts';
import type { Random } from '../town/random.ts';
import { STATED, type Stated } from './fields.ts';
import { FOOD_OFFERS } from './offers-food.ts';
import { HEALTH_OFFERS } from './offers-health.ts';
import { HOME_OFFERS } from './offers-home.ts';
import { SUPPORT_OFFERS } from './offers-support.ts';
import { ORGANIZATIONS, type OrganizationPlan } from './organizations.ts';
import type { Offer } from './offer.ts';

export const HELP_OFFERS: Offer[] = [...FOOD_OFFERS, ...HOME_OFFERS, ...HEALTH_OFFERS, ...SUPPORT_OFFERS];

export interface Site {
  key: string;
  address: Address;
  access: readonly string[];
  transport: string | undefined;
}

interface PlannedSite extends Site {
  district: District;
  organization: OrganizationPlan;
  locationId?: string;
}

export interface PlannedService {
  offer: Offer;
  name: string;
  description: string;
  eligibility: Offer['eligibility'][number];
  organization: OrganizationPlan;
  site: PlannedSite;
  siteName: string;
  sharesSite: boolean;
  /** In the fields of its kind. */
  stated: Stated;
}

/** Share of services that are given at a site where the organization already has another one. */
const SHARED = 0.36;

const ACCESS = [
  'Step-free entrance',
  'Ramp at the side door',
  'Lift',
  'Wide doors and an accessible toilet',
  'Two steps at the door: ring for a ramp',
  'Induction loop',
];

interface Plan {
  offers: readonly Offer[];
  book: AddressBook;
  random: Random;
  /** First word of the keys of its sites. */
  siteKey: string;
}

/** Lays out the services of some offers, the same every time. */
export function planServices({ offers, book, random, siteKey }: Plan): PlannedService[] {
  const sites: PlannedSite[] = [];
  const names = new Set<string>();
  const turns = new Map<string, number>();
  const wanted = offers.flatMap((offer) => Array.from({ length: offer.count }, () => offer));
  return random.shuffle(wanted).map((offer) => {
    const shared = random.chance(SHARED) ? findSharedSite(offer, sites, random) : undefined;
    const site = shared ?? openSite(offer, { book, random, key: `${siteKey} ${sites.length}` });
    if (!shared) sites.push(site);
    const turn = (turns.get(offer.key) ?? -1) + 1;
    turns.set(offer.key, turn);
    // In turn, so that everything that can be said is said somewhere.
    const of = <T>(list: readonly T[]) => list[turn % list.length] as T;
    const name = nameFor(offer.paired ? { ...offer, names: [of(offer.names)] } : offer, site, names, random);
    names.add(name);
    const siteName = offer.type === 'housing' || random.chance(0.6) ? name : `${site.organization.short}, ${site.district.name}`;
    return {
      offer,
      name,
      description: of(offer.descriptions),
      eligibility: of(offer.eligibility),
      organization: site.organization,
      site,
      siteName,
      sharesSite: shared !== undefined,
      stated: of(STATED[offer.key] ?? [{}]),
    };
  });
}

function findSharedSite(offer: Offer, sites: readonly PlannedSite[], random: Random): PlannedSite | undefined {
  const fitting = sites.filter(({ organization }) => organization.kinds.some((kind) => offer.by.includes(kind)));
  return fitting.length > 0 ? random.pick(fitting) : undefined;
}

function openSite(offer: Offer, { book, random, key }: Pick<Plan, 'book' | 'random'> & { key: string }): PlannedSite {
  const organization = random.pick(ORGANIZATIONS.filter(({ kinds }) => kinds.some((kind) => offer.by.includes(kind))));
  for (;;) {
    const district = pickDistrict(organization, random);
    const address = book.pickIn(district, random, random.chance(0.3) ? 'main' : 'any');
    if (!address) continue;
    return {
      key,
      district,
      organization,
      address,
      access: random.chance(0.62) ? random.shuffle(ACCESS).slice(0, random.integer(1, 2)) : [],
      transport: random.chance(0.55) ? `Bus ${random.pick([1, 2, 4, 5, 7, 9, 11, 14])}` : undefined,
    };
  }
}

/** Village organizations stay in their village; the others are where people are, most of all in Old Town. */
function pickDistrict(organization: OrganizationPlan, random: Random): District {
  const home: Record<string, string> = {
    'marsh-side-grange': 'marsh-side',
    'fernley-hall': 'fernley',
    'quarry-hill-fire': 'quarry-hill',
    'southfield-together': 'southfield',
    'ropewalk-commons': 'ropewalk',
    'east-cliff-community': 'east-cliff',
    'lantern-hill': 'lantern',
    'old-town-neighbors': 'old-town',
    'northgate-methodist': 'northgate',
    'orchard-friends': 'orchard',
  };
  const own = DISTRICTS.find(({ id }) => id === home[organization.key]);
  if (own && random.chance(own.village ? 0.4 : 0.8)) return own;
  const weight = (district: District) => (district.id === 'old-town' ? 260 : district.village ? 14 : district.density);
  let left = random.between(
    0,
    DISTRICTS.reduce((sum, district) => sum + weight(district), 0),
  );
  for (const district of DISTRICTS) {
    left -= weight(district);
    if (left <= 0) return district;
  }
  return DISTRICTS[0] as District;
}

/** A name that no other service has. */
function nameFor(offer: Offer, site: PlannedSite, taken: ReadonlySet<string>, random: Random): string {
  const street = site.address.street.replace(/ (Street|Avenue|Road|Lane|Row|Terrace|Way|Place|Walk|Court|Hill|End)$/, '');
  const fill = (pattern: string) =>
    pattern
      .replace('{s} Street', site.address.street)
      .replace('{d}', site.district.name)
      .replace('{s}', street)
      .replace('{o}', site.organization.short);
  const free = random
    .shuffle(offer.names)
    .map(fill)
    .filter((name) => !taken.has(name));
  return free[0] ?? `${fill(random.pick(offer.names))} (${site.address.street})`;
}

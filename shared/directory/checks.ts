// What may be wrong with a listing, told from the directory index alone: so no check sees where a hidden place is. Checks
// that need only what is stated are data (DataCheck, contributed by plugins); those that compare are here.

import { z } from 'zod';
import { haversine } from '../geo/distance.ts';
import { Localized } from '../platform/localized.ts';
import type { Severity } from '../platform/result.ts';
import type { DirectorySpread } from './checks-spread.ts';
import { daysSince } from './freshness.ts';
import type { ResourceInput } from './resource.ts';
import { saysPlaceHidden, saysWithheld } from './withheld.ts';
import { foldWords } from './words.ts';

/** What a check may want stated. */
export const CHECKED_PARTS = ['phone', 'hours', 'languages', 'eligibility', 'position', 'address', 'bring', 'capacity', 'type'] as const;
export type CheckedPart = (typeof CHECKED_PARTS)[number];

/** A check as data: a part that must be stated, or an age that no listing should reach. */
export const DataCheck = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z0-9][a-z0-9._/-]*$/)
      .describe('Code of its problems, such as "no_phone"'),
    label: Localized.describe('What is wrong, in a few words: "No telephone number"'),
    message: Localized.describe('What to do about it'),
    severity: z.enum(['error', 'warning', 'info']).describe('How much it matters'),
    types: z.array(z.string()).optional().describe('Kinds of resources that it is for; absent: all'),
    missing: z.enum(CHECKED_PARTS).optional().describe('A problem where this is not stated'),
    unverifiedDays: z.number().int().min(1).optional().describe('A problem where nobody has checked it for so many days'),
  })
  .refine(({ missing, unverifiedDays }) => (missing === undefined) !== (unverifiedDays === undefined), {
    message: 'Say either "missing" or "unverifiedDays".',
  })
  .describe('A check of every listing, whose findings are shown as problems');
export type DataCheck = z.infer<typeof DataCheck>;

/** What was compared, for the sentence that tells it. */
export type ProblemValues = Readonly<Record<string, string | number | null>>;

export interface CheckContext {
  now: Date;
  spread: DirectorySpread;
}

export interface DirectoryCheck {
  code: string;
  severity: Severity;
  /** It is about how long ago a listing was checked; `days` stands in its values. */
  byAge?: true;
  /** What is wrong with a resource; undefined: nothing. */
  find(resource: ResourceInput, context: CheckContext): ProblemValues | undefined;
}

const IS_STATED: Readonly<Record<CheckedPart, (resource: ResourceInput) => boolean>> = {
  phone: ({ phone }) => phone !== null,
  hours: ({ timetable }) => timetable !== null && (timetable.lines.length > 0 || timetable.text !== undefined),
  languages: ({ languages }) => languages.length > 0,
  eligibility: ({ rule, eligibilityText }) => rule !== null || eligibilityText !== null,
  // What has no place, such as a crisis line, or a hidden one, needs no position and no address.
  position: ({ location, hidden, lon, address }) => location === null || hidden || address === null || lon !== null,
  address: ({ location, hidden, address }) => location === null || hidden || address !== null,
  bring: ({ bring }) => bring.length > 0,
  capacity: ({ capacity }) => capacity !== null,
  type: ({ type }) => type !== null,
};

/** The check that a datum describes. */
export function toDirectoryCheck({ id, severity, types, missing, unverifiedDays }: DataCheck): DirectoryCheck {
  const isFor = ({ type }: ResourceInput) => types === undefined || (type !== null && types.includes(type));
  if (unverifiedDays !== undefined) {
    const find: DirectoryCheck['find'] = (resource, { now }) => {
      if (!isFor(resource)) return undefined;
      const days = resource.verified === null ? null : daysSince(resource.verified, now);
      return days === null || days >= unverifiedDays ? { days, day: resource.verified } : undefined;
    };
    return { code: id, severity, byAge: true, find };
  }
  const isStated = IS_STATED[missing!];
  return { code: id, severity, find: (resource) => (isFor(resource) && !isStated(resource) ? {} : undefined) };
}

const CLOSED = new RegExp(
  [
    '(?:permanently|temporarily|indefinitely|now) closed|closed (?:permanently|indefinitely|until further notice)|has closed(?: its doors)?',
    'no longer (?:in operation|operating|in service|available|offered)|out of business|do not refer',
    'cerrad[oa] (?:permanente|definitiva|temporal)mente|ya no (?:existe|funciona)',
    'fermee? (?:definitivement|temporairement)|definitivement fermee?',
  ]
    .map((words) => `\\b(?:${words})\\b`)
    .join('|'),
);
const CLOSED_NAME = /[([*-]\s*(?:CLOSED|CERRADO|FERM[EÉ])\s*[)\]*]?\s*$|^\s*(?:CLOSED|CERRADO|FERM[EÉ])\b\s*[-:*]/;
/** Services whose address is seldom meant for everyone. */
const REFUGE =
  /\b(?:domestic violence|battered women|violencia domestica|violences conjugales)\b.*\b(?:shelter|refuge|safe house|refugio|albergue|hebergement)\b|\bsafe ?house\b|\bwomen s refuge\b/;
/** So many different addresses on one point stand for "not found". */
const SHARED_ADDRESSES = 10;
/** Metres from the middle of its town, at the least, before a place is called far from it. */
const FAR_FROM_TOWN = 40_000;

/** Checks that compare a listing with others, or read its words. */
export const OWN_CHECKS: readonly DirectoryCheck[] = [
  {
    code: 'may_be_hidden',
    severity: 'error',
    find({ hidden, lon, address, service, location, summary }) {
      if (hidden || (lon === null && address === null)) return undefined;
      const texts = [service.name, location?.name ?? '', summary ?? ''];
      const told = texts.find((text) => saysPlaceHidden(text)) ?? (location && saysWithheld(location.name) ? location.name : undefined);
      const text = told ?? texts.find((one) => REFUGE.test(foldWords(one)));
      return text === undefined ? undefined : { text };
    },
  },
  {
    code: 'says_closed',
    severity: 'error',
    find({ service, summary }) {
      const text = [service.name, summary ?? ''].find((one) => CLOSED_NAME.test(one) || CLOSED.test(foldWords(one)));
      return text === undefined ? undefined : { text };
    },
  },
  {
    code: 'shared_position',
    severity: 'warning',
    find({ lon, lat }, { spread }) {
      if (lon === null || lat === null) return undefined;
      const count = spread.countAddressesAt(lon, lat);
      return count >= SHARED_ADDRESSES ? { count, lat, lon } : undefined;
    },
  },
  {
    code: 'far_from_town',
    severity: 'warning',
    find({ lon, lat, address }, { spread }) {
      const town = lon === null || lat === null ? undefined : spread.findTown(address);
      if (!town) return undefined;
      const meters = haversine(lon!, lat!, town.lon, town.lat);
      return meters > Math.max(FAR_FROM_TOWN, 6 * town.usual) ? { kilometers: Math.round(meters / 1000), town: town.name } : undefined;
    },
  },
  {
    code: 'hours_not_read',
    severity: 'warning',
    find: ({ timetable }) => (timetable?.text === undefined ? undefined : { text: timetable.text }),
  },
];

/** The code under which duplicate candidates are told. */
export const DUPLICATE = 'duplicate';

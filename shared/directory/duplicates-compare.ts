// How much two listings seem to be the same one: evidence for and against is weighed and told. What is not stated is no
// evidence either way.

import { haversine } from '../geo/distance.ts';
import { editDistance } from '../platform/suggest.ts';
import type { ComparedAddress, ComparedListing } from './duplicates-words.ts';

export type DuplicateReasonCode = 'name' | 'name_number' | 'phone' | 'organization' | 'guest' | 'address' | 'position' | 'type';

/** One part of the evidence, with the values that were compared. */
export interface DuplicateReason {
  code: DuplicateReasonCode;
  values: readonly [string, string];
  /** Above 0: they seem to be the same; below: they do not. Logarithm of the odds. */
  weight: number;
}

export interface DuplicateScore {
  /** 0 … 1: how likely they are the same. */
  score: number;
  /** The strongest first. */
  reasons: DuplicateReason[];
}

/** Odds before anything was compared. */
const PRIOR = -4.5;
/** Names less alike than this are not those of one service, whatever else is the same. */
const LEAST_NAME = 0.45;
/** What a mistyped word counts of itself. */
const MISTYPED = 0.9;
/** A whole name that says so much is hardly given twice: two or three rare words. */
const TELLING_NAME = 8;
/** Metres between the points that two people would set for one door. */
const SAME_DOOR = 100;

/** Compares two listings; undefined where their names alone say that they are not the same. */
export function compareListings(
  a: ComparedListing,
  b: ComparedListing,
  countOfPhone: (phone: string) => number,
): DuplicateScore | undefined {
  const likeness = nameLikeness(a, b);
  if (likeness < LEAST_NAME) return undefined;
  const reasons: DuplicateReason[] = [];
  const note = (code: DuplicateReasonCode, weight: number, values: [string, string]) => {
    if (weight !== 0) reasons.push({ code, weight, values });
  };
  note('name', nameWeight(likeness) + (likeness >= 0.95 && Math.min(a.weight, b.weight) >= TELLING_NAME ? 1 : 0), [
    a.listing.name,
    b.listing.name,
  ]);
  if (a.numbers.length > 0 && b.numbers.length > 0) {
    const shared = a.numbers.some((number) => b.numbers.includes(number));
    note('name_number', shared ? 0.5 : -4, [a.numbers.join(' '), b.numbers.join(' ')]);
  }
  if (a.phone !== '' && b.phone !== '') note('phone', phoneWeight(a.phone, b.phone, countOfPhone), [a.listing.phone!, b.listing.phone!]);
  const { organization } = a.listing;
  const isOneHouse = organization && organization === b.listing.organization;
  // One organization gives different things at one door, each under its own number.
  if (isOneHouse && likeness < 0.95 && a.phone !== b.phone) note('organization', -2.5, [a.listing.name, b.listing.name]);
  if (isGuestOf(a, b) || isGuestOf(b, a)) note('guest', -2.5, [a.listing.name, b.listing.name]);
  const meters = metersApart(a, b);
  let address = a.address && b.address ? addressWeight(a.address, b.address) : 0;
  // A house at a corner is known by either street.
  if (address < 0 && meters !== null && meters <= SAME_DOOR) address = -0.5;
  note('address', address, [a.listing.address ?? '', b.listing.address ?? '']);
  if (meters !== null) note('position', positionWeight(meters, address), [positionText(a), positionText(b)]);
  const [typeA, typeB] = [a.listing.type, b.listing.type];
  if (typeA && typeB && typeA !== typeB) note('type', -1, [typeA, typeB]);
  const odds = reasons.reduce((sum, { weight }) => sum + weight, PRIOR);
  // Nothing but a name is no evidence: there are many of one name.
  const grounds = reasons.some(({ code, weight }) => weight > 0 && code !== 'name' && code !== 'name_number');
  return {
    score: grounds ? 1 / (1 + Math.exp(-odds)) : 0,
    reasons: reasons.sort((x, y) => Math.abs(y.weight) - Math.abs(x.weight)),
  };
}

/** 0 … 1: the share of what the words say that stands in both names; a word mistyped counts for most of itself. */
function nameLikeness(a: ComparedListing, b: ComparedListing): number {
  let both = 0;
  const left: number[] = [];
  for (let i = 0; i < a.words.length; i++) {
    if (b.words.includes(a.words[i]!)) both += a.weights[i]!;
    else left.push(i);
  }
  if (left.length > 0) {
    for (let j = 0; j < b.words.length; j++) {
      const word = b.words[j]!;
      if (a.words.includes(word)) continue;
      const twin = left.findIndex((i) => isMistyped(word, a.words[i]!));
      if (twin >= 0) both += MISTYPED * Math.min(b.weights[j]!, a.weights[left.splice(twin, 1)[0]!]!);
    }
  }
  if (both === 0) return 0;
  // A name that is wholly part of a longer one is nearer to it than what the longer one adds would tell.
  return Math.min(1, 0.5 * (both / (a.weight + b.weight - both)) + 0.5 * (both / Math.min(a.weight, b.weight)));
}

/** "Somebody/Hill House" is somebody at Hill House, and not Hill House. */
function isGuestOf(guest: ComparedListing, host: ComparedListing): boolean {
  return guest.head.length > 0 && host.head.length === 0 && !guest.head.some((word) => host.words.includes(word));
}

/** Long words that differ by a slip of the fingers, plural and singular, a doubled letter. */
function isMistyped(a: string, b: string): boolean {
  const length = Math.min(a.length, b.length);
  if (length < 4 || Math.abs(a.length - b.length) > 2 || a[0] !== b[0]) return false;
  return editDistance(a, b) <= (length < 8 ? 1 : 2);
}

/** From −4 where names are half alike to +4 where they are the same. */
function nameWeight(likeness: number): number {
  return likeness < 0.7 ? -4 + ((likeness - LEAST_NAME) / (0.7 - LEAST_NAME)) * 5 : 1 + ((likeness - 0.7) / 0.3) * 3;
}

function phoneWeight(a: string, b: string, countOfPhone: (phone: string) => number): number {
  // A number for the whole county says nothing of one door.
  return a === b ? Math.max(0.25, 2.25 - 0.5 * Math.log2(Math.max(1, countOfPhone(a) / 2))) : -0.25;
}

function addressWeight(a: ComparedAddress, b: ComparedAddress): number {
  const missing = a.street.filter((word) => !b.street.some((other) => other === word || isMistyped(word, other)));
  const shorter = Math.min(a.street.length, b.street.length);
  const isSameStreet = shorter > 0 && a.street.length - missing.length >= shorter;
  if (!isSameStreet) return -1.5;
  const isOtherSide = a.direction !== '' && b.direction !== '' && a.direction !== b.direction;
  if (isOtherSide) return -1.5;
  if (a.number === null || b.number === null) return 1;
  if (a.number === b.number) return 3;
  return isNeighbour(a.number, b.number) ? 1 : -1.5;
}

/** House numbers a few doors apart, or with two digits in the wrong order. */
function isNeighbour(a: string, b: string): boolean {
  const sorted = (text: string) => [...text].sort().join('');
  return Math.abs(Number.parseInt(a, 10) - Number.parseInt(b, 10)) <= 10 || (a.length > 2 && sorted(a) === sorted(b));
}

function positionWeight(meters: number, address: number): number {
  if (meters <= SAME_DOOR) return 1;
  if (meters <= 300) return 0.5;
  if (meters <= 1500) return 0;
  // Where the address is the same, one of the two was placed wrongly.
  return address > 0 ? -0.5 : meters <= 3000 ? -2 : -4;
}

function metersApart({ listing: a }: ComparedListing, { listing: b }: ComparedListing): number | null {
  if (typeof a.lon !== 'number' || typeof a.lat !== 'number' || typeof b.lon !== 'number' || typeof b.lat !== 'number') return null;
  return haversine(a.lon, a.lat, b.lon, b.lat);
}

function positionText({ listing: { lon, lat } }: ComparedListing): string {
  return `${lat!.toFixed(5)}, ${lon!.toFixed(5)}`;
}

// Who may use a street of OpenStreetMap, in which direction, and how fast: tags in, speeds out.
// Keys and values: https://wiki.openstreetmap.org/wiki/Key:access and Key:highway. What is conditional (hours, days)
// is not read: a street or turn that is closed at some hours counts as open.

/** Kilometres an hour along the way as it is drawn, and against it; 0: not allowed. */
export interface StreetSpeeds {
  walk: { forward: number; backward: number };
  drive: { forward: number; backward: number };
  /** What the whole way takes, where it says so: a ferry. The speeds above then tell only who may use it. */
  seconds?: number;
}

type Tags = ReadonlyMap<string, string>;

/** 5 km/h on the level, as routers for walkers usually take; stairs half of it. */
const WALK = 5;
const STAIRS = 2.5;
/** A small ferry with the wait for it, where nobody says how long it takes. No timetable is read. */
const FERRY = 6;

/**
 * Kilometres an hour that are driven where no limit is tagged, and the share of a limit that is driven where one is: those of OSRM's
 * profile for cars, https://github.com/Project-OSRM/osrm-backend/blob/master/profiles/car.lua. Turns and signals cost nothing more.
 */
const DRIVE: Readonly<Record<string, number>> = {
  motorway: 90,
  motorway_link: 45,
  trunk: 85,
  trunk_link: 40,
  primary: 65,
  primary_link: 30,
  secondary: 55,
  secondary_link: 25,
  tertiary: 40,
  tertiary_link: 20,
  unclassified: 25,
  residential: 25,
  road: 25,
  service: 15,
  living_street: 10,
};
const OF_LIMIT = 0.8;
/** On streets that are open to those alone whose way ends there: so slow that a way leads through where there is no other. */
const NO_THROUGH_WAY = 10;
const NO_THROUGH = new Set(['destination', 'customers', 'residents']);
/** No road is driven faster than this (km/h), whatever is tagged. */
const FASTEST = 130;

const NOT_FOR_FEET = new Set([
  'motorway',
  'motorway_link',
  'construction',
  'proposed',
  'raceway',
  'bus_guideway',
  'escape',
  'abandoned',
  'razed',
  'no',
]);
/** Ways for feet that need no permission. */
const FOR_FEET = new Set([
  ...Object.keys(DRIVE).filter((kind) => !NOT_FOR_FEET.has(kind)),
  ...['footway', 'path', 'pedestrian', 'steps', 'track', 'bridleway', 'corridor', 'platform', 'elevator'],
]);
const CLOSED = new Set(['no', 'private', 'agricultural', 'forestry', 'emergency', 'military', 'use_sidepath', 'delivery']);
const OPEN = new Set(['yes', 'designated', 'permissive', 'official', 'destination', 'customers', 'public', 'residents']);

/** Speeds on a way; undefined where neither feet nor cars may use it, or it is no street. */
export function streetSpeeds(tags: Tags): StreetSpeeds | undefined {
  const kind = tags.get('highway');
  if (kind === undefined) return tags.get('route') === 'ferry' ? ferrySpeeds(tags) : undefined;
  const walk = walkSpeed(kind, tags);
  const drive = driveSpeed(kind, tags);
  if (walk === 0 && drive === 0) return undefined;
  const way = oneWay(tags, kind);
  const feetWay = tags.get('oneway:foot') === 'yes' ? 1 : 0;
  return {
    walk: { forward: walk, backward: feetWay === 1 ? 0 : walk },
    drive: { forward: way === -1 ? 0 : drive, backward: way === 1 ? 0 : drive },
  };
}

/** On foot unless it is forbidden; with a car where somebody says that it takes cars. */
function ferrySpeeds(tags: Tags): StreetSpeeds | undefined {
  const onFoot = firstOf(tags, ['foot', 'access']);
  const byCar = firstOf(tags, ['motorcar', 'motor_vehicle', 'vehicle']);
  const walk = onFoot !== undefined && CLOSED.has(onFoot) ? 0 : FERRY;
  const drive = byCar !== undefined && OPEN.has(byCar) ? FERRY : 0;
  if (walk === 0 && drive === 0) return undefined;
  const back = oneWay(tags, 'ferry') === 1 ? 0 : 1;
  const seconds = readDuration(tags.get('duration'));
  const speeds = { walk: { forward: walk, backward: walk * back }, drive: { forward: drive, backward: drive * back } };
  return seconds === undefined ? speeds : { ...speeds, seconds };
}

/** Seconds of `15` (minutes), `00:15` or `00:15:30`. */
function readDuration(text: string | undefined): number | undefined {
  const read = /^(?:(\d+):)?(\d+)(?::(\d+))?$/.exec(text ?? '');
  if (!read) return undefined;
  const [hours = 0, minutes = 0, seconds = 0] = read.slice(1).map((part: string | undefined) => (part === undefined ? 0 : Number(part)));
  const all = (hours * 60 + minutes) * 60 + seconds;
  return all > 0 ? all : undefined;
}

function walkSpeed(kind: string, tags: Tags): number {
  const allowed = firstOf(tags, ['foot', 'access']);
  const isOpen = OPEN.has(tags.get('foot') ?? '');
  if (NOT_FOR_FEET.has(kind) && !isOpen) return 0;
  if (allowed !== undefined && CLOSED.has(allowed)) return 0;
  // A road for motor vehicles only, or one for bicycles, is for feet where somebody says so.
  if (!isOpen && (tags.get('motorroad') === 'yes' || !FOR_FEET.has(kind))) return 0;
  return kind === 'steps' ? STAIRS : WALK;
}

function driveSpeed(kind: string, tags: Tags): number {
  const usual = DRIVE[kind];
  if (usual === undefined) return 0;
  const allowed = firstOf(tags, ['motorcar', 'motor_vehicle', 'vehicle', 'access']);
  if (allowed !== undefined && CLOSED.has(allowed)) return 0;
  // Open to some by turns: which way is open now nobody can tell from here.
  if (tags.get('oneway') === 'reversible' || tags.get('oneway') === 'alternating') return 0;
  const limit = speedLimit(tags.get('maxspeed'));
  const speed = limit === undefined ? usual : Math.min(FASTEST, Math.max(5, limit * OF_LIMIT));
  return allowed !== undefined && NO_THROUGH.has(allowed) ? Math.min(NO_THROUGH_WAY, speed) : speed;
}

/** 1: along the way only, −1: against it only, 0: both. For vehicles. */
export function oneWay(tags: Tags, kind: string): -1 | 0 | 1 {
  const told = tags.get('oneway:motor_vehicle') ?? tags.get('oneway:motorcar') ?? tags.get('oneway');
  if (told === '-1' || told === 'reverse') return -1;
  if (told === 'yes' || told === 'true' || told === '1') return 1;
  if (told !== undefined) return 0;
  const junction = tags.get('junction');
  return kind === 'motorway' || junction === 'roundabout' || junction === 'circular' ? 1 : 0;
}

const MILE = 1.609344;

/** In nearly all countries, https://wiki.openstreetmap.org/wiki/Default_speed_limits; outside of towns they differ too much. */
const URBAN = 50;

/** A speed limit in kilometres an hour: `50`, `30 mph`, `50;30` (the lower), `DE:urban`, `FR:zone30`; undefined where it says no figure. */
function speedLimit(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (text === 'walk' || text.endsWith(':living_street')) return 10;
  if (text.endsWith(':urban')) return URBAN;
  const zone = /^[A-Z]{2}:(?:zone:?)?(\d+)$/.exec(text);
  if (zone) return Number(zone[1]);
  const limits = text.split(/[;|]/).map((part) => {
    const read = /^\s*(\d+(?:\.\d+)?)\s*(mph|km\/h|kmh)?\s*$/.exec(part);
    return read ? Number(read[1]) * (read[2] === 'mph' ? MILE : 1) : NaN;
  });
  const least = Math.min(...limits.filter((limit) => limit > 0));
  return least < Infinity ? least : undefined;
}

const STOPS_CARS = new Set([
  'bollard',
  'block',
  'cycle_barrier',
  'jersey_barrier',
  'log',
  'planter',
  'stile',
  'turnstile',
  'kissing_gate',
  'debris',
  'chain',
  'barrier_board',
]);

/** Whether a node on a street keeps walkers from going on: only where somebody says so. */
export function stopsWalkers(tags: Tags): boolean {
  return tags.has('barrier') && CLOSED.has(firstOf(tags, ['foot', 'access']) ?? '');
}

/** Whether a node on a street keeps cars from going on. */
export function stopsCars(tags: Tags): boolean {
  const barrier = tags.get('barrier');
  if (barrier === undefined) return false;
  const allowed = firstOf(tags, ['motorcar', 'motor_vehicle', 'vehicle', 'access']);
  if (allowed !== undefined) return CLOSED.has(allowed);
  return STOPS_CARS.has(barrier);
}

function firstOf(tags: Tags, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const value = tags.get(key);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** Which turns a restriction leaves: none onto `to` (`no_…`), or that one only (`only_…`); undefined where it is not for cars. */
export function turnRule(tags: Tags): 'no' | 'only' | undefined {
  if (tags.get('type') !== 'restriction') return undefined;
  if (/\b(motorcar|motor_vehicle)\b/.test(tags.get('except') ?? '')) return undefined;
  const told = tags.get('restriction:motorcar') ?? tags.get('restriction') ?? '';
  return told.startsWith('no_') ? 'no' : told.startsWith('only_') ? 'only' : undefined;
}

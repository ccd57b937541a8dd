// What of OpenStreetMap is drawn, and as what: tags in; layer, kind and zoom out. Layers and kinds are those of the Protomaps basemap
// schema, version 4, as far as the map's style draws them: what it does not draw is not written.

import { oneWay } from '#shared/geo/street-profile.ts';
import type { OsmTags } from '../osm-file.ts';

export type MapLayer = 'earth' | 'landuse' | 'buildings' | 'roads' | 'water' | 'boundaries' | 'places' | 'pois';

/** A thing on the map, without where it lies. */
export interface Drawn {
  layer: MapLayer;
  /** The first zoom at which it is drawn; of an area the first at which it may be, which its size then tells. */
  minZoom: number;
  properties: Readonly<Record<string, string | number>>;
}

export const MAX_ZOOM = 14;

/** Kind and first zoom by class of way. */
const ROADS: Readonly<Record<string, readonly [kind: string, minZoom: number]>> = {
  motorway: ['highway', 4],
  trunk: ['highway', 5],
  primary: ['major_road', 7],
  secondary: ['major_road', 9],
  tertiary: ['medium_road', 10],
  residential: ['minor_road', 11],
  unclassified: ['minor_road', 11],
  road: ['minor_road', 11],
  living_street: ['minor_road', 12],
  pedestrian: ['minor_road', 12],
  service: ['minor_road', 13],
  footway: ['path', 14],
  path: ['path', 14],
  steps: ['path', 14],
  cycleway: ['path', 14],
  bridleway: ['path', 14],
  track: ['path', 14],
};

/** Zoom from which ramps between roads are drawn. */
const RAMPS = 12;

/** By key and value, the kind of an area of land. Order counts: the first that fits is taken. */
const LAND: readonly (readonly [key: string, kinds: ReadonlySet<string>])[] = [
  ['amenity', new Set(['hospital', 'school', 'university', 'college', 'kindergarten', 'townhall'])],
  ['leisure', new Set(['park', 'garden', 'playground', 'pitch', 'golf_course', 'nature_reserve'])],
  ['boundary', new Set(['national_park', 'protected_area'])],
  ['tourism', new Set(['zoo'])],
  ['aeroway', new Set(['aerodrome'])],
  [
    'landuse',
    new Set([
      ...['residential', 'commercial', 'retail', 'industrial', 'railway', 'military', 'cemetery', 'grass', 'meadow', 'allotments'],
      ...['forest', 'recreation_ground', 'village_green'],
    ]),
  ],
  ['natural', new Set(['wood', 'scrub', 'grassland', 'wetland'])],
];

/** Lines of water, and areas of it that are neither a river nor the sea. */
const WATERWAYS: Readonly<Record<string, number>> = { river: 8, canal: 10, stream: 12, drain: 13, ditch: 13 };

const POIS: readonly (readonly [key: string, kinds: Readonly<Record<string, number>>])[] = [
  ['railway', { station: 12, halt: 13 }],
  [
    'amenity',
    {
      hospital: 12,
      university: 13,
      college: 13,
      townhall: 13,
      school: 14,
      library: 14,
      marketplace: 14,
      bus_station: 13,
      ferry_terminal: 13,
    },
  ],
  ['aeroway', { aerodrome: 10 }],
  ['tourism', { museum: 14 }],
  ['leisure', { stadium: 13 }],
];

/** Areas whose name stands on a point in them, though they are drawn on the land layer. */
const NAMED_GREEN = new Set(['park', 'garden', 'forest', 'wood', 'nature_reserve', 'golf_course', 'cemetery', 'national_park']);

const PLACES: Readonly<Record<string, readonly [kind: string, minZoom: number, rank: number]>> = {
  country: ['country', 1, 14],
  state: ['region', 4, 12],
  region: ['region', 4, 11],
  province: ['region', 5, 10],
  city: ['city', 5, 9],
  town: ['town', 8, 6],
  village: ['village', 11, 3],
  hamlet: ['village', 13, 1],
  borough: ['borough', 11, 6],
  suburb: ['suburb', 11, 5],
  quarter: ['quarter', 13, 3],
  neighbourhood: ['neighbourhood', 13, 2],
};
/** People from which on a place has the rank one, two, three … */
const POPULATIONS = [200, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000, 2_000_000, 5_000_000, 10_000_000];

/** A point: a place with a name, or something that people find their way by. */
export function drawPoint(tags: OsmTags): Drawn | undefined {
  if (!tags.has('name')) return undefined;
  const place = PLACES[tags.get('place') ?? ''];
  if (place) {
    const [kind, minZoom, usual] = place;
    const population = Number.parseInt(tags.get('population')?.replaceAll(/[ ,.]/g, '') ?? '', 10);
    const rank = population >= 0 ? POPULATIONS.filter((least) => population >= least).length : usual;
    return {
      layer: 'places',
      minZoom: kind === 'city' && rank >= 10 ? 3 : minZoom,
      properties: { kind, population_rank: rank, ...namesOf(tags) },
    };
  }
  for (const [key, kinds] of POIS) {
    const kind = tags.get(key);
    const minZoom = kind === undefined ? undefined : kinds[kind];
    if (kind !== undefined && minZoom !== undefined) {
      return { layer: 'pois', minZoom, properties: { kind: kind === 'halt' ? 'station' : kind, ...namesOf(tags) } };
    }
  }
  return undefined;
}

/** A line: a road, a railway, a stream, a border. */
export function drawLine(tags: OsmTags): Drawn | undefined {
  const highway = tags.get('highway');
  if (highway !== undefined) {
    const road = ROADS[highway.replace(/_link$/, '')];
    if (!road || tags.get('area') === 'yes') return undefined;
    const [kind, from] = road;
    const detail = highway === 'service' ? (tags.get('service') === 'alley' ? 'alley' : 'service') : highway;
    // From far away the ramps of a junction would be one blot.
    const minZoom = highway.endsWith('_link') ? Math.max(RAMPS, from) : from;
    return { layer: 'roads', minZoom, properties: { kind, kind_detail: detail, ...roadSigns(tags, kind), ...namesOf(tags) } };
  }
  const railway = tags.get('railway');
  if ((railway === 'rail' || railway === 'light_rail' || railway === 'narrow_gauge') && tags.get('tunnel') !== 'yes') {
    const isYard = tags.has('service');
    return { layer: 'roads', minZoom: isYard ? 13 : 9, properties: { kind: 'rail', kind_detail: railway } };
  }
  const waterway = tags.get('waterway') ?? '';
  const minZoom = WATERWAYS[waterway];
  if (minZoom !== undefined && tags.get('tunnel') !== 'culvert')
    return { layer: 'water', minZoom, properties: { kind: waterway, ...namesOf(tags) } };
  const level = borderLevel(tags);
  return level === undefined ? undefined : drawBorder(level);
}

/** Which way a road is open and its number, as far as they are drawn. A road that is open against its drawing is turned round first. */
function roadSigns(tags: OsmTags, kind: string): Record<string, string> {
  const number = tags.get('ref')?.split(';')[0]?.trim();
  const isNumbered = kind === 'highway' && number !== undefined && number.length <= LONGEST_NUMBER;
  return { ...(roadDirection(tags) !== 0 && { oneway: 'yes' }), ...(isNumbered && { shield_text: number }) };
}

/** Longer road numbers are none that stand on signs. */
const LONGEST_NUMBER = 7;

/** 1: vehicles go along the drawing only, −1: against it. */
export function roadDirection(tags: OsmTags): -1 | 0 | 1 {
  const kind = tags.get('highway') ?? '';
  return (ROADS[kind.replace(/_link$/, '')]?.[0] ?? 'path') === 'path' ? 0 : oneWay(tags, kind);
}

/** By level of administration, what a border is and the zoom from which it is drawn. */
const BORDERS: Readonly<Record<number, readonly [kind: string, minZoom: number]>> = {
  2: ['country', 0],
  3: ['region', 4],
  4: ['region', 4],
  5: ['county', 8],
  6: ['county', 8],
  7: ['locality', 10],
  8: ['locality', 10],
};

/** Level of administration of a border: 2 for countries, the larger the smaller the area. Undefined where none is drawn. */
export function borderLevel(tags: OsmTags): number | undefined {
  const level = tags.get('boundary') === 'administrative' ? Number(tags.get('admin_level')) : NaN;
  return level in BORDERS ? level : undefined;
}

export function drawBorder(level: number): Drawn {
  const [kind, minZoom] = BORDERS[level]!;
  return { layer: 'boundaries', minZoom, properties: { kind, kind_detail: level } };
}

/** An area. Its name is no part of it: {@link drawAreaName}. */
export function drawArea(tags: OsmTags): Drawn | undefined {
  if (tags.has('building') && tags.get('building') !== 'no') return { layer: 'buildings', minZoom: 14, properties: { kind: 'building' } };
  if (isWater(tags)) return { layer: 'water', minZoom: 4, properties: { kind: waterKind(tags) } };
  if (tags.get('highway') === 'pedestrian') return { layer: 'landuse', minZoom: 13, properties: { kind: 'pedestrian' } };
  for (const [key, kinds] of LAND) {
    const kind = tags.get(key);
    if (kind !== undefined && kinds.has(kind)) return { layer: 'landuse', minZoom: 6, properties: { kind } };
  }
  return undefined;
}

/** The name of an area, on a point in it; undefined where it has none that is drawn. */
export function drawAreaName(tags: OsmTags): Drawn | undefined {
  if (!tags.has('name')) return undefined;
  const area = drawArea(tags);
  if (area?.layer === 'water') return { layer: 'water', minZoom: 6, properties: { ...area.properties, ...namesOf(tags) } };
  const kind = area?.properties['kind'];
  if (typeof kind === 'string' && NAMED_GREEN.has(kind)) return { layer: 'pois', minZoom: 10, properties: { kind, ...namesOf(tags) } };
  return drawPoint(tags);
}

function isWater(tags: OsmTags): boolean {
  const landuse = tags.get('landuse');
  return tags.get('natural') === 'water' || tags.get('waterway') === 'riverbank' || landuse === 'reservoir' || landuse === 'basin';
}

function waterKind(tags: OsmTags): string {
  return tags.get('waterway') === 'riverbank' || tags.get('water') === 'river' ? 'river' : 'water';
}

/** The name, and what it is in other languages where that differs. */
function namesOf(tags: OsmTags): Record<string, string> {
  const name = tags.get('name');
  if (name === undefined) return {};
  const names: Record<string, string> = { name };
  for (const [key, value] of tags) if (/^name:[a-z]{2,3}$/.test(key) && value !== name) names[key] = value;
  return names;
}

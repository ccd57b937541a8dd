// The ground of one basemap: land, blocks, parks, water, houses, streets, roads, rail, in this order, in token colours alone.
// Layer and kind names are those of the Protomaps basemap schema, version 4.

import type { ExpressionSpecification, FilterSpecification, LayerSpecification } from 'maplibre-gl';
import type { Palette } from './palette.ts';

const PARKS = [
  'park',
  'garden',
  'playground',
  'village_green',
  'recreation_ground',
  'pitch',
  'golf_course',
  'cemetery',
  'zoo',
  'grass',
  'meadow',
  'allotments',
];
const WILD = ['forest', 'wood', 'nature_reserve', 'national_park', 'protected_area', 'scrub', 'grassland', 'wetland'];
const CAMPUS = ['school', 'university', 'college', 'kindergarten', 'industrial', 'aerodrome', 'railway', 'military'];
const CIVIC = ['hospital', 'civic', 'public', 'government', 'townhall'];
const CORE = ['commercial', 'retail', 'pedestrian', 'core'];
const BLOCKS = ['residential', 'block', 'neighbourhood', 'urban_area'];

export const kindIn = (...kinds: string[]): ExpressionSpecification => ['in', ['get', 'kind'], ['literal', kinds]];
const isPolygon: ExpressionSpecification = ['==', ['geometry-type'], 'Polygon'];
const isSea = kindIn('ocean', 'sea');
const isLine: ExpressionSpecification = ['==', ['geometry-type'], 'LineString'];
const all = (...filters: FilterSpecification[]): FilterSpecification => ['all', ...filters] as FilterSpecification;

/** Px by zoom, growing as the ground does. */
function widths(...stops: [zoom: number, px: number][]): ExpressionSpecification {
  return ['interpolate', ['exponential', 1.6], ['zoom'], ...stops.flat()] as ExpressionSpecification;
}

/** Zoom from which land and sea of a map that lies over a larger one are drawn: from far away they would be a rectangle cut out of it. */
const LAND_OVER_LAND = 11;

interface RoadClass {
  id: string;
  filter: FilterSpecification;
  width: [number, number][];
  fill: string;
  edge: string;
  minzoom: number;
}

const kindDetail: ExpressionSpecification = ['coalesce', ['get', 'kind_detail'], ['get', 'pmap:kind_detail'], ''];

const isRamp: ExpressionSpecification = ['in', '_link', kindDetail];
/** The middle of a road of that kind, and its narrower ramps. */
const notRamp: ExpressionSpecification = ['!', isRamp];

/** Narrow to wide. `medium_road` is that of older tiles and of our own towns; newer tiles call it a major road of kind tertiary. */
// prettier-ignore
const STREETS: readonly RoadClass[] = [
  { id: 'service', filter: all(kindIn('minor_road', 'other'), ['in', kindDetail, ['literal', ['service', 'alley', 'driveway']]]), width: [[13.5, 0.4], [16, 3], [18, 7], [20, 18]], fill: '--map-street', edge: '--map-street-case', minzoom: 13.5 },
  { id: 'street', filter: all(kindIn('minor_road'), ['!', ['in', kindDetail, ['literal', ['service', 'alley', 'driveway']]]]), width: [[11.5, 0.4], [13, 1.4], [14, 3], [15, 6], [16, 9], [18, 18], [20, 44]], fill: '--map-street', edge: '--map-street-case', minzoom: 11.5 },
];

// prettier-ignore
const ROADS: readonly RoadClass[] = [
  { id: 'medium', filter: all(kindIn('medium_road'), notRamp), width: [[10, 0.5], [12, 1.6], [14, 4.2], [15, 8], [16, 12], [18, 24], [20, 54]], fill: '--map-main', edge: '--map-main-case', minzoom: 10 },
  { id: 'main-ramp', filter: all(kindIn('major_road', 'medium_road'), isRamp), width: [[12, 1], [14, 3], [15, 5.5], [16, 8.5], [18, 18], [20, 40]], fill: '--map-main', edge: '--map-main-case', minzoom: 12 },
  { id: 'trunk-ramp', filter: all(kindIn('highway'), isRamp), width: [[12, 1.2], [14, 3.4], [15, 6], [16, 9], [18, 19], [20, 42]], fill: '--map-trunk', edge: '--map-trunk-case', minzoom: 12 },
  { id: 'main', filter: all(kindIn('major_road'), notRamp), width: [[7, 0.5], [10, 1.2], [12, 2.6], [14, 5.2], [15, 9.5], [16, 14], [18, 28], [20, 62]], fill: '--map-main', edge: '--map-main-case', minzoom: 7 },
  { id: 'trunk', filter: all(kindIn('highway'), notRamp), width: [[4, 0.5], [8, 1.3], [10, 2], [12, 3.4], [14, 6.5], [15, 11], [16, 16], [18, 32], [20, 70]], fill: '--map-trunk', edge: '--map-trunk-case', minzoom: 4 },
];

/** The ground layers of the basemap whose source is `source`. `isOver`: a map of a larger area lies below all of it. */
export function groundLayers(source: string, palette: Palette, { isOver = false } = {}): LayerSpecification[] {
  const landFrom = isOver ? LAND_OVER_LAND : 0;
  const colour = (token: string) => palette.colour(token);
  const fill = (
    id: string,
    layer: string,
    filter: FilterSpecification,
    token: string,
    minzoom = 0,
    opacity?: ExpressionSpecification,
  ): LayerSpecification => ({
    id: `${source}/${id}`,
    type: 'fill',
    source,
    'source-layer': layer,
    minzoom,
    filter: all(isPolygon, filter),
    paint: { 'fill-color': colour(token), 'fill-antialias': true, ...(opacity === undefined ? {} : { 'fill-opacity': opacity }) },
  });
  const line = (
    id: string,
    layer: string,
    filter: FilterSpecification,
    options: {
      token: string;
      width: ExpressionSpecification | number;
      gap?: ExpressionSpecification;
      minzoom?: number;
      dash?: number[];
      butt?: boolean;
    },
  ): LayerSpecification => ({
    id: `${source}/${id}`,
    type: 'line',
    source,
    'source-layer': layer,
    minzoom: options.minzoom ?? 0,
    filter,
    layout: { 'line-join': 'round', 'line-cap': options.butt ? 'butt' : 'round' },
    paint: {
      'line-color': colour(options.token),
      'line-width': options.width,
      ...(options.gap === undefined ? {} : { 'line-gap-width': options.gap }),
      ...(options.dash === undefined ? {} : { 'line-dasharray': options.dash }),
    },
  });
  const edges = (roads: readonly RoadClass[]) =>
    roads.map((road) =>
      line(`${road.id}-edge`, 'roads', all(isLine, road.filter), {
        token: road.edge,
        gap: widths(...road.width),
        width: widths([road.minzoom, 0.3], [Math.max(13, road.minzoom + 1), 0.8], [20, 1.6]),
        minzoom: road.minzoom,
      }),
    );
  const fills = (roads: readonly RoadClass[]) =>
    roads.map((road) =>
      line(road.id, 'roads', all(isLine, road.filter), { token: road.fill, width: widths(...road.width), minzoom: road.minzoom }),
    );

  return [
    fill('earth', 'earth', ['has', 'kind'], '--map-land', landFrom),
    fill('earth-plain', 'earth', ['!', ['has', 'kind']], '--map-land', landFrom),
    fill('blocks', 'landuse', kindIn(...BLOCKS), '--map-block', 10),
    fill('core', 'landuse', kindIn(...CORE), '--map-core', 10),
    fill('campus', 'landuse', kindIn(...CAMPUS), '--map-campus', 10),
    fill('civic', 'landuse', kindIn(...CIVIC), '--map-civic', 10),
    fill('parks', 'landuse', kindIn(...PARKS), '--map-park'),
    fill('wild', 'landuse', kindIn(...WILD), '--map-park-2'),
    // Under the areas of water: a river's middle line shows only where the river is too narrow to have an area.
    line('streams', 'water', all(isLine, kindIn('river', 'stream', 'canal', 'drain', 'ditch')), {
      token: '--map-water-line',
      width: widths([9, 0.6], [14, 1.6], [18, 6]),
      minzoom: 9,
    }),
    fill('sea', 'water', isSea, '--map-water', landFrom),
    fill('water', 'water', all(['!=', ['get', 'kind'], 'swimming_pool'], ['!', isSea]), '--map-water'),
    // The sea's own outline would frame the edge of the map's data: the coast is that of the land. Land of an extract ends at its
    // border too, and brings its coast as a line.
    line('coast', 'earth', ['any', ['all', isPolygon, ['!', kindIn('extract')]], kindIn('coastline')], {
      token: '--map-water-line',
      width: widths([6, 0.4], [14, 1.2]),
      minzoom: 6,
    }),
    line('water-edge', 'water', all(isPolygon, ['!', isSea]), {
      token: '--map-water-line',
      width: widths([8, 0.4], [14, 1.2]),
      minzoom: 8,
    }),
    fill('buildings', 'buildings', ['!=', ['get', 'kind'], 'address'], '--map-building', 14, [
      'interpolate',
      ['linear'],
      ['zoom'],
      14,
      0,
      15,
      1,
    ]),
    line('building-edges', 'buildings', ['!=', ['get', 'kind'], 'address'], {
      token: '--map-building-edge',
      width: widths([15, 0.3], [17, 0.8]),
      minzoom: 15.5,
    }),
    line('paths', 'roads', all(isLine, kindIn('path')), {
      token: '--map-path',
      width: widths([14, 0.8], [18, 2]),
      minzoom: 14,
      dash: [3, 2],
      butt: true,
    }),
    ...edges(STREETS),
    ...fills(STREETS),
    ...edges(ROADS),
    ...fills(ROADS),
    line('rail', 'roads', all(isLine, kindIn('rail')), { token: '--map-rail', width: widths([10, 0.6], [14, 1.6], [18, 3]), minzoom: 10 }),
    line('rail-ties', 'roads', all(isLine, kindIn('rail')), {
      token: '--map-land',
      width: widths([13, 0.4], [14, 0.9], [18, 1.6]),
      minzoom: 13,
      dash: [5, 5],
      butt: true,
    }),
    line('localities', 'boundaries', kindIn('county', 'locality'), {
      token: '--map-rail',
      width: widths([8, 0.3], [14, 1]),
      minzoom: 8,
      dash: [2, 3],
      butt: true,
    }),
    line('regions', 'boundaries', ['!', kindIn('country', 'county', 'locality')], {
      token: '--map-rail',
      width: widths([2, 0.4], [8, 1]),
      dash: [3, 2],
      butt: true,
    }),
    line('countries', 'boundaries', kindIn('country'), { token: '--map-rail', width: widths([0, 0.6], [8, 1.6]) }),
  ];
}

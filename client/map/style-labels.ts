// The names on one basemap: streets under roads under parks under districts, so that a lesser name gives way to a greater one.

import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import type { Palette } from './palette.ts';
import { kindIn } from './style-ground.ts';

/** Font stacks without glyph files: the first name is not a family but tells the map which weight or style to draw. */
export function fontStack(palette: Palette, style: 'Regular' | 'SemiBold' | 'Bold' | 'Italic'): string[] {
  return [style, ...palette.fonts];
}

/** The name in the reader's language where the tiles hold it. */
export function nameIn(language: string): ExpressionSpecification {
  const base = language.split('-')[0] ?? language;
  return ['coalesce', ['get', `name:${language}`], ['get', `name:${base}`], ['get', 'name'], ''];
}

/** The label layers of the basemap whose source is `source`, least important first. */
export function labelLayers(source: string, palette: Palette, language: string): LayerSpecification[] {
  const size = (px: number) => px * palette.textScale;
  const name = nameIn(language);
  const halo = { 'text-halo-color': palette.colour('--map-halo'), 'text-halo-width': 1.4, 'text-halo-blur': 0.2 } as const;
  const at = { source, type: 'symbol' } as const;

  const along = (
    id: string,
    kinds: string[],
    options: { px: number; token: string; minzoom: number; gap: number },
  ): LayerSpecification => ({
    ...at,
    id: `${source}/${id}`,
    'source-layer': 'roads',
    minzoom: options.minzoom,
    filter: ['all', kindIn(...kinds), ['has', 'name']],
    layout: {
      'symbol-placement': 'line',
      'symbol-spacing': options.gap,
      'text-field': name,
      'text-font': fontStack(palette, 'Regular'),
      'text-size': ['interpolate', ['linear'], ['zoom'], options.minzoom, size(options.px), 18, size(options.px + 2.5)],
      'text-max-angle': 32,
      'text-padding': 3,
      'text-letter-spacing': 0.01,
    },
    paint: { 'text-color': palette.colour(options.token), ...halo },
  });

  const area = (
    id: string,
    layer: string,
    filter: ExpressionSpecification,
    options: {
      px: number | ExpressionSpecification;
      token: string;
      font: 'Regular' | 'SemiBold' | 'Bold' | 'Italic';
      minzoom: number;
      maxzoom?: number;
      spacing?: number;
      halo?: boolean;
      line?: boolean;
    },
  ): LayerSpecification => ({
    ...at,
    id: `${source}/${id}`,
    'source-layer': layer,
    minzoom: options.minzoom,
    maxzoom: options.maxzoom ?? 24,
    filter: ['all', filter, ['has', 'name']],
    layout: {
      ...(options.line ? { 'symbol-placement': 'line' as const, 'symbol-spacing': 420, 'text-max-angle': 40 } : { 'text-max-width': 8 }),
      'text-field': name,
      'text-font': fontStack(palette, options.font),
      'text-size': typeof options.px === 'number' ? size(options.px) : options.px,
      'text-padding': 6,
      'text-letter-spacing': options.spacing ?? 0,
      'symbol-sort-key': ['coalesce', ['get', 'sort_key'], ['*', -1, ['to-number', ['get', 'population_rank'], 0]]],
    },
    paint: {
      'text-color': palette.colour(options.token),
      ...(options.halo === false ? { 'text-halo-color': palette.colour('--map-halo'), 'text-halo-width': 0.6 } : halo),
    },
  });

  const isPoint: ExpressionSpecification = ['==', ['geometry-type'], 'Point'];
  const isLine: ExpressionSpecification = ['==', ['geometry-type'], 'LineString'];
  const both = (...filters: ExpressionSpecification[]) => ['all', ...filters] as ExpressionSpecification;
  const green = kindIn('park', 'garden', 'forest', 'wood', 'nature_reserve', 'golf_course', 'cemetery', 'national_park');
  const town = [
    'interpolate',
    ['linear'],
    ['zoom'],
    3,
    size(11),
    8,
    ['case', ['>=', ['to-number', ['get', 'population_rank'], 0], 9], size(15), size(12)],
    13,
    size(17),
  ] as ExpressionSpecification;

  return [
    oneWayArrows(source, palette),
    along('street-names', ['minor_road'], { px: 9.5, token: '--map-label-2', minzoom: 14, gap: 260 }),
    along('medium-road-names', ['medium_road'], { px: 10.5, token: '--map-label', minzoom: 13, gap: 320 }),
    along('road-names', ['major_road', 'highway'], { px: 11, token: '--map-label', minzoom: 12, gap: 380 }),
    roadNumbers(source, palette),
    area(
      'civic-names',
      'pois',
      both(
        isPoint,
        ['!', green] as ExpressionSpecification,
        kindIn(
          'station',
          'hospital',
          'university',
          'college',
          'school',
          'townhall',
          'library',
          'museum',
          'stadium',
          'marketplace',
          'aerodrome',
          'ferry_terminal',
          'bus_station',
        ),
      ),
      { px: 10.5, token: '--map-label-2', font: 'Regular', minzoom: 14 },
    ),
    // Names of areas come as points: a name on an area itself would be drawn once in each tile that the area reaches into.
    area('park-names', 'pois', both(isPoint, green), { px: 10.5, token: '--map-label-park', font: 'Regular', minzoom: 12, halo: false }),
    area('stream-names', 'water', isLine, {
      px: 12,
      token: '--map-label-water',
      font: 'Italic',
      minzoom: 10,
      spacing: 0.04,
      halo: false,
      line: true,
    }),
    area('water-names', 'water', isPoint, { px: 12, token: '--map-label-water', font: 'Italic', minzoom: 4, spacing: 0.04, halo: false }),
    area('quarter-names', 'places', kindIn('neighbourhood', 'macrohood', 'quarter', 'suburb', 'borough'), {
      px: ['interpolate', ['linear'], ['zoom'], 11, size(11.5), 14, size(14), 16, size(16)] as ExpressionSpecification,
      token: '--map-label',
      font: 'Bold',
      minzoom: 11,
    }),
    area('town-names', 'places', kindIn('locality', 'city', 'town', 'village'), {
      px: town,
      token: '--map-label',
      font: 'Bold',
      minzoom: 3,
      maxzoom: 13.5,
    }),
    area('region-names', 'places', kindIn('region'), {
      px: 11,
      token: '--map-label-2',
      font: 'SemiBold',
      minzoom: 3,
      maxzoom: 9,
      spacing: 0.06,
    }),
    area('country-names', 'places', kindIn('country'), {
      px: 12,
      token: '--map-label',
      font: 'SemiBold',
      minzoom: 1,
      maxzoom: 7,
      spacing: 0.06,
    }),
  ];
}

/** Which way a street is open, along it, where its direction can be seen. */
function oneWayArrows(source: string, palette: Palette): LayerSpecification {
  return {
    id: `${source}/one-way`,
    type: 'symbol',
    source,
    'source-layer': 'roads',
    minzoom: 16,
    filter: ['==', ['get', 'oneway'], 'yes'],
    layout: {
      'symbol-placement': 'line',
      'symbol-spacing': 110,
      'text-field': '→',
      'text-font': fontStack(palette, 'Regular'),
      'text-size': ['interpolate', ['linear'], ['zoom'], 16, 17, 19, 26],
      'text-keep-upright': false,
      'text-rotation-alignment': 'map',
      'text-padding': 8,
    },
    paint: { 'text-color': palette.colour('--map-label-2'), 'text-opacity': 0.75 },
  };
}

/** Numbers of the great roads, upright. */
function roadNumbers(source: string, palette: Palette): LayerSpecification {
  return {
    id: `${source}/road-numbers`,
    type: 'symbol',
    source,
    'source-layer': 'roads',
    minzoom: 9,
    filter: ['all', kindIn('highway'), ['has', 'shield_text'], ['!', ['in', '_link', ['coalesce', ['get', 'kind_detail'], '']]]],
    layout: {
      'symbol-placement': 'line',
      'symbol-spacing': 420,
      'text-field': ['get', 'shield_text'],
      'text-font': fontStack(palette, 'SemiBold'),
      'text-size': 10.5 * palette.textScale,
      'text-rotation-alignment': 'viewport',
      'text-pitch-alignment': 'viewport',
      'text-padding': 24,
    },
    paint: {
      'text-color': palette.colour('--map-label'),
      'text-halo-color': palette.colour('--map-trunk'),
      'text-halo-width': 2.4,
    },
  };
}

// What a search puts on the map: reach, way, pins, clusters and start, as sources and layers.

import type { ExpressionSpecification, LayerSpecification, SourceSpecification, SymbolLayerSpecification } from 'maplibre-gl';
import type { Palette } from './palette.ts';
import { CLUSTER_RADII } from './pin-drawing.ts';
import { PIN, pinBox } from './pin-spec.ts';
import { RING_ORDER, RING_STEPS } from './ring.ts';
import { fontStack } from './style-labels.ts';

/** Sources that the map fills itself. */
const PIN_SOURCES = ['reach', 'areas', 'way', 'pins', 'best', 'start'] as const;
export const OWN_SOURCES = [...PIN_SOURCES, 'cells', 'cells-none', 'cells-marked', 'sites'] as const;
export type OwnSource = (typeof OWN_SOURCES)[number];

/** Layers that a click or a key can choose from, the uppermost first. */
export const PIN_LAYERS = ['selected', 'best', 'pins', 'clusters', 'browse-selected', 'browse-pins', 'browse-clusters', 'areas'] as const;
/** Layers of the sites of an analysis: they have a name to hover, and are not chosen. */
export const SITE_LAYERS = ['site-pins', 'site-dots'] as const;
export const FIND_LAYERS = [
  'areas',
  'areas-edge',
  'way-edge',
  'way',
  'clusters',
  'pins',
  'area-names',
  'best-names',
  'best',
  'start',
  'selected',
] as const;

export const CLUSTER_RADIUS = 34;
/** Pins on one spot stay together at every zoom, so that none hides another. */
const CLUSTER_MAX_ZOOM = 23;
/** From here on every pin has its name where there is room. */
export const LABEL_ZOOM = 16;

/** Expressions that are put together from parts are beyond what the library's type can check. */
export const e = (expression: unknown): ExpressionSpecification => expression as ExpressionSpecification;
const empty = { type: 'FeatureCollection' as const, features: [] };

export function pinSources(): Record<(typeof PIN_SOURCES)[number], SourceSpecification> {
  const counts = Object.fromEntries(RING_ORDER.map((_, i) => [`c${i}`, e(['+', ['case', ['==', ['get', 'v'], i], 1, 0]])]));
  return {
    reach: { type: 'geojson', data: empty },
    areas: { type: 'geojson', data: empty },
    way: { type: 'geojson', data: empty },
    pins: {
      type: 'geojson',
      data: empty,
      promoteId: 'id',
      cluster: true,
      clusterRadius: CLUSTER_RADIUS,
      clusterMaxZoom: CLUSTER_MAX_ZOOM,
      maxzoom: 24,
      clusterProperties: counts,
    },
    best: { type: 'geojson', data: empty, promoteId: 'id' },
    start: { type: 'geojson', data: empty },
  };
}

/** Under the labels: what can be reached, of a search or of a place that somebody asked about, and the areas of private sites. */
export function reachLayers(palette: Palette): LayerSpecification[] {
  const accent = palette.colour('--map-iso');
  return [
    {
      id: 'reach-outside',
      type: 'fill',
      source: 'reach',
      filter: ['==', ['get', 'part'], 'outside'],
      paint: { 'fill-color': palette.colour('--map-land'), 'fill-opacity': 0.45, 'fill-antialias': false },
    },
    {
      id: 'reach-inside',
      type: 'fill',
      source: 'reach',
      filter: ['==', ['get', 'part'], 'inside'],
      paint: { 'fill-color': accent, 'fill-opacity': 0.05, 'fill-antialias': false },
    },
    {
      id: 'reach-edge',
      type: 'line',
      source: 'reach',
      filter: ['==', ['get', 'part'], 'inside'],
      layout: { 'line-join': 'round' },
      paint: { 'line-color': accent, 'line-width': 1.8, 'line-dasharray': ['literal', [2, 1.5]] },
    },
    {
      id: 'areas',
      type: 'fill',
      source: 'areas',
      filter: ['==', ['geometry-type'], 'Polygon'],
      paint: { 'fill-color': accent, 'fill-opacity': 0.07 },
    },
    {
      id: 'areas-edge',
      type: 'line',
      source: 'areas',
      filter: ['==', ['geometry-type'], 'Polygon'],
      paint: { 'line-color': accent, 'line-width': 1, 'line-opacity': 0.7, 'line-dasharray': [2, 2] },
    },
  ];
}

/** Over the labels: the way, pins, clusters, the start, the selected pin. */
export function pinLayers(palette: Palette): LayerSpecification[] {
  const size = (px: number) => px * palette.textScale;
  const label = { 'text-color': palette.colour('--map-label'), 'text-halo-color': palette.colour('--map-halo'), 'text-halo-width': 1.7 };
  const anchored = (selected: boolean): NonNullable<SymbolLayerSpecification['layout']> => ({
    'icon-image': e([
      'concat',
      `pin|${palette.id}|`,
      ['get', 'fill'],
      selected ? '|selected' : '|plain',
      ['get', 'mark'],
      '|',
      ['get', 'type'],
    ]),
    'icon-anchor': 'bottom',
    // The tip of the tail is the place; a dot has its middle there.
    'icon-offset': e([
      'case',
      ['==', ['get', 'fill'], 'dot'],
      ['literal', [0, selected ? PIN.pad : pinBox({ fill: 'dot', selected: false }).height / 2]],
      ['literal', [0, PIN.pad]],
    ]),
    'icon-allow-overlap': true,
    'icon-padding': 0,
    'text-font': fontStack(palette, selected ? 'Bold' : 'SemiBold'),
    'text-size': size(selected ? 13 : 11.5),
    'text-max-width': 14,
    'text-padding': 3,
  });
  const below = e(['literal', ['top', [0, 0.25], 'left', [1.3, -1.3], 'right', [-1.3, -1.3]]]);
  const selectedBox = pinBox({ fill: 'solid', selected: true });
  return [
    {
      // So that the dots stand out on a road of nearly their own colour.
      id: 'way-edge',
      type: 'line',
      source: 'way',
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: { 'line-color': palette.colour('--map-halo'), 'line-width': 7, 'line-opacity': 0.75 },
    },
    {
      id: 'way',
      type: 'line',
      source: 'way',
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: { 'line-color': palette.colour('--accent'), 'line-width': 3.8, 'line-dasharray': [0, 1.7] },
    },
    {
      id: 'clusters',
      type: 'symbol',
      source: 'pins',
      filter: ['has', 'point_count'],
      layout: {
        'icon-image': e([
          'concat',
          `ring|${palette.id}|`,
          clusterSizeOf(['get', 'point_count']),
          '|',
          ...RING_ORDER.flatMap((_, i) => [ringShare(i), '.']),
        ]),
        ...countLabel(palette, ['get', 'point_count_abbreviated'], size),
      },
      paint: { 'text-color': palette.colour('--fg') },
    },
    {
      id: 'pins',
      type: 'symbol',
      source: 'pins',
      filter: ['!', ['has', 'point_count']],
      layout: {
        ...anchored(false),
        'symbol-sort-key': e(['-', 0, ['get', 'v']]),
        'text-field': e(['step', ['zoom'], '', LABEL_ZOOM, ['get', 'label']]),
        'text-variable-anchor-offset': below,
        'text-optional': true,
      },
      paint: { ...label, 'icon-opacity': ['get', 'opacity'] },
    },
    {
      id: 'area-names',
      type: 'symbol',
      source: 'areas',
      filter: ['==', ['geometry-type'], 'Point'],
      layout: {
        'text-field': ['get', 'label'],
        'text-font': fontStack(palette, 'SemiBold'),
        'text-size': size(11.5),
        'text-max-width': 10,
      },
      paint: label,
    },
    {
      // Placed after all of the pins over it, so that a name gives way to any pin and to the names of those higher in the list.
      id: 'best-names',
      type: 'symbol',
      source: 'best',
      filter: ['!', ['get', 'selected']],
      layout: {
        'symbol-sort-key': ['get', 'order'],
        'text-field': ['get', 'label'],
        'text-font': fontStack(palette, 'SemiBold'),
        'text-size': size(11.5),
        'text-max-width': 14,
        'text-padding': 1,
        'text-variable-anchor-offset': e(['literal', ['top', [0, 0.6], 'left', [1.75, -1.4], 'right', [-1.75, -1.4]]]),
        'text-justify': 'auto',
      },
      paint: label,
    },
    {
      id: 'best',
      type: 'symbol',
      source: 'best',
      filter: ['!', ['get', 'selected']],
      layout: { ...anchored(false), 'symbol-z-order': 'viewport-y' },
      paint: { 'icon-opacity': ['get', 'opacity'] },
    },
    {
      id: 'start',
      type: 'symbol',
      source: 'start',
      layout: {
        'icon-image': `start|${palette.id}`,
        'icon-allow-overlap': true,
        'icon-padding': 0,
        'text-field': ['get', 'label'],
        'text-font': fontStack(palette, 'SemiBold'),
        'text-size': size(11.5),
        'text-anchor': 'top',
        'text-offset': [0, 1.1],
        'text-optional': true,
      },
      paint: label,
    },
    {
      id: 'selected',
      type: 'symbol',
      source: 'best',
      filter: ['get', 'selected'],
      layout: {
        ...anchored(true),
        'text-field': ['get', 'label'],
        'text-anchor': 'bottom',
        'text-offset': [0, -(selectedBox.tipY - PIN.pad + 3) / size(13)],
        'text-allow-overlap': true,
      },
      paint: { ...label, 'text-color': palette.colour('--fg') },
    },
  ];
}

/** Which of CLUSTER_RADII fits a count, as an expression. */
export function clusterSizeOf(count: unknown): unknown {
  return ['step', count, '0', 10, '1', 100, '2', 1000, '3'];
}

/** Steps of the ring for one verdict, at least one where it occurs; the drawing settles them to a full ring. */
function ringShare(i: number): unknown {
  const count = ['get', `c${i}`];
  return ['case', ['>', count, 0], ['max', 1, ['round', ['/', ['*', count, RING_STEPS], ['get', 'point_count']]]], 0];
}

/** The count in the middle of a cluster's disc. */
export function countLabel(
  palette: Palette,
  count: unknown,
  size: (px: number) => number,
): NonNullable<SymbolLayerSpecification['layout']> {
  return {
    'icon-allow-overlap': true,
    'icon-padding': 0,
    'text-field': e(count),
    'text-font': fontStack(palette, 'SemiBold'),
    'text-size': Math.min(size(12.5), CLUSTER_RADII[0] - 1),
    'text-allow-overlap': true,
    'text-padding': 0,
    'symbol-z-order': 'viewport-y',
  };
}

// An analysis on the map: cells filled by class under the labels, the sites that stand over them. The class of a cell is
// state of the drawing and no part of its data, so that a change of a few cells costs no new tiles.

import type { LayerSpecification, SourceSpecification } from 'maplibre-gl';
import type { Palette } from './palette.ts';
import { PIN } from './pin-spec.ts';
import { fontStack } from './style-labels.ts';
import { e, LABEL_ZOOM, SITE_LAYERS } from './style-pins.ts';
import type { CellFill } from './types.ts';

export const ANALYSIS_LAYERS = ['cells', 'cells-edge', 'cells-none', 'cells-marked', ...SITE_LAYERS] as const;

/** Class of a cell of which there is no figure. */
export const NO_CLASS = 255;
/** From here on there is room for pins; farther out they would hide the cells. */
const PIN_ZOOM = 13.5;
/** What is left of a cell's colour outside of what was chosen. */
const FADED = 0.18;
const empty = { type: 'FeatureCollection' as const, features: [] };

export function analysisSources(): Record<'cells' | 'cells-none' | 'cells-marked' | 'sites', SourceSpecification> {
  return {
    cells: { type: 'geojson', data: empty, tolerance: 0, buffer: 8, maxzoom: 14 },
    // Few of all: a layer over every cell would draw each of them to show these.
    'cells-none': { type: 'geojson', data: empty, tolerance: 0, buffer: 8, maxzoom: 14 },
    'cells-marked': { type: 'geojson', data: empty, tolerance: 0 },
    sites: { type: 'geojson', data: empty, promoteId: 'id' },
  };
}

const classOf = ['coalesce', ['feature-state', 'class'], NO_CLASS];
const isFaded = ['boolean', ['feature-state', 'faded'], false];

/** Under the labels. */
export function cellLayers(palette: Palette, fills: readonly CellFill[]): LayerSpecification[] {
  const byClass = <T>(values: readonly T[], otherwise: T): unknown =>
    values.length === 0 ? otherwise : ['match', classOf, ...values.flatMap((value, i) => [i, value]), otherwise];
  const opacity = byClass(
    fills.map((fill) => fill.opacity),
    0,
  );
  return [
    {
      id: 'cells',
      type: 'fill',
      source: 'cells',
      paint: {
        'fill-color': e(
          byClass(
            fills.map((fill) => palette.colour(fill.colour)),
            palette.colour('--map-land'),
          ),
        ),
        'fill-opacity': e(['*', opacity, ['case', isFaded, FADED, 1]]),
        'fill-antialias': false,
      },
    },
    {
      // From farther out the edges of ten thousand cells would be nothing but work.
      id: 'cells-edge',
      type: 'line',
      source: 'cells',
      minzoom: 11,
      paint: {
        'line-color': palette.colour('--map-halo'),
        'line-width': e(['interpolate', ['linear'], ['zoom'], 11, 0.2, 12, 0.6, 15, 1.2]),
        'line-opacity': 0.5,
      },
    },
    {
      // No figure is no colour: only a dashed outline says that the cell is part of what was asked.
      id: 'cells-none',
      type: 'line',
      source: 'cells-none',
      minzoom: 11,
      paint: {
        'line-color': palette.colour('--map-label-2'),
        'line-width': 0.8,
        'line-dasharray': [2, 2.5],
        'line-opacity': 0.6,
      },
    },
    {
      id: 'cells-marked',
      type: 'line',
      source: 'cells-marked',
      layout: { 'line-join': 'round' },
      paint: { 'line-color': palette.colour('--fg'), 'line-width': 2.6 },
    },
  ];
}

/** Under the labels, which many of them would hide: the sites that stand, seen from afar. */
export function siteDots(palette: Palette): LayerSpecification {
  return {
    id: 'site-dots',
    type: 'circle',
    source: 'sites',
    maxzoom: PIN_ZOOM,
    paint: {
      'circle-radius': e(['interpolate', ['linear'], ['zoom'], 9, 1.6, 11, 2.8, 13, 4.5]),
      'circle-color': palette.colour('--fg'),
      'circle-stroke-color': palette.colour('--c-ring'),
      'circle-stroke-width': e(['interpolate', ['linear'], ['zoom'], 9, 0.8, 12, 1.4]),
    },
  };
}

/** Over the labels: the same from near. */
export function siteLayers(palette: Palette): LayerSpecification[] {
  const size = (px: number) => px * palette.textScale;
  return [
    {
      id: 'site-pins',
      type: 'symbol',
      source: 'sites',
      minzoom: PIN_ZOOM,
      layout: {
        'icon-image': e(['concat', `pin|${palette.id}|solid|plain|`, ['get', 'type']]),
        'icon-anchor': 'bottom',
        'icon-offset': [0, PIN.pad],
        'icon-allow-overlap': true,
        'icon-padding': 0,
        'symbol-z-order': 'viewport-y',
        'text-field': e(['step', ['zoom'], '', LABEL_ZOOM, ['get', 'label']]),
        'text-font': fontStack(palette, 'SemiBold'),
        'text-size': size(11.5),
        'text-max-width': 14,
        'text-variable-anchor-offset': e(['literal', ['top', [0, 0.25], 'left', [1.3, -1.3], 'right', [-1.3, -1.3]]]),
        'text-optional': true,
      },
      paint: { 'text-color': palette.colour('--map-label'), 'text-halo-color': palette.colour('--map-halo'), 'text-halo-width': 1.7 },
    },
  ];
}

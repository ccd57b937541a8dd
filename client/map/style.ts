// The whole style of the map, a pure function of the theme, the basemaps, the directory's version and the reader's language.
// It names no address but this server's own and has no glyph or sprite files: text is drawn with the page's fonts.

import type { LayerSpecification, SourceSpecification, StyleSpecification } from 'maplibre-gl';
import type { Basemap } from './basemap.ts';
import type { Palette } from './palette.ts';
import type { CellFill } from './types.ts';
import { groundLayers } from './style-ground.ts';
import { labelLayers } from './style-labels.ts';
import { BROWSE_LAYERS, browseLayers, browseSource } from './style-browse.ts';
import { ANALYSIS_LAYERS, analysisSources, cellLayers, siteDots, siteLayers } from './style-analysis.ts';
import { FIND_LAYERS, pinLayers, pinSources, reachLayers } from './style-pins.ts';

/** A layer that a plugin contributes, drawn under the labels: GeoJSON with layers of the style specification. */
export interface AnalysisLayer {
  id: string;
  data: unknown;
  layers: readonly Record<string, unknown>[];
}

/** What the map shows over its ground: the directory, a search, or an analysis. */
export type MapMode = 'browse' | 'find' | 'analysis';

/** Layers that belong to one mode; all others are always there. */
export const LAYERS_OF: Readonly<Record<MapMode, readonly string[]>> = {
  browse: BROWSE_LAYERS,
  find: FIND_LAYERS,
  analysis: ANALYSIS_LAYERS,
};

export interface StyleInput {
  palette: Palette;
  basemaps: readonly Basemap[];
  analysis: readonly AnalysisLayer[];
  /** Version of the directory's tiles; null until it is known. */
  directoryVersion: string | number | null;
  language: string;
  /** Origin of the server, such as "http://localhost:4280": tiles are fetched by a worker, which knows no relative address. */
  origin: string;
  mode: MapMode;
  /** How the classes of an analysis are filled; absent where there is none. */
  fills?: readonly CellFill[] | undefined;
  /** Ids of the directory's pins that are drawn larger. */
  marked: readonly string[];
}

export function buildStyle(input: StyleInput): StyleSpecification {
  const { palette, language, origin } = input;
  // The lowest first; of two alike the wider one lies below.
  const basemaps = [...input.basemaps].sort((a, b) => a.priority - b.priority || area(b) - area(a));
  const sources: Record<string, SourceSpecification> = { ...pinSources(), ...analysisSources() };
  for (const basemap of basemaps) sources[sourceOf(basemap)] = basemapSource(basemap, origin);
  for (const layer of input.analysis) sources[`analysis/${layer.id}`] = { type: 'geojson', data: layer.data as never };

  let browsing: LayerSpecification[] = [];
  if (input.directoryVersion !== null) {
    const source = browseSource(input.directoryVersion);
    if (source.type === 'vector') sources['browse'] = { ...source, tiles: (source.tiles ?? []).map((tile) => origin + tile) };
    browsing = browseLayers(palette, language, input.marked);
  }

  return {
    version: 8,
    sources,
    layers: [
      {
        id: 'background',
        type: 'background',
        paint: { 'background-color': palette.colour(basemaps.length > 0 ? '--map-water' : '--map-land') },
      },
      ...basemaps.flatMap((basemap, i) =>
        groundLayers(sourceOf(basemap), palette, { isOver: basemaps.slice(0, i).some((below) => covers(below, basemap)) }),
      ),
      ...withVisibility([...reachLayers(palette), ...cellLayers(palette, input.fills ?? []), siteDots(palette)], input.mode),
      ...input.analysis.flatMap((layer) => analysisLayers(layer, palette)),
      ...basemaps.flatMap((basemap) => labelLayers(sourceOf(basemap), palette, language)),
      ...withVisibility([...pinLayers(palette), ...browsing, ...siteLayers(palette)], input.mode),
    ],
  };
}

/** Sources of basemaps are named by this and the basemap's id. */
export const BASEMAP_SOURCE = 'basemap/';

function sourceOf(basemap: Basemap): string {
  return BASEMAP_SOURCE + basemap.id;
}

function covers({ bounds: [west, south, east, north] }: Basemap, { bounds }: Basemap): boolean {
  return west <= bounds[0] && south <= bounds[1] && east >= bounds[2] && north >= bounds[3];
}

function area(basemap: Basemap): number {
  const [west, south, east, north] = basemap.bounds;
  return (east - west) * (north - south);
}

function basemapSource(basemap: Basemap, origin: string): SourceSpecification {
  const revision = basemap.revision ? `?r=${basemap.revision}` : '';
  return {
    type: 'vector',
    tiles: [`${origin}/tiles/basemap/${encodeURIComponent(basemap.id)}/{z}/{x}/{y}.mvt${revision}`],
    bounds: [...basemap.bounds],
    minzoom: basemap.minZoom,
    maxzoom: basemap.maxZoom,
  };
}

function withVisibility(layers: readonly LayerSpecification[], mode: MapMode): LayerSpecification[] {
  const shown = LAYERS_OF[mode];
  const known = Object.values(LAYERS_OF).flat();
  return layers.map(
    (layer) =>
      ({
        ...layer,
        layout: { ...layer.layout, visibility: !known.includes(layer.id) || shown.includes(layer.id) ? 'visible' : 'none' },
      }) as LayerSpecification,
  );
}

/** A contributed layer over the tokens: any paint value that is a token's name becomes its colour. */
function analysisLayers(contributed: AnalysisLayer, palette: Palette): LayerSpecification[] {
  const toColours = (value: unknown): unknown =>
    typeof value === 'string' && value.startsWith('--') ? palette.colour(value) : Array.isArray(value) ? value.map(toColours) : value;
  return contributed.layers.map((layer, i) => {
    const paint = Object.fromEntries(
      Object.entries((layer['paint'] ?? {}) as Record<string, unknown>).map(([key, value]) => [key, toColours(value)]),
    );
    return { ...layer, paint, id: `analysis/${contributed.id}/${i}`, source: `analysis/${contributed.id}` } as LayerSpecification;
  });
}

// A picture of the map for paper: streets and names in the light theme's colours, without pins, made out of sight.

import { Map as LibraryMap } from 'maplibre-gl';
import type { LonLat } from '#shared/geo/travel.ts';
import { attributionText, basemapsInView } from './basemap.ts';
import { loadFonts } from './fonts.ts';
import { mapData } from './map-data.svelte.ts';
import { readPalette } from './palette.ts';
import { buildStyle } from './style.ts';
import type { MapBounds } from './types.ts';

export interface StillRequest {
  /** Everything that must be seen. */
  bounds: MapBounds;
  /** Places whose position in the picture is wanted. */
  places: readonly LonLat[];
  /** CSS px; the picture has twice as many. */
  width: number;
  height: number;
  /** px that stay free around what must be seen, for pins. */
  margin: number;
  language: string;
}

export interface Still {
  /** A data URL. */
  picture: string;
  attribution: string;
  /** Where each of the places is in the picture: fractions of width and height from the top left corner. */
  places: { x: number; y: number }[];
}

const PATIENCE_MS = 8000;
const MAX_ZOOM = 16;

/** Draws the picture; null where it cannot be had in time, for paper does without. */
export async function drawStill({ bounds, places, width, height, margin, language }: StillRequest): Promise<Still | null> {
  const container = document.createElement('div');
  container.dataset['theme'] = 'light';
  container.setAttribute('aria-hidden', 'true');
  container.inert = true;
  container.style.cssText = `position:fixed;inset-block-start:0;inset-inline-start:-${width + 50}px;inline-size:${width}px;block-size:${height}px`;
  document.body.append(container);
  const palette = readPalette(container, 'still');
  await loadFonts(palette.fonts);
  const basemaps = basemapsInView(mapData.shownBasemaps, bounds, MAX_ZOOM);
  const map = new LibraryMap({
    container,
    style: buildStyle({ palette, basemaps, analysis: [], directoryVersion: null, language, origin: location.origin, mode: 'find', selected: null }),
    bounds: [...bounds] as [number, number, number, number],
    fitBoundsOptions: { padding: margin, maxZoom: MAX_ZOOM },
    interactive: false,
    attributionControl: false,
    fadeDuration: 0,
    validateStyle: false,
    pixelRatio: 2,
    canvasContextAttributes: { preserveDrawingBuffer: true },
  });
  map.on('error', () => {});
  try {
    await new Promise<void>((resolve, reject) => {
      map.once('idle', () => resolve());
      setTimeout(() => reject(new Error('The picture of the map took too long.')), PATIENCE_MS);
    });
    const picture = map.getCanvas().toDataURL('image/jpeg', 0.82);
    const located = places.map(({ lon, lat }) => {
      const point = map.project([lon, lat]);
      return { x: point.x / width, y: point.y / height };
    });
    return { picture, attribution: attributionText(basemaps), places: located };
  } catch {
    return null;
  } finally {
    map.remove();
    container.remove();
  }
}

// A still picture of the ground for paper: streets and names in the light theme, nothing of a search, no pin of anyone's.
// Who asks for it draws the pins on top.

import type { LonLat } from '#shared/geo/travel.ts';
import { attributionText, basemapsInView } from './basemap.ts';
import { loadFonts } from './fonts.ts';
import { mapData } from './map-data.svelte.ts';
import { readPalette } from './palette.ts';
import { drawPicture } from './pictures.ts';
import { toSiteFeatures } from './search-features.ts';
import type { MapAnalysis, MapBounds } from './types.ts';

export interface StillRequest {
  bounds: MapBounds;
  /** Places whose position on the picture is wanted. */
  places: readonly LonLat[];
  /** CSS px; the picture has twice as many. */
  width: number;
  height: number;
  /** px kept free around the bounds. */
  margin: number;
  language: string;
  /** Cells and sites of an analysis over the ground. */
  analysis?: Pick<MapAnalysis, 'cells' | 'classes' | 'fills' | 'standing'>;
}

export interface Still {
  /** Data address of a WebP or, in browsers that make none, a PNG picture. */
  picture: string;
  /** Of each place, as shares of width and height from the top left corner. */
  places: { x: number; y: number }[];
  attribution: string;
}

/** Draws a map of `bounds` out of sight; null where this browser cannot draw maps. */
export async function drawStill(request: StillRequest): Promise<Still | null> {
  const { bounds, places, width, height, margin, language, analysis } = request;
  const frame = document.createElement('div');
  frame.dataset['theme'] = 'light';
  frame.inert = true;
  Object.assign(frame.style, { position: 'fixed', left: '-10000px', top: '0', width: `${width}px`, height: `${height}px` });
  document.body.append(frame);
  const palette = { ...readPalette(frame, 'still'), textScale: 1 };
  try {
    const [{ DrawnMap }] = await Promise.all([
      import('./map.ts'),
      loadFonts(palette.fonts.slice(0, 2)),
      mapData.basemaps.length === 0 && mapData.load(language),
    ]);
    const drawn = new DrawnMap(
      frame,
      {
        style: {
          palette,
          basemaps: mapData.shownBasemaps,
          analysis: [],
          directoryVersion: null,
          language,
          origin: location.origin,
          mode: analysis ? 'analysis' : 'browse',
          fills: analysis?.fills,
          marked: [],
        },
        camera: bounds,
        reduceMotion: true,
        title: '',
        still: { margin },
      },
      { ...SILENT, draw: (image) => drawPicture(image, palette, mapData.looks) },
    );
    try {
      await drawn.ready;
      if (analysis) {
        const { toCellFeatures } = await import('./cell-features.ts');
        drawn.cells.set(toCellFeatures(analysis.cells));
        drawn.cells.classify({ classes: analysis.classes, chosen: null, marked: null });
        drawn.setFeatures('sites', toSiteFeatures(analysis.standing));
      }
      const picture = await drawn.toPicture();
      const { view } = drawn;
      return {
        picture,
        places: places.map((place) => {
          const { x, y } = drawn.toPoint(place);
          return { x: x / width, y: y / height };
        }),
        attribution: attributionText(basemapsInView(mapData.shownBasemaps, view.bounds, view.zoom)),
      };
    } finally {
      drawn.dispose();
    }
  } catch {
    return null;
  } finally {
    frame.remove();
  }
}

const SILENT = { onMove() {}, onMoveEnd() {}, onChoose() {}, onOpen() {}, onHover() {}, onMenu() {} };

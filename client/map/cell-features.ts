// Cells of an analysis as polygons. Loaded with the first analysis: the library of the cells is large.

import type { Feature } from 'geojson';
import { cellRing } from '#shared/geo/cells.ts';

/** Their ids are their indexes, by which the drawing is told their classes. */
export function toCellFeatures(cells: readonly string[]): Feature[] {
  return cells.map((cell, id) => ({
    type: 'Feature',
    id,
    geometry: { type: 'Polygon', coordinates: [cellRing(cell)] },
    properties: {},
  }));
}

// A basemap as the server lists it, and which of them are in view.

import type { MapBounds } from './types.ts';

/** One of the basemaps of this server: tiles in the Protomaps schema at /tiles/basemap/{id}/{z}/{x}/{y}.mvt. */
export interface Basemap {
  id: string;
  label: string;
  bounds: MapBounds;
  minZoom: number;
  maxZoom: number;
  /** Larger lies on top. */
  priority: number;
  attribution: string;
  /** Another one where other tiles came under the same id. */
  revision?: string;
  /** Of the internet: fetched by this server, and only shown where somebody asks for it. */
  kind?: 'contributed' | 'file' | 'internet';
}

/** Those that cover a part of the view, the uppermost first. */
export function basemapsInView(basemaps: readonly Basemap[], view: MapBounds, zoom: number): Basemap[] {
  return basemaps
    .filter((basemap) => {
      const [west, south, east, north] = basemap.bounds;
      return zoom >= basemap.minZoom && west <= view[2] && east >= view[0] && south <= view[3] && north >= view[1];
    })
    .sort((a, b) => b.priority - a.priority);
}

/** Attributions as plain text, each once: what a tile file says in HTML is not trusted as HTML. */
export function attributionText(basemaps: readonly Basemap[]): string {
  const texts = basemaps.map((basemap) =>
    basemap.attribution
      .replace(/<[^>]*>/g, '')
      .replace(/&copy;/g, '©')
      .replace(/&amp;/g, '&')
      .trim(),
  );
  return [...new Set(texts.filter((text) => text !== ''))].join(' · ');
}

// The analysis as files for other programs: a table of all cells, and the cells with their outlines. Figures are bare, so that
// a spreadsheet can count with them; what is held back is empty.

import Papa from 'papaparse';
import { cellRing } from '#shared/geo/cells.ts';
import { sayCellInFile } from './say.ts';
import type { GapsSession } from './session.svelte.ts';

interface CellRecord {
  cell: string;
  area: string;
  [column: string]: string | number | boolean;
}

/** One record for each cell, in the order of the cells. */
export function cellRecords(gaps: GapsSession): CellRecord[] {
  const { world, today, outcome } = gaps;
  if (!world) return [];
  const groups = [...world.people];
  return world.cells.map((cell, i) => ({
    cell,
    area: sayCellInFile(gaps, i),
    ...Object.fromEntries(groups.map(([group, figures]) => [group === 'all' ? 'people' : group, bare(figures[i]!)])),
    minutes_today: bare(today.nearest[i]!),
    minutes: bare(outcome.nearest[i]!),
    value: bare(outcome.values[i]!),
    reached: outcome.reached[i] === 1,
    estimate: gaps.isEstimate,
  }));
}

/** A figure to two digits; nothing where there is none. */
function bare(value: number): number | string {
  return Number.isFinite(value) ? Math.round(value * 1e4) / 1e4 : '';
}

export function toCsv(gaps: GapsSession): string {
  // Names come from elsewhere: what a spreadsheet would take for a formula stays text.
  return Papa.unparse(cellRecords(gaps), { newline: '\r\n', escapeFormulae: true });
}

/** @param about what a reader must know of it, such as the sentence, the sources and the attribution */
export function toGeoJson(gaps: GapsSession, about: Record<string, string>): string {
  const cells = cellRecords(gaps).map((properties) => ({
    type: 'Feature',
    geometry: { type: 'Polygon', coordinates: [cellRing(properties.cell)] },
    properties: { kind: 'cell', ...properties },
  }));
  const sites = [
    ...(gaps.world?.sites ?? []).map(({ lon, lat, name }) => ({ lon, lat, name, kind: 'standing' })),
    ...gaps.plans.sites.map((site) => ({ lon: site.lon, lat: site.lat, name: gaps.plans.nameOf(site), kind: 'planned' })),
  ].map(({ lon, lat, name, kind }) => ({
    type: 'Feature',
    geometry: { type: 'Point', coordinates: [lon, lat] },
    properties: { kind, name },
  }));
  return JSON.stringify({ type: 'FeatureCollection', about, features: [...cells, ...sites] });
}

export function saveFile(name: string, content: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

// Candidates from a file of the reader's own: a CSV with a position in each row, and perhaps a name, and what a site would cost there.

import Papa from 'papaparse';
import type { GapCandidate } from './server.ts';

const LON = ['lon', 'lng', 'longitude', 'x'];
const LAT = ['lat', 'latitude', 'y'];
const NAME = ['name', 'title', 'label', 'id'];
const COST = ['cost', 'price', 'rent'];
/** More than this no analysis can be waited for. */
export const MOST_CANDIDATES = 500;

export type CandidatesRead =
  { ok: true; candidates: GapCandidate[]; left: number } | { ok: false; why: 'columns' | 'position' | 'cost'; row?: number };

/** What is wrong is told with its row, counted from 1 without the header. `left`: rows beyond the most that are taken. */
export function readCandidates(text: string): CandidatesRead {
  const { data, meta } = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: 'greedy' });
  const find = (names: readonly string[]) => meta.fields?.find((field) => names.includes(field.trim().toLowerCase()));
  const [lonField, latField, nameField, costField] = [find(LON), find(LAT), find(NAME), find(COST)];
  if (lonField === undefined || latField === undefined) return { ok: false, why: 'columns' };
  const candidates: GapCandidate[] = [];
  for (const [i, row] of data.slice(0, MOST_CANDIDATES).entries()) {
    const [lon, lat] = [readNumber(row[lonField]), readNumber(row[latField])];
    if (!(Math.abs(lon) <= 180) || !(Math.abs(lat) <= 90)) return { ok: false, why: 'position', row: i + 1 };
    const name = (nameField && row[nameField]?.trim()) || null;
    const cost = costField === undefined ? undefined : readNumber(row[costField]);
    if (cost !== undefined && !(cost >= 0)) return { ok: false, why: 'cost', row: i + 1 };
    candidates.push({ id: `file-${i + 1}`, lon, lat, name, ...(cost !== undefined && { cost }) });
  }
  return { ok: true, candidates, left: Math.max(0, data.length - MOST_CANDIDATES) };
}

function readNumber(text: string | undefined): number {
  return text === undefined || text.trim() === '' ? NaN : Number(text.trim().replace(',', '.'));
}

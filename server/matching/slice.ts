// The part of the directory that a browser works in: what is within reach of a place, with the way to each.

import type { Area } from '#shared/eligibility/areas.ts';
import { createAreas } from '#shared/eligibility/areas.ts';
import type { DirectoryIndex } from '#shared/directory/index.ts';
import type { DirectorySlice } from '#shared/directory/index-slice.ts';
import { rowsByArea, type RowTravel } from '#shared/matching/reach.ts';
import type { FindRequest } from '#shared/matching/request.ts';
import type { LonLat } from '#shared/geo/travel.ts';

/** A browser gets at most so many resources. */
const SLICE_LIMIT = 20_000;

export interface FindSlice {
  version: string;
  columns: DirectorySlice;
  /** By row of the slice: metres and seconds, null where nobody may know the way or there is no position. */
  meters: (number | null)[];
  seconds: (number | null)[];
  /** By row: 1 where the way is an estimate. */
  estimated: number[];
  /** Rows of the slice that are in reach by their area, without a position. */
  byArea: number[];
  areas: readonly Area[];
  /** The area within reach, as rings of [lon, lat]. */
  reach: { rings: [number, number][][]; estimated: boolean };
  /** False: there are more within reach than are here. */
  complete: boolean;
}

export interface SliceRequest {
  near: LonLat;
  travel: FindRequest['travel'];
}

export interface SliceAreas {
  list: readonly Area[];
  /** Names and ids that rules ask for. */
  named: ReadonlySet<string>;
}

export function createSlice(index: DirectoryIndex, travel: RowTravel, request: SliceRequest, areas: SliceAreas): Omit<FindSlice, 'reach'> {
  const reached = [...travel.rows.keys()].filter((i) => travel.seconds[i] !== Infinity);
  if (reached.length > SLICE_LIMIT) reached.sort((a, b) => travel.seconds[a]! - travel.seconds[b]! || travel.rows[a]! - travel.rows[b]!);
  const byArea = rowsByArea(index, request.near, request.travel, createAreas(areas.list));
  const kept = reached.slice(0, Math.max(0, SLICE_LIMIT - byArea.length));

  const wayOf = new Map(kept.map((i) => [travel.rows[i]!, i]));
  const withoutWay = new Set(byArea);
  const { slice, rows } = index.toSlice([...wayOf.keys(), ...byArea]);
  const way = Array.from(rows, (row) => wayOf.get(row));
  const published = new Set(Array.from(rows).flatMap((row) => [...index.areas(row)]));
  return {
    version: index.version,
    columns: slice,
    meters: way.map((i) => (i === undefined ? null : Math.round(travel.meters[i]!))),
    seconds: way.map((i) => (i === undefined ? null : Math.round(travel.seconds[i]!))),
    estimated: way.map((i) => (i === undefined ? 0 : travel.estimated[i]!)),
    byArea: [...rows.keys()].filter((i) => withoutWay.has(rows[i]!)),
    areas: areas.list.filter(({ id, name = id }) => published.has(name) || areas.named.has(name) || areas.named.has(id)),
    complete: kept.length === reached.length,
  };
}

// A search's pins as features of the map's two sources: the best stand alone with their names, the rest may cluster.
// An answer changes a few verdicts of thousands, so only what differs is sent on.

import type { Feature, FeatureCollection, Point } from 'geojson';
import { fillOf, markName } from './pin-spec.ts';
import { RING_ORDER } from './ring.ts';
import type { PinInput } from './types.ts';

/** How many of the list's first stand outside of clusters, with their names. */
export const NAMED_PINS = 6;
/** Pins nearer than this share a spot: only the best of them stands alone. About 11 m. */
const SPOT_DECIMALS = 4;
/** Still to be seen on any ground. */
const FAINT = 0.5;

export interface PinProperties {
  id: string;
  type: string;
  fill: string;
  /** Index in RING_ORDER. */
  v: number;
  label: string;
  selected: boolean;
  /** The part of the drawing's name that says its mark. */
  mark: string;
  opacity: number;
  /** Lower is placed first. */
  order: number;
}
export type PinFeature = Feature<Point, PinProperties> & { id: string };

export function toPinFeature(pin: PinInput): PinFeature {
  const fill = fillOf(pin.verdict);
  return {
    type: 'Feature',
    id: pin.id,
    geometry: { type: 'Point', coordinates: [pin.lon, pin.lat] },
    properties: {
      id: pin.id,
      type: pin.type ?? '',
      fill,
      v: RING_ORDER.indexOf(pin.verdict),
      label: pin.label,
      selected: pin.selected ?? false,
      mark: markName(pin.mark),
      opacity: pin.mark?.fade ? FAINT : 1,
      order: pin.rank ?? 100_000,
    },
  };
}

export interface PinSplit {
  best: PinFeature[];
  rest: PinFeature[];
}

/**
 * Divides pins into those that stand alone (selected, shortlisted, the list's first unless they cannot be used) and the rest.
 * `markedIds` are those of selected and pointed-at pins. Of several on one spot at most one stands alone, and only if it is marked or shortlisted: the others stay together with their number.
 */
export function splitPins(pins: readonly PinInput[], markedIds: readonly string[]): PinSplit {
  const marked = new Set(markedIds);
  const importance = (pin: PinInput) =>
    pin.selected || marked.has(pin.id)
      ? 3
      : pin.shortlisted
        ? 2
        : (pin.rank ?? Infinity) < NAMED_PINS && pin.verdict !== 'ineligible'
          ? 1
          : 0;
  const candidates = pins
    .filter((pin) => importance(pin) > 0)
    .sort((a, b) => importance(b) - importance(a) || (a.rank ?? Infinity) - (b.rank ?? Infinity));
  const crowds = new Map<string, number>();
  for (const pin of pins) crowds.set(spotOf(pin), (crowds.get(spotOf(pin)) ?? 0) + 1);
  const taken = new Set<string>();
  const alone = new Set<string>();
  for (const pin of candidates) {
    const spot = spotOf(pin);
    // What is marked is drawn whatever stands there; a good place in the list alone does not cover others.
    const gives = importance(pin) < 3 && (taken.has(spot) || (importance(pin) === 1 && (crowds.get(spot) ?? 0) > 1));
    if (gives) continue;
    taken.add(spot);
    alone.add(pin.id);
  }
  const best: PinFeature[] = [];
  const rest: PinFeature[] = [];
  for (const pin of pins) {
    if (!Number.isFinite(pin.lon) || !Number.isFinite(pin.lat)) continue;
    const isSelected = pin.selected || marked.has(pin.id);
    if (alone.has(pin.id)) best.push(toPinFeature({ ...pin, selected: Boolean(isSelected) }));
    else rest.push(toPinFeature({ ...pin, selected: false }));
  }
  return { best, rest };
}

function spotOf(pin: PinInput): string {
  return `${pin.lon.toFixed(SPOT_DECIMALS)},${pin.lat.toFixed(SPOT_DECIMALS)}`;
}

export interface PinDelta {
  add: PinFeature[];
  remove: string[];
}

/** What differs between two sets of features; null where a fresh set is cheaper. A changed pin is added over the old one. */
export function pinDelta(before: ReadonlyMap<string, PinFeature>, after: readonly PinFeature[]): PinDelta | null {
  const add: PinFeature[] = [];
  const kept = new Set<string>();
  for (const feature of after) {
    kept.add(feature.id);
    const old = before.get(feature.id);
    if (!old || !isSamePin(old, feature)) add.push(feature);
  }
  const remove = [...before.keys()].filter((id) => !kept.has(id));
  return add.length + remove.length > after.length / 2 ? null : { add, remove };
}

function isSamePin(a: PinFeature, b: PinFeature): boolean {
  const [p, q] = [a.properties, b.properties];
  return (
    p.v === q.v &&
    p.order === q.order &&
    p.label === q.label &&
    p.type === q.type &&
    p.mark === q.mark &&
    p.opacity === q.opacity &&
    p.selected === q.selected &&
    a.geometry.coordinates[0] === b.geometry.coordinates[0] &&
    a.geometry.coordinates[1] === b.geometry.coordinates[1]
  );
}

export function toCollection<F extends Feature>(features: readonly F[]): FeatureCollection<F['geometry'], F['properties']> {
  return { type: 'FeatureCollection', features: [...features] };
}

// The scale bar: the longest round distance that fits, in the units of the reader's country.

const EARTH_CIRCUMFERENCE = 40_075_016.686;
const TILE_PX = 512;
const METERS_PER_MILE = 1609.344;
const METERS_PER_FOOT = 0.3048;

export type DistanceUnits = 'metric' | 'imperial';

export interface Scale {
  px: number;
  value: number;
  unit: 'meter' | 'kilometer' | 'foot' | 'mile';
}

/** Metres on the ground that one px of the map stands for, at a latitude. */
export function metersPerPixel(zoom: number, lat: number): number {
  return (EARTH_CIRCUMFERENCE * Math.cos((lat * Math.PI) / 180)) / (TILE_PX * 2 ** zoom);
}

/** Largest of 1, 2, 3, 5 × 10ⁿ that is at most `value`. */
export function roundDown(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  // 0.3 / 0.1 is a little less than 3.
  const digit = value / power + 1e-9;
  return power * (digit >= 5 ? 5 : digit >= 3 ? 3 : digit >= 2 ? 2 : 1);
}

/** The bar for a map of `metersPerPx`, at most `maxPx` long. */
export function scaleFor(metersPerPx: number, maxPx: number, units: DistanceUnits): Scale {
  const meters = metersPerPx * maxPx;
  const [size, unit] =
    units === 'metric'
      ? meters >= 1000
        ? ([1000, 'kilometer'] as const)
        : ([1, 'meter'] as const)
      : meters >= METERS_PER_MILE
        ? ([METERS_PER_MILE, 'mile'] as const)
        : ([METERS_PER_FOOT, 'foot'] as const);
  const value = roundDown(meters / size);
  return { px: (value * size) / metersPerPx, value, unit };
}

/** Units by the country of a language tag; a tag without a country counts as that of most of its speakers. */
export function unitsFor(language: string): DistanceUnits {
  const region = new Intl.Locale(language).maximize().region ?? '';
  return ['US', 'LR', 'MM', 'GB'].includes(region) ? 'imperial' : 'metric';
}

// Metres of a map back into degrees: the web maps' projection, and Universal Transverse Mercator.

/** Half the length of the equator in the web maps' projection, in metres (EPSG:3857). */
export const MERCATOR_EDGE = 20_037_508.342_789_244;

/** Degrees of a point in metres of the web maps' projection (spherical Mercator), rounded to a decimetre. */
export function fromMercator(x: number, y: number): { lon: number; lat: number } {
  const lon = (x / MERCATOR_EDGE) * 180;
  const lat = (Math.atan(Math.sinh((y / MERCATOR_EDGE) * Math.PI)) * 180) / Math.PI;
  return { lon: roundDegrees(lon), lat: roundDegrees(lat) };
}

/** Semi-major axis in metres and flattening of WGS 84, and the scale on a zone's central meridian. */
const AXIS = 6_378_137;
const FLATTENING = 1 / 298.257_223_563;
const SCALE = 0.9996;

export interface UtmPoint {
  /** 1 to 60. */
  zone: number;
  south: boolean;
  /** Metres. */
  easting: number;
  northing: number;
}

/**
 * Degrees of a point in Universal Transverse Mercator on WGS 84, rounded to a decimetre; good to a millimetre within a zone.
 * Krüger's series to the third order in the third flattening.
 */
export function fromUtm({ zone, south, easting, northing }: UtmPoint): { lon: number; lat: number } {
  const n = FLATTENING / (2 - FLATTENING);
  const radius = (AXIS / (1 + n)) * (1 + n ** 2 / 4 + n ** 4 / 64);
  const beta = [n / 2 - (2 / 3) * n ** 2 + (37 / 96) * n ** 3, n ** 2 / 48 + n ** 3 / 15, (17 / 480) * n ** 3];
  const delta = [2 * n - (2 / 3) * n ** 2 - 2 * n ** 3, (7 / 3) * n ** 2 - (8 / 5) * n ** 3, (56 / 15) * n ** 3];
  const xi = (northing - (south ? 10_000_000 : 0)) / (SCALE * radius);
  const eta = (easting - 500_000) / (SCALE * radius);
  let xi0 = xi;
  let eta0 = eta;
  beta.forEach((factor, i) => {
    const k = 2 * (i + 1);
    xi0 -= factor * Math.sin(k * xi) * Math.cosh(k * eta);
    eta0 -= factor * Math.cos(k * xi) * Math.sinh(k * eta);
  });
  const chi = Math.asin(Math.sin(xi0) / Math.cosh(eta0));
  const lat = delta.reduce((sum, factor, i) => sum + factor * Math.sin(2 * (i + 1) * chi), chi);
  const lon = Math.atan2(Math.sinh(eta0), Math.cos(xi0));
  return { lon: roundDegrees(zone * 6 - 183 + (lon * 180) / Math.PI), lat: roundDegrees((lat * 180) / Math.PI) };
}

function roundDegrees(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6;
}

// "Here": the device's own position, asked for once and kept nowhere.

import type { LonLat } from '#shared/geo/travel.ts';

export type Located = { ok: true; place: LonLat } | { ok: false; why: 'denied' | 'unavailable' | 'insecure' };

const PATIENCE_MS = 10_000;

/** Asks the browser for its position; the browser asks the person. */
export async function locate(): Promise<Located> {
  if (!globalThis.isSecureContext) return { ok: false, why: 'insecure' };
  if (!('geolocation' in navigator)) return { ok: false, why: 'unavailable' };
  return new Promise((resolve) =>
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ ok: true, place: { lon: coords.longitude, lat: coords.latitude } }),
      (error) => resolve({ ok: false, why: error.code === error.PERMISSION_DENIED ? 'denied' : 'unavailable' }),
      { enableHighAccuracy: true, timeout: PATIENCE_MS, maximumAge: 60_000 },
    ),
  );
}

// What is handed from a search to the handout: which services, in which order, how the person gets there. Kept in memory.

import type { LonLat, TravelMode } from '../geo/travel.ts';

export interface HandoutOrder {
  resources: readonly { id: string; travel: { minutes: number; estimated: boolean } | null }[];
  mode: TravelMode;
  start: (LonLat & { label: string }) | null;
  /** Taxonomy terms that were asked for. */
  needs: readonly string[];
  /** Language of the person; the paper can still be made in another. */
  language: string;
}

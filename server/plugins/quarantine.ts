// Whoever has to be ended by force again and again is put in quarantine: three times within ten minutes, whatever it was
// called for. It stays there until somebody enables it again.

import type { CallRecord } from './cage/cage.ts';

const KILLS = 3;
const WITHIN_MS = 10 * 60 * 1000;

export interface Quarantine {
  /** True with the call that was one too many. */
  isDueAfter(record: CallRecord): boolean;
}

export function createQuarantine(): Quarantine {
  const kills = new Map<string, number[]>();
  return {
    isDueAfter({ plugin, at, outcome }) {
      if (outcome !== 'killed') return false;
      const recent = [...(kills.get(plugin) ?? []), at].filter((one) => at - one < WITHIN_MS);
      kills.set(plugin, recent);
      if (recent.length < KILLS) return false;
      kills.delete(plugin);
      return true;
    },
  };
}

// From the decay that a request names, or leaves open, to the one that is worked with.

import type { Decay } from './decay.ts';
import type { MeasureName } from './measures.ts';
import type { RequestedMeasure } from './request.ts';

/** Zones of 10, 20 and 30 minutes as Luo and Qi (2009) weigh them, by their share of the threshold. */
const THREE_ZONES = [
  { share: 1 / 3, weight: 1 },
  { share: 2 / 3, weight: 0.68 },
  { share: 1, weight: 0.22 },
];

/** Measures that are nothing of their own without weights that fall. */
const FALLING: ReadonlySet<MeasureName> = new Set(['e2sfca', '3sfca', 'm2sfca']);

/**
 * The decay of a request. None named: three zones for e2sfca, 3sfca and m2sfca, else binary. Steps left open: those three
 * zones; bandwidth left open: the threshold. Whatever is named ends at the threshold, where there is one.
 */
export function toDecay({ name, threshold = Infinity, decay }: RequestedMeasure): Decay {
  const kind = decay?.kind ?? (FALLING.has(name) ? 'step' : 'binary');
  if (kind === 'binary' || threshold === 0) return { kind: 'binary', threshold };
  if (decay?.kind === 'gaussian') return { kind: 'gaussian', bandwidth: decay.bandwidth ?? threshold, threshold };
  const steps =
    (decay?.kind === 'step' ? decay.steps : undefined) ?? THREE_ZONES.map(({ share, weight }) => ({ to: share * threshold, weight }));
  const within = steps.filter(({ to }, i) => i === 0 || steps[i - 1]!.to < threshold || to <= threshold);
  return { kind: 'step', steps: within.map(({ to, weight }) => ({ to: Math.min(to, threshold), weight })) };
}

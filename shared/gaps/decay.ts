// How much a site counts at a distance: the decay f(c) of every measure that has one.

/**
 * Weight of a site at cost c, from 1 to 0. Costs, `threshold`, `to` and `bandwidth` share one unit.
 * - `binary`: 1 up to the threshold, that included, and 0 beyond (Radke and Mu 2000; Luo and Wang 2003).
 * - `step`: the weight of the first zone whose `to` is not exceeded, 0 beyond the last (Luo and Qi 2009). Their ends rise.
 * - `gaussian`: exp(−½ (c / bandwidth)²), 0 beyond the threshold where there is one. At one bandwidth 0.60653.
 *   Beyond 21 bandwidths it is 0 in any case: what is left there (1e-96) would only be lost in the divisions.
 */
export type Decay =
  | { kind: 'binary'; threshold: number }
  | { kind: 'step'; steps: readonly { to: number; weight: number }[] }
  | { kind: 'gaussian'; bandwidth: number; threshold?: number | undefined };

/** Weight at one cost. */
export function decayWeight(decay: Decay, cost: number): number {
  if (decay.kind === 'binary') return cost <= decay.threshold ? 1 : 0;
  if (decay.kind === 'step') return decay.steps.find(({ to }) => cost <= to)?.weight ?? 0;
  return cost <= decayEnd(decay) ? Math.exp(-0.5 * (cost / decay.bandwidth) ** 2) : 0;
}

/** Cost beyond which every weight is 0. */
export function decayEnd(decay: Decay): number {
  if (decay.kind === 'binary') return decay.threshold;
  if (decay.kind === 'step') return decay.steps.at(-1)?.to ?? 0;
  return Math.min(decay.threshold ?? Infinity, 21 * decay.bandwidth);
}

/** Costs `from .. to` of a column, and where their weights are written, from 0. */
export interface WeighedPart {
  cost: Float64Array;
  from: number;
  to: number;
  weights: Float64Array;
}

/** {@link decayWeight} of many costs, to within 4e-15 of it. */
export function weigh(decay: Decay, part: WeighedPart): void {
  // One loop for each kind: a call in the innermost loop would cost more than the weight itself.
  if (decay.kind === 'gaussian') return weighGaussian(decay, part);
  const { cost, from, to, weights } = part;
  if (decay.kind === 'binary') {
    const { threshold } = decay;
    for (let p = from; p < to; p++) weights[p - from] = cost[p]! <= threshold ? 1 : 0;
    return;
  }
  const ends = decay.steps.map((step) => step.to);
  for (let p = from; p < to; p++) {
    let zone = 0;
    while (zone < ends.length && cost[p]! > ends[zone]!) zone++;
    weights[p - from] = decay.steps[zone]?.weight ?? 0;
  }
}

/** 2^(−k/256) within one halving, and the halvings up to where {@link decayEnd} lies: ½ · 21² / ln 2 is 319 of them. */
const WITHIN = Float64Array.from({ length: 256 }, (_, k) => 2 ** (-k / 256));
const HALVINGS = Float64Array.from({ length: 320 }, (_, n) => 2 ** -n);

/** exp(−x) = 2^(−k/256) · exp(−r) with r below 0.0027, where five terms of the series are exact to 1e-15: four times as fast as Math.exp. */
function weighGaussian(decay: Extract<Decay, { kind: 'gaussian' }>, { cost, from, to, weights }: WeighedPart): void {
  const end = decayEnd(decay);
  const scale = 0.5 / (decay.bandwidth * decay.bandwidth);
  // Products, not quotients: a division takes as long as all the rest.
  const powersPerUnit = 256 / Math.LN2;
  const unitsPerPower = Math.LN2 / 256;
  const [half, third, quarter] = [1 / 2, 1 / 3, 1 / 4];
  for (let p = from; p < to; p++) {
    const c = cost[p]!;
    if (c > end) {
      weights[p - from] = 0;
      continue;
    }
    const x = scale * c * c;
    const k = (x * powersPerUnit) | 0;
    const r = x - k * unitsPerPower;
    weights[p - from] = HALVINGS[k >> 8]! * WITHIN[k & 255]! * (1 - r * (1 - half * r * (1 - third * r * (1 - quarter * r))));
  }
}

// Token buckets: each key may burst, then goes on at a steady rate. Held in memory, for this process alone.

import { Problem } from '#shared/platform/problems.ts';
import type { Clock } from './clock.ts';

export interface RateRule {
  /** How many at once. */
  burst: number;
  perSecond: number;
}

export interface RateLimiter {
  /** Takes tokens, or throws the Problem `too_many_requests` and takes none. */
  take(key: string, count?: number): void;
}

const KEYS_KEPT = 50_000;

export function createRateLimiter(rule: RateRule, clock: Clock): RateLimiter {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return {
    take(key, count = 1) {
      const now = clock();
      const bucket = buckets.get(key) ?? { tokens: rule.burst, at: now };
      const tokens = Math.min(rule.burst, bucket.tokens + (Math.max(0, now - bucket.at) / 1000) * rule.perSecond);
      // Set anew, so that the map's order is that of last use and the longest unused is dropped first.
      buckets.delete(key);
      buckets.set(key, { tokens: tokens >= count ? tokens - count : tokens, at: now });
      if (buckets.size > KEYS_KEPT) buckets.delete(buckets.keys().next().value as string);
      if (tokens < count) throw new Problem('too_many_requests');
    },
  };
}

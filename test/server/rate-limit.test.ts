// The law of the bucket: in no stretch of time does more pass than a burst and what has flowed in meanwhile.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createRateLimiter } from '#server/rate-limit.ts';

const passes = (take: () => void): boolean => {
  try {
    take();
    return true;
  } catch {
    return false;
  }
};

it('never lets more pass than burst and rate allow, and never less where nobody asked too much', () => {
  const steps = fc.array(fc.record({ waitMs: fc.nat(5000), count: fc.integer({ min: 1, max: 5 }) }), { maxLength: 60 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 10 }), steps, (burst, perSecond, asked) => {
      let now = 0;
      const limiter = createRateLimiter({ burst, perSecond }, () => now);
      const passed: { at: number; count: number }[] = [];
      for (const { waitMs, count } of asked) {
        now += waitMs;
        if (passes(() => limiter.take('a', count))) passed.push({ at: now, count });
        else expect(count > burst || passed.length > 0).toBe(true);
        for (const [i, { at }] of passed.entries()) {
          const inStretch = passed.slice(i).reduce((sum, one) => sum + one.count, 0);
          expect(inStretch).toBeLessThanOrEqual(burst + ((now - at) / 1000) * perSecond + 1e-6);
        }
      }
    }),
  );
});

it('keeps one from another, and fills again with time', () => {
  let now = 0;
  const limiter = createRateLimiter({ burst: 2, perSecond: 1 }, () => now);
  const take = (key: string) => passes(() => limiter.take(key));
  expect([take('a'), take('a'), take('a'), take('b')]).toEqual([true, true, false, true]);
  now += 1000;
  expect([take('a'), take('a')]).toEqual([true, false]);
});

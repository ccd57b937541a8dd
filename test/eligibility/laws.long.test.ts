import { test } from 'vitest';
import { LADDER_LAWS } from './ladder-laws.ts';
import { LAWS, WIDE_LAWS } from './laws.ts';

const all = { ...LAWS, ...WIDE_LAWS, ...LADDER_LAWS };
test.each(Object.entries(all))('%s, 100,000 times', (_, law) => law(100_000), 3_600_000);

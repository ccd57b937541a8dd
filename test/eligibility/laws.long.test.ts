import { test } from 'vitest';
import { LAWS } from './laws.ts';

test.each(Object.entries(LAWS))('%s, 100,000 times', (_, law) => law(100_000), 3_600_000);

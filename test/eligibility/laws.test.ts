import { test } from 'vitest';
import { LADDER_LAWS } from './ladder-laws.ts';
import { LAWS, WIDE_LAWS } from './laws.ts';

test.each(Object.entries(LAWS))('%s', (_, law) => law(200));
test.each(Object.entries(WIDE_LAWS))('%s', (_, law) => law(20));
test.each(Object.entries(LADDER_LAWS))('%s', (_, law) => law(1000));

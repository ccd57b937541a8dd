import { test } from 'vitest';
import { LAWS } from './laws.ts';

test.each(Object.entries(LAWS))('%s', (_, law) => law(400));

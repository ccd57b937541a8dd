import { test } from 'vitest';
import { holdOrder } from './order.ts';

test('matches stand in the order of the plain reference, with its totals, parts and counts', () => holdOrder(300));

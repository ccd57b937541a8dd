import { test } from 'vitest';
import { holdOrder } from './order.ts';

// In parts, so that the run stays alive between them.
test.each(Array.from({ length: 10 }, (_, part) => part + 1))(
  'the order of matches against the plain reference, part %i of 10',
  () => holdOrder(2000),
  3_600_000,
);

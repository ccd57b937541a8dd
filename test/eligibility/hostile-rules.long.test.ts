import { test } from 'vitest';
import { fuzzParser } from './fuzz.ts';

// In parts, so that the run stays alive between them.
test.each(Array.from({ length: 20 }, (_, part) => part + 1))(
  'a million parses, part %i of 20: none throws',
  async () => {
    for (let i = 0; i < 10; i++) {
      fuzzParser(5000);
      await new Promise((resolve) => setImmediate(resolve));
    }
  },
  3_600_000,
);
